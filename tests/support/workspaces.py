"""Workspaces for tests: a clock that stands still, a pinned root, a liaison and a clerk, some enterprises."""

import itertools
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path

from support.authorities import NOW, Region
from zgsz_desktop.engine import ops
from zgsz_desktop.engine.authoring import NewRecord, write_records
from zgsz_desktop.engine.identity.keys import CHEAP_FOR_TESTS_ONLY, Signer, encode_key
from zgsz_desktop.engine.model import DivisionCode, Uscc
from zgsz_desktop.engine.reference.credit_code import make_credit_code
from zgsz_desktop.engine.store.keys import KeyPurpose, OwnKey, insert_key
from zgsz_desktop.engine.verdicts import keep_certificates, load_anchors, pin_root
from zgsz_desktop.engine.workspace import Workspace
from zgsz_desktop.paths import resources_folder

COUNTY = "450103"
PASSPHRASE = "a passphrase for tests"
START = NOW


@dataclass(slots=True)
class FixedClock:
    """Stands still until somebody moves it; ids count up."""

    moment: datetime = START
    prefix: str = ""
    _count: int = field(default=0)

    def now(self) -> datetime:
        return self.moment

    def new_id(self) -> str:
        self._count += 1
        return f"{self.prefix}{self._count:0{32 - len(self.prefix)}x}"

    def advance(self, **span: int) -> None:
        self.moment += timedelta(**span)


def make_workspace(
    folder: Path, region: Region, division: str = COUNTY, *, clock: FixedClock | None = None
) -> Workspace:
    """Make a workspace that trusts the region."""
    workspace = Workspace.create(
        folder, division=division, resources=resources_folder(), clock=clock or FixedClock(prefix=division)
    )
    with workspace.store.transaction() as connection:
        pin_root(connection, region.root.certificate)
    trust_people(workspace, region)
    return workspace


def trust_people(workspace: Workspace, region: Region) -> None:
    """Hold the certificates of everybody who is enrolled by now."""
    with workspace.store.transaction() as connection:
        keep_certificates(connection, region.certificates(), load_anchors(connection))


def own_key_of(signer: Signer) -> OwnKey:
    """Encrypt a key as the workspace keeps it, cheaply."""
    sealed = encode_key(signer.key, signer.certificate, PASSPHRASE, CHEAP_FOR_TESTS_ONLY)
    return OwnKey(signer.keyid, KeyPurpose.AUTHOR, signer.holder.dns_name, sealed, "2024-07-01T09:30:00+08:00")


def keep_own_key(workspace: Workspace, signer: Signer) -> None:
    """Put a key into the workspace, as enrolment does."""
    with workspace.store.transaction() as connection:
        insert_key(connection, own_key_of(signer))


def uscc(number: int, division: str = COUNTY) -> Uscc:
    """Give the valid credit code of the n-th enterprise."""
    return make_credit_code(division, f"{number:08d}")


NAMES = ("广西绿城机械有限公司", "南宁壮美食品有限公司", "柳州重庆路电子厂", "青秀山水泥股份有限公司")


def add_enterprises(
    workspace: Workspace, clerk: Signer, count: int = 3, division: str = COUNTY, **more: object
) -> list[Uscc]:
    """Sign enterprises and give their codes."""
    codes = [uscc(number, division) for number in range(1, count + 1)]
    names = itertools.chain(NAMES, (f"第{number}号企业" for number in itertools.count(len(NAMES) + 1)))
    new = [
        NewRecord("enterprise", code, body_of(name, **more), DivisionCode(division))
        for code, name in zip(codes, names, strict=False)
    ]
    write_records(workspace, clerk, new)
    return codes


def body_of(name: str, **more: object) -> dict[str, object]:
    """Write what is said of an enterprise."""
    return {
        "name": name,
        "industry": "C3411",
        "employees": 320,
        "revenue": Decimal("25000.5"),
        "process_type": "discrete",
        "contacts": [{"name": "王芳", "phone": "13800000000"}],
    } | more


def full_answers(leave_out: Iterable[str] = ()) -> dict[str, dict[str, object]]:
    """Answer the whole of gx-zgsz@0.1 so that no check fires."""
    choices = {
        "sme.q01": "B", "sme.q02": "C", "sme.q03": "C", "sme.q04": "A", "sme.q05": "B", "sme.q06": "B", "sme.q07": "B",
        "sme.q08": "B", "sme.q09": "A", "sme.q10": "A", "sme.q11": "B", "sme.q12": "A", "sme.q13": "A", "sme.q14": "A",
        "sme.q15": "A",
    }  # fmt: skip
    answers: dict[str, dict[str, object]] = {name: {"choice": [key]} for name, key in choices.items()}
    answers |= {f"sme.s{number:02d}": {"choice": ["1"]} for number in range(1, 17)}
    return {name: given for name, given in answers.items() if name not in set(leave_out)}


def submit_for(workspace: Workspace, liaison: Signer, code: str, **changed: dict[str, object]) -> ops.Submitted:
    """Answer and sign an assessment; `changed`: answers by question, dots written as underscores."""
    draft = ops.open_draft(workspace, code, fresh=True).draft
    answers = full_answers() | {name.replace("_", ".", 1): given for name, given in changed.items()}
    ops.answer_many(workspace, draft.id, answers)
    return ops.submit(workspace, liaison, draft.id)
