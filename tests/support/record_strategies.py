"""People, facts and whole histories for tests of records: real keys where bytes matter, plain values where they do not.

`histories()` draws a set of facts as a county would produce it in a bad year: corrections, twins, conflicts, reviews
of what is not there, assignments that change, revoked authors. Ids are hashes of labels, so their order is arbitrary
and no edge closes a circle, as with real records.
"""

import hashlib
import random
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from hypothesis import strategies as st

from zgsz_desktop.engine.errors import UncheckableError, UntrustedError
from zgsz_desktop.engine.model import DivisionCode, KeyId, RecordId, Role, covers
from zgsz_desktop.engine.records.envelope import Envelope
from zgsz_desktop.engine.records.fold import Fact, Revoked
from zgsz_desktop.engine.records.record import compose, seal

COUNTY = DivisionCode("450102")
NEIGHBOUR = DivisionCode("450103")
STRANGE_COUNTY = DivisionCode("450202")
CITY = DivisionCode("450100")
STRANGE_CITY = DivisionCode("450200")
REGION = DivisionCode("450000")
USCC = "91450100MA5K000001"
AT = "2024-07-01T09:30:00+08:00"


@dataclass(frozen=True, slots=True)
class Person:
    """A holder with one key; the same `name` under another `key` is the same holder."""

    name: str
    role: Role
    scope: DivisionCode
    key: str

    @property
    def keyid(self) -> KeyId:
        return KeyId(hashlib.sha256(f"{self.name}/{self.key}".encode()).hexdigest())


def person(handle: str, role: Role, scope: str, key: str = "1") -> Person:
    label = {REGION: "45", CITY: "4501", STRANGE_CITY: "4502"}.get(DivisionCode(scope), scope)
    return Person(f"{role}-{handle}.{label}", role, DivisionCode(scope), key)


LIAISON = person("a1", Role.LIAISON, COUNTY)
LIAISON_RENEWED = person("a1", Role.LIAISON, COUNTY, "2")
COLLEAGUE = person("a2", Role.LIAISON, COUNTY)
NEIGHBOUR_LIAISON = person("b1", Role.LIAISON, NEIGHBOUR)
CLERK = person("a", Role.CLERK, COUNTY)
SECOND_CLERK = person("aa", Role.CLERK, COUNTY)
NEIGHBOUR_CLERK = person("b", Role.CLERK, NEIGHBOUR)
CITY_CLERK = person("c", Role.CLERK, CITY)
STRANGE_CITY_CLERK = person("d", Role.CLERK, STRANGE_CITY)
REGION_CLERK = person("r", Role.CLERK, REGION)
EXPERT = person("e", Role.EXPERT, CITY)
PEOPLE = (
    LIAISON,
    COLLEAGUE,
    CLERK,
    LIAISON_RENEWED,
    CITY_CLERK,
    SECOND_CLERK,
    NEIGHBOUR_LIAISON,
    REGION_CLERK,
    NEIGHBOUR_CLERK,
    STRANGE_CITY_CLERK,
)
COUNTIES = (COUNTY, NEIGHBOUR, STRANGE_COUNTY)


def label_id(label: object) -> RecordId:
    return RecordId(hashlib.sha256(repr(label).encode()).hexdigest())


def fact(label: object, kind: str, entity: str, author: Person, **changes: Any) -> Fact:
    """Make a fact with plain defaults; `label` decides the id, and the content unless it is given."""
    values: dict[str, Any] = {
        "id": label_id(label),
        "supersedes": (),
        "division": author.scope if author.scope in COUNTIES else COUNTY,
        "at": 0,
        "content": repr(label),
        "withdrawn": False,
        "well_formed": True,
        "gist": None,
    } | changes
    values["supersedes"] = tuple(sorted(values["supersedes"]))
    return Fact(
        kind=kind,
        entity=entity,
        author=author.keyid,
        holder=author.name,
        role=author.role,
        scope=author.scope,
        **values,
    )


@dataclass(frozen=True, slots=True)
class History:
    """A set of facts and what is revoked."""

    facts: tuple[Fact, ...]
    revoked: dict[KeyId, Revoked]


SUBMISSIONS = (f"c1/{USCC}/initial", f"c1/{USCC}/followup-1")
ASSIGNMENT = f"c1/{USCC}"
_THEMES = (
    ("submission", "review", "assignment", "enterprise", "novelty"),
    ("submission",),
    ("submission", "submission", "submission", "assignment"),
    ("submission", "review", "review", "review"),
    ("review",),
    ("assignment", "enterprise"),
)
_CASTS = (
    PEOPLE,
    (LIAISON, COLLEAGUE),
    (LIAISON, LIAISON_RENEWED, COLLEAGUE, CLERK),
    (LIAISON, CLERK, SECOND_CLERK, CITY_CLERK),
    (LIAISON, NEIGHBOUR_LIAISON, NEIGHBOUR_CLERK, CITY_CLERK),
)


@dataclass(frozen=True, slots=True)
class _Plot:
    """What one history is about: who acts, in which kinds, where. Small, so that records meet."""

    salt: int
    size: int
    theme: tuple[str, ...]
    cast: tuple[Person, ...]
    rounds: tuple[str, ...]


@st.composite
def histories(draw: st.DrawFn, max_size: int = 9) -> History:
    """Draw a history around one enterprise."""
    plot = _Plot(
        salt=draw(st.integers(0, 10_000)),
        size=draw(st.integers(1, max_size)),
        theme=draw(st.sampled_from(_THEMES)),
        cast=draw(st.sampled_from(_CASTS)),
        rounds=draw(st.sampled_from([SUBMISSIONS[:1], SUBMISSIONS])),
    )
    facts: list[Fact] = []
    for number in range(plot.size):
        facts.append(_draw_fact(draw, plot, number, facts))
    keys = draw(st.sets(st.sampled_from(plot.cast), max_size=2))
    verdicts = st.builds(Revoked, st.booleans(), st.integers(0, 3))
    return History(tuple(facts), {key.keyid: draw(verdicts) for key in sorted(keys, key=lambda one: one.keyid)})


def _draw_fact(draw: st.DrawFn, plot: _Plot, number: int, before: list[Fact]) -> Fact:
    author = draw(st.sampled_from(plot.cast))
    label = (plot.salt, number)
    at = draw(st.integers(0, 3))
    division = draw(st.sampled_from([code for code in COUNTIES if covers(author.scope, code)]))
    if before and draw(st.integers(0, 7)) == 7:  # a twin, by whomever
        twin = draw(st.sampled_from(before))
        return fact(
            label,
            twin.kind,
            twin.entity,
            author,
            at=at,
            division=twin.division if covers(author.scope, twin.division) else division,
            supersedes=twin.supersedes,
            content=twin.content,
            withdrawn=twin.withdrawn,
            well_formed=twin.well_formed,
            gist=twin.gist,
        )
    kind = draw(st.sampled_from(plot.theme))
    entity, gist = _draw_entity(draw, kind, plot)
    withdrawn = draw(st.integers(0, 7)) == 7
    return fact(
        label,
        kind,
        entity,
        author,
        at=at,
        division=division,
        supersedes=_draw_named(draw, [old.id for old in before if (old.kind, old.entity) == (kind, entity)], before),
        content="null" if withdrawn else f"content {draw(st.integers(0, 5))} {gist}",
        withdrawn=withdrawn,
        well_formed=kind != "novelty" and draw(st.integers(0, 9)) < 9,
        gist=None if withdrawn else gist,
    )


def _draw_named(draw: st.DrawFn, same: list[RecordId], before: list[Fact]) -> set[RecordId]:
    match draw(st.integers(0, 11)):
        case 11:  # something whose package has not come, or that belongs elsewhere
            return {draw(st.sampled_from([label_id("absent"), *(old.id for old in before)]))}
        case 7 | 8 | 9 | 10 if same:
            return draw(st.sets(st.sampled_from(same), max_size=3))
        case 3 | 4 | 5 | 6 if same:
            return {same[-1]}
        case _:
            return set()


def _draw_entity(draw: st.DrawFn, kind: str, plot: _Plot) -> tuple[str, str | None]:
    match kind:
        case "submission":
            return draw(st.sampled_from(plot.rounds)), None
        case "review":
            subject = label_id((plot.salt, draw(st.integers(0, min(2, plot.size - 1)))))
            level = draw(st.sampled_from(["county", "county", "city", "region"]))
            return f"{subject}/{level}", draw(st.sampled_from(["accept", "return"]))
        case "assignment":
            return ASSIGNMENT, draw(st.sampled_from([LIAISON.name, COLLEAGUE.name, NEIGHBOUR_LIAISON.name]))
        case "enterprise":
            return USCC, None
        case _:
            return "anything", None


@dataclass(slots=True)
class Desk:
    """Signs and is believed: real keys, and the `Chains` of an imagined package that holds their certificates.

    Attributes:
        lives: for a keyid, first and last instant at which its certificate is valid.
        foreign_keys: keyids whose key is of a suite that nobody here knows.
    """

    people: dict[KeyId, Person] = field(default_factory=dict)
    keys: dict[KeyId, ec.EllipticCurvePrivateKey] = field(default_factory=dict)
    lives: dict[KeyId, tuple[datetime, datetime]] = field(default_factory=dict)
    foreign_keys: dict[KeyId, Any] = field(default_factory=dict)

    def enrol(self, somebody: Person) -> "DeskSealer":
        key = self.keys.setdefault(somebody.keyid, ec.generate_private_key(ec.SECP256R1()))
        self.people[somebody.keyid] = somebody
        return DeskSealer(somebody.keyid, somebody, key)

    def verify(self, keyid: KeyId, at: datetime) -> Person:
        if keyid not in self.people:
            raise UncheckableError("test.no_certificate")
        first, last = self.lives.get(keyid, (at, at))
        if not first <= at <= last:
            raise UntrustedError("test.not_valid_then")
        return self.people[keyid]

    def public_key(self, keyid: KeyId) -> Any:
        return self.foreign_keys.get(keyid) or self.keys[keyid].public_key()


@dataclass(frozen=True, slots=True)
class DeskSealer:
    """Somebody's opened key."""

    keyid: KeyId
    holder: Person
    key: ec.EllipticCurvePrivateKey

    def sign(self, data: bytes) -> bytes:
        return self.key.sign(data, ec.ECDSA(hashes.SHA256()))


def signed(sealer: DeskSealer, kind: str, entity: str, body: dict[str, Any] | None, **changes: Any) -> Envelope:
    """Compose and sign a first record of somebody."""
    scope = sealer.holder.scope
    values: dict[str, Any] = {
        "supersedes": (),
        "seq": 1,
        "prev": None,
        "division": scope if scope in COUNTIES else COUNTY,
        "at": AT,
    } | changes
    return seal(compose(kind, entity, body=body, author=sealer.keyid, **values), kind, sealer)


def submission_body(questions: int = 130, seed: int = 1) -> dict[str, Any]:
    """Give a submission as long as a real one (130 answers: about 14 KB)."""
    chance = random.Random(seed)
    answers: dict[str, Any] = {
        f"sme.q{number:03}": {"choice": [chance.choice("ABCD")], "note": "现场核对设备台账", "basis": "checked"}
        for number in range(questions)
    }
    nodes = {f"base.n{number}": {"score": number, "answered": 3, "applicable": 4} for number in range(40)}
    return {
        "set": {"id": "gx-zgsz", "version": "0.1", "sha256": label_id("set")},
        "profile": {"employees": 120, "revenue": 3500, "industry": "3411"},
        "answers": answers,
        "result": {"complete": True, "frameworks": {"sme2024": {"total": 41, "level": 2, "nodes": nodes}}},
        "reasons": {},
        "attachments": [],
        "begun": AT,
        "finished": AT,
    }


BODIES: dict[str, tuple[str, dict[str, Any]]] = {
    "indicator_set": (
        "gx-zgsz@0.1",
        {"id": "gx-zgsz", "version": "0.1", "title": "诊断", "questions": [], "frameworks": []},
    ),
    "campaign": (
        "2024",
        {"title": "2024 年诊断", "set": {"id": "gx-zgsz", "version": "0.1", "sha256": label_id("set")}},
    ),
    "target": (f"2024/{COUNTY}", {"enterprises": 40, "by": [{"date": "2024-09-30", "count": 20}]}),
    "enterprise": (USCC, {"name": "南宁某某机械有限公司", "employees": 120, "revenue": 3500}),
    "assignment": (f"2024/{USCC}", {"liaison": LIAISON.name, "due": "2024-09-30"}),
    "submission": (f"2024/{USCC}/initial", submission_body(3)),
    "review": (f"{label_id('s')}/county", {"decision": "accept"}),
    "expert_review": (f"{label_id('s')}/{EXPERT.name}", {"verified": {}, "conclusion": "属实"}),
    "receipt": (f"{'0' * 32}/{COUNTY}", {"records": [label_id("s")]}),
    "recipient": (COUNTY, {"keys": ["age1" + "q" * 58]}),
    "contact": (f"{COUNTY}/c1", {"name": "张三"}),
    "service_log": (f"2024/{USCC}/l1", {"text": "入户"}),
    "sample": (f"2024/{COUNTY}", {"commitment": "0" * 64}),
    "improvement_plan": (f"2024/{USCC}/initial", {}),
    "effectiveness": (f"2024/{USCC}/initial", {}),
    "benchmark": ("2024-q3", {}),
    "catalog": ("providers", {}),
}
"""For every kind an entity and a body that are in order."""
