"""The middle of the answering page: one question with its options as large targets, or its numbers.

The view shows what it is told (`Shown`) and says what the person did; it keeps nothing but what is being typed.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from zgsz_desktop.engine.errors import UserError
from zgsz_desktop.engine.indicators.definition import Question, QuestionType
from zgsz_desktop.ui.marks import Chip, Tone
from zgsz_desktop.ui.pages.answering.keys import Choice, choices_of, missing
from zgsz_desktop.ui.pages.answering.number_panels import Figure, NumberPanel
from zgsz_desktop.ui.pages.answering.numbers import write_number
from zgsz_desktop.ui.theme import Theme
from zgsz_desktop.ui.widgets.band_strip import Band, BandStrip
from zgsz_desktop.ui.widgets.buttons import CheckButton
from zgsz_desktop.ui.widgets.cards import clear_layout
from zgsz_desktop.ui.widgets.marks import ChipLabel, IconLabel
from zgsz_desktop.ui.widgets.option_card import OptionCard, OptionText
from zgsz_desktop.ui.widgets.text import Label, TextRole

READING_WIDTH = 900
SIDE = 32
RING = 4
TYPE_WORDS = {
    QuestionType.SINGLE: "单选",
    QuestionType.LEVEL: "单选",
    QuestionType.MULTI: "可多选",
    QuestionType.RATIO: "自动算档",
    QuestionType.COMPARE: "自动比较",
    QuestionType.NUMBER: "自动算档",
    QuestionType.TEXT: "文字",
}


@dataclass(frozen=True, slots=True)
class Shown:
    """Everything that the view needs to draw one question.

    Attributes:
        path: where it stands, for example (`业务场景`, `生产执行`, `第 6 题`).
        facts: outline chips, for example `约束性场景`.
        answer: the present answer; `last`: the last round's.
        chosen: the option keys that count now, also those that numbers led to.
        points: by option key, what it brings in words (`1.25 分`).
        texts: what stands in the number fields, also what could not be saved.
        figures: what the numbers come to. `position`: value for the pointer of the strip.
        error: what is wrong with the typed numbers.
        hint: a line under the numbers (`再数字化 4 台设备…`).
        last_words: one line on the last round.
    """

    question: Question
    path: tuple[str, ...]
    facts: tuple[str, ...] = ()
    answer: Mapping[str, Any] = field(default_factory=dict)
    last: Mapping[str, Any] = field(default_factory=dict)
    chosen: tuple[str, ...] = ()
    points: Mapping[str, str] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)
    figures: tuple[Figure, ...] = ()
    position: float | None = None
    error: UserError | None = None
    hint: str = ""
    last_words: str = ""


class QuestionView(QScrollArea):
    """One question.

    Signals:
        chosen(str): the person took an option, by click or key.
        number_typed(str, str): input id, text, at each keystroke.
        number_finished(): Enter in the last number field that is to be filled.
        doubtful_toggled(bool), na_toggled(bool).
    """

    chosen = Signal(str)
    number_typed = Signal(str, str)
    number_finished = Signal()
    doubtful_toggled = Signal(bool)
    na_toggled = Signal(bool)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.choices: tuple[Choice, ...] = ()
        self._question: Question | None = None
        self._cards: dict[str, OptionCard] = {}
        self._numbers: NumberPanel | None = None
        self._strip: BandStrip | None = None
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName("题目")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        page = QWidget()
        outer = QHBoxLayout(page)
        outer.setContentsMargins(SIDE - RING, 16, SIDE - RING, 16)
        outer.addStretch(1)
        self._column = QWidget()
        self._column.setMaximumWidth(READING_WIDTH)
        outer.addWidget(self._column, 1000)
        outer.addStretch(1)
        column = QVBoxLayout(self._column)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._head())
        self._title = Label(theme, "", TextRole.QUESTION, wrap=True)
        self._title.setContentsMargins(RING, 12, RING, 0)
        self._definition = Label(theme, "", TextRole.SECONDARY, wrap=True)
        self._definition.setContentsMargins(RING, 6, RING, 10)
        column.addWidget(self._title)
        column.addWidget(self._definition)
        self._body = QVBoxLayout()
        self._body.setSpacing(1)
        column.addLayout(self._body)
        self._last_row, self._last_words = self._icon_line("history", "text3")
        column.addWidget(self._last_row)
        self.extra = QVBoxLayout()
        column.addLayout(self.extra)
        column.addStretch(1)
        self.setWidget(page)

    def show_question(self, shown: Shown) -> None:
        """Show a question, or the same one after a change (then nothing moves and the focus stays)."""
        if self._question is None or self._question.id != shown.question.id:
            self._build(shown)
        self._fill(shown)

    def first_number(self) -> QWidget | None:
        """Give the field into which numbers are typed first."""
        return self._numbers.order()[0] if self._numbers is not None else None

    def focus_next_number(self, after: str) -> bool:
        """Go to the next empty number field; False where none is empty."""
        if self._numbers is None:
            return False
        ids = list(self._numbers.fields)
        start = ids.index(after) + 1 if after in ids else 0
        for key in ids[start:] + ids[:start]:
            if not self._numbers.fields[key].text().strip():
                self._numbers.fields[key].setFocus(Qt.FocusReason.TabFocusReason)
                return True
        return False

    def card(self, key: str) -> OptionCard | None:
        """Give the card of an option."""
        return self._cards.get(key)

    def _head(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(RING, 0, RING, 0)
        row.setSpacing(8)
        self._path = Label(self.theme, "", TextRole.HELPER)
        self._facts = QHBoxLayout()
        self._facts.setSpacing(8)
        self.doubtful = CheckButton(self.theme, "存疑", icon="flag", keys="M")
        self.not_applicable = CheckButton(self.theme, "不适用", icon="ban", keys="N")
        self.doubtful.clicked.connect(self.doubtful_toggled)
        self.not_applicable.clicked.connect(self.na_toggled)
        row.addWidget(self._path)
        row.addLayout(self._facts)
        row.addStretch(1)
        row.addWidget(self.doubtful)
        row.addWidget(self.not_applicable)
        return row

    def _icon_line(self, icon: str, ink: str) -> tuple[QWidget, Label]:
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(RING, 10, RING, 0)
        line.setSpacing(7)
        line.addWidget(IconLabel(self.theme, icon, 14, ink), 0, Qt.AlignmentFlag.AlignTop)
        words = Label(self.theme, "", TextRole.HELPER, ink=ink, wrap=True)
        line.addWidget(words, 1)
        row.setVisible(False)
        return row, words

    def _build(self, shown: Shown) -> None:
        question = shown.question
        self._question = question
        self.choices = choices_of(question)
        clear_layout(self._body)
        clear_layout(self._facts)
        self._cards, self._numbers, self._strip = {}, None, None
        for fact in shown.facts:
            self._facts.addWidget(ChipLabel(self.theme, Chip(fact, Tone.OUTLINE)))
        self._facts.addWidget(Label(self.theme, TYPE_WORDS[question.type], TextRole.CAPTION))
        if question.inputs:
            self._build_numbers(question, shown)
        if question.type is QuestionType.RATIO or question.type is QuestionType.NUMBER:
            self._build_strip(question, shown)
        else:
            self._build_cards(question)
        self._note_row, self._note_words = self._icon_line("info", "accent")
        self._body.addWidget(self._note_row)
        self.verticalScrollBar().setValue(0)

    def _build_numbers(self, question: Question, shown: Shown) -> None:
        panel = NumberPanel(self.theme, question)
        panel.edited.connect(self.number_typed)
        panel.finished.connect(self._number_finished)
        panel.set_last_round(_last_numbers(question, shown.last))
        holder = QHBoxLayout()
        holder.setContentsMargins(RING, 0, RING, 8)
        holder.addWidget(panel)
        self._body.addLayout(holder)
        self._numbers = panel

    def _build_strip(self, question: Question, shown: Shown) -> None:
        line = QHBoxLayout()
        line.setContentsMargins(RING, 6, RING, 0)
        line.addWidget(Label(self.theme, "对应的档（按数字自动选中）", TextRole.HELPER))
        line.addStretch(1)
        count = len(question.bands)
        line.addWidget(Label(self.theme, f"没有数字时按 1–{count} 直接选；各档含上限", TextRole.CAPTION))
        self._body.addLayout(line)
        self._strip = BandStrip(self.theme, _bands(question, shown.points))
        self._strip.chosen.connect(lambda index: self.chosen.emit(question.bands[index].key))
        self._body.addWidget(self._strip)

    def _build_cards(self, question: Question) -> None:
        multiple = question.type is QuestionType.MULTI
        tight = len(self.choices) > 6  # noqa: PLR2004 fourteen options must fit a laptop's height
        for choice in self.choices:
            card = OptionCard(self.theme, OptionText(choice.cap, choice.words), multiple=multiple, tight=tight)
            card.clicked.connect(lambda _=False, key=choice.option.key: self.chosen.emit(key))
            self._cards[choice.option.key] = card
            self._body.addWidget(card)

    def _fill(self, shown: Shown) -> None:
        question, answer = shown.question, shown.answer
        self._path.setText("  ›  ".join(shown.path))
        self._title.setText(question.text if question.text.endswith(("？", "?")) else f"{question.text}？")
        self._definition.setText(question.definition)
        self._definition.setVisible(bool(question.definition))
        na = bool(answer.get("na", False))
        self.doubtful.setChecked(bool(answer.get("doubtful", False)))
        self.not_applicable.setChecked(na)
        self.not_applicable.setEnabled(question.allow_na)
        self.not_applicable.setToolTip("" if question.allow_na else "这道题每家企业都要答")
        self._fill_cards(shown, na=na)
        self._fill_numbers(shown)
        self._note_words.setText(shown.hint)
        self._note_row.setVisible(bool(shown.hint))
        self._last_words.setText(shown.last_words)
        self._last_row.setVisible(bool(shown.last_words))

    def _fill_cards(self, shown: Shown, *, na: bool) -> None:
        last = set(shown.last.get("choice", ()))
        for choice in self.choices:
            key = choice.option.key
            card = self._cards.get(key)
            if card is None:
                continue
            needs = missing(shown.question, shown.chosen, key) if choice.option.requires else []
            words = choice.words + (f"（先选 {_caps(self.choices, needs)}）" if needs else "")
            card.set_content(
                OptionText(choice.cap, words, choice.level, shown.points.get(key, ""), last_round=key in last)
            )
            card.setChecked(key in shown.chosen)
            card.setEnabled(not needs and not na)

    def _fill_numbers(self, shown: Shown) -> None:
        if self._numbers is not None:
            self._numbers.set_texts(shown.texts)
            self._numbers.set_figures(list(shown.figures))
            self._numbers.set_errors(_field_errors(shown.error, list(self._numbers.fields)))
        if self._strip is not None:
            keys = [band.key for band in shown.question.bands]
            now = next((keys.index(key) for key in shown.chosen if key in keys), None)
            self._strip.set_chosen(now)
            value = shown.figures[0].value if shown.figures else ""
            self._strip.set_now(shown.position, f"本次 {value}")

    def _number_finished(self, input_id: str) -> None:
        if not self.focus_next_number(input_id):
            self.number_finished.emit()


def _caps(choices: tuple[Choice, ...], needed: list[Any]) -> str:
    caps = {choice.option.key: choice.cap for choice in choices}
    return "、".join(caps[option.key] for option in needed)


def _field_errors(error: UserError | None, fields: list[str]) -> dict[str, str]:
    if error is None:
        return {}
    name = str(error.context.get("field", "")).removeprefix("inputs.")
    return {name if name in fields else fields[0]: f"{error.message}{error.remedy}"}


def _last_numbers(question: Question, last: Mapping[str, Any]) -> dict[str, str]:
    given = last.get("inputs", {})
    return {item.id: f"上轮 {write_number(given[item.id])} {item.unit}" for item in question.inputs if item.id in given}


def _bands(question: Question, points: Mapping[str, str]) -> list[Band]:
    bands, lower = [], 0.0
    for place, band in enumerate(question.bands, start=1):
        upper = None if band.max is None else float(band.max)
        bands.append(Band(str(place), band.text, points.get(band.key, ""), lower, upper))
        lower = lower if upper is None else upper
    return bands
