"""Merging 1,000 submissions, as a ratio to a plain floor in the same process; and the peak memory of 10,000.

The floor does what nobody can leave out and nothing else: unzip, hash, verify each signature, decode, and one
`executemany` in one transaction. Both alternate, and the least of several runs counts, because other work on the
machine only ever makes a run longer. The peak is measured in a process of its own.

    python tests/bench/bench_merge.py            the ratio, and the peak at 10,000
    python tests/bench/bench_merge.py --quick    fewer runs, no peak
"""

import argparse
import hashlib
import json
import resource
import sqlite3
import subprocess
import sys
import tempfile
import time
import zipfile
from pathlib import Path
from typing import Any

import msgspec

sys.path.insert(0, str(Path(__file__).parents[1]))

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec

from support.authorities import Region, make_region
from support.forge import Forge, Pen
from support.workspaces import FixedClock
from zgsz_desktop.engine.merge import merge_package
from zgsz_desktop.engine.verdicts import pin_root
from zgsz_desktop.engine.workspace import Workspace
from zgsz_desktop.paths import resources_folder

TARGET_RATIO = 2.0
TARGET_PEAK_MB = 250
LIAISONS = 10


class _Signature(msgspec.Struct):
    keyid: str
    sig: bytes


class _Line(msgspec.Struct):
    payload: bytes
    payloadType: str  # noqa: N815
    signatures: list[_Signature]


class _Payload(msgspec.Struct):
    kind: str
    entity: str
    supersedes: list[str]
    author: str
    seq: int
    prev: str | None
    division: str
    at: str
    body: dict[str, Any]


def floor(package: Path, database: Path, keys: dict[str, ec.EllipticCurvePublicKey]) -> int:
    """Unzip, hash, verify, decode, one executemany."""
    lines, payloads = msgspec.json.Decoder(_Line), msgspec.json.Decoder(_Payload)
    algorithm = ec.ECDSA(hashes.SHA256())
    rows = []
    with zipfile.ZipFile(package) as archive:
        for name in archive.namelist():
            data = archive.read(name)
            hashlib.sha256(data).hexdigest()
            if name != "records.jsonl":
                continue
            for line in data.splitlines():
                one = lines.decode(line)
                media_type = one.payloadType.encode()
                pae = b"DSSEv1 %d %b %d %b" % (len(media_type), media_type, len(one.payload), one.payload)
                signature = one.signatures[0]
                keys[signature.keyid].verify(signature.sig, pae, algorithm)
                record = payloads.decode(one.payload)
                rows.append(
                    (
                        hashlib.sha256(pae).hexdigest(),
                        record.kind,
                        record.entity,
                        record.author,
                        record.seq,
                        record.division,
                        record.at,
                        one.payload,
                        signature.sig,
                    )
                )
    connection = sqlite3.connect(database, isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute(
        "CREATE TABLE record (id TEXT PRIMARY KEY, kind TEXT, entity TEXT, author TEXT, seq INTEGER, division TEXT, "
        "at TEXT, payload BLOB, signature BLOB)"
    )
    connection.execute("BEGIN IMMEDIATE")
    connection.executemany("INSERT INTO record VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)
    connection.execute("COMMIT")
    connection.close()
    return len(rows)


def merge(package: Path, folder: Path, region: Region) -> int:
    """Merge into a fresh workspace; only the merge itself is timed."""
    workspace = Workspace.create(folder, division="450100", resources=resources_folder(), clock=FixedClock())
    try:
        with workspace.store.transaction() as connection:
            pin_root(connection, region.root.certificate)
        _ = workspace.shipped_sets  # loaded once in a program's life
        begun = time.perf_counter()
        report = merge_package(workspace, package)
        spent = time.perf_counter() - begun
    finally:
        workspace.close()
    assert report.total.new == report.total.total > 0, report.total
    return round(spent * 1e9)


def make_package(region: Region, path: Path, number: int) -> dict[str, ec.EllipticCurvePublicKey]:
    """Write a package of submissions, and give the authors' keys."""
    pens = [Pen(region.liaison("450103", f"a{index}")) for index in range(LIAISONS)]
    envelopes = [pens[index % LIAISONS].submission(index) for index in range(1, number + 1)]
    path.write_bytes(Forge(region, region.clerk("450103"), envelopes).build())
    return {pen.signer.keyid: pen.signer.certificate.public_key() for pen in pens}


def ratio(runs: int, number: int = 1000) -> dict[str, float]:
    """Alternate floor and merge, and compare the least of each."""
    region = make_region()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        keys = make_package(region, folder / "p.zgsz", number)
        floors, merges = [], []
        for run in range(runs):
            begun = time.perf_counter_ns()
            assert floor(folder / "p.zgsz", folder / f"floor{run}.db", keys) == number
            floors.append(time.perf_counter_ns() - begun)
            merges.append(merge(folder / "p.zgsz", folder / f"w{run}", region))
        size = (folder / "p.zgsz").stat().st_size
    return {
        "submissions": number,
        "package_kb": round(size / 1024),
        "floor_ms": round(min(floors) / 1e6, 1),
        "merge_ms": round(min(merges) / 1e6, 1),
        "ratio": round(min(merges) / min(floors), 2),
    }


def peak(number: int) -> dict[str, float]:
    """Merge in a fresh process, and say how much memory that took at its highest."""
    region = make_region()
    with tempfile.TemporaryDirectory() as name:
        make_package(region, Path(name) / "p.zgsz", number)
        (Path(name) / "root.der").write_bytes(region.root.certificate.public_bytes(_der()))
        run = subprocess.run([sys.executable, __file__, "--child", name], check=True, capture_output=True, text=True)
        return json.loads(run.stdout)


def child(folder: Path) -> None:
    """Merge one prepared package and print the peak, also of the second process."""
    from cryptography import x509

    workspace = Workspace.create(folder / "w", division="450100", resources=resources_folder(), clock=FixedClock())
    with workspace.store.transaction() as connection:
        pin_root(connection, x509.load_der_x509_certificate((folder / "root.der").read_bytes()))
    before = highest_mb()
    report = merge_package(workspace, folder / "p.zgsz")
    second = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(
        json.dumps(
            {
                "submissions": report.total.new,
                "before_mb": round(before),
                "peak_mb": round(highest_mb()),
                "second_process_mb": round(second),
            }
        )
    )


def highest_mb() -> float:
    """Give the peak of this program; `ru_maxrss` would be that of the program that started it, where that was more."""
    status = Path("/proc/self/status").read_text("ascii")
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


def _der():
    from cryptography.hazmat.primitives.serialization import Encoding

    return Encoding.DER


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--child", type=Path)
    options = parser.parse_args(argv)
    if options.child:
        child(options.child)
        return 0
    found = ratio(3 if options.quick else 9)
    print(json.dumps(found), f"target: {TARGET_RATIO}", flush=True)
    if not options.quick:
        print(json.dumps(peak(10_000)), f"target: {TARGET_PEAK_MB} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
