"""A rehearsed region: its bureaus and people at their desks, and the work of a campaign, from the order to the region.

`Rehearsal` knows who there is and does one stage after the other; what is shown of it is `demo.py`'s.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from pathlib import Path
from random import Random

from zgsz_desktop.engine.identity.issuing import Subject
from zgsz_desktop.engine.indicators.definition import IndicatorSet
from zgsz_desktop.engine.indicators.shipped import latest, shipped_sets
from zgsz_desktop.engine.model import REGION, DivisionCode, Role, parent_of
from zgsz_desktop.engine.reference.divisions import Divisions
from zgsz_desktop.engine.reference.industries import Industries
from zgsz_desktop.engine.rehearsal import bureaus, visits
from zgsz_desktop.engine.rehearsal import clock as calendar
from zgsz_desktop.engine.rehearsal.people import Desk, Stage, enrol_person, found_region, open_bureau
from zgsz_desktop.engine.simulate import people as names
from zgsz_desktop.engine.simulate.enterprise import Assessment, Liaison, SimulatedEnterprise
from zgsz_desktop.engine.simulate.region import Region, simulate_region
from zgsz_desktop.engine.store.enterprise_list import EnterpriseState

CAMPAIGN = "2024"
CAMPAIGN_TITLE = "2024 年智改数转诊断"
REGION_BUREAU = "自治区工信厅"
Visit = tuple[SimulatedEnterprise, Assessment]
Tell = Callable[[str], None]


def campaign_set(resources: Path) -> IndicatorSet:
    """Give the indicator set that a rehearsal orders: the program's newest."""
    return latest(shipped_sets(resources))


def clerk_of(divisions: Divisions, division: str, seed: int) -> Subject:
    """Name the clerk of a bureau."""
    bureau = REGION_BUREAU if division == REGION else f"{divisions.name(division)}工信局"
    return Subject(names.person_name(Random(f"{seed}/clerk/{division}")), bureau)


class Rehearsal:
    """A region at work.

    Attributes:
        values: what the simulation says of it.
        region, cities, counties, liaisons, expert: the desks, by division or by name of the certificate.
        packages: every package that was written, in order.
        returned: what counties gave back at the first review.
    """

    def __init__(self, stage: Stage, *, enterprises: int, seed: int, cities: int, counties: int) -> None:
        self.stage = stage
        self.set = campaign_set(stage.resources)
        self.divisions = Divisions.load(stage.resources)
        self.values: Region = simulate_region(
            self.divisions,
            Industries.load(stage.resources),
            self.set,
            enterprises=enterprises,
            seed=seed,
            cities=cities,
            counties=counties,
        )
        self.region: Desk
        self.expert: Desk
        self.cities: dict[DivisionCode, Desk] = {}
        self.counties: dict[DivisionCode, Desk] = {}
        self.liaisons: dict[str, Desk] = {}
        self._desks: list[Desk] = []
        self.packages: list[Path] = []
        self.returned: list[bureaus.Returned] = []
        self._handed: defaultdict[DivisionCode, list[Path]] = defaultdict(list)

    def enrol(self, tell: Tell) -> None:
        """Set up bureaus and people; the first of each goes the whole way by files."""
        stage = self.stage
        stage.clock.set_day(calendar.FOUNDED)
        root = Subject("模拟自治区根", REGION_BUREAU)
        self.region = self._sit(found_region(stage, stage.folder / "region", root, self._clerk(REGION)))
        tell("  自治区：根证书、签发机构和科员")
        for county in self.values.counties:
            city = parent_of(county) or county
            if city not in self.cities:
                self.cities[city] = self._open(self.region, "cities", city, is_first=not self.cities)
                tell(f"  {self._place(city)}：签发机构和科员")
            self.counties[county] = self._open(self.cities[city], "counties", county, is_first=not self.counties)
            tell(f"  {self._place(county)}：签发机构和科员")
        for liaison in self.values.liaisons:
            desk = self._enrol(liaison, is_first=not self.liaisons)
            self.liaisons[desk.author.holder.name] = desk
        expert = Subject(names.person_name(Random(f"{self.values.seed}/expert")), "广西智能制造专家组")
        folder = stage.folder / "expert"
        self.expert = self._sit(
            enrol_person(stage, self.region, folder, Role.EXPERT, expert, handle="e1", by_files=True)
        )

    def order(self) -> None:
        """Order the campaign; import the rosters, assign, pass the tasks down to every liaison."""
        self._on(calendar.OPENED)
        clock = self.stage.clock
        opens, closes = clock.date_of(calendar.OPENED), clock.date_of(calendar.FIRST_HAND_IN)
        bureaus.order_campaign(self.region, CAMPAIGN, self.set, CAMPAIGN_TITLE, opens=opens, closes=closes)
        for city, desk in self.cities.items():
            bureaus.take_in(desk, [self._down(self.region, city)])
        for county, desk in self.counties.items():
            above = self.cities[parent_of(county) or county]
            bureaus.take_in(desk, [self._down(above, county)])
            of_county = self.values.enterprises_of(county)
            roster = self.stage.folder / "rosters" / f"{county}-{self.divisions.name(county)}.xlsx"
            bureaus.import_county_roster(desk, [enterprise.row for enterprise in of_county], roster)
            handles = {enterprise.row.uscc: enterprise.liaison for enterprise in of_county}
            bureaus.assign_all(desk, handles, clock.date_of(calendar.FIRST_HAND_IN - 1))
            task = self._down(desk, county, "分工")
            for liaison in self._liaisons_of(county):
                bureaus.take_in(liaison, [task])

    def answer(self, tell: Tell, *, until: int, begin: int = 0) -> int:
        """Let all liaisons work from one day to another, and give how many assessments they signed."""
        signed = 0
        for name, desk in self.liaisons.items():
            mine = sorted(self._visits(name, begin, until), key=lambda visit: (visit[1].day, visit[1].begun))
            for number, (enterprise, visit) in enumerate(mine):
                by_hand = number == 0 and begin == 0
                visits.pay_visit(desk, self.stage.clock, enterprise, visit, one_by_one=by_hand)
            signed += len(mine)
            if mine:
                tell(f"  {self._who(desk)}：签名提交 {len(mine)} 份")
        return signed

    def review(self) -> int:
        """Let the liaisons hand in, the counties review and give one each back; give how many they accepted."""
        self._on(calendar.FIRST_HAND_IN)
        self._hand_in("第一次")
        self._on(calendar.FIRST_REVIEW)
        accepted = 0
        for county, desk in self.counties.items():
            bureaus.take_in(desk, self._handed[county])
            returned = bureaus.return_one(desk, list(self.liaisons))
            accepted += bureaus.accept_some(desk)
            self.returned += [returned] if returned else []
            answer = self._down(desk, county, "审核意见")
            for liaison in self._liaisons_of(county):
                bureaus.take_in(liaison, [answer])
        return accepted

    def correct(self) -> None:
        """Let the liaisons correct what was given back to them."""
        for number, returned in enumerate(self.returned):
            self._on(calendar.FIRST_REVIEW + 2 + number % 7)
            visits.correct(self.liaisons[returned.liaison], returned.entity, returned.questions)

    def report(self, tell: Tell) -> None:
        """Hand in again, merge county by county, city by city, and in the region."""
        self._on(calendar.SECOND_HAND_IN)
        self._hand_in("第二次")
        self._on(calendar.COUNTY_REPORT)
        upward: defaultdict[DivisionCode, list[Path]] = defaultdict(list)
        for county, desk in self.counties.items():
            bureaus.take_in(desk, self._handed[county])
            bureaus.accept_some(desk)
            city = parent_of(county) or county
            upward[city].append(self._up(desk, city, f"交市局-{county}-{self.divisions.name(county)}"))
            tell(f"  {self._place(county)}：{bureaus.standing(desk)}")
        self._on(calendar.CITY_REPORT)
        for city, desk in self.cities.items():
            bureaus.take_in(desk, upward[city])
            bureaus.accept_some(desk, EnterpriseState.ACCEPTED, of_ten=2)
            tell(f"  {self._place(city)}：{bureaus.standing(desk)}")
            upward[REGION].append(self._up(desk, REGION, f"交自治区-{city}-{self.divisions.name(city)}"))
        self._on(calendar.REGION_DAY)
        bureaus.take_in(self.region, upward[REGION])
        tell(f"  自治区：{bureaus.standing(self.region)}")

    def send_to_expert(self) -> None:
        """Give the expert everything, submissions included."""
        package = self._name("专家评审")
        bureaus.take_in(self.expert, [bureaus.hand_down(self.region, package, with_submissions=True)])

    @property
    def workspaces(self) -> tuple[Path, ...]:
        """Give the folders of all workspaces, the region first, the expert last."""
        return tuple(desk.workspace.folder for desk in self._desks)

    def close(self) -> None:
        """Close every workspace."""
        for desk in self._desks:
            desk.close()

    def _on(self, day: int) -> None:
        self.stage.clock.set_day(day)

    def _clerk(self, division: str) -> Subject:
        return clerk_of(self.divisions, division, self.values.seed)

    def _open(self, above: Desk, kind: str, division: DivisionCode, *, is_first: bool) -> Desk:
        folder = self.stage.folder / kind / f"{division}-{self.divisions.name(division)}"
        return self._sit(open_bureau(self.stage, above, folder, division, self._clerk(division), by_files=is_first))

    def _enrol(self, liaison: Liaison, *, is_first: bool) -> Desk:
        bureau = self.counties[liaison.division]
        subject = Subject(liaison.name, self._clerk(liaison.division).organisation)
        folder = self.stage.folder / "liaisons" / f"{liaison.division}-{liaison.handle}-{liaison.name}"
        return self._sit(
            enrol_person(self.stage, bureau, folder, Role.LIAISON, subject, handle=liaison.handle, by_files=is_first)
        )

    def _sit(self, desk: Desk) -> Desk:
        self._desks.append(desk)
        return desk

    def _liaisons_of(self, county: str) -> list[Desk]:
        return [desk for desk in self.liaisons.values() if desk.workspace.division == county]

    def _visits(self, name: str, begin: int, until: int) -> Iterable[Visit]:
        handle, _, county = name.removeprefix("liaison-").partition(".")
        for enterprise in self.values.enterprises_of(county):
            for visit in enterprise.assessments:
                if visit.liaison == handle and begin <= visit.day < until:
                    yield enterprise, visit

    def _hand_in(self, which: str) -> None:
        for name, desk in self.liaisons.items():
            county = desk.workspace.division
            title = f"交县局-{name.removeprefix('liaison-').replace('.', '-')}-{which}"
            self._handed[county].append(self._up(desk, county, title))

    def _down(self, desk: Desk, to: DivisionCode, what: str = "任务") -> Path:
        return bureaus.hand_down(desk, self._name(f"{what}-{to}-{self.divisions.name(to)}"), to=to)

    def _up(self, desk: Desk, to: str, what: str) -> Path:
        return bureaus.hand_up(desk, self._name(what), to)

    def _name(self, what: str) -> Path:
        """Name a package, and count it in."""
        path = self.stage.folder / "packages" / f"{len(self.packages) + 1:02d}-{what}.zgsz"
        self.packages.append(path)
        return path

    def _who(self, desk: Desk) -> str:
        folder = desk.workspace.folder.name
        return f"{self._place(desk.workspace.division)} 服务员 {folder.rpartition('-')[2]}"

    def _place(self, division: str) -> str:
        return self.divisions.full_name(division)
