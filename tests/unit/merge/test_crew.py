"""Two processes come to what one comes to; whatever happens to the second, the merge goes on or ends cleanly."""

import multiprocessing
import os
import signal
import sys

import pytest

from support.authorities import Region, make_region
from support.bureaus import Bureaus, digest_of
from support.forge import Forge, Pen
from zgsz_desktop.engine import merge_crew
from zgsz_desktop.engine.errors import UserError
from zgsz_desktop.engine.merge import merge_package
from zgsz_desktop.engine.merge_assess import Assessor

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="a second process is only forked on Linux")


@pytest.fixture
def package(bureaus: Bureaus, region: Region):
    pens = [Pen(region.liaison("450103", f"a{number}")) for number in range(3)]
    stranger = Pen(make_region("假").liaison("450103"))
    envelopes = [pens[number % 3].submission(number) for number in range(1, 300)]
    envelopes += [stranger.enterprise(number) for number in range(300, 330)]
    envelopes += [pens[0].submission(1, reasons={"x": "again"}), envelopes[5]]
    return bureaus.lay(Forge(region, region.clerk("450103"), envelopes, lines=[b"no json"]))


@pytest.fixture
def forking(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """Let even small packages go to two processes, whatever threads the test run has."""
    monkeypatch.setattr(merge_crew, "WORTH_A_PROCESS", 1)
    monkeypatch.setattr(merge_crew, "is_fork_safe", lambda: True)
    return monkeypatch


def test_two_processes_come_to_the_same(bureaus: Bureaus, package, forking: pytest.MonkeyPatch):
    together = bureaus.open()
    two = merge_package(together, package)
    forking.setattr(merge_crew, "WORTH_A_PROCESS", 10**9)
    alone = bureaus.open()
    one = merge_package(alone, package)
    assert two.counts == one.counts
    assert sorted(two.refused, key=lambda item: item.line) == sorted(one.refused, key=lambda item: item.line)
    assert digest_of(together) == digest_of(alone)
    shown = "SELECT * FROM submission ORDER BY entity"
    assert together.store.query(shown) == alone.store.query(shown)
    assert multiprocessing.active_children() == []


def test_the_second_process_is_killed(bureaus: Bureaus, package, forking: pytest.MonkeyPatch):
    assess = Assessor.assess
    parent = os.getpid()

    def die_in_the_child(self, records):
        if os.getpid() != parent:
            os.kill(os.getpid(), signal.SIGKILL)
        return assess(self, records)

    forking.setattr(Assessor, "assess", die_in_the_child)
    report = merge_package(bureaus.open(), package)
    assert (report.total.new, report.total.known, report.total.refused) == (300, 1, 31)
    assert multiprocessing.active_children() == []


def test_cancel_ends_the_second_process(bureaus: Bureaus, package, forking: pytest.MonkeyPatch):
    def stop(done: int, _: int) -> None:
        if done > 200:
            raise UserError("job.cancelled")

    city = bureaus.open()
    with pytest.raises(UserError):
        merge_package(city, package, progress=stop)
    assert city.store.first("SELECT count(*) FROM record")[0] == 0
    assert multiprocessing.active_children() == []


def test_with_several_threads_nothing_is_forked(bureaus: Bureaus, package, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(merge_crew.threading, "active_count", lambda: 2)
    monkeypatch.setattr(merge_crew, "get_context", None)  # asking for a context would fail
    monkeypatch.setattr(merge_crew, "WORTH_A_PROCESS", 1)
    assert merge_package(bureaus.open(), package).total.new == 300
