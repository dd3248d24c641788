"""Asks for the passphrase that opens this person's signing key; the opened key stays in memory until the window closes.

The key is opened on the writer thread (deriving it takes a second). A wrong passphrase is said under the field and the
dialog stays; nothing that the user did is lost either way.
"""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QWidget

from zgsz_desktop.engine.errors import AppError
from zgsz_desktop.engine.records.envelope import Sealer
from zgsz_desktop.ui.session import Session
from zgsz_desktop.ui.theme import Theme
from zgsz_desktop.ui.widgets.dialog import WIDTH, Question, QuestionDialog
from zgsz_desktop.ui.widgets.fields import TextField

CHECKING = "正在核对…"


class PassphraseDialog(QuestionDialog):
    """One field; accepted means that `session.sealer` is there.

    Attributes:
        field: where the passphrase is typed.
    """

    def __init__(
        self,
        theme: Theme,
        session: Session,
        *,
        title: str,
        act: str,
        safe: str = "先不签",
        parent: QWidget | None = None,
    ) -> None:
        """Make the dialog.

        Args:
            theme: colours, fonts and icons.
            session: where the key is opened and kept.
            title: what is to be signed.
            act: verb of the button.
            safe: verb of the button that changes nothing.
            parent: Qt parent.
        """
        body = "输入您的签名口令。口令只在这台电脑上用来打开签名，不会保存，也不会发给任何人。"
        super().__init__(theme, Question(title, body, safe, act, "key-round"), parent)
        self._session = session
        self._verb = act
        self._is_waiting = False
        self.field = TextField(theme, "签名口令")
        self.field.line.setEchoMode(QLineEdit.EchoMode.Password)
        self.field.line.setInputMethodHints(
            Qt.InputMethodHint.ImhHiddenText
            | Qt.InputMethodHint.ImhNoPredictiveText
            | Qt.InputMethodHint.ImhSensitiveData
        )
        self.field.line.returnPressed.connect(self.accept)
        self.field.edited.connect(lambda _: self._say(""))
        self.content.addSpacing(4)
        self.content.addWidget(self.field)
        self.field.line.setFocus(Qt.FocusReason.TabFocusReason)
        self._say("")

    def accept(self) -> None:
        """Open the key first; the dialog closes only when that went well."""
        if self._is_waiting:
            return
        self._wait(waiting=True)
        passphrase = self.field.text()
        self._session.run(
            lambda workspace: workspace.unlock(passphrase), origin=self, done=self._opened, failed=self._refused
        )

    def _opened(self, sealer: Sealer) -> None:
        self._session.sealer = sealer
        self._wait(waiting=False)
        self.field.line.clear()
        if self.isVisible():  # closed while the key was being opened: it is open for next time, nothing is signed now
            super().accept()

    def _refused(self, error: AppError) -> None:
        self._wait(waiting=False)
        self._say(f"{error.message}{error.remedy}")
        self.field.line.setFocus(Qt.FocusReason.OtherFocusReason)
        self.field.line.selectAll()

    def _say(self, sentence: str) -> None:
        self.field.set_error(sentence)
        if (layout := self.layout()) is None:
            return
        layout.activate()  # wrapped text: the height that this width needs, not the one before the sentence
        self.setFixedHeight(layout.totalHeightForWidth(WIDTH))

    def _wait(self, *, waiting: bool) -> None:
        self._is_waiting = waiting
        self.act.setEnabled(not waiting)
        self.act.setText(CHECKING if waiting else self._verb)
        self.act.updateGeometry()
        self.field.line.setReadOnly(waiting)
