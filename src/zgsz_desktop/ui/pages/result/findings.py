"""What stands between the answers and a signature: contradictions to mend, oddities to give a reason for.

Each finding has a way to its questions. A reason is kept when the field is left, and again with the signature.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from zgsz_desktop.engine.completion import CheckFinding
from zgsz_desktop.ui.theme import Theme
from zgsz_desktop.ui.widgets.buttons import Button, ButtonKind
from zgsz_desktop.ui.widgets.cards import Panel, clear_layout
from zgsz_desktop.ui.widgets.fields import TextField
from zgsz_desktop.ui.widgets.marks import Hairline, IconLabel
from zgsz_desktop.ui.widgets.text import Label, TextRole

REASON_WIDTH = 520
INDENT = 24
LIMIT = 1000


@dataclass(frozen=True, slots=True)
class QuestionLink:
    """A question to go to, by its title."""

    question: str
    title: str


class FindingsPanel(Panel):
    """Errors first, then warnings with a field for the reason.

    Signals:
        question_wanted(str): go to this question.
        reason_written(str, str): a check and the reason, when the field is left.
    """

    question_wanted = Signal(str)
    reason_written = Signal(str, str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, "签名前请核对", icon="list-checks", parent=parent)
        self.fields: dict[str, TextField] = {}
        self._rows = QVBoxLayout()
        self._rows.setSpacing(10)
        self.body.addLayout(self._rows)

    def show_findings(
        self,
        errors: Sequence[CheckFinding],
        warnings: Sequence[CheckFinding],
        titles: Mapping[str, str],
        reasons: Mapping[str, str],
    ) -> None:
        """Show findings.

        Args:
            errors: they block.
            warnings: they want a reason.
            titles: of the questions.
            reasons: what is written already.
        """
        clear_layout(self._rows)
        self.fields = {}
        for place, finding in enumerate((*errors, *warnings)):
            if place:
                self._rows.addWidget(Hairline(self.theme))
            links = [QuestionLink(question, titles.get(question, question)) for question in finding.questions]
            self._rows.addLayout(self._finding(finding, links, blocks=finding in errors))
            if finding not in errors:
                self._rows.addLayout(self._reason(finding, reasons.get(finding.id, "")))
        self.setVisible(bool(errors or warnings))

    def reasons(self) -> dict[str, str]:
        """Give what stands in the fields, by check."""
        return {check: field.text().strip() for check, field in self.fields.items() if field.text().strip()}

    def ask_for(self, checks: Collection[str]) -> None:
        """Mark the fields that wait for a reason, and go to the first."""
        wanting = [field for check, field in self.fields.items() if check in checks]
        for field in wanting:
            field.set_error("请写明原因，或者回去改答案。")
        if wanting:
            wanting[0].line.setFocus(Qt.FocusReason.OtherFocusReason)

    def _finding(self, finding: CheckFinding, links: Sequence[QuestionLink], *, blocks: bool) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        icon, ink = ("octagon-x", "bad") if blocks else ("triangle-alert", "warn")
        row.addWidget(IconLabel(self.theme, icon, 16, ink, drop=2), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(Label(self.theme, finding.text, TextRole.BODY, wrap=True), 1)
        for link in links:
            button = Button(self.theme, link.title, ButtonKind.SECONDARY, icon="pencil-line", height=28)
            button.setAccessibleName(f"去看“{link.title}”")
            button.setToolTip(f"去看“{link.title}”")
            button.clicked.connect(partial(self._go, link.question))
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        return row

    def _reason(self, finding: CheckFinding, text: str) -> QHBoxLayout:
        field = TextField(self.theme, placeholder="属实的，请写明原因", name=f"原因：{finding.text}")
        field.line.setMaxLength(LIMIT)
        field.set_text(text)
        field.setMaximumWidth(REASON_WIDTH)
        field.edited.connect(lambda _, field=field: field.set_error(""))
        field.committed.connect(lambda text, check=finding.id: self.reason_written.emit(check, text.strip()))
        self.fields[finding.id] = field
        row = QHBoxLayout()
        row.setContentsMargins(INDENT, 0, 0, 0)
        row.addWidget(field, 1)
        row.addStretch(1)
        return row

    def _go(self, question: str, _checked: bool = False) -> None:  # noqa: FBT001, FBT002  Qt's signal
        self.question_wanted.emit(question)
