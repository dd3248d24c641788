"""本节几题: the questions of the present section under the question, where the window is wide enough for it."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from zgsz_desktop.ui.painting import draw_focus_ring, draw_hairline, draw_icon, draw_plate, draw_text
from zgsz_desktop.ui.theme import Theme
from zgsz_desktop.ui.widgets.cards import clear_layout
from zgsz_desktop.ui.widgets.painted import FIXED, GROWS, PaintedButton
from zgsz_desktop.ui.widgets.text import Label, TextRole

ROW = 36
NUMBER, TITLE, WORDS = 12, 44, 210


@dataclass(frozen=True, slots=True)
class OverviewRow:
    """One question of the section.

    Attributes:
        words: its answer, short; 未答 where there is none.
    """

    question: str
    number: int
    title: str
    words: str
    current: bool
    doubtful: bool
    note: str = ""


class SectionOverview(QWidget):
    """The rows.

    Signals:
        question_chosen(str): a row was pressed.
    """

    question_chosen = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        column = QVBoxLayout(self)
        column.setContentsMargins(4, 24, 4, 0)
        column.setSpacing(6)
        self._title = Label(theme, "", TextRole.CARD)
        column.addWidget(self._title)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(0)
        column.addLayout(self._rows)
        self._shown: tuple[OverviewRow, ...] = ()

    def show_rows(self, rows: Sequence[OverviewRow]) -> None:
        """Show a section; the same rows again cost nothing."""
        if tuple(rows) == self._shown:
            return
        self._shown = tuple(rows)
        self._title.setText(f"本节 {len(rows)} 题")
        clear_layout(self._rows)
        for row in rows:
            button = _RowButton(self.theme, row)
            button.clicked.connect(lambda _=False, which=row.question: self.question_chosen.emit(which))
            self._rows.addWidget(button)


class _RowButton(PaintedButton):
    def __init__(self, theme: Theme, row: OverviewRow) -> None:
        super().__init__(theme)
        self._row = row
        self.setFixedHeight(ROW)
        self.setSizePolicy(GROWS, FIXED)
        doubt = "，存疑" if row.doubtful else ""
        self.setAccessibleName(f"第 {row.number} 题，{row.title}，{row.words}{doubt}")

    def sizeHint(self) -> QSize:
        return QSize(400, ROW)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 one row
        painter, tokens, row = self.painter(), self.theme.tokens, self._row
        area = self.area()
        if row.current or self.underMouse():
            draw_plate(painter, area, 0, fill=tokens.accent_bg if row.current else tokens.hover)
        draw_hairline(painter, area.left(), area.right(), area.bottom(), tokens.line)
        if self.shows_ring():
            draw_focus_ring(painter, area, 4, self.theme)
        ink = tokens.accent if row.current else tokens.text
        plain, bold = self.theme.font(14), self.theme.font(14, bold=True)
        draw_text(painter, self._column(NUMBER, TITLE), str(row.number), self.theme.font(13), tokens.text2)
        draw_text(painter, self._column(TITLE, WORDS), row.title, bold if row.current else plain, ink)
        answered = tokens.text if row.words != "未答" else tokens.text3
        middle = self._column(WORDS, min(WORDS + 260, self.width() - 220))
        draw_text(painter, middle, row.words, plain, answered)
        if row.doubtful:
            at = QPointF(middle.right() + 20, area.center().y())
            draw_icon(painter, self.theme, "flag", at, px=14, colour=tokens.warn)
            words = f"存疑：{row.note}" if row.note else "存疑"
            room = QRectF(middle.right() + 34, 0, self.width() - middle.right() - 44, ROW)
            draw_text(painter, room, words, self.theme.font(13), tokens.warn)
        painter.end()

    def _column(self, left: float, right: float) -> QRectF:
        return QRectF(left, 0, right - left - 10, ROW)
