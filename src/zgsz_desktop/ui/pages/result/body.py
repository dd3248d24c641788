"""What scrolls on the result page: notes, findings, the grade, and the cards in two columns."""

from collections.abc import Sequence

from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from zgsz_desktop.ui.pages.result.findings import FindingsPanel
from zgsz_desktop.ui.pages.result.head import ResultHead
from zgsz_desktop.ui.pages.result.panels import DimensionsPanel, ScenesPanel, SidesPanel
from zgsz_desktop.ui.pages.result.presenter import Presenter
from zgsz_desktop.ui.pages.result.way_up import WayUpPanel
from zgsz_desktop.ui.theme import Theme
from zgsz_desktop.ui.widgets.cards import clear_layout
from zgsz_desktop.ui.widgets.marks import Hairline
from zgsz_desktop.ui.widgets.notes import InlineNote, NoteTone

RIGHT = 430
BESIDE = 1150
"""From this width on the way up stands beside the rest, below it else."""


class ResultBody(QWidget):
    """One result, drawn.

    Attributes:
        notes: what is said at the top.
        findings, head, dimensions, strong, weak, scenes, way_up: the cards.
    """

    def __init__(self, theme: Theme, presenter: Presenter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        column = QVBoxLayout(self)
        column.setContentsMargins(21, 18, 20, 20)
        column.setSpacing(14)
        self.notes: tuple[InlineNote, ...] = ()
        self._notes = QVBoxLayout()
        self._notes.setSpacing(8)
        column.addLayout(self._notes)
        self.findings = FindingsPanel(theme)
        column.addWidget(self.findings)
        caveats = presenter.caveats()
        self.head = ResultHead(theme, presenter.groups)
        self.head.show_head(
            presenter.head(), presenter.next_grade(), presenter.frameworks(), caveats[0] if caveats else ""
        )
        column.addWidget(self.head)
        column.addWidget(Hairline(theme))
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._columns.setSpacing(14)
        self._columns.addLayout(self._left(presenter), 1)
        self._right = self._right_side(presenter)
        self._columns.addWidget(self._right)
        column.addLayout(self._columns)
        if caveats is not None:
            column.addWidget(InlineNote(theme, NoteTone.PLAIN, caveats[0], caveats[1]))
        column.addStretch(1)
        self._show_findings(presenter)

    def say(self, notes: Sequence[InlineNote]) -> None:
        """Put these notes at the top, in place of those that stood there."""
        clear_layout(self._notes)
        self.notes = tuple(notes)
        for note in notes:
            self._notes.addWidget(note)

    def fit(self, width: int) -> None:
        """Arrange the columns for a page of this width."""
        beside = width >= BESIDE
        down = QBoxLayout.Direction.TopToBottom
        self._columns.setDirection(QBoxLayout.Direction.LeftToRight if beside else down)
        self._right.setMinimumWidth(RIGHT if beside else 0)
        self._right.setMaximumWidth(RIGHT if beside else self.maximumWidth())

    def _left(self, presenter: Presenter) -> QVBoxLayout:
        left = QVBoxLayout()
        left.setSpacing(12)
        self.dimensions = DimensionsPanel(self.theme)
        self.dimensions.show_dimensions(presenter.dimensions(), presenter.scene_counts(), presenter.last_label())
        left.addWidget(self.dimensions)
        pair = QHBoxLayout()
        pair.setSpacing(12)
        self.strong = SidesPanel(self.theme, strong=True)
        self.strong.show_sides(presenter.strong())
        self.weak = SidesPanel(self.theme, strong=False)
        self.weak.show_sides(presenter.weak())
        pair.addWidget(self.strong, 1)
        pair.addWidget(self.weak, 1)
        left.addLayout(pair, 1)
        return left

    def _right_side(self, presenter: Presenter) -> QWidget:
        holder = QWidget()
        right = QVBoxLayout(holder)
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(12)
        self.way_up = WayUpPanel(self.theme)
        self.way_up.show_way(presenter.way_up(), presenter.reached)
        right.addWidget(self.way_up)
        self.scenes = ScenesPanel(self.theme)
        self.scenes.show_scenes(presenter.scenes())
        right.addWidget(self.scenes, 1)
        return holder

    def _show_findings(self, presenter: Presenter) -> None:
        draft = presenter.assessment.draft
        if draft is None:
            self.findings.hide()
            return
        titles = {question.id: question.title or question.text for question in presenter.assessment.now.set.questions}
        completion = presenter.completion
        self.findings.show_findings(completion.errors, completion.warnings, titles, draft.reasons)
