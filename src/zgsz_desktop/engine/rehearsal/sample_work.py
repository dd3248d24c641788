"""What happens in the sample of 体验: a county's bureau, its liaisons, last round and this one, up to today.

The values are simulated (always the same ones); the acts are the real ones, on a calendar that ends today. Only the
county's bureau and one liaison keep their workspaces; the others' are thrown away once their packages are written.
"""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from random import Random

from zgsz_desktop.engine import ops
from zgsz_desktop.engine.drafts import Answer
from zgsz_desktop.engine.identity.certificates import common_name_of
from zgsz_desktop.engine.identity.enrolment import make_sample_root
from zgsz_desktop.engine.identity.issuing import SAMPLE_NAME, Subject
from zgsz_desktop.engine.indicators.definition import IndicatorSet
from zgsz_desktop.engine.model import REGION, Role, parent_of
from zgsz_desktop.engine.ops_drafts import find_set
from zgsz_desktop.engine.reference.divisions import Divisions
from zgsz_desktop.engine.reference.industries import Industries
from zgsz_desktop.engine.rehearsal import bureaus, visits
from zgsz_desktop.engine.rehearsal.clock import REGION_DAY
from zgsz_desktop.engine.rehearsal.people import (
    CLERK_HANDLE,
    Desk,
    Stage,
    issue_quickly,
    keep_keys,
    seat_bureau,
    seat_for_once,
)
from zgsz_desktop.engine.rehearsal.region import CAMPAIGN, campaign_set, clerk_of
from zgsz_desktop.engine.rehearsal.tampering import tamper
from zgsz_desktop.engine.simulate import people as names
from zgsz_desktop.engine.simulate.enterprise import SimulatedEnterprise
from zgsz_desktop.engine.simulate.region import Region, simulate_region
from zgsz_desktop.engine.store.keys import KeyPurpose
from zgsz_desktop.engine.store.submissions import load_submission
from zgsz_desktop.engine.workspace import Workspace

LIAISON_FOLDER, COUNTY_FOLDER, INBOX_FOLDER, SCRATCH_FOLDER = "服务员", "县局", "交来的文件", "tmp"
LAST_CAMPAIGN = "2023"
SEED = 2024
_ME, _PERSON = "a1", "覃晓岚"
_OTHERS = ("a2", "a3", "a4")
_MINE, _OF_EACH_OTHER = 27, 3
_ENTERPRISES = _MINE + len(_OTHERS) * _OF_EACH_OTHER
_TODAY = REGION_DAY + 1
_LAST_YEAR, _ENROLLED = _TODAY - 330, _TODAY - 400
_OPENS, _DUE = _TODAY - 20, _TODAY + 12
_HANDED_IN, _REVIEWED = _TODAY - 6, _TODAY - 5
_RETURNED, _SUBMITTED, _ACCEPTED, _SIGNED = 1, 5, 6, 2
_DRAFTED = (0.9, 0.55, 0.2, 1.0)
"""How far the drafts have come; the last is complete and waits for its signature."""
_EVENING, _MORNING = 20 * 60, 9 * 60


class SampleWork:
    """The sample while it is made.

    Attributes:
        steps: what is to be done, in order.
    """

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self._set = campaign_set(stage.resources)
        self._divisions = Divisions.load(stage.resources)
        self._values: Region = simulate_region(
            self._divisions,
            Industries.load(stage.resources),
            self._set,
            enterprises=_ENTERPRISES,
            seed=SEED,
            cities=1,
            counties=1,
        )
        self._county_code = self._values.counties[0]
        self._desks: list[Desk] = []
        self._colleagues: dict[str, Desk] = {}
        self._region: Desk
        self._county: Desk
        self._me: Desk
        self._give_out()
        self.steps: Sequence[Callable[[], None]] = (
            self._enrol,
            self._last_round,
            self._order,
            self._answer,
            self._review,
            self._draft,
            self._let_colleagues_work,
        )

    def close(self) -> None:
        """Close every workspace."""
        for desk in self._desks:
            desk.close()

    def _give_out(self) -> None:
        """Divide the enterprises: who has no answers in the simulation goes to those that nobody has begun."""
        able = [one for one in self._values.enterprises if one.assessments]
        unable = [one for one in self._values.enterprises if not one.assessments]
        numbers = (_RETURNED, _SUBMITTED, _ACCEPTED, _SIGNED, len(_DRAFTED))
        groups: list[list[SimulatedEnterprise]] = []
        for number in (*numbers, *[_OF_EACH_OTHER] * len(_OTHERS)):
            groups.append(able[:number])
            able = able[number:]
        self._returned, self._submitted, self._accepted, self._signed, self._drafted = groups[: len(numbers)]
        self._of_others = dict(zip(_OTHERS, groups[len(numbers) :], strict=True))
        self._not_begun = [*able, *unable]

    @property
    def _mine(self) -> list[SimulatedEnterprise]:
        return [
            *self._returned,
            *self._submitted,
            *self._accepted,
            *self._signed,
            *self._drafted,
            *self._not_begun,
        ]

    def _enrol(self) -> None:
        """Make the root 体验, and below it the county's bureau and its liaisons; the others keep no key."""
        stage, county = self._stage, self._county_code
        city = parent_of(county) or county
        self._on(_ENROLLED)
        root = make_sample_root(stage.clock.now())
        regional = issue_quickly(
            stage, root, Role.CLERK, REGION, Subject(SAMPLE_NAME, SAMPLE_NAME), handle=CLERK_HANDLE
        )
        self._region = self._sit(seat_for_once(self._scratch(REGION), regional, (root.certificate,)))
        bureau = Subject(f"{self._divisions.name(city)}工信局", f"{self._divisions.name(city)}工信局")
        above = issue_quickly(stage, root, Role.AUTHORITY, city, bureau)
        clerk = clerk_of(self._divisions, county, SEED)
        authority = issue_quickly(stage, above, Role.AUTHORITY, county, Subject(clerk.organisation, clerk.organisation))
        workspace = stage.create(stage.folder / COUNTY_FOLDER, county, f"{SAMPLE_NAME}：{clerk.organisation}")
        self._county = self._sit(seat_bureau(stage, workspace, authority, (above.certificate, root.certificate), clerk))
        for handle in (_ME, *_OTHERS):
            person = _PERSON if handle == _ME else names.person_name(Random(f"{SEED}/liaison/{handle}"))
            subject = Subject(person, clerk.organisation)
            signer = issue_quickly(stage, authority, Role.LIAISON, county, subject, handle=handle)
            home = (
                stage.create(stage.folder / LIAISON_FOLDER, county, f"{SAMPLE_NAME}：{person}")
                if handle == _ME
                else self._scratch(county, handle)
            )
            self._colleagues[handle] = self._sit(seat_for_once(home, signer, self._county.above))
        self._me = self._colleagues.pop(_ME)
        keep_keys(stage, self._me.workspace, (self._me.author, KeyPurpose.AUTHOR))

    def _last_round(self) -> None:
        """Import the roster and hold last year's campaign, of which some answers are left to look at."""
        self._on(_LAST_YEAR)
        clock = self._stage.clock
        self._order_campaign(LAST_CAMPAIGN, "智改数转诊断（上一轮）", _LAST_YEAR, _LAST_YEAR + 30)
        roster = self._stage.folder / SCRATCH_FOLDER / "roster.xlsx"
        bureaus.import_county_roster(self._county, [one.row for one in self._values.enterprises], roster)
        before = self._mine[::2]
        bureaus.assign_all(
            self._county, {one.row.uscc: _ME for one in before}, clock.date_of(_LAST_YEAR + 30), LAST_CAMPAIGN
        )
        bureaus.take_in(self._me, [self._task("上一轮")])
        workspace = self._me.workspace
        for number, one in enumerate(one for one in before if one.assessments):
            self._on(_LAST_YEAR + 1 + number, _MORNING)
            visit = one.assessments[0]
            draft = ops.open_draft(workspace, one.row.uscc, campaign=LAST_CAMPAIGN).draft
            answers, _ = visits.put_right(self._set, one.profile, answers_before(self._set, visit.answers))
            ops.answer_many(workspace, draft.id, answers, one.profile)
            clock.advance(visit.minutes)
            visits.sign(self._me, draft.id, visit.respondent)
        bureaus.take_in(self._county, [self._hand_in(self._me, "上一轮")])

    def _order(self) -> None:
        """Open this year's campaign, and give every enterprise to its liaison."""
        self._on(_OPENS)
        self._order_campaign(CAMPAIGN, "智改数转诊断（本轮）", _OPENS, _DUE)
        handles = {one.row.uscc: _ME for one in self._mine}
        handles |= {one.row.uscc: handle for handle, group in self._of_others.items() for one in group}
        bureaus.assign_all(self._county, handles, self._stage.clock.date_of(_DUE))
        task = self._task("本轮")
        for desk in (self._me, *self._colleagues.values()):
            bureaus.take_in(desk, [task])

    def _answer(self) -> None:
        """Let the liaison do the first twelve, and hand them in."""
        for number, one in enumerate([*self._returned, *self._submitted, *self._accepted]):
            self._visit(self._me, one, _OPENS + 1 + number)
        self._on(_HANDED_IN, _EVENING)
        bureaus.take_in(self._county, [self._hand_in(self._me, "本轮")])

    def _review(self) -> None:
        """Let the county accept six and give one back, and tell the liaison."""
        self._on(_REVIEWED)
        workspace, author = self._county.workspace, self._county.author
        for one in self._accepted:
            submission = load_submission(workspace.store, self._entity(one))
            assert submission is not None, "it has just been handed in"
            ops.review(
                workspace, author, submission.item.entity, submission.item.record, ops.ReviewDecision(accepted=True)
            )
        for one in self._returned:
            submission = load_submission(workspace.store, self._entity(one))
            assert submission is not None, "it has just been handed in"
            bureaus.give_back(self._county, submission, one.row.name)
        bureaus.take_in(self._me, [self._task("审核意见")])

    def _draft(self) -> None:
        """Sign two that are still to be handed in, and begin four more."""
        for number, one in enumerate(self._signed):
            self._visit(self._me, one, _TODAY - 3 + number)
        workspace = self._me.workspace
        for number, (one, share) in enumerate(zip(self._drafted, _DRAFTED, strict=True)):
            self._on(_TODAY - 1, _MORNING + 60 * number)
            draft = ops.open_draft(workspace, one.row.uscc).draft
            answers, _ = visits.put_right(find_set(workspace, draft.set), one.profile, one.assessments[0].answers)
            given = list(answers.items())[: round(len(answers) * share)]
            ops.set_profile(workspace, draft.id, one.profile)
            for question, answer in given:
                self._stage.clock.advance(1)
                ops.answer(workspace, draft.id, question, answer)
            ops.set_position(workspace, draft.id, given[-1][0])

    def _let_colleagues_work(self) -> None:
        """Let the colleagues hand in; one has also been at an enterprise that is not his, one package was altered."""
        inbox = self._stage.folder / INBOX_FOLDER
        inbox.mkdir()
        for number, (handle, desk) in enumerate(self._colleagues.items()):
            for place, one in enumerate(self._of_others[handle]):
                self._visit(desk, one, _OPENS + 4 + 2 * number + place)
            if number == 1:
                other = next((one for one in self._submitted if len(one.assessments) > 1), self._submitted[0])
                self._visit(desk, other, _TODAY - 3, differing=True)
            self._on(_TODAY - 2, _EVENING)
            person = self._person(desk)
            bureaus.hand_up(desk, inbox / f"{number + 1}-{person}交县局.zgsz", self._county_code)
        last = max(inbox.iterdir())
        tamper(last, inbox / f"4-{last.stem.partition('-')[2]}（被人改动过）.zgsz")

    def _visit(self, desk: Desk, one: SimulatedEnterprise, day: int, *, differing: bool = False) -> None:
        """Sign the last answers of an enterprise on a day of this calendar; `differing`: as somebody else sees them."""
        visit = one.assessments[-1]
        workspace, clock = desk.workspace, self._stage.clock
        self._on(day, visit.begun)
        draft = ops.open_draft(workspace, one.row.uscc).draft
        given = answers_before(self._set, visit.answers) if differing else visit.answers
        answers, _ = visits.put_right(self._set, one.profile, given)
        ops.answer_many(workspace, draft.id, answers, one.profile)
        clock.advance(visit.minutes)
        visits.sign(desk, draft.id, visit.respondent)

    def _order_campaign(self, campaign: str, title: str, opens: int, closes: int) -> None:
        clock = self._stage.clock
        bureaus.order_campaign(
            self._region, campaign, self._set, title, opens=clock.date_of(opens), closes=clock.date_of(closes)
        )
        path = self._stage.folder / SCRATCH_FOLDER / f"批次-{campaign}.zgsz"
        bureaus.take_in(self._county, [bureaus.hand_down(self._region, path, to=self._county_code)])

    def _task(self, what: str) -> Path:
        return bureaus.hand_down(self._county, self._stage.folder / SCRATCH_FOLDER / f"县局-{what}.zgsz")

    def _hand_in(self, desk: Desk, what: str) -> Path:
        path = self._stage.folder / SCRATCH_FOLDER / f"{self._person(desk)}-{what}.zgsz"
        return bureaus.hand_up(desk, path, self._county_code)

    def _scratch(self, division: str, handle: str = "") -> Workspace:
        return self._stage.create(self._stage.folder / SCRATCH_FOLDER / (handle or division), division, SAMPLE_NAME)

    def _sit(self, desk: Desk) -> Desk:
        self._desks.append(desk)
        return desk

    def _on(self, day: int, minute: int = _MORNING) -> None:
        self._stage.clock.set_day(day, minute)

    @staticmethod
    def _person(desk: Desk) -> str:
        return common_name_of(desk.author.certificate.subject) or desk.author.holder.name

    @staticmethod
    def _entity(one: SimulatedEnterprise) -> str:
        return f"{CAMPAIGN}/{one.row.uscc}/initial"


def answers_before(indicator_set: IndicatorSet, answers: Mapping[str, Answer]) -> dict[str, Answer]:
    """Give what an enterprise may have answered a year earlier: every third question one option lower."""
    earlier = dict(answers)
    lowerable = [
        question
        for question in indicator_set.questions
        if question.type in visits.BY_OPTION and answers.get(question.id, {}).get("choice")
    ]
    for question in lowerable[::3]:
        earlier[question.id] = visits.neighbour(question, answers[question.id])
    return earlier
