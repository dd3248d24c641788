"""What industry in Guangxi is made of, roughly: the trades that simulated enterprises belong to.

The figures are plausible orders of magnitude, no statistics. Codes are GB/T 4754-2017 classes (a test looks each up).
"""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Trade:
    """One industry class as it is found in the region.

    Attributes:
        code: GB/T 4754-2017 class.
        words: what the company names say of the trade.
        share: how common it is, in relation to the others.
        staff: typical number of people.
        revenue_per_head: typical yearly revenue, 万元 a head.
        digital: how far the trade is ahead of (or behind) the average, on the scale of maturity.
        process: process industry rather than discrete.
        energy: tons of standard coal for 万元 of revenue.
        cities: where it is three times as common.
    """

    code: str
    words: tuple[str, ...]
    share: int
    staff: int
    revenue_per_head: int
    digital: float
    process: bool
    energy: float
    cities: tuple[str, ...] = ()


TRADES: tuple[Trade, ...] = (
    Trade("1340", ("糖业", "制糖"), 5, 320, 95, 0.03, True, 0.30, ("4514", "4513", "4512")),
    Trade("1329", ("饲料",), 5, 60, 260, 0.02, True, 0.05, ("4501", "4509")),
    Trade("1351", ("肉食品", "食品"), 3, 90, 110, -0.05, True, 0.08),
    Trade("1361", ("水产", "海产品"), 3, 110, 70, -0.04, True, 0.10, ("4505", "4506", "4507")),
    Trade("1391", ("淀粉", "生物科技"), 3, 90, 120, -0.02, True, 0.35, ("4514", "4501")),
    Trade("1411", ("食品",), 3, 120, 55, -0.01, True, 0.10),
    Trade("1453", ("食品", "果业"), 3, 100, 60, -0.05, True, 0.12, ("4503",)),
    Trade("1512", ("酒业",), 2, 90, 70, -0.03, True, 0.15, ("4503", "4509")),
    Trade("1524", ("乳业", "饮料"), 2, 160, 110, 0.06, True, 0.12, ("4501",)),
    Trade("1530", ("茶业",), 3, 50, 50, -0.10, True, 0.06, ("4504", "4501")),
    Trade("1742", ("丝绸", "茧丝"), 2, 150, 35, -0.10, False, 0.15, ("4512",)),
    Trade("1819", ("服装", "制衣"), 4, 180, 25, -0.10, False, 0.03, ("4509", "4508")),
    Trade("2021", ("木业", "板业"), 10, 60, 75, -0.12, False, 0.12, ("4508", "4501", "4502")),
    Trade("2022", ("人造板",), 3, 110, 110, -0.04, True, 0.20, ("4508", "4504")),
    Trade("2110", ("家居", "家具"), 4, 90, 45, -0.06, False, 0.04, ("4508", "4514")),
    Trade("2221", ("纸业",), 3, 190, 120, 0.04, True, 0.55, ("4501", "4505")),
    Trade("2511", ("石化",), 1, 520, 900, 0.22, True, 0.60, ("4507", "4505")),
    Trade("2614", ("化工",), 3, 130, 190, 0.08, True, 0.50, ("4507", "4506")),
    Trade("2624", ("化肥", "农资"), 3, 80, 110, -0.02, True, 0.25),
    Trade("2663", ("林化", "松香"), 3, 70, 110, -0.04, True, 0.20, ("4504", "4501")),
    Trade("2740", ("药业", "制药"), 4, 170, 65, 0.08, True, 0.10, ("4503", "4509", "4501")),
    Trade("2929", ("塑业", "塑胶"), 4, 70, 60, -0.05, False, 0.12),
    Trade("3011", ("水泥",), 4, 220, 150, 0.10, True, 0.90, ("4508", "4514")),
    Trade("3021", ("混凝土", "建材"), 8, 50, 130, -0.04, True, 0.06),
    Trade("3031", ("建材", "砖业"), 5, 45, 45, -0.15, True, 0.80),
    Trade("3032", ("石材",), 4, 50, 60, -0.14, False, 0.10, ("4511", "4503")),
    Trade("3071", ("陶瓷",), 4, 240, 50, -0.02, True, 0.70, ("4504", "4509")),
    Trade("3099", ("碳酸钙", "粉体"), 3, 60, 80, -0.06, True, 0.15, ("4511",)),
    Trade("3130", ("钢铁", "金属"), 2, 680, 420, 0.18, True, 1.10, ("4502", "4506")),
    Trade("3140", ("锰业", "铁合金"), 4, 140, 190, -0.02, True, 1.30, ("4513", "4514")),
    Trade("3212", ("有色金属",), 2, 260, 240, 0.05, True, 0.70, ("4512",)),
    Trade("3216", ("铝业",), 3, 640, 260, 0.14, True, 1.20, ("4510",)),
    Trade("3252", ("铝材", "铝加工"), 5, 170, 180, 0.06, False, 0.20, ("4510", "4501")),
    Trade("3311", ("钢构", "金属结构"), 4, 70, 90, -0.04, False, 0.06),
    Trade("3412", ("动力机械", "内燃机"), 2, 420, 110, 0.14, False, 0.05, ("4509", "4502")),
    Trade("3484", ("机械", "精密机械"), 4, 70, 55, 0.00, False, 0.06, ("4502", "4509")),
    Trade("3514", ("工程机械", "重工"), 2, 380, 140, 0.18, False, 0.05, ("4502",)),
    Trade("3572", ("农业机械",), 2, 90, 60, -0.02, False, 0.05),
    Trade("3612", ("新能源汽车",), 1, 980, 260, 0.26, False, 0.05, ("4502", "4503")),
    Trade("3670", ("汽车零部件", "汽配"), 10, 190, 75, 0.10, False, 0.08, ("4502",)),
    Trade("3821", ("变压器", "电气"), 3, 160, 90, 0.08, False, 0.04, ("4503", "4501")),
    Trade("3831", ("电缆", "线缆"), 3, 110, 190, 0.05, False, 0.05),
    Trade("3841", ("新能源", "锂电"), 2, 320, 140, 0.18, True, 0.20, ("4501", "4507")),
    Trade("3912", ("电子科技",), 3, 380, 70, 0.14, False, 0.04, ("4501", "4505")),
    Trade("3974", ("光电",), 2, 300, 90, 0.16, False, 0.08, ("4505", "4501")),
    Trade("3989", ("电子", "电子元件"), 4, 210, 45, 0.08, False, 0.05, ("4511", "4503")),
    Trade("0820", ("锰矿", "矿业"), 2, 150, 70, -0.05, True, 0.20, ("4514",)),
    Trade("4413", ("水电",), 3, 60, 120, 0.05, True, 0.02, ("4512", "4510")),
    Trade("4415", ("风电", "新能源发电"), 2, 30, 300, 0.10, True, 0.01),
    Trade("4610", ("水务", "供水"), 2, 120, 40, 0.05, True, 0.05),
)

SHARE_AT_HOME = 3
"""How many times as common a trade is in its own cities."""


def weights_in(city: str, trades: Sequence[Trade]) -> list[int]:
    """Give how common each of the trades is in a city (six digits)."""
    return [trade.share * (SHARE_AT_HOME if city[:4] in trade.cities else 1) for trade in trades]
