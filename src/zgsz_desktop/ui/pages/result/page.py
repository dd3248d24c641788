"""The result page: of an open draft, to be looked at and signed; of a submission, to be looked at and handed on.

What is shown is scored here and now by the engine. Signing looks at everything first, asks for the passphrase once a
session, and says that it is done only when the engine has written the record and read it back.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from zgsz_desktop.engine import ops_drafts, ops_submit
from zgsz_desktop.engine.changes import Area, Changes
from zgsz_desktop.engine.drafts import DraftId
from zgsz_desktop.engine.errors import AppError, UserError
from zgsz_desktop.engine.workspace import Workspace
from zgsz_desktop.ui.dialogs.passphrase import PassphraseDialog
from zgsz_desktop.ui.pages.result.assessment import Assessment, read_draft, read_submission, reopen_or_continue
from zgsz_desktop.ui.pages.result.body import ResultBody
from zgsz_desktop.ui.pages.result.presenter import Presenter
from zgsz_desktop.ui.pages.result.standing import (
    FILL,
    REOPEN,
    REPLACE,
    Heading,
    heading_of,
    standing_notes,
    state_chip,
    state_words,
)
from zgsz_desktop.ui.session import Session
from zgsz_desktop.ui.theme import Theme
from zgsz_desktop.ui.widgets.bars import PageBar
from zgsz_desktop.ui.widgets.buttons import Button, ButtonKind
from zgsz_desktop.ui.widgets.cards import clear_layout
from zgsz_desktop.ui.widgets.marks import ChipLabel
from zgsz_desktop.ui.widgets.notes import InlineNote, NoteAction, NoteTone, note_of_error
from zgsz_desktop.ui.widgets.states import EmptyState
from zgsz_desktop.ui.widgets.text import ElidedLabel, TextRole

FORM_FROM = 3
"""From this grade on an expert verifies on-site and a review form is printed."""
SHOWN = Area.ENTERPRISES | Area.DRAFTS | Area.SUBMISSIONS | Area.REVIEWS | Area.CAMPAIGNS


class ResultPage(QWidget):
    """One result.

    Attributes:
        assessment: what is shown, None while it cannot be read.
        body: what scrolls, None while there is no result to show.
        dialog: the passphrase dialog while it is open.

    Signals:
        back_to_answering(str, str): draft and question (empty: where it was).
        signed(str): entity of the new submission.
        export_wanted: hand the results on.
        form_wanted(str): print the expert review form of this enterprise (credit code).
        heading_changed: ask for `heading` again.
        error_raised(object): an `AppError` that the page itself does not show.
    """

    back_to_answering = Signal(str, str)
    signed = Signal(str)
    export_wanted = Signal()
    form_wanted = Signal(str)
    heading_changed = Signal()
    error_raised = Signal(object)

    def __init__(
        self,
        theme: Theme,
        session: Session,
        *,
        draft: DraftId | None = None,
        entity: str | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.theme = theme
        self.session = session
        self.assessment: Assessment | None = None
        self.dialog: PassphraseDialog | None = None
        self._draft = draft
        self._entity = entity or ""
        self.body: ResultBody | None = None
        self._presenter: Presenter | None = None
        self._is_stale = False
        self._is_signing = False
        self._looked_at: tuple[str, ...] = ()
        self._bar = PageBar(theme)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._bar)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        column.addWidget(self._scroll, 1)
        self.reload()
        self._add_keys()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        session.changed.connect(self._changed)

    @property
    def presenter(self) -> Presenter | None:
        """What is shown, in words and numbers."""
        return self._presenter

    def heading(self) -> Heading:
        """Say what the top bar shows."""
        return heading_of(self.assessment, self._presenter)

    def reload(self) -> None:
        """Read and score again; what cannot be read is said in place of the result."""
        self._is_stale = False
        workspace = self.session.reading
        try:
            self.assessment = (
                read_submission(workspace, self._entity) if self._draft is None else read_draft(workspace, self._draft)
            )
            if self.assessment.draft is None:
                self._draft, self._entity = None, self.assessment.entity
            self._presenter = Presenter(self.assessment)
        except AppError as error:
            self._presenter = None
            self._show_unreadable(error)
        else:
            self._show(self._presenter)
        self._fill_bar()
        self.heading_changed.emit()

    def complete(self) -> None:
        """Look at everything, then sign; what is in the way is said at the top of the page."""
        presenter = self._presenter
        if presenter is None or self._draft is None or self._is_signing:
            return
        self._say()
        try:
            presenter.completion.demand(self._reasons())
        except UserError as error:
            self._block(error)
            return
        if self.session.sealer is None:
            self._ask_passphrase(presenter)
        else:
            self._sign()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._is_stale:
            self.reload()
        self.setFocus(Qt.FocusReason.OtherFocusReason)  # the page's keys work from the first moment

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.body is not None:
            self.body.fit(self.width())

    def _show(self, presenter: Presenter) -> None:
        self.body = ResultBody(self.theme, presenter)
        self.body.findings.question_wanted.connect(self._go_to)
        self.body.findings.reason_written.connect(self._keep_reason)
        self.body.fit(self.width())
        self._scroll.setWidget(self.body)
        self._say(*standing_notes(self.theme, presenter))

    def _show_unreadable(self, error: AppError) -> None:
        hint = f"{error.remedy}\n{error.diagnostics()}"
        self.body = None
        self._scroll.setWidget(EmptyState(self.theme, "file-x", error.message, hint))

    def _say(self, *notes: InlineNote) -> None:
        """Put these notes in place of those at the top, and go there."""
        if self.body is None:
            return
        for note in notes:
            note.action_chosen.connect(self._act)
        self.body.say(notes)
        self._scroll.verticalScrollBar().setValue(0)

    def _act(self, action: str) -> None:
        acts: dict[str, Callable[[], None]] = {
            FILL: lambda: self._go_to(self._first_missing()),
            REOPEN: self._reopen,
            REPLACE: self._sign,
        }
        acts[action]()

    def _fill_bar(self) -> None:
        clear_layout(self._bar.left)
        clear_layout(self._bar.right)
        found = self.assessment
        if found is None:
            return
        self._bar.left.addWidget(ChipLabel(self.theme, state_chip(found)))
        self._bar.left.addWidget(ElidedLabel(self.theme, state_words(found), TextRole.HELPER))
        for button, act in self._draft_actions() if found.draft else self._submission_actions(found):
            button.clicked.connect(lambda _=False, act=act: act())
            self._bar.right.addWidget(button)

    def _draft_actions(self) -> Sequence[tuple[Button, Callable[[], Any]]]:
        back = Button(self.theme, "返回填写", icon="pencil-line", height=36)
        self.primary = Button(
            self.theme, "完成并签名", ButtonKind.PRIMARY, icon="badge-check", keys="Ctrl ⏎", height=36
        )
        self.primary.setEnabled(self._presenter is not None and not self._is_signing)
        return ((back, lambda: self._go_to("")), (self.primary, self.complete))

    def _submission_actions(self, found: Assessment) -> Sequence[tuple[Button, Callable[[], Any]]]:
        theme, item = self.theme, found.item
        change = Button(theme, "修改", ButtonKind.QUIET, icon="pencil-line", height=36)
        change.setToolTip("另开一份照着改，签名后替换这一份")
        by_liaison = item is not None and item.author.name.startswith("liaison")
        label = "导出给县局" if by_liaison else "导出上报"
        self.primary = Button(theme, label, ButtonKind.PRIMARY, icon="file-output", height=36)
        buttons: list[tuple[Button, Callable[[], Any]]] = [(change, self._reopen)]
        if self._may_print():
            form = Button(theme, "打印专家评审表", icon="printer", keys="Ctrl P", height=36)
            buttons.append((form, self._print))
        return (*buttons, (self.primary, self.export_wanted.emit))

    def _may_print(self) -> bool:
        found = self.assessment
        grade = self._presenter.grade if self._presenter else None
        return found is not None and found.item is not None and (grade or 0) >= FORM_FROM

    def _print(self) -> None:
        if self._may_print() and self.assessment is not None:
            self.form_wanted.emit(self.assessment.uscc)

    def _ask_passphrase(self, presenter: Presenter) -> None:
        title = f"给“{presenter.assessment.enterprise}”的诊断结果签名"
        self.dialog = PassphraseDialog(self.theme, self.session, title=title, act="签名", parent=self)
        self.dialog.accepted.connect(self._sign)
        self.dialog.finished.connect(self._forget_dialog)
        self.dialog.open()

    def _forget_dialog(self, _result: int) -> None:
        if self.dialog is not None:
            self.dialog.deleteLater()
            self.dialog = None

    def _sign(self) -> None:
        draft, sealer = self._draft, self.session.sealer
        if draft is None or sealer is None or self._is_signing:
            return
        self._set_signing(signing=True)
        reasons, looked_at = self._reasons(), self._looked_at
        self.session.run(
            lambda workspace: ops_submit.submit(workspace, sealer, draft, reasons=reasons, looked_at=looked_at),
            origin=self,
            done=self._done,
            failed=self._refused,
        )

    def _done(self, outcome: ops_submit.Submitted) -> None:
        self._is_signing = False
        self._draft, self._entity = None, outcome.entity
        self.reload()
        what = "已签名，写入这台电脑并读回核对过。"
        done = InlineNote(self.theme, NoteTone.OK, what, "下一步：导出交上去；需要改的，点“修改”另开一份。")
        self._say(done, *(standing_notes(self.theme, self._presenter) if self._presenter else ()))
        self.signed.emit(outcome.entity)

    def _refused(self, error: AppError) -> None:
        self._set_signing(signing=False)
        self._block(error)

    def _block(self, error: AppError) -> None:
        """Say why it is not signed, with the way on."""
        actions: list[NoteAction] = []
        if error.code == "submission.incomplete":
            actions = [NoteAction(FILL, "回去填写")]
        elif error.code == "submission.new_versions":
            self._looked_at = tuple(error.context["records"])
            actions = [NoteAction(REPLACE, "看过了，照样签名")]
        self._say(note_of_error(self.theme, error, actions))
        if self.body is not None:
            self.body.findings.ask_for(error.context.get("checks", ()))

    def _set_signing(self, *, signing: bool) -> None:
        self._is_signing = signing
        self.primary.setEnabled(not signing)

    def _reasons(self) -> dict[str, str]:
        draft = self.assessment.draft if self.assessment else None
        typed = self.body.findings.reasons() if self.body else {}
        return {**(draft.reasons if draft else {}), **typed}

    def _keep_reason(self, check: str, text: str) -> None:
        draft = self._draft
        if draft is None or self._reasons_kept().get(check, "") == text:
            return
        self._run(lambda workspace: ops_drafts.write_reason(workspace, draft, check, text), self._took_draft)

    def _reasons_kept(self) -> dict[str, str]:
        return dict(self.assessment.draft.reasons) if self.assessment and self.assessment.draft else {}

    def _took_draft(self, outcome: ops_drafts.DraftChange) -> None:
        # The fields show it already: drawing them anew would take the cursor out of the one being typed in.
        if self.assessment is not None and self.assessment.draft is not None:
            self.assessment = _with_draft(self.assessment, outcome)

    def _reopen(self) -> None:
        entity = self._entity
        self._run(
            lambda workspace: reopen_or_continue(workspace, entity),
            lambda outcome: self.back_to_answering.emit(outcome.draft.id, ""),
        )

    def _run(self, op: Callable[[Workspace], Any], done: Callable[[Any], None]) -> None:
        self.session.run(op, origin=self, done=done, failed=self.error_raised.emit)

    def _go_to(self, question: str) -> None:
        if self._draft is not None:
            self.back_to_answering.emit(self._draft, question)

    def _first_missing(self) -> str:
        missing = self._presenter.result.missing if self._presenter else ()
        return missing[0] if missing else ""

    def _changed(self, changes: Changes, origin: object) -> None:
        if origin is self or not changes.areas & SHOWN or self._is_signing:
            return
        uscc = self.assessment.uscc if self.assessment else ""
        if changes.enterprises and uscc not in changes.enterprises:
            return
        if self.isVisible():
            self.reload()
        else:
            self._is_stale = True

    def _add_keys(self) -> None:
        for key, act in (("Ctrl+Return", self.complete), ("Ctrl+Enter", self.complete), ("Ctrl+P", self._print)):
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)


def _with_draft(assessment: Assessment, outcome: ops_drafts.DraftChange) -> Assessment:
    return replace(assessment, draft=outcome.draft)
