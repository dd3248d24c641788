"""The second sheet of the gallery: rows, packages, sections, cards, charts and results, with made-up content."""

from collections.abc import Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from zgsz_desktop.ui.marks import Chip, StateChip, Tone
from zgsz_desktop.ui.theme import Theme
from zgsz_desktop.ui.widgets.band_strip import Band, BandStrip
from zgsz_desktop.ui.widgets.bars import SideColumn
from zgsz_desktop.ui.widgets.cards import ActionRow, Card, ChoiceCard, FactRow, Panel, TodoCard, TodoText
from zgsz_desktop.ui.widgets.charts import BarRows, Dimension, Legend, RadarChart
from zgsz_desktop.ui.widgets.fields import NumberField, SearchField
from zgsz_desktop.ui.widgets.package_rows import PACKAGE_ROLE, PackageHeader, PackageList, PackageRow, PackageState
from zgsz_desktop.ui.widgets.results import FrameworkSummary, GradeHead, GradeView, LiveResult
from zgsz_desktop.ui.widgets.rows import ROW_ROLE, GroupRow, ListRow, MoreRow, RowList
from zgsz_desktop.ui.widgets.section_list import Group, Section, SectionList, Square, SquareState
from zgsz_desktop.ui.widgets.states import DropZone

WIDTH, HEIGHT = 1720, 1180
DIMENSIONS = (
    Dimension("发展战略", 0.64, "64", 0.48, 0.50, "+16"),
    Dimension("新型能力", 0.56, "56", 0.44, 0.47, "+12"),
    Dimension("系统性解决方案", 0.60, "60", 0.50, 0.49, "+10"),
    Dimension("治理体系", 0.63, "63", 0.52, 0.48, "+11"),
    Dimension("业务创新转型", 0.46, "46", 0.39, 0.42, "+7"),
)
REASON = "县局退回：设备联网率由 31% 变为 78%，没有附设备清单。请补清单或更正台数。"
ROWS = (
    GroupRow("要您处理", "1 家", urgent=True),
    ListRow(
        5,
        "柳州砺锋机械制造有限公司",
        "91450206MA5JURQ22T  通用设备，拉堡镇",
        Chip("被退回", Tone.OUTLINE, "corner-up-left"),
        (64, 64),
        due="9月26日前",
        action="补正",
        reason=REASON,
    ),
    GroupRow("正在填", "4 家"),
    ListRow(
        5,
        "柳州澄远汽车零部件有限公司",
        "91450206MA522BT54F  汽车零部件，新兴工业园",
        StateChip.ANSWERING.value,
        (41, 64),
        due="9月30日前",
        action="继续",
        marks=((0, 4),),
    ),
    ListRow(
        None,
        "广西柳江辰溪食品有限公司",
        "91450206MA593PCF87  农副食品加工，百朋镇",
        StateChip.NOT_STARTED.value,
        remark="首次诊断",
        due="9月30日前",
        action="开始",
    ),
    MoreRow("其余 7 家"),
)
PACKAGES = (
    PackageRow(
        PackageState.RUNNING,
        "罗秋霞",
        "服务员，进德镇，发给本局",
        "本人签名，柳江区工信局授权",
        "lj-0914-罗秋霞.zgpkg",
        trusted=True,
        counts="18 家",
        details="1,152 答案",
        progress=0.62,
        progress_text="正在核对答案 714/1,152",
    ),
    PackageRow(
        PackageState.CONFLICT,
        "覃晓岚",
        "服务员，新兴工业园，发给本局",
        "本人签名，柳江区工信局授权",
        "lj-0914-覃晓岚.zgpkg",
        trusted=True,
        counts="23 家",
        details="1,472 答案",
        chips=(Chip("新增 9", Tone.OK), Chip("更新 11", Tone.ACCENT), Chip("冲突 3", Tone.WARN)),
    ),
    PackageRow(
        PackageState.REFUSED,
        "韦国栋",
        "服务员，穿山镇，发给本局",
        "签名与内容对不上",
        "lj-0913-韦国栋.zgpkg",
        trusted=False,
        counts="没有读取",
        chips=(Chip("拒收", Tone.BAD),),
    ),
    PackageRow(
        PackageState.WAITING, "韦丽琼", "服务员，洛满镇，发给本局", "等待核对", "lj-0912-韦丽琼.zgpkg", remark="排队中"
    ),
)
BANDS = (
    Band("1", "0–10%", "0 分", 0, 10),
    Band("2", "10–20%", "1.5 分", 10, 20),
    Band("3", "20–40%", "3 分", 20, 40),
    Band("4", "40–60%", "4.5 分", 40, 60),
    Band("5", "60–100%", "6 分", 60, 100),
)


class Listed(QAbstractListModel):
    """Values in one role."""

    def __init__(self, role: int, values: Sequence[object], parent: QWidget) -> None:
        super().__init__(parent)
        self._role, self._values = role, values

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex | None = None) -> int:  # noqa: ARG002, N802  Qt's name
        return len(self._values)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        return self._values[index.row()] if role == self._role else None


def build_sections(theme: Theme) -> SectionList:
    """Build the section list of a questionnaire half done."""
    known = {"5": SquareState.ANSWERED, "6": SquareState.ANSWERED, "7": SquareState.DOUBTFUL, "8": SquareState.ANSWERED}
    squares = tuple(Square(str(n), str(n), known.get(str(n), SquareState.OPEN)) for n in range(5, 12))
    sections = (
        Section("life", "产品生命周期", 4, 4),
        Section("make", "生产执行", 4, 6, doubtful=True, squares=squares),
        Section("supply", "供应链", 1, 2, doubtful=True),
    )
    groups = (
        Group("base", "数字化基础", 4, 4),
        Group("effect", "数字化成效", 3, 4),
        Group("scene", "业务场景", 9, 16, sections),
        Group("mature", "转型成熟度", 18, 21),
    )
    listed = SectionList(theme)
    listed.show_groups(groups, "scene", "make", "6")
    return listed


def build_ratio(theme: Theme) -> QWidget:
    """Build a ratio question's fields and bands."""
    card = Card(theme, ground="sunken")
    row = QHBoxLayout()
    card.body.addLayout(row)
    part, whole = NumberField(theme, "已数字化的生产设备数", "台"), NumberField(theme, "生产设备总数", "台")
    part.set_text("87")
    part.set_last_round("上轮 63 台")
    whole.set_text("50")
    whole.set_error("总数不能比已数字化的少")
    for field in (part, whole):
        row.addWidget(field, 0, Qt.AlignmentFlag.AlignTop)
    row.addStretch(1)
    strip = BandStrip(theme, BANDS)
    strip.set_chosen(3)
    strip.set_now(58, "本次 58.0%")
    strip.set_last(42)
    card.body.addWidget(strip)
    return card


def build_middle(theme: Theme) -> QVBoxLayout:
    """Build search, rows, packages, ratio."""
    column = QVBoxLayout()
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    strip = QVBoxLayout()
    strip.setContentsMargins(20, 16, 20, 16)
    strip.setSpacing(12)
    strip.addWidget(SearchField(theme, "企业名、拼音首字母（如 lzcy）或信用代码", "/", height=36))
    hint = "先核对签名和内容，全部通过才并入，一份出错不影响别的。"
    strip.addWidget(DropZone(theme, "把各位服务员交来的文件拖到这里", hint, suffixes=[], keys="Ctrl O"))
    strip.addWidget(build_ratio(theme))
    column.addLayout(strip)
    enterprises = RowList(theme, "企业")
    rows = Listed(ROW_ROLE, ROWS, enterprises)
    enterprises.setModel(rows)
    enterprises.setCurrentIndex(rows.index(3))
    column.addWidget(enterprises, 3)
    column.addWidget(PackageHeader(theme))
    packages = PackageList(theme)
    listed = Listed(PACKAGE_ROLE, PACKAGES, packages)
    packages.setModel(listed)
    packages.setCurrentIndex(listed.index(1))
    column.addWidget(packages, 2)
    return column


def build_results(theme: Theme) -> SideColumn:
    """Build charts and results."""
    side = SideColumn(theme, 560, at_right=True)
    panel = Panel(theme, "五个维度")
    panel.head.addWidget(Legend(theme, "本次", "上轮 46.6", "同行中位（同行业 37 家）"))
    radar, bars = RadarChart(theme), BarRows(theme)
    radar.show_dimensions(DIMENSIONS)
    bars.show_dimensions(DIMENSIONS)
    panel.body.addWidget(radar)
    panel.body.addWidget(bars)
    side.body.addWidget(panel)
    large = GradeHead(theme, large=True)
    large.show_result(GradeView(6, "6 档", "领域级", "57.8", "比上轮高 2 档"))
    side.body.addWidget(large)
    summary = FrameworkSummary(theme, "中小企业数字化水平")
    summary.show_value("二级", 2, 4, "到三级差 6.5 分、3 个场景")
    side.body.addWidget(summary)
    live = LiveResult(theme)
    live.setFixedWidth(283)
    view = GradeView(5, "5 档", "领域级", "52.4", "本题 +1.9", to_next="再得 3.6 分到 6 档")
    live.show_result(view, "按已答 41 题试算", (("中小企业数字化水平", "二级"), ("两化融合", "单项覆盖")))
    side.body.addWidget(live)
    return side


def build_parts(theme: Theme) -> QWidget:
    """Build the second sheet."""
    page = QWidget()
    page.resize(WIDTH, HEIGHT)
    row = QHBoxLayout(page)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(0)
    left = SideColumn(theme, 300, at_right=False)
    left.body.addWidget(build_sections(theme))
    text = TodoText(
        icon="shield-x",
        ink="bad",
        title="签名与内容对不上",
        sentence="文件在签名之后被改动过，或传输损坏。",
        action="请他重新导出",
        whom="韦国栋",
        kept="没有并入任何内容",
        action_icon="copy",
    )
    left.body.addWidget(TodoCard(theme, text))
    left.body.addWidget(ActionRow(theme, "file-output", "导出给县局", "2 家已盖章，还没交", "导出"))
    left.body.addWidget(FactRow(theme, "全部已保存", "09:31:07", icon="circle-check", icon_ink="ok", bold=False))
    row.addWidget(left)
    middle = build_middle(theme)
    choice = ChoiceCard(
        theme,
        icon="flask-conical",
        title="先体验一下",
        sentence="打开一份做好的示例，随便点，随时可删",
        keys="1",
        chip=Chip("示例数据", Tone.WARN),
    )
    middle.addWidget(choice)
    row.addLayout(middle, 1)
    row.addWidget(build_results(theme))
    return page
