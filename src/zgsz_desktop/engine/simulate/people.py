"""Names of people and companies that look like those of the region, and belong to nobody.

A company is place + two characters of good omen + trade + 有限公司; the region keeps names unique. Telephone numbers
begin with 100, which no mobile network in China assigns.
"""

from random import Random

_SURNAMES = "黄韦李陈覃梁陆农蒙莫潘罗卢谭廖甘岑凌周刘张王吴何林唐蒋邓苏蓝石杨龙吕欧玉滕庞宁邹"
_GIVEN = "明华丽芳伟强军敏静燕玲霞斌勇艳娟桂春秋海山林峰光文武志建国兰梅英秀玉雪雨晨宇浩杰婷慧倩佳欣思振宏永"
_OMENS_FIRST = "桂瑞恒鑫盛华金永德宏嘉天安泰祥广隆裕丰新兴源邕柳漓百万景和顺润凯骏启卓锦合融佳正"
_OMENS_SECOND = "达泰源盛丰利和通发兴祥隆顺安益诚茂昌宝瑞鸿晟邦辉腾康科创美航宇洲力特联信成越凌锋"
_FORMS = (*("有限公司",) * 8, "有限责任公司", "股份有限公司")
_PARKS = ("工业集中区", "产业园", "工业园区", "经济开发区", "城关镇", "")
_PEOPLES = ("各族", "瑶族", "苗族", "侗族", "仫佬族", "毛南族")
_KINDS = (*(people + "自治县" for people in _PEOPLES), "县", "区", "市")
_TWO_CHARACTERS = 0.7


def person_name(rng: Random) -> str:
    """Make up a person."""
    given = rng.choice(_GIVEN) + (rng.choice(_GIVEN) if rng.random() < _TWO_CHARACTERS else "")
    return rng.choice(_SURNAMES) + given


def phone_number(rng: Random) -> str:
    """Make up a telephone number that cannot ring."""
    return f"100{rng.randrange(10**8):08d}"


def company_name(rng: Random, county: str, city: str, trade_word: str) -> str:
    """Make up a company from the names of its county and city and the word for its trade."""
    place = rng.choice((short_place(county), short_place(city), "广西", "广西" + short_place(city)))
    omen = rng.choice(_OMENS_FIRST) + rng.choice(_OMENS_SECOND)
    return f"{place}{omen}{trade_word}{rng.choice(_FORMS)}"


def town_name(rng: Random, county: str) -> str:
    """Make up a park or town of a county; empty for some."""
    park = rng.choice(_PARKS)
    return short_place(county) + park if park else ""


def short_place(name: str) -> str:
    """Give the name without its kind, 青秀 for 青秀区, where two characters remain."""
    for kind in _KINDS:
        if name.endswith(kind) and len(name) - len(kind) > 1:
            return name.removesuffix(kind)
    return name
