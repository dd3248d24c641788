"""Make one simulated enterprise: roster line, profile, and how its diagnosis went.

Days are counted from the opening of the campaign. Every enterprise draws from a generator of its own, seeded by the
region's seed and its number, so that its answers do not hang on the enterprises before it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from random import Random
from typing import Any

from zgsz_desktop.engine.model import DivisionCode, parent_of
from zgsz_desktop.engine.reference.credit_code import ALPHABET, make_credit_code
from zgsz_desktop.engine.reference.divisions import Divisions
from zgsz_desktop.engine.reference.industries import Industries
from zgsz_desktop.engine.reference.size_class import size_class
from zgsz_desktop.engine.roster.row import Contact, RosterRow
from zgsz_desktop.engine.simulate import MARK, people
from zgsz_desktop.engine.simulate.quantities import Quantities
from zgsz_desktop.engine.simulate.respondent import Answer, Questionnaire, Respondent
from zgsz_desktop.engine.simulate.trades import TRADES, Trade, weights_in

DUE_DAY = 45
"""Assessments begun later are late."""
ABOVE_SCALE = 2000
"""万元: 规模以上."""
_STILL_ABOVE_SCALE = 0.95
_CHECKED = 0.4
_FEWEST_STAFF = 8
_SIZE_LEAD = {"大型": 0.22, "中型": 0.09, "小型": 0.0, "微型": -0.08}
_SYSTEMS = (("ERP", 0.25), ("OA", 0.2), ("MES", 0.5), ("PLM", 0.6), ("WMS", 0.55), ("SCADA", 0.6))
_CERTIFICATES = (("ISO9001", 0.15), ("两化融合管理体系", 0.55), ("DCMM", 0.75))
_HOURS = (9, 10, 14, 15, 16)


class Course(StrEnum):
    """How the diagnosis of an enterprise went."""

    DONE = "done"
    LATE = "late"
    CORRECTED = "corrected"
    CONFLICT = "conflict"
    UNTOUCHED = "untouched"


@dataclass(frozen=True, slots=True)
class Liaison:
    """A liaison (服务员) of a county; `handle` as in his certificate's name."""

    handle: str
    name: str
    division: DivisionCode


@dataclass(frozen=True, slots=True)
class Post:
    """Where an enterprise lies, who looks after its county, and what will happen there."""

    county: DivisionCode
    course: Course
    liaisons: Sequence[Liaison]


@dataclass(frozen=True, slots=True)
class Assessment:
    """One set of answers, as one liaison brings it home.

    Attributes:
        liaison: handle of the author, within the enterprise's county.
        respondent: who answered for the enterprise.
        corrects: whether it replaces the same author's assessment before it in the list.
        day: days since the opening of the campaign.
        begun: minute of that day.
        minutes: how long it took.
    """

    liaison: str
    answers: Mapping[str, Answer]
    respondent: str
    corrects: bool
    day: int
    begun: int
    minutes: int


@dataclass(frozen=True, slots=True)
class SimulatedEnterprise:
    """One enterprise.

    Attributes:
        row: its line of the roster, with the remark 模拟.
        profile: as in scoring.md 1, and `simulated: true`.
        maturity: what its answers follow, 0..1.
        liaison: handle of the liaison to whom it is assigned.
        assessments: none (untouched), one, or two (corrected; in conflict).
    """

    row: RosterRow
    profile: Mapping[str, Any]
    maturity: float
    liaison: str
    course: Course
    assessments: tuple[Assessment, ...]


@dataclass(slots=True)
class Workshop:
    """Makes the enterprises of one region; keeps their names apart."""

    divisions: Divisions
    industries: Industries
    questionnaire: Questionnaire
    seed: int
    _names: set[str] = field(default_factory=set)

    def enterprise(self, number: int, post: Post) -> SimulatedEnterprise:
        """Make the enterprise of this number."""
        rng = Random(f"{self.seed}/enterprise/{number}")
        trades = [trade for trade in TRADES if self.industries.get(trade.code)]
        (trade,) = rng.choices(trades, weights_in(parent_of(post.county) or post.county, trades))
        employees = max(_FEWEST_STAFF, round(trade.staff * rng.lognormvariate(0, 0.7)))
        revenue = _revenue(trade, employees, rng)
        row = RosterRow(
            row=0,
            uscc=make_credit_code(post.county, _organisation(number)),
            name=self._name(post.county, trade, rng),
            division=post.county,
            industry=trade.code,
            employees=employees,
            revenue=Decimal(revenue),
            process_type="process" if trade.process else "discrete",
            contacts=(Contact(people.person_name(rng), people.phone_number(rng)),),
            town=people.town_name(rng, self.divisions.name(post.county)),
            remark=MARK,
        )
        size = size_class(employees, revenue)
        maturity = min(max(rng.gauss(0.24, 0.12) + _SIZE_LEAD[size] + 0.6 * trade.digital, 0.02), 0.97)
        # The assigned liaison stands first.
        turn = number % len(post.liaisons)
        liaisons = [*post.liaisons[turn:], *post.liaisons[:turn]]
        quantities = Quantities(employees, revenue, trade.energy)
        respondent = Respondent(row.contacts[0].name, maturity, quantities, rng, checked=rng.random() < _CHECKED)
        return SimulatedEnterprise(
            row=row,
            profile=_profile(row, revenue, maturity, rng),
            maturity=maturity,
            liaison=liaisons[0].handle,
            course=post.course,
            assessments=self._assessments(post.course, respondent, liaisons),
        )

    def _name(self, county: str, trade: Trade, rng: Random) -> str:
        places = self.divisions.name(county), self.divisions.name(parent_of(county) or county)
        while (name := people.company_name(rng, *places, rng.choice(trade.words))) in self._names:
            pass
        self._names.add(name)
        return name

    def _assessments(
        self, course: Course, respondent: Respondent, liaisons: Sequence[Liaison]
    ) -> tuple[Assessment, ...]:
        if course is Course.UNTOUCHED:
            return ()
        rng = respondent.rng
        answers = respondent.answers(self.questionnaire)
        day = rng.randint(DUE_DAY + 1, DUE_DAY + 15) if course is Course.LATE else rng.randint(2, DUE_DAY - 10)
        first = _visit(liaisons[0], respondent, answers, day)
        if course is Course.CORRECTED:
            corrected = respondent.revised(self.questionnaire, answers, rng.randint(1, 4))
            second = _visit(liaisons[0], respondent, corrected, day + rng.randint(1, 9), corrects=True)
            return first, second
        if course is Course.CONFLICT:
            differing = respondent.revised(self.questionnaire, answers, rng.randint(3, 8))
            return first, _visit(rng.choice(liaisons[1:]), respondent, differing, day + rng.randint(0, 5))
        return (first,)


def _revenue(trade: Trade, employees: int, rng: Random) -> int:
    """Draw a revenue in 万元; nearly all are above scale, as the roster is one of above-scale enterprises."""
    revenue = employees * trade.revenue_per_head * rng.lognormvariate(0, 0.4)
    if rng.random() < _STILL_ABOVE_SCALE:
        revenue = max(revenue, ABOVE_SCALE * rng.uniform(1, 1.4))
    return round(revenue)


def _organisation(number: int) -> str:
    """Give the first eight characters of an organisation code in the series MY, which is not in use."""
    digits = ""
    for _ in range(6):
        number, digit = divmod(number, len(ALPHABET))
        digits = ALPHABET[digit] + digits
    return "MY" + digits


def _profile(row: RosterRow, revenue: int, maturity: float, rng: Random) -> dict[str, Any]:
    def owned(things: Sequence[tuple[str, float]]) -> list[str]:
        return [name for name, needs in things if maturity + rng.gauss(0, 0.1) > needs]

    return {
        "employees": row.employees,
        "revenue": revenue,
        "industry": row.industry,
        "process_type": row.process_type,
        "above_scale": revenue >= ABOVE_SCALE,
        "size": size_class(row.employees or 0, revenue),
        "certificates": owned(_CERTIFICATES),
        "systems": owned(_SYSTEMS),
        "simulated": True,
    }


def _visit(
    liaison: Liaison, respondent: Respondent, answers: Mapping[str, Answer], day: int, *, corrects: bool = False
) -> Assessment:
    rng = respondent.rng
    return Assessment(
        liaison=liaison.handle,
        answers=answers,
        respondent=respondent.person,
        corrects=corrects,
        day=day,
        begun=rng.choice(_HOURS) * 60 + rng.randrange(50),
        minutes=rng.randint(18, 55),
    )
