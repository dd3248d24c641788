"""The sample behind the window's 体验: one liaison's workspace with everything in it, his county's, and files to drop.

Made on the spot with a root of its own, named 体验, so that nothing of it can pass as real. The liaison has 27
enterprises in all states, with last round's answers for some; the county has merged his first hand-in and given one
back. Beside them lie packages of his colleagues for the merge page: good ones, one in conflict with his own work, and
one that somebody altered. Built aside and renamed: the folder is whole or not there.
"""

import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from zgsz_desktop.engine.clock import Clock
from zgsz_desktop.engine.errors import UserError
from zgsz_desktop.engine.files import write_atomically
from zgsz_desktop.engine.identity.keys import STANDARD, KeyProfile
from zgsz_desktop.engine.rehearsal.clock import RehearsalClock
from zgsz_desktop.engine.rehearsal.people import Stage
from zgsz_desktop.engine.rehearsal.sample_work import (
    COUNTY_FOLDER,
    INBOX_FOLDER,
    LIAISON_FOLDER,
    SCRATCH_FOLDER,
    SampleWork,
)
from zgsz_desktop.engine.workspace import DATABASE

PASSPHRASE = "tiyan2024"  # noqa: S105 shown to whoever opens the sample: the data are invented
GUIDE = "说明.txt"
_GUIDE_TEXT = f"""这是“体验”用的示例，企业、人员和数字都是虚构的，随时可以整个删除。

{LIAISON_FOLDER}      一位服务员的工作区：27 家企业，有被退回的、填到一半的、没开始的、已交的
{COUNTY_FOLDER}        县局的工作区：在“汇总”页里收文件
{INBOX_FOLDER}  可以拖到县局的“汇总”页：有正常的，有一个和别人冲突的，有一个被人改动过的

签名口令：{PASSPHRASE}
"""
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class SampleWorkspace:
    """What was made.

    Attributes:
        liaison: the workspace that the window opens first. `county`: that of the bureau.
        inbox: packages to drop on the merge page of `county`.
        passphrase: of both.
    """

    liaison: Path
    county: Path
    inbox: Path
    passphrase: str


def find_sample(folder: Path) -> SampleWorkspace | None:
    """Find the sample that was made in a folder before; None where there is none, or not a whole one."""
    found = _places(folder)
    return found if all((one / DATABASE).is_file() for one in (found.liaison, found.county)) else None


def make_sample(
    folder: Path,
    resources: Path,
    clock: Clock,
    progress: Progress | None = None,
    *,
    profile: KeyProfile = STANDARD,
) -> SampleWorkspace:
    """Make the sample in a folder that is not there yet, or empty.

    Args:
        folder: where to.
        resources: the shipped read-only files.
        clock: the sample ends today.
        progress: told after every step; may raise to stop, and nothing is left.
        profile: of the keys' encryption.

    Raises:
        UserError: `rehearsal.folder_in_use`, `rehearsal.folder_fails`, or what `progress` raised.
    """
    aside = folder.with_name(f"{folder.name}.{clock.new_id()[:8]}.part")
    try:
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise UserError("rehearsal.folder_in_use", folder=str(folder))
        aside.mkdir(parents=True)
        _work(Stage(aside, resources, RehearsalClock(clock), PASSPHRASE, profile), progress or _silent)
        write_atomically(aside / GUIDE, _GUIDE_TEXT.encode())
        shutil.rmtree(aside / SCRATCH_FOLDER)
        if folder.is_dir():
            folder.rmdir()
        os.replace(aside, folder)  # noqa: PTH105 says what it does
    except OSError as error:
        raise UserError("rehearsal.folder_fails", folder=str(folder), detail=str(error)) from error
    finally:
        shutil.rmtree(aside, ignore_errors=True)  # after a failure; what cannot be removed now does no harm
    return _places(folder)


def _work(stage: Stage, progress: Progress) -> None:
    work = SampleWork(stage)
    try:
        for done, step in enumerate(work.steps):
            progress(done, len(work.steps))
            step()
        progress(len(work.steps), len(work.steps))
    finally:
        work.close()


def _places(folder: Path) -> SampleWorkspace:
    return SampleWorkspace(folder / LIAISON_FOLDER, folder / COUNTY_FOLDER, folder / INBOX_FOLDER, PASSPHRASE)


def _silent(_: int, __: int) -> None:
    """Nobody watches."""
