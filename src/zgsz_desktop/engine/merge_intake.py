"""Lines of a package become rows of the store, or entries of the refused list, batch by batch.

Admission is decided by `records.admit` from the line and the certificates of the package. A record that is here already
is not decoded again: it counts as known if its line bears the very signature that was verified when it came, and if the
certificates of *this* package carry it too. So what an import held is the same as if its package had come first.
"""

from collections import Counter
from datetime import UTC, datetime
from sqlite3 import Connection

from zgsz_desktop.engine.errors import PackageError
from zgsz_desktop.engine.merge_report import Tally
from zgsz_desktop.engine.model import KeyId, RecordId
from zgsz_desktop.engine.package.reader import Package
from zgsz_desktop.engine.records.admit import Admission, Admitted, refusal_of
from zgsz_desktop.engine.records.envelope import Envelope, decode_envelope, kind_of, record_id
from zgsz_desktop.engine.records.facts import Touched
from zgsz_desktop.engine.records.kinds import is_known
from zgsz_desktop.engine.records.touched import touched
from zgsz_desktop.engine.rescoring import Rescorer
from zgsz_desktop.engine.store.imports import link_records
from zgsz_desktop.engine.store.records import Held, held_records, insert_records

Line = tuple[int, bytes]
"""Its number, from 1, and its bytes."""


class Intake:
    """Takes the lines of one package in, inside one transaction.

    Attributes:
        tally: what became of them.
        touched: what the new ones change.
        unknown: how many records of unknown kinds there were, by author and kind.
    """

    def __init__(
        self, connection: Connection, package: Package, scores: Rescorer, import_no: int, received_time: str
    ) -> None:
        self._connection = connection
        self._chains = package.chains
        self._admission = Admission(package.chains)
        self._scores = scores
        self._import_no = import_no
        self._received_time = received_time
        self.tally = Tally()
        self.touched: set[Touched] = set()
        self.unknown: Counter[tuple[KeyId, str]] = Counter()

    def take(self, lines: list[Line]) -> None:
        """Take a batch of lines."""
        envelopes = self._decode(lines)
        held = held_records(self._connection, [name for _, name, _ in envelopes])
        known: list[int] = []
        fresh: dict[RecordId, Admitted] = {}
        for line, name, envelope in envelopes:
            here = held.get(name)
            if here is not None and self._is_met_again(here, envelope):
                self.tally.count(kind_of(envelope.payload_type), "known")
                known.append(here.no)
            elif (admitted := self._admit(line, envelope)) is not None:
                if here is not None:
                    known.append(here.no)
                is_new = here is None and name not in fresh
                self.tally.count(admitted.record.kind, "new" if is_new else "known")
                if is_new:
                    fresh[name] = admitted
        link_records(self._connection, self._import_no, known + self._insert(list(fresh.values())))

    def _decode(self, lines: list[Line]) -> list[tuple[int, RecordId, Envelope]]:
        envelopes = []
        for number, line in lines:
            try:
                envelope = decode_envelope(line)
            except PackageError as error:
                self.tally.refuse(refusal_of(None, error, number))
            else:
                envelopes.append((number, record_id(envelope.payload_type, envelope.payload), envelope))
        return envelopes

    def _is_met_again(self, here: Held, envelope: Envelope) -> bool:
        if envelope.signature != here.signature or envelope.keyid != here.author:
            return False
        try:
            self._chains.verify(here.author, datetime.fromtimestamp(here.at, UTC))
        except PackageError:
            return False
        return True

    def _admit(self, line: int, envelope: Envelope) -> Admitted | None:
        try:
            return self._admission.admit(envelope)
        except PackageError as error:
            self.tally.refuse(refusal_of(envelope, error, line))
            return None

    def _insert(self, admitted: list[Admitted]) -> list[int]:
        numbers = insert_records(self._connection, admitted, own=False, received_time=self._received_time)
        submissions = []
        for no, item in zip(numbers, admitted, strict=True):
            self.touched |= touched(item.fact)
            if item.fact.kind == "submission" and item.fact.well_formed and item.record.body is not None:
                submissions.append((no, item.record.body))
            elif not is_known(item.fact.kind):
                self.unknown[item.fact.author, item.fact.kind] += 1
        self._scores.score(submissions)
        return numbers
