"""The command line as tests use it: one call, one result; and a small region that was enrolled through it.

Only files pass between the workspaces, as between the computers of bureaus. Keys are encrypted cheaply here (a second
a key otherwise); nothing else is different from the program as people run it.
"""

import contextlib
import io
import json
import os
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest import mock

from openpyxl import Workbook

from zgsz_desktop import cli
from zgsz_desktop.engine import enrolling
from zgsz_desktop.engine.catalogue import CATALOGUE
from zgsz_desktop.engine.identity.keys import CHEAP_FOR_TESTS_ONLY, encode_key
from zgsz_desktop.engine.reference.credit_code import make_credit_code
from zgsz_desktop.paths import resources_folder

PASSPHRASE = "六个汉字的口令"
REGION, CITY, COUNTY, OTHER_COUNTY = "450000", "450100", "450103", "450102"
ANSWERS = resources_folder() / "samples" / "answers.json"
HEADINGS = (
    "企业名称",
    "统一社会信用代码",
    "所属县区",
    "行业代码",
    "从业人员（人）",
    "营业收入（万元）",
    "联系人",
    "联系电话",
)


@dataclass(frozen=True)
class Said:
    """What one run of the program left: exit status, standard output, standard error."""

    status: int
    out: str
    err: str

    @property
    def data(self) -> Any:
        """The JSON on standard output."""
        return json.loads(self.out)

    def refused_by(self, code: str) -> bool:
        """Tell whether it was refused, with the fixed words of this code and its remedy, and nothing but sentences."""
        pieces = CATALOGUE[code].message.replace("}", "{").split("{")[::2]
        remedy = CATALOGUE[code].remedy.replace("}", "{").split("{")[::2]
        return (
            self.status == cli.REFUSED
            and all(piece in self.err for piece in (*pieces, *remedy))
            and "Traceback" not in self.err
        )


class Nobody(io.StringIO):
    """A standard input at which nobody sits."""

    def isatty(self) -> bool:
        return False


def zgsz(*words: object, passphrase: str | None = None, folder: Path | None = None) -> Said:
    """Run the program in this process.

    Args:
        words: what stands after `zgsz`.
        passphrase: `ZGSZ_PASSPHRASE`; not set if None.
        folder: `ZGSZ_WORKSPACE`; not set if None.
    """
    said = {"ZGSZ_PASSPHRASE": passphrase, "ZGSZ_WORKSPACE": None if folder is None else str(folder)}
    out, err = io.StringIO(), io.StringIO()
    with (
        mock.patch.dict(os.environ, {name: value for name, value in said.items() if value is not None}),
        mock.patch("sys.stdin", Nobody()),
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
    ):
        for name, value in said.items():
            if value is None:
                os.environ.pop(name, None)
        try:
            status = cli.main([str(word) for word in words])
        except SystemExit as left:
            status = int(left.code or 0)
    return Said(status, out.getvalue(), err.getvalue())


def done(*words: object, passphrase: str | None = None, folder: Path | None = None) -> Said:
    """Run the program and demand that it was done."""
    said = zgsz(*words, passphrase=passphrase, folder=folder)
    assert said.status == cli.DONE, f"{words}: {said.status}\n{said.err}{said.out}"
    return said


@contextlib.contextmanager
def cheap_keys() -> Iterator[None]:
    """Let enrolment encrypt keys cheaply."""

    def cheaply(key: Any, certificate: Any, passphrase: str, _profile: object) -> bytes:
        return encode_key(key, certificate, passphrase, CHEAP_FOR_TESTS_ONLY)

    with mock.patch.object(enrolling, "encode_key", cheaply):
        yield


def credit_code(number: int, division: str = COUNTY) -> str:
    """Give the valid credit code of the n-th enterprise."""
    return make_credit_code(division, f"MY{number:06d}")


def roster_line(number: int, **changes: object) -> list[object]:
    """Write one good line of a roster, with single cells changed by the beginning of their headings."""
    line = dict(
        zip(
            HEADINGS,
            (f"邕江{number}号糖业有限公司", credit_code(number), "青秀区", "1340", 120, 3456.5, "韦一", "10000000001"),
            strict=True,
        )
    )
    for beginning, value in changes.items():
        line[next(heading for heading in HEADINGS if heading.startswith(beginning))] = value
    return list(line.values())


def write_workbook(path: Path, *lines: list[object], merges: tuple[str, ...] = ()) -> Path:
    """Write a roster as a clerk keeps it; rows before the header go first."""
    book = Workbook()
    sheet = book.active
    for line in lines:
        sheet.append(line)
    for merge in merges:
        sheet.merge_cells(merge)
    book.save(path)
    return path


@dataclass(frozen=True)
class People:
    """Workspaces of one region by name, and the folder in which files pass between them."""

    folder: Path
    root: str

    def __getitem__(self, name: str) -> Path:
        return self.folder / name

    def file(self, name: str) -> Path:
        """A file that passes between them."""
        return self.folder / "files" / name


def found(folder: Path) -> People:
    """Set up the region: root, then its first clerk."""
    (folder / "files").mkdir(parents=True)
    here = folder / "region"
    done("init", "--division", REGION, "--workspace", here)
    words = ("identity", "root", "--person", "自治区工信厅", "--org", "自治区工信厅", "--json")
    root = done("--workspace", here, *words, passphrase=PASSPHRASE).data["fingerprint"]
    people = People(folder, root)
    _first_clerk(people, "region")
    return people


def open_bureau(people: People, name: str, division: str, above: str) -> None:
    """Set up a bureau by files: its authority, approved from above, and its first clerk (docs/adr/0006)."""
    here = people[name]
    done("init", "--division", division, "--workspace", here)
    words = ("identity", "authority", "--person", name, "--org", f"{name}工信局")
    _by_files(people, name, above, words)
    _first_clerk(people, name)


def enrol(people: People, name: str, division: str, bureau: str, *, role: str = "liaison") -> None:
    """Enrol a person of a bureau, with a workspace of her own."""
    done("init", "--division", division, "--workspace", people[name])
    words = ("identity", "request", "--role", role, "--handle", name, "--person", "覃晓岚", "--org", "诊断中心")
    _by_files(people, name, bureau, words)


def _by_files(people: People, name: str, above: str, words: tuple[str, ...]) -> None:
    asking, answer = people.file(f"{name}.zgszreq"), people.file(f"{name}.zgszcert")
    asked = done(*words, "-o", asking, "--workspace", people[name], "--json", passphrase=PASSPHRASE).data
    done(
        *("identity", "approve", asking, "--fingerprint", asked["fingerprint"], "-o", answer),
        *("--workspace", people[above]),
        passphrase=PASSPHRASE,
    )
    words = ("identity", "import", answer, "--fingerprint", people.root)
    done(*words, "--workspace", people[name], passphrase=PASSPHRASE)


def _first_clerk(people: People, name: str) -> None:
    asking = people.file(f"{name}-clerk.zgszreq")
    asked = done(
        *("identity", "request", "--role", "clerk", "--handle", "k1", "--person", "李科员", "--org", f"{name}工信局"),
        *("-o", asking, "--workspace", people[name], "--json"),
        passphrase=PASSPHRASE,
    ).data
    words = ("identity", "approve", asking, "--fingerprint", asked["fingerprint"])
    done(*words, "--workspace", people[name], passphrase=PASSPHRASE)


def main_job(folder: Path) -> People:
    """Do the main job once: enrol, roster, task package, answer, submit, hand up to the county, the city, the region."""
    people = found(folder)
    open_bureau(people, "city", CITY, "region")
    open_bureau(people, "county", COUNTY, "city")
    enrol(people, "liaison", COUNTY, "county")
    roster = write_workbook(
        people.file("roster.xlsx"), list(HEADINGS), *(roster_line(number) for number in range(1, 4))
    )
    done("roster", "import", roster, folder=people["county"], passphrase=PASSPHRASE)
    hand_over(people, "county", COUNTY, "task.zgsz")
    done("merge", people.file("task.zgsz"), folder=people["liaison"])
    done("answer", credit_code(1), ANSWERS, folder=people["liaison"])
    done("submit", credit_code(1), folder=people["liaison"], passphrase=PASSPHRASE)
    hand_over(people, "liaison", COUNTY, "up.zgsz")
    for name, package in (("county", "up.zgsz"), ("city", "county.zgsz"), ("region", "city.zgsz")):
        done("merge", people.file(package), folder=people[name])
        if name != "region":
            above = CITY if name == "county" else REGION
            hand_over(people, name, above, f"{name}.zgsz")
    return people


def hand_over(people: People, name: str, to: str, package: str) -> Said:
    """Export a package into the folder of files."""
    return done("export", people.file(package), "--to", to, folder=people[name], passphrase=PASSPHRASE)


def state_of(folder: Path) -> object:
    """Give all that must not change when something is refused: digest, rows of every table, files of the folder."""
    with contextlib.closing(sqlite3.connect(folder / "workspace.db")) as connection:
        tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
        rows = {name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in sorted(tables)}
    files = sorted(
        str(path.relative_to(folder)) for path in folder.rglob("*") if not path.name.endswith(("-wal", "-shm"))
    )
    return done("digest", folder=folder).out, rows, files
