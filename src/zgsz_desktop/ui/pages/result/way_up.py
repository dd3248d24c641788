"""升到 n 档，最少改几处: the smallest set of improvements, each to be left out to see what the rest still brings."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from zgsz_desktop.ui.marks import Chip, Tone
from zgsz_desktop.ui.pages.result.presenter import Reached, StepView, WayUp
from zgsz_desktop.ui.theme import Theme
from zgsz_desktop.ui.widgets.cards import Card, clear_layout
from zgsz_desktop.ui.widgets.marks import BADGE_LIST, BADGE_TABLE, ChipLabel, GradeBadge, IconLabel
from zgsz_desktop.ui.widgets.text import Label, TextRole

INDENT = 30


class StepCard(Card):
    """One answer to improve, with a tick: on means it is counted in.

    Signals:
        ticked: the tick was changed.
    """

    ticked = Signal()

    def __init__(self, theme: Theme, step: StepView, parent: QWidget | None = None) -> None:
        super().__init__(theme, padding=12, spacing=5, parent=parent)
        self.question = step.question
        self.setAccessibleName(step.title)
        self.tick = QCheckBox(step.title)
        self.tick.setFont(theme.font(14, bold=True))
        self.tick.setChecked(True)
        self.tick.setToolTip("去掉勾，看看不改这一处会怎样")
        self.tick.toggled.connect(lambda _: self.ticked.emit())
        first = QHBoxLayout()
        first.addWidget(self.tick, 1)
        first.addWidget(Label(theme, step.gain, TextRole.CARD, ink="ok"))
        self.body.addLayout(first)
        chips = QHBoxLayout()
        chips.setContentsMargins(INDENT, 0, 0, 0)
        chips.setSpacing(8)
        chips.addWidget(ChipLabel(theme, Chip(step.before)))
        chips.addWidget(IconLabel(theme, "arrow-right", 14))
        chips.addWidget(ChipLabel(theme, Chip(step.after, Tone.ACCENT)))
        chips.addStretch(1)
        self.body.addLayout(chips)
        if step.sentence:
            words = QHBoxLayout()
            words.setContentsMargins(INDENT, 0, 0, 0)
            words.addWidget(Label(theme, step.sentence, TextRole.HELPER, wrap=True))
            self.body.addLayout(words)


class WayUpPanel(Card):
    """The panel at the right."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, padding=16, spacing=10, parent=parent)
        self._reach: Callable[[frozenset[str]], Reached] | None = None
        self._cards: list[StepCard] = []
        head = QHBoxLayout()
        self._title = Label(theme, "", TextRole.PANEL, wrap=True)
        self._badge = GradeBadge(theme, None, BADGE_LIST)
        head.addWidget(self._title, 1)
        head.addWidget(self._badge, 0, Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(head)
        self._basis = Label(theme, "", TextRole.HELPER, wrap=True)
        self.body.addWidget(self._basis)
        self._steps = QVBoxLayout()
        self._steps.setSpacing(8)
        self.body.addLayout(self._steps)
        self._foot = Card(theme, padding=0, ground="sunken")
        row = QHBoxLayout()
        row.setContentsMargins(14, 9, 12, 9)
        row.setSpacing(8)
        self._what = Label(theme, "", TextRole.HELPER)
        self._before = Label(theme, "", TextRole.SECONDARY)
        self._after = Label(theme, "", TextRole.PANEL)
        self._grade = GradeBadge(theme, None, BADGE_TABLE)
        row.addWidget(self._what, 1)
        row.addWidget(self._before)
        row.addWidget(IconLabel(theme, "arrow-right", 14))
        row.addWidget(self._after)
        row.addWidget(self._grade)
        self._foot.body.addLayout(row)
        self.body.addWidget(self._foot)
        self.body.addStretch(1)

    @property
    def cards(self) -> tuple[StepCard, ...]:
        """The steps shown."""
        return tuple(self._cards)

    def total_after(self) -> str:
        """Give the total that the ticked steps lead to, as printed."""
        return self._after.text()

    def show_way(self, way: WayUp, reach: Callable[[frozenset[str]], Reached]) -> None:
        """Show a way; `reach` says where some of its steps lead."""
        self._reach = reach
        self.setAccessibleName(way.heading)
        self._title.setText(way.heading)
        self._basis.setText(way.basis)
        self._badge.setVisible(way.target is not None)
        self._badge.set_grade(way.target)
        self._before.setText(way.before)
        clear_layout(self._steps)
        self._cards = [StepCard(self.theme, step) for step in way.steps]
        for card in self._cards:
            card.ticked.connect(self._sum_up)
            self._steps.addWidget(card)
        self._foot.setVisible(bool(self._cards))
        self._sum_up()

    def _sum_up(self) -> None:
        if self._reach is None or not self._cards:
            return
        chosen = frozenset(card.question for card in self._cards if card.tick.isChecked())
        reached = self._reach(chosen)
        everything = len(chosen) == len(self._cards)
        self._what.setText("全部做到后" if everything else f"只做这 {len(chosen)} 处" if chosen else "一处都不改")
        self._after.setText(f"{reached.total} 分")
        self._after.set_ink("text" if reached.enough else "text2")
        self._grade.set_grade(reached.grade)
