"""Turns an assessment into what the result page shows: words and numbers, no drawing.

Every figure comes from the engine's scoring, the same that signed or will sign it. Numbers are printed with one place,
half up; what is lacking is rounded up, so that going that far is enough.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from zgsz_desktop.engine.completion import Completion, examine
from zgsz_desktop.engine.errors import UserError
from zgsz_desktop.engine.indicators.definition import Framework, QuestionType
from zgsz_desktop.engine.scoring.improve import Change, Improvement, improvements
from zgsz_desktop.engine.scoring.result import FrameworkResult, Result, score
from zgsz_desktop.engine.scoring.strengths import Sides, sides
from zgsz_desktop.engine.scoring.why import WhyNotHigher
from zgsz_desktop.ui.marks import EVEN_GROUPS
from zgsz_desktop.ui.pages.answering.numbers import one_place, up_to_one_place
from zgsz_desktop.ui.pages.result.assessment import Answered, Assessment
from zgsz_desktop.ui.widgets.charts import Dimension
from zgsz_desktop.ui.widgets.results import GradeView

HUNDRED = Decimal(100)
SHORT = 10
COUNTS = "零一二三四五六七八九十"
ASSUMED = "assumption"
DERIVED = "derived"


@dataclass(frozen=True, slots=True)
class FrameworkView:
    """One framework: its level as words and as parts of a meter, and what the next level lacks, short and in full."""

    title: str
    value: str
    filled: int
    total: int
    note: str
    next_level: str
    unmet: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SideView:
    """One strong or weak side: points got of those possible, and the answer behind it."""

    title: str
    points: str
    answer: str
    question: str


@dataclass(frozen=True, slots=True)
class StepView:
    """One answer to improve: chips before and after, what to do, and the points that it brings."""

    question: str
    title: str
    gain: str
    before: str
    after: str
    sentence: str


@dataclass(frozen=True, slots=True)
class WayUp:
    """The smallest set of answers to improve.

    Attributes:
        heading, basis: what it reaches, and how it was found.
        target: the grade to reach, None where there is none.
    """

    heading: str
    basis: str
    target: int | None
    steps: tuple[StepView, ...] = ()
    before: str = ""


@dataclass(frozen=True, slots=True)
class Reached:
    """Where some of the steps lead: total and grade."""

    total: str
    grade: int | None
    enough: bool


@dataclass(frozen=True, slots=True)
class SceneLevel:
    """The counted questions that stand at one level."""

    level: str
    count: int
    titles: str


class Presenter:
    """One assessment as the page shows it.

    Attributes:
        assessment: what is shown. `result`: as scored now.
    """

    def __init__(self, assessment: Assessment) -> None:
        """Score an assessment.

        Raises:
            UserError: `answer.*`, answers that the set does not allow.
        """
        self.assessment = assessment
        now = assessment.now
        self._set = now.set
        self.result: Result = score(now.set, now.profile, now.answers)
        self._last = _score_last(assessment.last)

    @property
    def primary(self) -> FrameworkResult | None:
        """The result of the framework that gives the grade."""
        return self.result.frameworks.get(self.result.primary or "")

    @property
    def grade(self) -> int | None:
        """The grade, None below the first one or where there is none."""
        return self.result.grade or None

    @property
    def answered(self) -> int:
        """How many questions are answered or excused."""
        known = {question.id for question in self._set.questions}
        answers = self.assessment.now.answers
        silent = set(self.result.missing)
        return sum(1 for key, answer in answers.items() if answer and key in known and key not in silent)

    @property
    def missing(self) -> int:
        """How many are still open."""
        return len(self.result.missing)

    @cached_property
    def completion(self) -> Completion:
        """What stands between the answers and a signature."""
        now = self.assessment.now
        return examine(now.set, now.profile, now.answers)

    def head(self) -> GradeView:
        """Give the grade with its change since the last round."""
        framework = self.primary
        if framework is None or framework.total is None:
            return GradeView(None, "还不能评档", "", "–")
        delta, gained = self._delta(framework)
        return GradeView(
            grade=framework.grade or None,
            grade_text=f"{framework.grade} 档" if framework.grade else "未到 1 档",
            level=framework.grade_name or "",
            score=one_place(framework.total),
            delta=delta,
            gained=gained,
            groups=self.groups,
        )

    @property
    def groups(self) -> tuple[int, ...]:
        """How many grades each level has, for the ladder."""
        levels = [grade.level for grade in self._set.primary.grades] if self._set.primary else []
        return tuple(levels.count(level) for level in sorted(set(levels))) or EVEN_GROUPS

    def next_grade(self) -> str:
        """Say how far it is to the next grade."""
        framework = self.primary
        if framework is None or framework.total is None:
            return ""
        step = framework.next_grade
        return f"再得 {up_to_one_place(step.gap)} 分到 {step.grade} 档" if step else "已到最高一档"

    def frameworks(self) -> list[FrameworkView]:
        """Give all frameworks, in the order of the set."""
        return [_framework(item, self.result.frameworks[item.id]) for item in self._set.frameworks]

    def dimensions(self) -> list[Dimension]:
        """Give the top-level parts of the primary framework, with those of the last round."""
        framework, definition = self.primary, self._set.primary
        if framework is None or definition is None:
            return []
        found = []
        for node in self._tree(definition):
            now = framework.nodes.get(node[0])
            value = now.score if now else None
            last = self._last_score(node[0])
            found.append(
                Dimension(
                    node[1],
                    float((value or Decimal(0)) / HUNDRED),
                    "–" if value is None else one_place(value),
                    None if last is None else float(last / HUNDRED),
                    delta_text="" if last is None or value is None else signed(value - last),
                )
            )
        return found

    def last_label(self) -> str:
        """Name the last round in the legend, with its total."""
        total = self._last_total()
        return "" if total is None else f"上轮 {one_place(total)}"

    def scenes(self) -> list[SceneLevel]:
        """Give the counted questions by level, the highest first."""
        levels = self.sides.levels
        highest = max((side.highest for side in levels), default=0)
        found = []
        for level in range(highest, -1, -1):
            titles = [side.title for side in levels if side.level == level]
            if titles:
                found.append(SceneLevel(f"{level} 级", len(titles), "、".join(titles)))
        return found

    def scene_counts(self) -> list[Dimension]:
        """Give each count as the share that has reached the level that is asked for next."""
        framework, definition = self.primary, self._set.primary
        if framework is None or definition is None:
            return []
        wanted = max(1, framework.why_not_higher.level if framework.why_not_higher else framework.level or 1)
        found = []
        for name, questions in definition.counts:
            by_level = framework.counts.get(name, ())
            have = by_level[wanted - 1] if len(by_level) >= wanted else 0
            title = dict(definition.count_titles).get(name, name)
            label = f"{title}到 {wanted} 级"
            found.append(Dimension(label, have / len(questions), f"{have}/{len(questions)}"))
        return sorted(found, key=lambda entry: -int(entry.value_text.partition("/")[2]))

    @cached_property
    def sides(self) -> Sides:
        """Strong and weak sides of the primary framework."""
        now = self.assessment.now
        return sides(now.set, now.profile, now.answers)

    def strong(self) -> list[SideView]:
        """Give the strong sides, best first."""
        return [_side(side.title, side.got, side.possible, side.chosen, side.question) for side in self.sides.strong]

    def weak(self) -> list[SideView]:
        """Give the weak sides, the most points lost first."""
        return [_side(side.title, side.got, side.possible, side.chosen, side.question) for side in self.sides.weak]

    @cached_property
    def improvement(self) -> Improvement | None:
        """The smallest set of answers to improve."""
        now = self.assessment.now
        return improvements(now.set, now.profile, now.answers)

    def way_up(self) -> WayUp:
        """Give the way to the next grade."""
        found = self.improvement
        if found is None or found.total_before is None:
            return WayUp("怎样升档", "答了题、有了得分，这里会列出最少改哪几处。", None)
        if found.target is None:
            return WayUp("已到最高一档", "没有更高的档次了。", None)
        if not found.reachable:
            return WayUp(f"升到 {found.target} 档", "只改答案到不了这一档。", found.target)
        steps = tuple(self._step(change) for change in found.changes)
        basis = (
            f"从 {len(self._set.questions)} 题里找出的改动最少的一组，没有更少的改法"
            if found.exact
            else "逐题挑出来的一组，也许还有更少的改法"
        )
        heading = f"升到 {found.target} 档，最少改{_in_words(len(steps))}处"
        return WayUp(heading, basis, found.target, steps, one_place(found.total_before))

    def reached(self, questions: Collection[str]) -> Reached:
        """Score the assessment as if these steps of the way were done."""
        found, now = self.improvement, self.assessment.now
        if found is None:
            return Reached("", None, enough=False)
        better = {change.question: {"choice": list(change.after)} for change in found.changes}
        answers = {**now.answers, **{key: answer for key, answer in better.items() if key in questions}}
        framework = score(now.set, now.profile, answers).frameworks[found.framework]
        total = "–" if framework.total is None else one_place(framework.total)
        enough = found.target is not None and (framework.grade or 0) >= found.target
        return Reached(total, framework.grade or None, enough=enough)

    def caveats(self) -> tuple[str, str] | None:
        """Say what the result does not rest on officially: one line, and the particulars. None where it does."""
        notes = [
            text.partition("：")[2]
            for framework in self._set.frameworks
            for _, text in framework.provenance
            if text.startswith(ASSUMED)
        ]
        parts = ["依据公开标准编制，非官方题库"] if self._set.status == DERIVED else []
        parts += ["档次分界为暂定"] if notes else []
        return ("，".join(parts) + "。", "\n".join(notes)) if parts else None

    def _delta(self, framework: FrameworkResult) -> tuple[str, bool]:
        last = self._last.frameworks.get(self._last.primary or "") if self._last else None
        if last is None or last.total is None or framework.total is None:
            return "", True
        if framework.grade is not None and last.grade is not None and framework.grade != last.grade:
            steps = framework.grade - last.grade
            return f"比上轮{'高' if steps > 0 else '低'} {abs(steps)} 档", steps > 0
        moved = framework.total - last.total
        return (f"比上轮 {signed(moved)} 分", moved >= 0) if moved else ("", True)

    def _tree(self, definition: Framework) -> list[tuple[str, str]]:
        value = self.assessment.now.profile.get(definition.variants.profile) if definition.variants else ""
        tree = next((tree for name, tree in definition.trees() if name == value), ())
        return [(node.id, node.title) for node in tree]

    def _last_score(self, path: str) -> Decimal | None:
        framework = self._last.frameworks.get(self.result.primary or "") if self._last else None
        node = framework.nodes.get(path) if framework else None
        return node.score if node else None

    def _last_total(self) -> Decimal | None:
        framework = self._last.frameworks.get(self.result.primary or "") if self._last else None
        return framework.total if framework else None

    def _step(self, change: Change) -> StepView:
        question = self._set.question(change.question)
        measure = next((item.text for item in self._set.measures if item.question == change.question), "")
        gain = f"{signed(change.gain)} 分"
        before, after = "，".join(change.before_text), "，".join(change.after_text)
        if question is not None and question.type is QuestionType.LEVEL:
            low = f"{change.before[0]} 级" if change.before else "未答"
            to_do = measure or after.partition("：")[2]
            return StepView(change.question, change.title, gain, low, f"{change.after[0]} 级", to_do)
        if question is not None and question.type is QuestionType.MULTI:
            exclusive = {option.key for option in question.options if option.exclusive}
            had = [key for key in change.before if key not in exclusive]
            low = f"做到 {len(had)} 项" if had else ("没有" if change.before else "未答")
            more = f"再做 {len(change.after_text)} 项"
            return StepView(change.question, change.title, gain, low, more, measure or "、".join(change.after_text))
        low = before or "未答"
        if max(len(low), len(after)) <= SHORT:
            return StepView(change.question, change.title, gain, low, after, measure)
        return StepView(change.question, change.title, gain, "现在", "改进后", measure or f"由“{low}”到“{after}”")


def signed(number: Decimal) -> str:
    """Write a change with its sign, one place."""
    text = one_place(abs(number))
    return f"{'+' if number >= 0 else '−'}{text}"


def _score_last(last: Answered | None) -> Result | None:
    if last is None:
        return None
    try:
        return score(last.set, last.profile, last.answers)
    except UserError:  # signed with answers that its set does not allow: no number of ours to compare with
        return None


def _framework(definition: Framework, result: FrameworkResult) -> FrameworkView:
    total = len(definition.levels.items)
    if result.level is None:
        return FrameworkView(definition.title, "还不能评级", 0, total, "答题还不够", "", ())
    why = result.why_not_higher
    places = [item.level for item in definition.levels.items]
    filled = sum(1 for level in places if level <= result.level)
    return FrameworkView(
        title=definition.title,
        value=result.level_name or "",
        filled=filled,
        total=total,
        note=_short_way(why, dict(definition.count_titles)) if why else "已到最高一级",
        next_level=why.name if why else "",
        unmet=tuple(item.text for item in why.unmet) if why else (),
    )


def _short_way(why: WhyNotHigher, titles: Mapping[str, str]) -> str:
    parts = []
    for item in why.unmet:
        if item.kind == "score" and item.need is not None and item.have is not None:
            parts.append(f"{up_to_one_place(item.need - item.have)} 分")
        elif item.kind == "count" and item.need is not None and item.have is not None:
            counted = titles.get(item.subject, item.subject).lstrip("0123456789 ").removeprefix("个")
            parts.append(f"{item.need - item.have} 个{counted}")
    rest = len(why.unmet) - len(parts)
    return f"到{why.name}差 {'、'.join(parts)}" if parts and not rest else f"到{why.name}还有 {len(why.unmet)} 个条件"


def _side(title: str, got: Decimal, possible: Decimal, chosen: tuple[str, ...], question: str) -> SideView:
    return SideView(title, f"{one_place(got)} / {_plain(possible)}", "；".join(chosen) or "未答", question)


def _plain(number: Decimal) -> str:
    text = one_place(number)
    return text.removesuffix(".0")


def _in_words(number: int) -> str:
    return COUNTS[number] if number < len(COUNTS) else f" {number} "
