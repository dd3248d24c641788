"""Questions that are answered by numbers: a quotient with its bands, a comparison of two years, a single number.

A panel takes typed text and says it on; what it means, which band it falls in and what is wrong comes back from the
page, which asks the engine. So nothing here computes.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from zgsz_desktop.engine.indicators.definition import Input, Quantity, Question, QuestionType
from zgsz_desktop.ui.marks import Chip, Tone
from zgsz_desktop.ui.painting import draw_plate
from zgsz_desktop.ui.theme import Theme
from zgsz_desktop.ui.widgets.fields import NumberField
from zgsz_desktop.ui.widgets.marks import ChipLabel
from zgsz_desktop.ui.widgets.painted import PaintedWidget
from zgsz_desktop.ui.widgets.text import Label, TextRole

FIELD_WIDTH = 166
SIGN_WIDTH = 48


@dataclass(frozen=True, slots=True)
class Figure:
    """What the engine made of the numbers.

    Attributes:
        value: `58.0%`, or `–` while something is missing.
        verdict: `第 4 档`, `降低`; empty while there is none.
        helper: line under it, for example the last round's value.
    """

    value: str = "–"
    verdict: str = ""
    helper: str = ""


class NumberPanel(PaintedWidget):
    """The plate with the number fields of one question.

    Signals:
        edited(str, str): input id and the text as typed, at each keystroke.
        finished(str): Enter was pressed in the field of this input.
    """

    edited = Signal(str, str)
    finished = Signal(str)

    def __init__(self, theme: Theme, question: Question, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.question = question
        self.fields: dict[str, NumberField] = {}
        self._figures: list[_FigureView] = []
        grid = QGridLayout(self)
        grid.setContentsMargins(19, 14, 19, 14)
        grid.setHorizontalSpacing(0)
        grid.setVerticalSpacing(12)
        self._fill(grid)
        grid.setColumnStretch(grid.columnCount(), 1)

    def set_texts(self, texts: Mapping[str, str]) -> None:
        """Fill the fields; one in which somebody is typing is left alone if it means the same."""
        for key, field in self.fields.items():
            wanted = texts.get(key, "")
            if field.text() != wanted:
                field.set_text(wanted)

    def set_last_round(self, texts: Mapping[str, str]) -> None:
        """Show the last round's numbers under the fields."""
        for key, field in self.fields.items():
            field.set_last_round(texts.get(key, ""))

    def set_errors(self, sentences: Mapping[str, str]) -> None:
        """Say under each field what is wrong with it."""
        for key, field in self.fields.items():
            field.set_error(sentences.get(key, ""))

    def set_figures(self, figures: list[Figure]) -> None:
        """Show what came out: one figure, for a comparison two (with the verdict on the first)."""
        for view, figure in zip(self._figures, figures, strict=False):
            view.show_figure(figure)

    def order(self) -> list[NumberField]:
        """Give the fields in reading order."""
        return list(self.fields.values())

    def paintEvent(self, event: object) -> None:  # noqa: ARG002  a plate
        painter = self.painter()
        draw_plate(painter, self.area(), 8, fill=self.theme.tokens.sunken, border=self.theme.tokens.line)
        painter.end()

    def _fill(self, grid: QGridLayout) -> None:
        question = self.question
        if question.type is QuestionType.RATIO and question.ratio is not None:
            name = question.definition.partition("=")[0].strip() or question.title  # “设备数字化率 = …”
            self._row(grid, 0, Quantity(question.ratio.num, question.ratio.den), name)
        elif question.type is QuestionType.COMPARE and question.compare is not None:
            self._row(grid, 0, question.compare.now, "本期")
            self._row(grid, 1, question.compare.before, "上期")
        else:
            self._row(grid, 0, Quantity(question.inputs[0].id, None), "所在档")

    def _row(self, grid: QGridLayout, row: int, quantity: Quantity, name: str) -> None:
        top = Qt.AlignmentFlag.AlignTop
        grid.addWidget(self._field(quantity.num), row, 0, top)
        if quantity.den is not None:
            grid.addWidget(_Sign(self.theme, "÷"), row, 1, top)
            grid.addWidget(self._field(quantity.den), row, 2, top)
        grid.addWidget(_Sign(self.theme, "="), row, 3, top)
        view = _FigureView(self.theme, name)
        self._figures.append(view)
        grid.addWidget(view, row, 4, top)

    def _field(self, input_id: str) -> QWidget:
        if input_id in self.fields:  # one quantity on both sides of a comparison is asked once
            return Label(self.theme, "同上", TextRole.HELPER)
        described = next(item for item in self.question.inputs if item.id == input_id)
        field = self._make_field(described)
        self.fields[input_id] = field
        return field

    def _make_field(self, described: Input) -> NumberField:
        field = NumberField(self.theme, described.name, described.unit)
        field.setFixedWidth(FIELD_WIDTH)
        field.edited.connect(lambda text, key=described.id: self.edited.emit(key, text))
        field.line.returnPressed.connect(lambda key=described.id: self.finished.emit(key))
        return field


class _Sign(QWidget):
    """÷ or = between two fields, at the height of the fields."""

    def __init__(self, theme: Theme, sign: str) -> None:
        super().__init__()
        self.setFixedWidth(SIGN_WIDTH)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 33, 0, 0)
        label = Label(theme, sign, TextRole.FIGURE, ink="text2")
        label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(label)


class _FigureView(QWidget):
    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__()
        self._value = Label(theme, "–", TextRole.GRADE)
        self._chip = ChipLabel(theme, Chip("", Tone.ACCENT))
        self._chip.setVisible(False)
        self._helper = Label(theme, "", TextRole.CAPTION)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(5)
        column.addWidget(Label(theme, name, TextRole.HELPER))
        line = QHBoxLayout()
        line.setSpacing(12)
        line.addWidget(self._value)
        line.addWidget(self._chip, 0, Qt.AlignmentFlag.AlignVCenter)
        line.addStretch(1)
        column.addLayout(line)
        column.addWidget(self._helper)

    def show_figure(self, figure: Figure) -> None:
        self._value.setText(figure.value)
        self._chip.setVisible(bool(figure.verdict))
        if figure.verdict:
            self._chip.set_chip(Chip(figure.verdict, Tone.ACCENT))
        self._helper.setText(figure.helper)
        self._helper.setVisible(bool(figure.helper))
        self.setAccessibleName("，".join(part for part in (figure.value, figure.verdict, figure.helper) if part))
