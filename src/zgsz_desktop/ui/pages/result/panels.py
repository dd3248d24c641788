"""The cards of the result page: dimensions with radar and bars, scenes by level, strong and weak sides."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from zgsz_desktop.ui.pages.result.presenter import SceneLevel, SideView
from zgsz_desktop.ui.theme import Theme
from zgsz_desktop.ui.widgets.buttons import Button, ButtonKind
from zgsz_desktop.ui.widgets.cards import Panel, clear_layout
from zgsz_desktop.ui.widgets.charts import FEWEST_AXES, BarRows, Dimension, Legend, RadarChart
from zgsz_desktop.ui.widgets.marks import Hairline
from zgsz_desktop.ui.widgets.text import ElidedLabel, Label, TextRole

IN_WORDS = "零一二三四五六七八九十"
SHOWN_SIDES = 3
RADAR_WIDTH = 310
RADAR_HEIGHT = 216


class DimensionsPanel(Panel):
    """The parts of the total as radar and bars, and how many scenes have come how far."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, "各维度", parent=parent)
        self.legend = Legend(theme)
        self.head.addWidget(self.legend)
        row = QHBoxLayout()
        row.setSpacing(16)
        self.radar = RadarChart(theme)
        self.radar.setFixedSize(RADAR_WIDTH, RADAR_HEIGHT)
        row.addWidget(self.radar)
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addStretch(1)
        self.bars = BarRows(theme)
        right.addWidget(self.bars)
        right.addSpacing(4)
        self._line = Hairline(theme)
        right.addWidget(self._line)
        right.addSpacing(4)
        self.counts = BarRows(theme)
        right.addWidget(self.counts)
        right.addStretch(1)
        row.addLayout(right, 1)
        self.body.addLayout(row)

    def show_dimensions(self, dimensions: Sequence[Dimension], counts: Sequence[Dimension], last: str) -> None:
        """Show the parts, the counts and the label of the last round."""
        number = len(dimensions)
        words = IN_WORDS[number] if number < len(IN_WORDS) else f" {number} "
        self.title.setText(f"{words}个维度" if number else "各维度")
        self.legend.set_labels("本次", last)
        self.radar.setVisible(number >= FEWEST_AXES)
        self.radar.show_dimensions(dimensions)
        self.bars.show_dimensions(dimensions)
        self.counts.setVisible(bool(counts))
        self._line.setVisible(bool(counts))
        self.counts.show_dimensions(counts)
        self.counts.setAccessibleName("场景达到的级别")


class ScenesPanel(Panel):
    """The counted questions, grouped by the level that they have reached."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, "业务场景", icon="layers", parent=parent)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(8)
        self.body.addLayout(self._rows)

    def show_scenes(self, levels: Sequence[SceneLevel]) -> None:
        """Show the levels, the highest first."""
        clear_layout(self._rows)
        for level in levels:
            row = QHBoxLayout()
            row.setSpacing(12)
            name = Label(self.theme, level.level, TextRole.CARD)
            name.setFixedWidth(40)
            count = Label(self.theme, f"{level.count} 个", TextRole.HELPER)
            count.setFixedWidth(48)
            row.addWidget(name, 0, Qt.AlignmentFlag.AlignTop)
            row.addWidget(count, 0, Qt.AlignmentFlag.AlignTop)
            row.addWidget(Label(self.theme, level.titles, TextRole.HELPER, ink="text", wrap=True), 1)
            self._rows.addLayout(row)
        self._rows.addStretch(1)
        self.setVisible(bool(levels))


class SidesPanel(Panel):
    """Strong or weak sides: points, and the answer behind them; the first few, or all of them."""

    def __init__(self, theme: Theme, *, strong: bool, parent: QWidget | None = None) -> None:
        icon, ink = ("trending-up", "ok") if strong else ("trending-down", "bad")
        super().__init__(theme, "强项" if strong else "弱项", icon=icon, icon_ink=ink, parent=parent)
        self._ink = ink
        self._nothing = "还没有得分过六成的题" if strong else "没有失分多的题"
        self._sides: tuple[SideView, ...] = ()
        self._all = False
        self._rows = QVBoxLayout()
        self._rows.setSpacing(7)
        self.body.addLayout(self._rows)
        self.more = Button(theme, "", ButtonKind.LINK, height=28)
        self.more.clicked.connect(self._turn)
        foot = QHBoxLayout()
        foot.setContentsMargins(0, 0, 0, 0)
        foot.addWidget(self.more)
        foot.addStretch(1)
        self.body.addStretch(1)
        self.body.addLayout(foot)

    def show_sides(self, sides: Sequence[SideView]) -> None:
        """Show these sides, the most telling first."""
        self._sides = tuple(sides)
        self._draw()

    def _turn(self) -> None:
        self._all = not self._all
        self._draw()

    def _draw(self) -> None:
        clear_layout(self._rows)
        shown = self._sides if self._all else self._sides[:SHOWN_SIDES]
        for side in shown:
            self._rows.addLayout(self._row(side))
        if not shown:
            self._rows.addWidget(Label(self.theme, self._nothing, TextRole.HELPER))
        self.more.setText("收起" if self._all else f"看全部 {len(self._sides)} 项")
        self.more.setAccessibleName(f"{self.title.text()}，{self.more.text()}")
        self.more.updateGeometry()
        self.more.setVisible(len(self._sides) > SHOWN_SIDES)

    def _row(self, side: SideView) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(0)
        first = QHBoxLayout()
        first.addWidget(ElidedLabel(self.theme, side.title, TextRole.BODY), 1)
        first.addWidget(Label(self.theme, side.points, TextRole.CARD, ink=self._ink))
        column.addLayout(first)
        column.addWidget(ElidedLabel(self.theme, side.answer, TextRole.CAPTION, ink="text2"))
        return column
