"""Turns a draft into what the answering page shows: outline, the present question, the live result. Draws nothing.

All figures come from the engine's scoring; typed text that cannot be saved (yet) stays in `texts` and is shown again.
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from zgsz_desktop.engine.drafts import Draft
from zgsz_desktop.engine.errors import UserError
from zgsz_desktop.engine.indicators.definition import IndicatorSet, Question, QuestionType
from zgsz_desktop.engine.scoring.answers import UNANSWERED, Reading, read_answer
from zgsz_desktop.engine.scoring.points import option_points
from zgsz_desktop.engine.scoring.result import Result, scorer_for
from zgsz_desktop.ui.marks import EVEN_GROUPS
from zgsz_desktop.ui.pages.answering.aside import Live
from zgsz_desktop.ui.pages.answering.keys import choices_of
from zgsz_desktop.ui.pages.answering.number_panels import Figure
from zgsz_desktop.ui.pages.answering.numbers import one_place, up_to_one_place, write_number, write_percent
from zgsz_desktop.ui.pages.answering.outline import Outline, build_outline
from zgsz_desktop.ui.pages.answering.overview import OverviewRow
from zgsz_desktop.ui.pages.answering.question_view import Shown
from zgsz_desktop.ui.widgets.results import GradeView

PERCENT = 100


class Presenter:
    """One draft as the page shows it; made anew after each change (under a millisecond).

    Attributes:
        draft, indicator_set: what is shown.
        last: answers of the last round.
        outline: sections and states. `result`: as scored now.
    """

    def __init__(self, indicator_set: IndicatorSet, draft: Draft, last: Mapping[str, Mapping[str, Any]]) -> None:
        self.indicator_set = indicator_set
        self.draft = draft
        self.last = last
        self._scorer = scorer_for(indicator_set)
        standing, _ = self._scorer.reader.read(draft.profile, draft.answers)
        self._readings: Mapping[str, Reading] = standing.readings
        excused = {key for key, answer in draft.answers.items() if answer.get("na")}
        self.outline: Outline = build_outline(
            indicator_set,
            draft.answers,
            lambda question: (
                question.id in standing.readings or question.id in standing.silent or question.id in excused
            ),
            lambda question_id: question_id in standing.readings or question_id in excused,
        )
        self.result: Result = self._scorer.score(draft.profile, draft.answers)

    def shown(self, question_id: str, texts: Mapping[str, str], error: UserError | None) -> Shown:
        """Give what to draw for one question; `texts` are what is being typed into its number fields."""
        item = self.outline.item(question_id)
        question = item.question if item else self.indicator_set.question(question_id)
        if question is None:
            raise LookupError(question_id)
        answer = self.draft.answers.get(question_id, {})
        reading = self._readings.get(question_id, UNANSWERED)
        part = self.outline.part_of(question_id)
        place = (f"第 {item.number} 题",) if item else ()
        return Shown(
            question=question,
            path=((part.group, part.title) if part else ()) + place,
            facts=self._facts(question_id),
            answer=answer,
            last=self.last.get(question_id, {}),
            chosen=reading.keys,
            points=self._points(question),
            texts=_texts(question, answer) | dict(texts),
            figures=_figures(question, reading),
            position=_position(question, reading),
            error=error,
            hint=_hint(question, reading),
            last_words=self._last_words(question),
        )

    def live(self, question_id: str | None) -> Live:
        """Give the result as it stands, with what the present question brings."""
        basis = f"按已答 {self.outline.done} 题试算"
        framework = self.result.frameworks.get(self.result.primary or "")
        if framework is None:
            return Live(GradeView(None, "还不能评档", "", "–"), basis)
        step = framework.next_grade
        gain = self._gain(question_id)
        view = GradeView(
            grade=framework.grade or None,
            grade_text=f"{framework.grade} 档" if framework.grade else "未到 1 档",
            level=framework.grade_name or "",
            score="–" if framework.total is None else one_place(framework.total),
            delta=f"本题 {'+' if gain > 0 else ''}{one_place(gain)}" if gain else "",
            gained=gain > 0,
            to_next=f"再得 {up_to_one_place(step.gap)} 分到 {step.grade} 档" if step else "已到最高一档",
            groups=self.groups,
        )
        levels = [
            (definition.title, self.result.frameworks[definition.id].level_name or "还不能评级")
            for definition in self.indicator_set.frameworks
        ]
        return Live(view, basis, levels)

    @property
    def groups(self) -> tuple[int, ...]:
        """How many grades each level has, for the ladder."""
        primary = self.indicator_set.primary
        levels = [grade.level for grade in primary.grades] if primary else []
        return tuple(levels.count(level) for level in sorted(set(levels))) or EVEN_GROUPS

    def overview(self, question_id: str) -> list[OverviewRow]:
        """Give the questions of the section that a question stands in, with their answers in short."""
        part = self.outline.part_of(question_id)
        return [
            OverviewRow(
                question=item.question.id,
                number=item.number,
                title=item.question.title or item.question.text,
                words=self._short_answer(item.question) if item.answered else "未答",
                current=item.question.id == question_id,
                doubtful=item.doubtful,
                note=self.note(item.question.id),
            )
            for item in (part.items if part else ())
        ]

    def _short_answer(self, question: Question) -> str:
        reading = self._readings.get(question.id)
        if reading is None:
            return "不适用"
        caps = {choice.option.key: choice.level or choice.words for choice in choices_of(question)}
        return "、".join(caps.get(key, key) for key in reading.keys) or "已答"

    def note(self, question_id: str) -> str:
        """Give the note of a question."""
        return str(self.draft.answers.get(question_id, {}).get("note", ""))

    def _gain(self, question_id: str | None) -> Decimal:
        primary = self.result.primary
        if question_id not in self.draft.answers or primary is None:
            return Decimal(0)
        others = {key: answer for key, answer in self.draft.answers.items() if key != question_id}
        without = self._scorer.score(self.draft.profile, others).frameworks[primary].total
        now = self.result.frameworks[primary].total
        return Decimal(0) if now is None or without is None else now - without

    def _facts(self, question_id: str) -> tuple[str, ...]:
        return tuple(
            title
            for framework in self.indicator_set.frameworks
            for name, title in framework.count_titles
            if name != "scenes" and question_id in dict(framework.counts).get(name, ())
        )

    def _points(self, question: Question) -> dict[str, str]:
        primary = self.indicator_set.primary
        if primary is None:
            return {}
        points = option_points(primary, self.draft.profile).get(question.id, {})
        return {key: f"{_short(worth)} 分" for key, worth in points.items()}

    def _last_words(self, question: Question) -> str:
        answer = self.last.get(question.id)
        if not answer:
            return ""
        try:
            reading = read_answer(question, dict(answer))
        except UserError:  # answered under an older set: shown nowhere rather than wrongly
            return ""
        caps = {choice.option.key: choice.level or choice.words for choice in choices_of(question)}
        words = "、".join(caps.get(key, key) for key in reading.keys) or (
            "不适用" if reading.not_applicable else "未答"
        )
        note = str(answer.get("note", "")).strip()
        return f"上轮选 {words}" + (f"，备注“{note}”" if note else "")


def _texts(question: Question, answer: Mapping[str, Any]) -> dict[str, str]:
    given = answer.get("inputs", {})
    return {item.id: write_number(given.get(item.id)) for item in question.inputs}


def _figures(question: Question, reading: Reading) -> tuple[Figure, ...]:
    computed = reading.computed
    if not question.inputs:
        return ()
    if computed is None:
        return (Figure(), Figure())
    if question.type is QuestionType.COMPARE:
        verdict = question.option_text(computed.key)
        before = computed.shown_before
        return (
            Figure(_short(computed.shown), verdict),
            Figure("–" if before is None else _short(before)),
        )
    place = [band.key for band in question.bands].index(computed.key) + 1
    percent = question.ratio is not None and question.ratio.times == PERCENT
    value = write_percent(computed.shown) if percent else _short(computed.shown)
    return (Figure(value, f"第 {place} 档"),)


def _position(question: Question, reading: Reading) -> float | None:
    if reading.computed is None or not question.bands:
        return None
    return float(reading.computed.shown)


def _hint(question: Question, reading: Reading) -> str:
    following = reading.computed.next_band if reading.computed else None
    if following is None or question.ratio is None:
        return ""
    counted = next(item for item in question.inputs if item.id == question.ratio.num)
    band = next(band.text for band in question.bands if band.key == following.key)
    return f"“{counted.name}”再多 {following.more} {counted.unit}，就到“{band}”这一档。"


def _short(number: Decimal, places: int = 4) -> str:
    text = f"{number.quantize(Decimal(1).scaleb(-places), rounding='ROUND_HALF_UP'):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
