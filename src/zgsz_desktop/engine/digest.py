"""The digest: three hashes by which two workspaces tell whether they hold the same (records-and-merge.md 3).

    records   ids of all records
    trust     `cert <keyid>` on the chains of authors of records; `revoked <keyid> <class> <date>` among these, class
              `ended` (in good order) or `revoked`, date in epoch seconds; `root <keyid>` of the pinned roots
    state     one canonical object per entity

Each is a SHA-256 over bytewise sorted lines, each ended by a newline. No scores, no local names, no arrival times.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from sqlite3 import Connection

from zgsz_desktop.engine.records.fold import digest_of, state_line
from zgsz_desktop.engine.store import derived
from zgsz_desktop.engine.store.records import record_ids
from zgsz_desktop.engine.store.trust import root_keyids
from zgsz_desktop.engine.verdicts import Verdicts, trust_lines
from zgsz_desktop.engine.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Digest:
    """Three hashes, lowercase hex."""

    records: str
    trust: str
    state: str

    def lines(self) -> list[str]:
        """Give the digest as `zgsz digest` prints it."""
        return [f"records {self.records}", f"trust {self.trust}", f"state {self.state}"]


def digest(workspace: Workspace) -> Digest:
    """Hash what a workspace holds."""
    with workspace.store.snapshot() as connection:
        return Digest(
            records=digest_of(record.encode() for record in record_ids(connection)),
            trust=digest_of(_trust(connection)),
            state=digest_of(state_line(state) for state in derived.all_states(connection)),
        )


def _trust(connection: Connection) -> Iterator[bytes]:
    for line in trust_lines(Verdicts(connection), connection):
        yield f"cert {line.keyid}".encode()
        if line.revoked is not None:
            kind = "ended" if line.revoked.good_order else "revoked"
            yield f"revoked {line.keyid} {kind} {line.revoked.date}".encode()
    for keyid in root_keyids(connection):
        yield f"root {keyid}".encode()
