"""Make a whole region by seed: counties, their liaisons, and the enterprises with their diagnosis.

Only values: who signs, when that is on a calendar, and what is stored is decided by whoever uses them. One seed gives
one region, whatever machine and day. A plan gives its enterprises one by one, for regions that are too large to hold.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random

from zgsz_desktop.engine.indicators.definition import IndicatorSet
from zgsz_desktop.engine.model import REGION, DivisionCode
from zgsz_desktop.engine.reference.divisions import Divisions
from zgsz_desktop.engine.reference.industries import Industries
from zgsz_desktop.engine.simulate import MARK, people
from zgsz_desktop.engine.simulate.enterprise import Course, Liaison, Post, SimulatedEnterprise, Workshop
from zgsz_desktop.engine.simulate.respondent import Questionnaire

_PER_LIAISON = 30
_MOST_LIAISONS = 12
_COURSES = ((Course.UNTOUCHED, 0.08), (Course.LATE, 0.10), (Course.CORRECTED, 0.08), (Course.CONFLICT, 0.04))
"""The share of each; all others are done. From ten enterprises on each occurs at least once."""
_ENOUGH_FOR_ALL = 10


@dataclass(frozen=True, slots=True)
class Region:
    """What a seed gives."""

    title: str
    seed: int
    counties: tuple[DivisionCode, ...]
    liaisons: tuple[Liaison, ...]
    enterprises: tuple[SimulatedEnterprise, ...]

    def enterprises_of(self, county: str) -> tuple[SimulatedEnterprise, ...]:
        """List the enterprises of a county, in the order of the roster."""
        return tuple(enterprise for enterprise in self.enterprises if enterprise.row.division == county)

    def liaisons_of(self, county: str) -> tuple[Liaison, ...]:
        """List the liaisons of a county."""
        return tuple(liaison for liaison in self.liaisons if liaison.division == county)


@dataclass(frozen=True, slots=True)
class RegionPlan:
    """A region whose enterprises are not made yet.

    Attributes:
        homes: county of each enterprise, in the order of `counties`. `courses`: how each diagnosis will go.
    """

    title: str
    seed: int
    counties: tuple[DivisionCode, ...]
    liaisons: dict[DivisionCode, tuple[Liaison, ...]]
    homes: tuple[DivisionCode, ...]
    courses: tuple[Course, ...]

    def enterprises(
        self, divisions: Divisions, industries: Industries, indicator_set: IndicatorSet
    ) -> Iterator[SimulatedEnterprise]:
        """Make the enterprises one after the other, county by county."""
        workshop = Workshop(divisions, industries, Questionnaire.of(indicator_set), self.seed)
        for number, (home, course) in enumerate(zip(self.homes, self.courses, strict=True)):
            yield workshop.enterprise(number, Post(home, course, self.liaisons[home]))


def simulate_region(
    divisions: Divisions,
    industries: Industries,
    indicator_set: IndicatorSet,
    *,
    enterprises: int,
    seed: int,
    cities: int = 2,
    counties: int = 5,
) -> Region:
    """Make a region of so many enterprises in so many cities and counties.

    Every city has at least one county, and no number goes beyond what there is: 99 counties of one city are all of it.
    """
    plan = plan_region(divisions, enterprises=enterprises, seed=seed, cities=cities, counties=counties)
    return Region(
        title=plan.title,
        seed=seed,
        counties=plan.counties,
        liaisons=tuple(liaison for county in plan.counties for liaison in plan.liaisons[county]),
        enterprises=tuple(plan.enterprises(divisions, industries, indicator_set)),
    )


def plan_region(divisions: Divisions, *, enterprises: int, seed: int, cities: int = 2, counties: int = 5) -> RegionPlan:
    """Plan the region that `simulate_region` makes, without its enterprises."""
    rng = Random(f"{seed}/region")
    chosen = _choose_counties(divisions, rng, cities, counties)
    homes = _distribute(chosen, enterprises, rng)
    liaisons = {county: _liaisons(county, homes.count(county), rng) for county in chosen}
    return RegionPlan(
        title=f"{MARK}区域（种子 {seed}）",
        seed=seed,
        counties=tuple(chosen),
        liaisons=liaisons,
        homes=tuple(homes),
        courses=tuple(_courses(len(homes), rng)),
    )


def _choose_counties(divisions: Divisions, rng: Random, cities: int, counties: int) -> list[DivisionCode]:
    """Choose cities, give each one county, and choose the others by chance."""
    all_cities = divisions.children(REGION)
    of_cities = [divisions.counties(city) for city in rng.sample(all_cities, min(max(cities, 1), len(all_cities)))]
    chosen = [rng.choice(of_city) for of_city in of_cities]
    others = [county for of_city in of_cities for county in of_city if county not in chosen]
    chosen += rng.sample(others, min(max(counties - len(chosen), 0), len(others)))
    return sorted(chosen)


def _distribute(counties: Sequence[DivisionCode], count: int, rng: Random) -> list[DivisionCode]:
    """Give each county at least one enterprise where there are enough, and the others by uneven weights."""
    weights = [rng.lognormvariate(0, 0.6) for _ in counties]
    homes = [*counties[:count], *rng.choices(counties, weights, k=max(count - len(counties), 0))]
    return sorted(homes)


def _liaisons(county: DivisionCode, enterprises: int, rng: Random) -> tuple[Liaison, ...]:
    """Give a county at least two liaisons, and more where there is more to do."""
    count = min(max(2, -(-enterprises // _PER_LIAISON)), _MOST_LIAISONS)
    return tuple(Liaison(f"a{number}", people.person_name(rng), county) for number in range(1, count + 1))


def _courses(count: int, rng: Random) -> list[Course]:
    courses: list[Course] = []
    for course, share in _COURSES:
        courses += [course] * max(round(count * share), 1 if count >= _ENOUGH_FOR_ALL else 0)
    courses += [Course.DONE] * (count - len(courses))
    rng.shuffle(courses)
    return courses[:count]
