"""`zgsz simulate`: workspaces of the region, its cities and counties with their packages, of any size.

County after county: enterprises are made, answered, signed, handed over and forgotten again, so memory does not grow
with the region. Liaisons have certificates and sign, and leave nothing behind but their package.
"""

import shutil
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

from zgsz_desktop.engine.clock import Clock
from zgsz_desktop.engine.digest import Digest, digest
from zgsz_desktop.engine.identity.issuing import Subject
from zgsz_desktop.engine.identity.keys import STANDARD, KeyProfile
from zgsz_desktop.engine.model import REGION, DivisionCode, Role, parent_of
from zgsz_desktop.engine.reference.divisions import Divisions
from zgsz_desktop.engine.reference.industries import Industries
from zgsz_desktop.engine.rehearsal import bulk, bureaus
from zgsz_desktop.engine.rehearsal import clock as calendar
from zgsz_desktop.engine.rehearsal.clock import RehearsalClock
from zgsz_desktop.engine.rehearsal.folders import TRAINING_ENTRIES, claim_folder
from zgsz_desktop.engine.rehearsal.people import (
    Desk,
    Stage,
    found_region,
    issue_quickly,
    open_bureau,
    seat_for_once,
    trust,
)
from zgsz_desktop.engine.rehearsal.region import (
    CAMPAIGN,
    CAMPAIGN_TITLE,
    REGION_BUREAU,
    campaign_set,
    clerk_of,
)
from zgsz_desktop.engine.simulate.enterprise import SimulatedEnterprise
from zgsz_desktop.engine.simulate.region import RegionPlan, plan_region

PASSPHRASE = "simulate-2024"  # noqa: S105 printed to whoever runs it: the data are invented
_SCRATCH = "work"
_ACCEPTED_BY_COUNTY, _ACCEPTED_BY_CITY = 7, 2
_PER_COUNTY = 200
_COUNTIES_PER_CITY = 4
_FEWEST_CITIES, _FEWEST_COUNTIES, _MOST_CITIES, _MOST_COUNTIES = 2, 5, 14, 111
Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class TrainingSize:
    """How much is made; cities and counties by the number of enterprises where they are not given."""

    enterprises: int
    seed: int
    cities: int | None = None
    counties: int | None = None

    def plan(self, divisions: Divisions) -> RegionPlan:
        """Plan the region."""
        counties = self.counties or min(max(self.enterprises // _PER_COUNTY, _FEWEST_COUNTIES), _MOST_COUNTIES)
        cities = self.cities or min(max(counties // _COUNTIES_PER_CITY, _FEWEST_CITIES), _MOST_CITIES)
        return plan_region(
            divisions, enterprises=self.enterprises, seed=self.seed, cities=min(cities, counties), counties=counties
        )


@dataclass(frozen=True, slots=True)
class Training:
    """What was made.

    Attributes:
        packages: what went upward: from liaisons, from counties, from cities.
    """

    folder: Path
    passphrase: str
    enterprises: int
    assessments: int
    cities: int
    counties: int
    packages: tuple[Path, ...]
    digest: Digest

    def to_json(self) -> dict[str, Any]:
        """Give it as plain values."""
        return asdict(self)


def make_training(
    folder: Path, resources: Path, real: Clock, tell: Tell, *, size: TrainingSize, profile: KeyProfile = STANDARD
) -> Training:
    """Make the workspaces of a simulated region in a folder.

    Raises:
        UserError: `rehearsal.folder_in_use`, `rehearsal.folder_fails`, and what the disk refuses.
    """
    claim_folder(folder, TRAINING_ENTRIES, f"每个工作区的口令：{PASSPHRASE}")
    stage = Stage(folder, resources, RehearsalClock(real), PASSPHRASE, profile)
    making = _Making(stage, size, tell)
    try:
        return making.run()
    finally:
        making.close()
        shutil.rmtree(folder / _SCRATCH, ignore_errors=True)


class _Making:
    """The region while it is made."""

    def __init__(self, stage: Stage, size: TrainingSize, tell: Tell) -> None:
        self._stage = stage
        self._tell = tell
        self._divisions = Divisions.load(stage.resources)
        self._plan = size.plan(self._divisions)
        self._set = campaign_set(stage.resources)
        self._desks: list[Desk] = []
        self._packages: list[Path] = []
        self._assessments = 0

    def run(self) -> Training:
        """Make everything."""
        plan, tell = self._plan, self._tell
        tell(f"{plan.title}：{len(plan.counties)} 个县（市、区），{len(plan.homes)} 家企业，全部虚构")
        region, cities = self._found()
        upward = self._counties(cities)
        self._stage.clock.set_day(calendar.CITY_REPORT)
        regional = []
        for city, desk in cities.items():
            bureaus.take_in(desk, upward[city])
            bulk.accept_together(desk, _ACCEPTED_BY_CITY)
            regional.append(self._up(desk, REGION, f"交自治区-{city}"))
            tell(f"{self._divisions.name(city)}：{bureaus.standing(desk)}")
            desk.close()
        self._stage.clock.set_day(calendar.REGION_DAY)
        bureaus.take_in(region, regional)
        tell(f"自治区：{bureaus.standing(region)}")
        return Training(
            folder=self._stage.folder,
            passphrase=self._stage.passphrase,
            enterprises=len(plan.homes),
            assessments=self._assessments,
            cities=len(cities),
            counties=len(plan.counties),
            packages=tuple(self._packages),
            digest=digest(region.workspace),
        )

    def close(self) -> None:
        """Close what is open."""
        for desk in self._desks:
            desk.close()

    def _found(self) -> tuple[Desk, dict[DivisionCode, Desk]]:
        """Set up the region and its cities, and order the campaign."""
        stage, clock = self._stage, self._stage.clock
        clock.set_day(calendar.FOUNDED)
        region = found_region(
            stage, stage.folder / "region", Subject("模拟自治区根", REGION_BUREAU), self._clerk(REGION)
        )
        self._desks.append(region)
        cities: dict[DivisionCode, Desk] = {}
        for city in sorted({parent_of(county) or county for county in self._plan.counties}):
            cities[city] = self._open(region, "cities", city)
            self._desks.append(cities[city])
        clock.set_day(calendar.OPENED)
        opens, closes = clock.date_of(calendar.OPENED), clock.date_of(calendar.FIRST_HAND_IN)
        bureaus.order_campaign(region, CAMPAIGN, self._set, CAMPAIGN_TITLE, opens=opens, closes=closes)
        for city, desk in cities.items():
            task = bureaus.hand_down(region, stage.folder / "packages" / f"任务-{city}.zgsz", to=city)
            bureaus.take_in(desk, [task])
        return region, cities

    def _counties(self, cities: dict[DivisionCode, Desk]) -> dict[DivisionCode, list[Path]]:
        """Make county after county; give the packages for each city."""
        upward: defaultdict[DivisionCode, list[Path]] = defaultdict(list)
        industries = Industries.load(self._stage.resources)
        enterprises = self._plan.enterprises(self._divisions, industries, self._set)
        for county, group in groupby(enterprises, key=lambda enterprise: enterprise.row.division):
            city = parent_of(county) or county
            self._stage.clock.set_day(calendar.FOUNDED)
            desk = self._open(cities[city], "counties", county)
            try:
                upward[city].append(self._county(desk, cities[city], list(group)))
                self._tell(f"{self._divisions.full_name(county)}：{bureaus.standing(desk)}")
            finally:
                desk.close()
        return upward

    def _county(self, desk: Desk, city: Desk, enterprises: Sequence[SimulatedEnterprise]) -> Path:
        """Do the campaign in one county, and give its package for the city."""
        stage, county = self._stage, desk.workspace.division
        stage.clock.set_day(calendar.OPENED)
        packages = stage.folder / "packages"
        bureaus.take_in(desk, [bureaus.hand_down(city, packages / f"任务-{county}.zgsz", to=county)])
        roster = stage.folder / "rosters" / f"{county}-{self._divisions.name(county)}.xlsx"
        bureaus.import_county_roster(desk, [enterprise.row for enterprise in enterprises], roster)
        handles = {enterprise.row.uscc: enterprise.liaison for enterprise in enterprises}
        bureaus.assign_all(desk, handles, stage.clock.date_of(calendar.FIRST_HAND_IN - 1))
        field = self._in_the_field(desk, enterprises)
        stage.clock.set_day(calendar.COUNTY_REPORT)
        bureaus.take_in(desk, [field])
        bulk.accept_together(desk, _ACCEPTED_BY_COUNTY)
        return self._up(desk, city.workspace.division, f"交市局-{county}")

    def _in_the_field(self, county: Desk, enterprises: Sequence[SimulatedEnterprise]) -> Path:
        """Let all liaisons of a county answer and sign, and give the package that they hand in together."""
        stage, division = self._stage, county.workspace.division
        bureau = self._clerk(division).organisation
        workspace = stage.create(stage.folder / _SCRATCH / division, division, "服务员")
        try:
            first: Desk | None = None
            for liaison in self._plan.liaisons[division]:
                stage.clock.set_day(calendar.FOUNDED)
                subject = Subject(liaison.name, bureau)
                signer = issue_quickly(stage, county.issuer, Role.LIAISON, division, subject, handle=liaison.handle)
                trust(county.workspace, county.above, signer.certificate)
                desk = seat_for_once(workspace, signer, county.above)
                if first is None:
                    stage.clock.set_day(calendar.OPENED)
                    task = bureaus.hand_down(county, stage.folder / "packages" / f"任务-{division}-服务员.zgsz")
                    bureaus.take_in(desk, [task])
                    first = desk
                self._assessments += bulk.sign_visits(desk, stage.clock, bulk.visits_of(enterprises, liaison.handle))
            assert first is not None, "every county has liaisons"
            stage.clock.set_day(calendar.SECOND_HAND_IN)
            return self._up(first, division, f"交县局-{division}")
        finally:
            workspace.close()
            shutil.rmtree(workspace.folder)

    def _open(self, above: Desk, kind: str, division: DivisionCode) -> Desk:
        folder = self._stage.folder / kind / f"{division}-{self._divisions.name(division)}"
        return open_bureau(self._stage, above, folder, division, self._clerk(division), by_files=False)

    def _clerk(self, division: str) -> Subject:
        return clerk_of(self._divisions, division, self._plan.seed)

    def _up(self, desk: Desk, to: str, what: str) -> Path:
        path = bureaus.hand_up(desk, self._stage.folder / "packages" / f"{what}.zgsz", to)
        self._packages.append(path)
        return path
