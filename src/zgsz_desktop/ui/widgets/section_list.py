"""The section list of the answering page: groups with progress, the open group's sections, the current one's questions.

    group 36 high (name, done/total, bar of 2 px; full is a check) > section > one square of 24 px per question

The page gives values (`Group`, `Section`, `Square`) whenever something changed; what is the same is kept, so the focus
and the scroll position stay.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPaintEvent, QPolygonF, QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from zgsz_desktop.ui.painting import (
    CENTER,
    RIGHT,
    draw_bar,
    draw_focus_ring,
    draw_icon,
    draw_plate,
    draw_text,
    text_width,
)
from zgsz_desktop.ui.theme import Theme
from zgsz_desktop.ui.widgets.cards import clear_layout
from zgsz_desktop.ui.widgets.painted import FIXED, GROWS, PaintedButton, PaintedWidget

GROUP = 37
SECTION = 33
SQUARE = 24
SQUARE_GAP = 5
INDENT = 20


class SquareState(Enum):
    """How far a question is."""

    OPEN = "未答"
    ANSWERED = "已答"
    DOUBTFUL = "存疑"


@dataclass(frozen=True, slots=True)
class Square:
    """One question of the current section."""

    id: str
    label: str
    state: SquareState = SquareState.OPEN


@dataclass(frozen=True, slots=True)
class Section:
    """A section of a group; `squares` are filled for the current one."""

    id: str
    name: str
    done: int
    total: int
    doubtful: bool = False
    squares: tuple[Square, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """A group of sections; with a single section of the same name it opens to that section's questions."""

    id: str
    name: str
    done: int
    total: int
    sections: tuple[Section, ...] = ()


class _GroupRow(PaintedButton):
    def __init__(self, theme: Theme, group: Group) -> None:
        super().__init__(theme)
        self._group = group
        self._open = False
        self.setFixedHeight(GROUP)
        self.setSizePolicy(GROWS, FIXED)

    def show_group(self, group: Group, *, open_: bool) -> None:
        self._group, self._open = group, open_
        state = "已展开" if open_ else "已收起"
        self.setAccessibleName(f"{group.name}，{group.done}/{group.total}，{state}")
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  small
        painter, tokens, group = self.painter(), self.theme.tokens, self._group
        area = self.area()
        if self.underMouse():
            draw_plate(painter, area, 6, fill=tokens.hover)
        if self.shows_ring():
            draw_focus_ring(painter, area, 6, self.theme)
        middle = area.center().y()
        arrow = "chevron-down" if self._open else "chevron-right"
        draw_icon(painter, self.theme, arrow, QPointF(7, middle), px=14, colour=tokens.text2)
        right = area.right() - 6
        room = QRectF(INDENT, area.top(), right - INDENT, area.height())
        if group.total and group.done >= group.total:
            draw_icon(painter, self.theme, "circle-check", QPointF(right - 8, middle), px=16, colour=tokens.ok)
        else:
            count = f"{group.done}/{group.total}"
            draw_text(painter, room, count, self.theme.font(13), tokens.text2, align=RIGHT)
            bar = QRectF(INDENT, area.bottom() - 3, right - INDENT, 2)
            share = group.done / group.total if group.total else 0
            draw_bar(painter, bar, share, track=tokens.line, colour=tokens.accent)
        room.setRight(right - 44)
        draw_text(painter, room, group.name, self.theme.font(14, bold=self._open), tokens.text)
        painter.end()


class _SquareButton(PaintedButton):
    def __init__(self, theme: Theme, square: Square, parent: QWidget) -> None:
        super().__init__(theme, parent)
        self._square = square
        self.setFixedSize(SQUARE, SQUARE)
        self.setCheckable(True)

    def nextCheckState(self) -> None:
        """Leave the check to the list: it shows where the page is."""

    def show_square(self, square: Square, *, current: bool) -> None:
        self._square = square
        self.setChecked(current)
        self.setAccessibleName(f"第 {square.label} 题，{square.state.value}")
        self.setToolTip(self.accessibleName())
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  small
        painter, tokens, area = self.painter(), self.theme.tokens, self.area()
        state, current = self._square.state, self.isChecked()
        looks = {
            SquareState.OPEN: (tokens.surface, tokens.line2, tokens.text2),
            SquareState.ANSWERED: (tokens.accent_bg2, tokens.accent_line, tokens.accent),
            SquareState.DOUBTFUL: (tokens.warn_bg, tokens.warn_line, tokens.warn),
        }
        fill, border, ink = looks[state]
        if current:
            fill, border, ink = tokens.fill, tokens.fill, tokens.on_fill
        draw_plate(painter, area, 5, fill=fill, border=border)
        if state is SquareState.DOUBTFUL:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(tokens.warn if not current else tokens.on_fill))
            right = area.right()
            painter.drawPolygon(QPolygonF([QPointF(right - 8, 0), QPointF(right, 0), QPointF(right, 8)]))
        if self.shows_ring():
            draw_plate(painter, area, 5, border=tokens.text, width=2)
        px = 12 if len(self._square.label) > 1 else 13
        draw_text(painter, area, self._square.label, self.theme.font(px, bold=current), ink, align=CENTER)
        painter.end()


class _SectionRow(PaintedButton):
    """A section; the current one is a tinted block with its squares inside."""

    square_chosen = Signal(str)

    def __init__(self, theme: Theme, section: Section) -> None:
        super().__init__(theme)
        self._section = section
        self._current = False
        self._squares: dict[str, _SquareButton] = {}
        self.setSizePolicy(GROWS, FIXED)
        self.setFixedHeight(SECTION)

    def show_section(self, section: Section, *, current: bool, question: str) -> None:
        self._section, self._current = section, current
        doubtful = "，有存疑" if section.doubtful else ""
        self.setAccessibleName(f"{section.name}，{section.done}/{section.total}{doubtful}")
        wanted = {square.id: square for square in section.squares} if current else {}
        for gone in [key for key in self._squares if key not in wanted]:
            button = self._squares.pop(gone)
            button.hide()
            button.deleteLater()
        for key, square in wanted.items():
            if key not in self._squares:
                button = _SquareButton(self.theme, square, self)
                button.clicked.connect(lambda _=False, which=key: self.square_chosen.emit(which))
                button.show()
                self._squares[key] = button
            self._squares[key].show_square(square, current=key == question)
        self._place([self._squares[key] for key in wanted])
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._place(list(self._squares.values()))
        super().resizeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  small
        painter, tokens, section = self.painter(), self.theme.tokens, self._section
        block = self.area().adjusted(INDENT - 8, 0, 0, -2)
        if self._current:
            draw_plate(painter, block, 6, fill=tokens.accent_bg)
        elif self.underMouse():
            draw_plate(painter, block, 6, fill=tokens.hover)
        if self.shows_ring():
            draw_focus_ring(painter, block, 6, self.theme)
        right = self.width() - 6
        line = QRectF(INDENT, 0, right - INDENT, SECTION - 1)
        count = f"{section.done}/{section.total}"
        draw_text(painter, line, count, self.theme.font(13), tokens.text2, align=RIGHT)
        x = right - text_width(self.theme.font(13), count) - 14
        if section.doubtful:
            draw_icon(painter, self.theme, "flag", QPointF(x, line.center().y()), px=13, colour=tokens.warn)
        ink = tokens.accent if self._current else tokens.text
        room = QRectF(INDENT, 0, x - 10 - INDENT, SECTION - 1)
        draw_text(painter, room, section.name, self.theme.font(14, bold=self._current), ink)
        painter.end()

    def _place(self, squares: Sequence[_SquareButton]) -> None:
        room = max(SQUARE, self.width() - INDENT - 6)
        in_row = max(1, (room + SQUARE_GAP) // (SQUARE + SQUARE_GAP))
        for at, square in enumerate(squares):
            x = INDENT + (at % in_row) * (SQUARE + SQUARE_GAP)
            square.move(x, SECTION - 2 + (at // in_row) * (SQUARE + SQUARE_GAP))
        rows = -(-len(squares) // in_row)
        self.setFixedHeight(SECTION + (rows * (SQUARE + SQUARE_GAP) + 6 if rows else 0))


class SectionList(PaintedWidget):
    """All groups of the questionnaire.

    Signals:
        group_chosen(str): a group was pressed; the page decides whether it opens.
        section_chosen(str): a section was pressed.
        question_chosen(str): a question's square was pressed.
    """

    group_chosen = Signal(str)
    section_chosen = Signal(str)
    question_chosen = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.setAccessibleName("目录")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._groups: dict[str, _GroupRow] = {}
        self._sections: dict[str, _SectionRow] = {}
        self._shape: tuple[tuple[str, tuple[str, ...]], ...] = ()

    def show_groups(self, groups: Sequence[Group], open_group: str, section: str = "", question: str = "") -> None:
        """Show the groups; one of them open, one section and one question current."""
        shape = tuple(
            (group.id, tuple(entry.id for entry in group.sections) if group.id == open_group else ())
            for group in groups
        )
        if shape != self._shape:
            self._rebuild(groups, open_group)
            self._shape = shape
        for group in groups:
            self._groups[group.id].show_group(group, open_=group.id == open_group)
            if group.id == open_group:
                for entry in group.sections:
                    current = entry.id == section
                    self._sections[entry.id].show_section(entry, current=current, question=question)

    def sizeHint(self) -> QSize:
        return QSize(200, self._column.sizeHint().height())

    def _rebuild(self, groups: Sequence[Group], open_group: str) -> None:
        focused = next((key for key, row in self._groups.items() if row.hasFocus()), "")
        clear_layout(self._column)
        self._groups, self._sections = {}, {}
        for group in groups:
            row = _GroupRow(self.theme, group)
            row.clicked.connect(lambda _=False, which=group.id: self.group_chosen.emit(which))
            self._groups[group.id] = row
            self._column.addWidget(row)
            if group.id == open_group:
                for section in group.sections:
                    self._add_section(section)
        if focused in self._groups:
            self._groups[focused].setFocus(Qt.FocusReason.TabFocusReason)

    def _add_section(self, section: Section) -> None:
        row = _SectionRow(self.theme, section)
        row.clicked.connect(lambda _=False, which=section.id: self.section_chosen.emit(which))
        row.square_chosen.connect(self.question_chosen)
        self._sections[section.id] = row
        self._column.addWidget(row)
