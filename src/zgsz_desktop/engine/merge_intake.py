"""Lines of a package become rows of the store, or entries of the refused list, batch by batch.

What becomes of a record is decided by `merge_assess`; here it meets the store. A record that is here already is not
decoded again: it counts as known if its line bears the very signature that was verified when it came, and if the
certificates of *this* package carry it too. So what an import held is the same as if its package had come first.
"""

from collections import Counter
from datetime import UTC, datetime
from sqlite3 import Connection

from zgsz_desktop.engine.errors import PackageError
from zgsz_desktop.engine.merge_assess import Assessed, Numbered, arriving_from
from zgsz_desktop.engine.merge_report import Tally
from zgsz_desktop.engine.model import KeyId, RecordId
from zgsz_desktop.engine.package.reader import Package
from zgsz_desktop.engine.records.admit import Refusal, refusal_of
from zgsz_desktop.engine.records.envelope import Envelope, decode_envelope, kind_of, record_id
from zgsz_desktop.engine.records.facts import Touched
from zgsz_desktop.engine.records.kinds import is_known
from zgsz_desktop.engine.records.touched import touched
from zgsz_desktop.engine.store.derived import ScoreRow, put_scores
from zgsz_desktop.engine.store.imports import link_records
from zgsz_desktop.engine.store.records import Arriving, Held, held_records, insert_arriving

Line = tuple[int, bytes]
"""Its number, from 1, and its bytes."""


class Intake:
    """Takes the lines of one package in, inside one transaction.

    Attributes:
        tally: what became of them.
        touched: what the new ones change.
        unknown: how many records of unknown kinds there were, by author and kind.
    """

    def __init__(self, connection: Connection, package: Package, import_no: int, received_time: str) -> None:
        self._connection = connection
        self._chains = package.chains
        self._import_no = import_no
        self._received_time = received_time
        self.tally = Tally()
        self.touched: set[Touched] = set()
        self.unknown: Counter[tuple[KeyId, str]] = Counter()

    def sort_out(self, lines: list[Line]) -> list[Numbered]:
        """Settle the lines that are no envelopes or well known; give the others, to be assessed."""
        envelopes = self._decode(lines)
        held = held_records(self._connection, [name for _, name, _ in envelopes])
        known: list[int] = []
        others: list[Numbered] = []
        for number, name, envelope in envelopes:
            here = held.get(name)
            if here is not None and self._is_met_again(here, envelope):
                self.tally.count(kind_of(envelope.payload_type), "known")
                known.append(here.no)
            else:
                others.append((number, envelope))
        link_records(self._connection, self._import_no, known)
        return others

    def keep(self, records: list[Numbered], assessed: list[Assessed]) -> None:
        """Store what gets in, and list what does not."""
        taken = [
            (one, arriving_from(one, envelope))
            for (_, envelope), one in zip(records, assessed, strict=True)
            if not isinstance(one, Refusal)
        ]
        for refusal in (one for one in assessed if isinstance(one, Refusal)):
            self.tally.refuse(refusal)
        # Asked again: the same record may stand on an earlier line, or here under another signature.
        held = held_records(self._connection, [one.fact.id for one, _ in taken])
        known = [held[one.fact.id].no for one, _ in taken if one.fact.id in held]
        fresh: dict[RecordId, Arriving] = {}
        scores = []
        for one, arriving in taken:
            is_new = one.fact.id not in held and one.fact.id not in fresh
            self.tally.count(one.fact.kind, "new" if is_new else "known")
            if is_new:
                fresh[one.fact.id] = arriving
                scores.append(one.score)
        numbers = self._insert(list(fresh.values()))
        put_scores(
            self._connection,
            [ScoreRow(no, *score) for no, score in zip(numbers, scores, strict=True) if score is not None],
        )
        link_records(self._connection, self._import_no, known + numbers)

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

    def _insert(self, records: list[Arriving]) -> list[int]:
        for record in records:
            self.touched |= touched(record.fact)
            if not is_known(record.fact.kind):
                self.unknown[record.fact.author, record.fact.kind] += 1
        return insert_arriving(self._connection, records, own=False, received_time=self._received_time)
