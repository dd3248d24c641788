"""Checks what hangs together in an indicator set: every id that is named exists and fits, nothing goes in a circle.

Runs over the values that the readers made, and notes findings like they do. A question that could not be read well
is still known by its id, so one mistake is reported once.
"""

from collections.abc import Iterable, Iterator

from zgsz_desktop.engine.indicators.conditions import (
    AnswerHas,
    AnswerLevel,
    Condition,
    CountAtLeast,
    InputName,
    InputNumber,
    NodeScore,
    questions_of,
    tests_of,
)
from zgsz_desktop.engine.indicators.definition import (
    Framework,
    IndicatorSet,
    Input,
    Leaf,
    Method,
    Node,
    Question,
    QuestionType,
    Tree,
)
from zgsz_desktop.engine.indicators.findings import Findings


class ReferenceCheck:
    """One pass over a set.

    Attributes:
        findings: where to note what dangles.
    """

    def __init__(self, indicator_set: IndicatorSet, findings: Findings) -> None:
        self._set = indicator_set
        self._questions = {question.id: question for question in indicator_set.questions}
        self.findings = findings

    def run(self) -> None:
        """Check everything."""
        self._check_questions()
        self._check_shared_inputs()
        self._check_circles()
        for framework in self._set.frameworks:
            self._check_framework(framework)
        if sum(framework.primary for framework in self._set.frameworks) > 1:
            self._note("只能有一个主评价体系（primary）", "frameworks")
        self._check_rest()

    def _note(self, text: str, *labels: str) -> None:
        self.findings.add(self._path(labels), labels, text)

    def _path(self, labels: tuple[str, ...]) -> tuple[str | int, ...]:
        """Find the position behind `questions › sme.q01`, for the line number."""
        if len(labels) > 1:
            members: Iterable[object] = getattr(self._set, labels[0], ())
            for index, member in enumerate(members):
                if getattr(member, "id", None) == labels[1]:
                    return (labels[0], index)
        return labels[:1]

    def _check_questions(self) -> None:
        sections = {section.id for section in self._set.sections}
        for question in self._set.questions:
            place = ("questions", question.id)
            if question.section not in sections:
                self._note(f"没有章节 {question.section}", *place)
            if question.applies_if:
                self._check_condition(question.applies_if, place)
            inputs = {item.id for item in question.inputs}
            used = set(_inputs_used(question))
            for name in sorted(used - inputs):
                self._note(f"没有数字 {name}", *place)
            if question.type is not QuestionType.NUMBER and inputs - used:
                self._note(f"数字没有用到：{'、'.join(sorted(inputs - used))}", *place)
            if question.compare:
                for key in (question.compare.up, question.compare.flat, question.compare.down):
                    if key not in question.keys:
                        self._note(f"没有选项 {key}", *place)

    def _check_shared_inputs(self) -> None:
        """Inputs of one id are one quantity: name, unit and limits agree (`value` of a number question is its own)."""
        known: dict[str, Input] = {}
        for question in self._set.questions:
            if question.type is QuestionType.NUMBER:
                continue
            for item in question.inputs:
                if known.setdefault(item.id, item) != item:
                    self._note(f"数字 {item.id} 与其他题里的名称、单位或范围不一致", "questions", question.id)

    def _check_circles(self) -> None:
        waits = {
            question.id: set(questions_of(question.applies_if)) & self._questions.keys()
            for question in self._set.questions
            if question.applies_if
        }
        while ready := [name for name, needs in waits.items() if not needs & waits.keys()]:
            for name in ready:
                del waits[name]
        for name in waits:
            self._note("适用条件互相循环", "questions", name)

    def _check_framework(self, framework: Framework) -> None:
        place = ("frameworks", framework.id)
        counts = dict(framework.counts)
        for name in dict(framework.count_titles).keys() - counts.keys():
            self._note(f"没有计数 {name}", *place)
        nodes = [{node.id for node in walk(tree)} for _, tree in framework.trees()]
        for _, tree in framework.trees():
            self._check_tree(framework, tree)
        for condition in _conditions_of(framework):
            self._check_condition(condition, place)
            for test in tests_of(condition):
                if isinstance(test, CountAtLeast) and test.count not in counts:
                    self._note(f"没有计数 {test.count}", *place)
                if isinstance(test, CountAtLeast) and test.at_least > len(counts.get(test.count, ())) > 0:
                    self._note(f"计数 {test.count} 只有 {len(counts[test.count])} 题，要求 {test.at_least} 题", *place)
                if isinstance(test, NodeScore) and not all(test.node in ids for ids in nodes):
                    self._note(f"没有节点 {test.node}", *place)
        if framework.levels.method is not Method.CONDITIONS:
            for item in framework.levels.items:
                if item.min is not None and item.min > framework.scale:
                    self._note(f"{item.name} 的分数线高于满分", *place)

    def _check_tree(self, framework: Framework, tree: Tree) -> None:
        leaves = [node for node in walk(tree) if isinstance(node, Leaf)]
        for leaf in leaves:
            self._check_leaf(framework, leaf)
        by_question: dict[str, Leaf] = {}
        for leaf in leaves:
            if leaf.question in by_question:
                self._note(f"题目 {leaf.question} 在一棵树里出现两次", "frameworks", framework.id, leaf.id)
            by_question[leaf.question] = leaf
        for name, questions in framework.counts:
            for question_id in questions:
                question = self._questions.get(question_id)
                with_levels = question_id in by_question and by_question[question_id].level_of
                if question is None:
                    self._note(f"没有题目 {question_id}", "frameworks", framework.id, "counts", name)
                elif question.type is not QuestionType.LEVEL and not with_levels:
                    self._note(f"题目 {question_id} 不分等级", "frameworks", framework.id, "counts", name)

    def _check_leaf(self, framework: Framework, leaf: Leaf) -> None:
        place = ("frameworks", framework.id, leaf.id)
        question = self._questions.get(leaf.question)
        if question is None:
            self._note(f"没有题目 {leaf.question}", *place)
            return
        keys = set(question.keys)
        if question.type is QuestionType.TEXT:
            self._note("文字题不能计分", *place)
        for given, word in ((leaf.scores, "scores"), (leaf.level_of, "level_of")):
            if given and {key for key, _ in given} != keys:
                self._note(f"{word} 应给出且只给出全部选项 {'、'.join(question.keys)}", *place)
        by_level = question.type is QuestionType.LEVEL or bool(leaf.level_of)
        if not by_level and (leaf.level_scores or leaf.raises or framework.levels.method is Method.LADDER):
            self._note("题目不分等级，要用 level_of 说明各选项算几级", *place)
        highest = max((level for _, level in leaf.level_of), default=len(keys) - 1)
        highest = max([highest, *(item.level for item in leaf.raises)])
        if leaf.level_scores and len(leaf.level_scores) <= highest:
            self._note(f"level_scores 应给到 {highest} 级", *place)
        for item in leaf.raises:
            self._check_condition(item.condition, place)

    def _check_condition(self, condition: Condition, place: tuple[str, ...]) -> None:
        for test in tests_of(condition):
            match test:
                case AnswerHas(question_id, keys):
                    question = self._known(question_id, place)
                    if question and not set(keys) <= set(question.keys):
                        self._note(f"题目 {question_id} 没有条件里的选项", *place)
                case AnswerLevel(question_id):
                    question = self._known(question_id, place)
                    if question and question.type is not QuestionType.LEVEL:
                        self._note(f"题目 {question_id} 不分等级", *place)
                case InputNumber(name, _, value):
                    for wanted in (name, value):
                        if isinstance(wanted, InputName):
                            self._check_input(wanted, place)
                case _:
                    pass

    def _check_input(self, wanted: InputName, place: tuple[str, ...]) -> None:
        question = self._known(wanted.question, place)
        if question and wanted.input not in {item.id for item in question.inputs}:
            self._note(f"题目 {wanted.question} 没有数字 {wanted.input}", *place)

    def _known(self, question_id: str, place: tuple[str, ...]) -> Question | None:
        if question_id not in self._questions:
            self._note(f"没有题目 {question_id}", *place)
        return self._questions.get(question_id)

    def _check_rest(self) -> None:
        for check in self._set.checks:
            self._check_condition(check.condition, ("checks", check.id))
            for question_id in check.questions:
                self._known(question_id, ("checks", check.id))
        for measure in self._set.measures:
            question = self._known(measure.question, ("measures", measure.id))
            if question and measure.below not in question.keys:
                self._note(f"题目 {measure.question} 没有选项 {measure.below}", "measures", measure.id)
            if measure.profile:
                self._check_condition(measure.profile, ("measures", measure.id))
        for item in self._set.onsite:
            if item.question is not None:
                self._known(item.question, ("onsite", item.id))


def walk(tree: Tree) -> Iterator[Node | Leaf]:
    """Give every node and leaf of a tree, parents first."""
    for node in tree:
        yield node
        if isinstance(node, Node):
            yield from walk(node.children)


def _conditions_of(framework: Framework) -> Iterator[Condition]:
    for item in framework.levels.items:
        if item.condition:
            yield item.condition
    for cap in framework.caps:
        yield cap.condition
    for entry in framework.entry:
        yield entry.condition


def _inputs_used(question: Question) -> Iterator[str]:
    if question.ratio:
        yield from (question.ratio.num, question.ratio.den)
    if question.compare:
        for side in (question.compare.now, question.compare.before):
            yield side.num
            if side.den:
                yield side.den
