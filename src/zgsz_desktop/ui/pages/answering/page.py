"""The answering page, the core of the program: sections at the left, one question, live result at the right.

Keyboard first: `1…9` and `Shift+1…6` choose, `0` none, `N` not applicable, `M` doubtful, `↑ ↓` move, `Enter` the next
unanswered, `Ctrl+Z` and `Ctrl+Y` undo and redo. Every act goes to the engine at once and comes back as a draft; the
page shows that draft, never its own idea of it. What is being typed into a number field and cannot be saved yet (an
impossible ratio) stays in the field with the reason under it, and the saved state says so.
"""

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from zgsz_desktop.engine import ops_drafts
from zgsz_desktop.engine.drafts import Draft, DraftId, DraftState
from zgsz_desktop.engine.errors import AppError, UserError
from zgsz_desktop.engine.indicators.definition import Question
from zgsz_desktop.engine.ops_drafts import DraftChange
from zgsz_desktop.engine.workspace import Workspace
from zgsz_desktop.ui.pages.answering.aside import WIDTH as ASIDE_WIDTH
from zgsz_desktop.ui.pages.answering.aside import Aside
from zgsz_desktop.ui.pages.answering.compact_bar import CompactBar
from zgsz_desktop.ui.pages.answering.foot import AnsweringFoot
from zgsz_desktop.ui.pages.answering.keys import choice_for, missing, toggle
from zgsz_desktop.ui.pages.answering.outline import Filter
from zgsz_desktop.ui.pages.answering.outline_view import WIDTH as OUTLINE_WIDTH
from zgsz_desktop.ui.pages.answering.outline_view import OutlineView
from zgsz_desktop.ui.pages.answering.overview import SectionOverview
from zgsz_desktop.ui.pages.answering.presenter import Presenter
from zgsz_desktop.ui.pages.answering.question_view import READING_WIDTH, SIDE, QuestionView
from zgsz_desktop.ui.pages.answering.unsaved import Unsaved
from zgsz_desktop.ui.session import Session
from zgsz_desktop.ui.theme import Theme
from zgsz_desktop.ui.widgets.shell import Breadth, breadth_of

WIDE_ASIDE, WIDE_OUTLINE = 380, 264
QUIET_PADDING = 12
SHIFTED = "!@#$%^"
"""What Shift and a digit give on a Chinese laptop's keyboard."""


class AnsweringPage(QWidget):
    """One draft being answered.

    Attributes:
        draft: as the engine gave it last.
        question: id of the question shown.

    Signals:
        saved(str): local stamp of the last save.
        save_failed(str): what is not saved, in words.
        error_raised(object): an `AppError` to show.
        result_wanted(str): the draft is to be checked and completed.
        keys_wanted: show the keyboard map.
    """

    saved = Signal(str)
    save_failed = Signal(str)
    error_raised = Signal(object)
    result_wanted = Signal(str)
    keys_wanted = Signal()

    def __init__(self, theme: Theme, session: Session, draft: DraftId, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.session = session
        self.draft: Draft = ops_drafts.find_draft(session.reading, draft)
        self.indicator_set = ops_drafts.find_set(session.reading, self.draft.set)
        last = ops_drafts.last_round(session.reading, self.draft)
        self._last = last.answers if last else {}
        self._presenter = Presenter(self.indicator_set, self.draft, self._last)
        self._unsaved = Unsaved(ops_drafts.typed_texts(session.reading, draft))
        self._filter = Filter.ALL
        self._noted = ""
        self.question = self._first_question()
        self.outline = OutlineView(theme)
        self.view = QuestionView(theme)
        self.overview = SectionOverview(theme)
        self.view.extra.addWidget(self.overview)
        self.overview.hide()
        self._breadth = Breadth.NORMAL
        self._compact = CompactBar(theme)
        self._compact.hide()
        self.aside = Aside(theme, self._presenter.groups)
        self._lay_out()
        self._connect()
        self._add_keys()
        self._show()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    @property
    def presenter(self) -> Presenter:
        """What is shown now."""
        return self._presenter

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.setFocus(Qt.FocusReason.OtherFocusReason)  # the single keys work at once

    def resizeEvent(self, event: QResizeEvent) -> None:
        breadth = breadth_of(self.window().width())
        if breadth is not self._breadth:
            self._breadth = breadth
            self._fit(breadth)
        self._align_foot()
        super().resizeEvent(event)

    def go_to(self, question_id: str | None) -> None:
        """Show a question; the place is remembered, so that reopening lands here."""
        if question_id is None or question_id == self.question:
            return
        self.question = question_id
        self.session.run(
            lambda workspace: ops_drafts.set_position(workspace, self.draft.id, question_id),
            origin=self,
            failed=self.error_raised.emit,
        )
        self._show()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def choose(self, key: str) -> None:
        """Take an option as by click."""
        question = self._shown_question()
        chosen = self._presenter.shown(self.question, {}, None).chosen
        if key not in question.keys or missing(question, chosen, key):
            return
        if self.draft.answers.get(self.question, {}).get("na"):
            return
        wanted = toggle(question, chosen, key)
        raw: dict[str, Any] = {"choice": wanted}
        self._forget_typed(self.question)
        self._give(raw if wanted else None)

    def choose_digit(self, digit: int, *, shift: bool = False) -> None:
        """Take the option that a key means."""
        question = self._shown_question()
        if question.bands:
            if not shift and 1 <= digit <= len(question.bands):
                self.choose(question.bands[digit - 1].key)
            return
        choice = choice_for(self.view.choices, digit, shift=shift)
        if choice is not None:
            self.choose(choice.option.key)

    def next_open(self) -> None:
        """Go to the next unanswered question."""
        self.go_to(self._presenter.outline.next_open(self.question))

    def step(self, distance: int) -> None:
        """Go one question up or down among those that the filter shows."""
        self.go_to(self._presenter.outline.step(self.question, distance, self._filter))

    def toggle_doubtful(self) -> None:
        """Mark the question doubtful, or take the mark away."""
        question = self.question
        now = not self.draft.answers.get(question, {}).get("doubtful", False)
        self._run(lambda workspace: ops_drafts.mark_doubtful(workspace, self.draft.id, question, doubtful=now))

    def toggle_na(self) -> None:
        """Mark the question not applicable where that is allowed, or take it back."""
        if not self._shown_question().allow_na:
            return
        marked = bool(self.draft.answers.get(self.question, {}).get("na"))
        self._give(None if marked else {"na": True})

    def undo(self) -> None:
        """Take the last act back and go to where it was."""
        if self.draft.can_undo:
            self._run(lambda workspace: ops_drafts.undo(workspace, self.draft.id), moves=True)

    def redo(self) -> None:
        """Do again what was taken back."""
        if self.draft.can_redo:
            self._run(lambda workspace: ops_drafts.redo(workspace, self.draft.id), moves=True)

    def unsaved(self) -> list[str]:
        """Name the questions in whose fields something stands that could not be saved."""
        named = (self.indicator_set.question(key) for key in self._unsaved.errors)
        return [question.title or question.text for question in named if question]

    def _give(self, raw: dict[str, Any] | None) -> None:
        question = self.question
        if raw is None:
            self._run(lambda workspace: ops_drafts.clear_answer(workspace, self.draft.id, question))
        else:
            self._run(lambda workspace: ops_drafts.answer(workspace, self.draft.id, question, raw))

    def _run(self, op: Callable[[Workspace], Any], *, moves: bool = False) -> None:
        self.session.run(
            op,
            origin=self,
            done=lambda outcome: self._took(outcome, moves=moves),
            failed=self._refused,
        )

    def _took(self, outcome: DraftChange, *, moves: bool) -> None:
        self.draft = outcome.draft
        self._presenter = Presenter(self.indicator_set, self.draft, self._last)
        if moves:
            self._noted = ""
            for question in self._unsaved.questions():
                self._forget_typed(question)
            if outcome.questions and self._presenter.outline.item(outcome.questions[0]):
                self.question = outcome.questions[0]
        self._show()
        if moves:
            self.setFocus(Qt.FocusReason.OtherFocusReason)
        self._say_saved()

    def _refused(self, error: AppError) -> None:
        self.save_failed.emit("没能保存")
        self.error_raised.emit(error)
        self._show()

    def _say_saved(self) -> None:
        if self._unsaved.errors:
            self.save_failed.emit(f"{len(self._unsaved.errors)} 处还没保存")
        else:
            self.saved.emit(self.draft.changed_time)

    def _number_typed(self, input_id: str, text: str) -> None:
        question = self.question
        self._unsaved.type(question, input_id, text)
        saved = self.draft.answers.get(question, {}).get("inputs", {})
        try:
            raw: dict[str, Any] = {"inputs": self._unsaved.numbers(question, saved)}
        except UserError as error:
            self._keep_unsaved(question, error)
            return
        self.session.run(
            lambda workspace: ops_drafts.answer(workspace, self.draft.id, question, raw),
            origin=self,
            done=lambda outcome: self._number_saved(question, outcome),
            failed=lambda error: self._keep_unsaved(question, error),
        )

    def _number_saved(self, question: str, outcome: DraftChange) -> None:
        if self._unsaved.settle(question):
            self._keep_typed(question, {})
        self._took(outcome, moves=False)

    def _keep_unsaved(self, question: str, error: AppError) -> None:
        if not isinstance(error, UserError) or not error.code.startswith("answer."):
            self._refused(error)
            return
        self._unsaved.errors[question] = error
        self._keep_typed(question, self._unsaved.texts(question))
        self._show()
        self._say_saved()

    def _forget_typed(self, question: str) -> None:
        """What was typed gives way to an answer that was chosen, or to what undo brought back."""
        if self._unsaved.forget(question):
            self._keep_typed(question, {})

    def _keep_typed(self, question: str, texts: dict[str, str]) -> None:
        self.session.run(
            lambda workspace: ops_drafts.keep_typed(workspace, self.draft.id, question, texts),
            origin=self,
            failed=self._refused,
        )

    def _note_typed(self, text: str) -> None:
        question = self.question
        self._run(lambda workspace: ops_drafts.write_note(workspace, self.draft.id, question, text))

    def _show(self) -> None:
        texts, error = self._unsaved.texts(self.question), self._unsaved.errors.get(self.question)
        shown = self._presenter.shown(self.question, texts, error)
        self.outline.show_outline(self._presenter.outline, self.question, self._filter)
        self.view.show_question(shown)
        live = self._presenter.live(self.question)
        self.aside.show_live(live)
        self._compact.show_state(self._presenter.outline, self.question, live.view)
        question = shown.question
        if self._noted != self.question:  # never while somebody types: the saved note lags behind the keys
            self._noted = self.question
            self.aside.show_question(question.help, question.evidence, self._presenter.note(self.question))
        if self.overview.isVisibleTo(self):
            self.overview.show_rows(self._presenter.overview(self.question))
        open_ = self._presenter.outline.next_open(self.question)
        self._foot_bar.show_state(can_undo=self.draft.can_undo, all_answered=open_ is None)

    def _shown_question(self) -> Question:
        return self._presenter.shown(self.question, {}, None).question

    def _first_question(self) -> str:
        outline = self._presenter.outline
        ids = [item.question.id for item in outline.items]
        if self.draft.position in ids:
            return str(self.draft.position)
        return outline.next_open(None) or ids[0]

    def _fit(self, breadth: Breadth) -> None:
        """Follow the window's width: an overview where there is room, side columns on demand where there is none."""
        wide, small = breadth is Breadth.WIDE, breadth is Breadth.SMALL
        self.overview.setVisible(wide)
        self.aside.setFixedWidth(WIDE_ASIDE if wide else ASIDE_WIDTH)
        self.outline.setFixedWidth(WIDE_OUTLINE if wide else OUTLINE_WIDTH)
        self.aside.setVisible(not small)
        self.outline.setVisible(not small)
        self._compact.setVisible(small)
        self._show()

    def _align_foot(self) -> None:
        """Keep the ends of the foot bar under the edges of the reading column."""
        beside = sum(column.width() for column in (self.aside, self.outline) if column.isVisibleTo(self))
        margin = max(SIDE, (self.width() - beside - READING_WIDTH) // 2)
        self._foot_bar.set_margins(margin - QUIET_PADDING, margin)

    def _toggle(self, column: QWidget) -> None:
        if self._breadth is Breadth.SMALL:
            column.setVisible(not column.isVisibleTo(self))
            self._align_foot()

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        middle = QVBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self._compact)
        middle.addWidget(self.view, 1)
        self._foot_bar = AnsweringFoot(self.theme)
        middle.addWidget(self._foot_bar)
        row.addWidget(self.outline)
        row.addLayout(middle, 1)
        row.addWidget(self.aside)

    def _connect(self) -> None:
        self.view.chosen.connect(self.choose)
        self.view.number_typed.connect(self._number_typed)
        self.view.number_finished.connect(self._enter)
        self.view.doubtful_toggled.connect(lambda _: self.toggle_doubtful())
        self.view.na_toggled.connect(lambda _: self.toggle_na())
        self.aside.note_typed.connect(self._note_typed)
        self._foot_bar.stepped.connect(self.step)
        self._foot_bar.undo_wanted.connect(self.undo)
        self._foot_bar.keys_wanted.connect(self.keys_wanted)
        self._foot_bar.next_wanted.connect(self._enter)
        self._compact.sections_wanted.connect(lambda: self._toggle(self.outline))
        self._compact.result_wanted.connect(lambda: self._toggle(self.aside))
        self.overview.question_chosen.connect(self.go_to)
        self.outline.question_chosen.connect(self.go_to)
        self.outline.filter_chosen.connect(self._use_filter)
        self.outline.complete_clicked.connect(self._complete)

    def _add_keys(self) -> None:
        for digit in range(10):
            self._key(str(digit), partial(self.choose_digit, digit))
        for place, sign in enumerate(SHIFTED, start=1):
            for key in (f"Shift+{place}", sign):
                self._key(key, partial(self.choose_digit, place, shift=True))
        for key, act in (
            ("N", self.toggle_na),
            ("M", self.toggle_doubtful),
            ("Up", lambda: self.step(-1)),
            ("Down", lambda: self.step(1)),
            ("Return", self._enter),
            ("Enter", self._enter),
            ("Ctrl+Return", self._complete),
            ("Ctrl+Z", self.undo),
            ("Ctrl+Y", self.redo),
            ("F4", lambda: self._toggle(self.aside)),
            ("?", self.keys_wanted.emit),
        ):
            self._key(key, act)

    def _key(self, key: str, act: Callable[[], Any]) -> None:
        shortcut = QShortcut(QKeySequence(key), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(act)

    def _enter(self) -> None:
        if self._presenter.outline.next_open(self.question) is None:
            self._complete()
            return
        field = self.view.first_number()
        reading_done = self._presenter.outline.item(self.question)
        if field is not None and reading_done is not None and not reading_done.answered and not field.hasFocus():
            field.setFocus(Qt.FocusReason.TabFocusReason)  # numbers first; a second Enter goes on
            if self.view.focus_next_number(""):
                return
        self.next_open()

    def _use_filter(self, chosen: str) -> None:
        self._filter = Filter(chosen)
        visible = [item.question.id for item in self._presenter.outline.visible(self._filter)]
        if visible and self.question not in visible:
            self.go_to(visible[0])
        self._show()

    def _complete(self) -> None:
        if self.draft.state is DraftState.OPEN:
            self.result_wanted.emit(self.draft.id)
