"""What an indicator set (诊断体系) is: frozen values, the canonical form of scoring.md 1 and 5.

Only `loader.py` makes these, from YAML or from a record's body, after checking everything: whoever holds an
`IndicatorSet` may rely on every reference, key and weight in it. Two sets are equal iff their canonical JSON is.

Beyond scoring.md: `Section.group` (the upper of the two levels on the answering page), `Question.title` (the short
name in lists and results) and `definition` (the line under the question: the formula or how to choose), `Input.max` and
`integer`, `Band.text`, `Grade.name`, `LevelItem.alias`, `Framework.count_titles`, `Onsite.text`.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from zgsz_desktop.engine import canonical
from zgsz_desktop.engine.indicators.conditions import Condition, Number


class QuestionType(StrEnum):
    """How a question is answered."""

    SINGLE = "single"
    MULTI = "multi"
    LEVEL = "level"
    RATIO = "ratio"
    COMPARE = "compare"
    NUMBER = "number"
    TEXT = "text"


class Coverage(StrEnum):
    """How well a question stands for the framework's own item."""

    FULL = "full"
    PARTIAL = "partial"


class Method(StrEnum):
    """How a framework finds its level."""

    BANDS = "bands"
    CONDITIONS = "conditions"
    LADDER = "ladder"


class Severity(StrEnum):
    """What a firing check does: an error blocks completion, a warning wants a written reason."""

    ERROR = "error"
    WARNING = "warning"


class Aspect(StrEnum):
    """The seven on-site aspects of the plan, and 其他."""

    PLAN = "plan"
    DESIGN = "design"
    AUTOMATION = "automation"
    INTERCONNECT = "interconnect"
    ERP_MES = "erp_mes"
    SECURITY = "security"
    EFFECT = "effect"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the questionnaire; sections of one `group` stand together."""

    id: str
    title: str
    group: str


@dataclass(frozen=True, slots=True)
class Option:
    """One choice. `requires`: keys that must be chosen with it; `exclusive`: it stands alone."""

    key: str
    text: str
    exclusive: bool = False
    requires: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Input:
    """A number to ask for. Inputs of one id are one quantity, in whatever question."""

    id: str
    name: str
    unit: str
    min: Number | None = None
    max: Number | None = None
    integer: bool = False


@dataclass(frozen=True, slots=True)
class Band:
    """`max` is an inclusive upper edge; the last band has none."""

    key: str
    max: Number | None
    text: str


@dataclass(frozen=True, slots=True)
class RatioRule:
    """num / den × times, by input ids; at most `max`."""

    num: str
    den: str
    times: Number
    max: Number | None


@dataclass(frozen=True, slots=True)
class Quantity:
    """One side of a comparison: an input, or the quotient of two."""

    num: str
    den: str | None


@dataclass(frozen=True, slots=True)
class CompareRule:
    """Up, flat or down; flat iff |now - before| <= flat_within × |before|."""

    now: Quantity
    before: Quantity
    flat_within: Number
    up: str
    flat: str
    down: str


@dataclass(frozen=True, slots=True)
class Source:
    """Where a question comes from, said openly."""

    framework: str
    item: str
    provenance: str
    ref: str


@dataclass(frozen=True, slots=True)
class Question:
    """One question of the bank. `options` is filled for every type that has choices, also from bands."""

    id: str
    section: str
    type: QuestionType
    title: str
    text: str
    definition: str
    help: str
    evidence: tuple[str, ...]
    required: bool
    allow_na: bool
    applies_if: Condition | None
    source: Source
    options: tuple[Option, ...] = ()
    allow_partial: bool = False
    inputs: tuple[Input, ...] = ()
    bands: tuple[Band, ...] = ()
    ratio: RatioRule | None = None
    compare: CompareRule | None = None

    @property
    def keys(self) -> tuple[str, ...]:
        """All option keys, in order."""
        return tuple(option.key for option in self.options)

    def option_text(self, key: str) -> str:
        """Give the words of an option, or the key itself where there are none."""
        return next((option.text for option in self.options if option.key == key), key)


@dataclass(frozen=True, slots=True)
class Raise:
    """Lifts a leaf's level where the condition holds."""

    condition: Condition
    level: int


@dataclass(frozen=True, slots=True)
class Leaf:
    """One question inside a tree. `scores` by option key, `level_scores` by level (index)."""

    id: str
    title: str
    weight: Number
    question: str
    coverage: Coverage
    scores: tuple[tuple[str, Number], ...] = ()
    level_scores: tuple[Number, ...] = ()
    level_of: tuple[tuple[str, int], ...] = ()
    raises: tuple[Raise, ...] = ()


@dataclass(frozen=True, slots=True)
class Node:
    """A weighted mean of its children. Ids are dotted paths."""

    id: str
    title: str
    weight: Number
    children: tuple["Node | Leaf", ...]


Tree = tuple[Node | Leaf, ...]
"""The children of the root; the root is the framework itself."""


@dataclass(frozen=True, slots=True)
class Variants:
    """Whole trees by the value of one profile key."""

    profile: str
    trees: tuple[tuple[str, Tree], ...]


@dataclass(frozen=True, slots=True)
class LevelItem:
    """One level: reached by `min` (bands, ladder) or by `condition`."""

    level: int
    name: str
    alias: str
    min: Number | None
    condition: Condition | None


@dataclass(frozen=True, slots=True)
class Levels:
    """The level rule, items ascending; `zero_name` is what level 0 is called."""

    method: Method
    items: tuple[LevelItem, ...]
    zero_name: str


@dataclass(frozen=True, slots=True)
class Cap:
    """Holds the level down where the condition holds."""

    condition: Condition
    max_level: int
    reason: str


@dataclass(frozen=True, slots=True)
class Grade:
    """One of the ten grades (档): from this total on; `name` is the name of its level."""

    grade: int
    level: int
    min: Number
    name: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A condition of entry, reported met, not met or unknown."""

    id: str
    condition: Condition
    text: str


@dataclass(frozen=True, slots=True)
class Framework:
    """One published system that scores the same answers. Exactly one of `tree` and `variants` is filled."""

    id: str
    title: str
    scale: Number
    primary: bool
    tree: Tree
    variants: Variants | None
    levels: Levels
    counts: tuple[tuple[str, tuple[str, ...]], ...]
    count_titles: tuple[tuple[str, str], ...]
    caps: tuple[Cap, ...]
    grades: tuple[Grade, ...]
    entry: tuple[Entry, ...]
    provenance: tuple[tuple[str, str], ...]

    def trees(self) -> tuple[tuple[str, Tree], ...]:
        """All trees with the profile value that selects them ("" where there is only one)."""
        return self.variants.trees if self.variants else (("", self.tree),)


@dataclass(frozen=True, slots=True)
class Check:
    """A cross-check between answers; it changes no score."""

    id: str
    severity: Severity
    condition: Condition
    text: str
    questions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Measure:
    """What to do about a question answered below a key or level."""

    id: str
    question: str
    below: str
    text: str
    product: str
    support: str
    effect: str
    measure: str
    profile: Condition | None


@dataclass(frozen=True, slots=True)
class Onsite:
    """Something that the expert verifies on-site; `question` is the answer that it verifies, if there is one."""

    id: str
    aspect: Aspect
    question: str | None
    text: str
    how: str
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class IndicatorSet:
    """A published version; never changes. Made by `loader.from_body` and `loader.load_yaml` only.

    Attributes:
        canonical_json: the body's canonical bytes, as they are signed and hashed.
        sha256: lowercase hex of them.
    """

    id: str
    version: str
    title: str
    status: str
    effective: str
    sections: tuple[Section, ...]
    questions: tuple[Question, ...]
    frameworks: tuple[Framework, ...]
    checks: tuple[Check, ...]
    measures: tuple[Measure, ...]
    onsite: tuple[Onsite, ...]
    canonical_json: bytes
    sha256: str

    def __eq__(self, other: object) -> bool:
        return isinstance(other, IndicatorSet) and self.sha256 == other.sha256

    def __hash__(self) -> int:
        return hash(self.sha256)

    @property
    def body(self) -> dict[str, Any]:
        """The body of the `indicator_set` record: a fresh plain dict on every call."""
        body: dict[str, Any] = canonical.decode(self.canonical_json)
        return body

    @property
    def name(self) -> str:
        """`<id>@<version>`."""
        return f"{self.id}@{self.version}"

    @property
    def primary(self) -> Framework | None:
        """The framework that gives the grade."""
        return next((framework for framework in self.frameworks if framework.primary), None)

    def question(self, question_id: str) -> Question | None:
        """Find a question by its id."""
        return next((question for question in self.questions if question.id == question_id), None)
