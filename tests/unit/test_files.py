"""Writing files: whole or not at all, and the reason in plain words."""

import errno
import os
import stat
from pathlib import Path

import pytest

from zgsz_desktop.engine.errors import UserError
from zgsz_desktop.engine.files import atomic_file, write_atomically


@pytest.fixture
def target(tmp_path):
    """A file that is there already, alone in its folder."""
    path = tmp_path / "专家评审意见表.pdf"
    path.write_bytes(b"old")
    return path


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def assert_untouched(path: Path) -> None:
    assert path.read_bytes() == b"old"
    assert names(path.parent) == [path.name]


def fail_with(number):
    def call(*_args, **_kwargs):
        raise OSError(number, os.strerror(number))

    return call


def fail_with_interrupt(_written):
    raise KeyboardInterrupt


def test_a_new_file_is_written(tmp_path):
    write_atomically(tmp_path / "a", b"new")
    assert (tmp_path / "a").read_bytes() == b"new"
    assert names(tmp_path) == ["a"]


def test_an_old_file_is_replaced(target):
    write_atomically(target, b"new")
    assert target.read_bytes() == b"new"


def test_a_name_as_long_as_the_system_allows(tmp_path):
    path = tmp_path / ("长" * 85)
    write_atomically(path, b"new")
    assert path.read_bytes() == b"new"


def test_a_leftover_of_a_crash_is_no_obstacle(target):
    leftover = target.parent / f".zgsz-{os.getpid()}-0.part"
    leftover.write_bytes(b"half")
    write_atomically(target, b"new")
    assert target.read_bytes() == b"new"
    assert leftover.read_bytes() == b"half"


@pytest.mark.skipif(os.name != "posix", reason="permission bits are POSIX")
def test_a_private_file_is_for_its_owner_only(tmp_path):
    write_atomically(tmp_path / "key", b"secret", private=True)
    assert stat.S_IMODE((tmp_path / "key").stat().st_mode) == 0o600


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the device that is always full is Linux's")
def test_the_kernel_says_the_disk_is_full(target):
    with pytest.raises(UserError) as caught, atomic_file(target), Path("/dev/full").open("wb") as full:
        full.write(b"x" * 100_000)
    assert caught.value.code == "file.disk_full"
    assert "专家评审意见表.pdf" in caught.value.message
    assert_untouched(target)


@pytest.mark.parametrize("call", ["fsync", "replace", "open"])
@pytest.mark.parametrize(
    ("number", "code"),
    [
        (errno.ENOSPC, "file.disk_full"),
        (errno.EDQUOT, "file.disk_full"),
        (errno.EACCES, "file.not_writable"),
        (errno.EPERM, "file.not_writable"),
        (errno.EROFS, "file.not_writable"),
        (errno.EIO, "file.write_failed"),
    ],
)
def test_each_refusal_of_the_system_is_told_and_changes_nothing(target, monkeypatch, call, number, code):
    monkeypatch.setattr(os, call, fail_with(number))
    with pytest.raises(UserError) as caught:
        write_atomically(target, b"new")
    monkeypatch.undo()
    assert caught.value.code == code
    assert os.strerror(number) in caught.value.diagnostics()
    assert_untouched(target)


@pytest.mark.skipif(not os.path.ismount("/sys"), reason="only /sys takes no files even from root")
def test_a_read_only_folder():
    with pytest.raises(UserError) as caught:
        write_atomically(Path("/sys/zgsz.pdf"), b"new")
    assert caught.value.code == "file.not_writable"


def test_a_folder_that_is_not_there(tmp_path):
    with pytest.raises(UserError) as caught:
        write_atomically(tmp_path / "拔出的U盘" / "a.pdf", b"new")
    assert caught.value.code == "file.no_folder"


def test_a_folder_of_that_name_stays(tmp_path):
    (tmp_path / "a").mkdir()
    with pytest.raises(UserError) as caught:
        write_atomically(tmp_path / "a", b"new")
    assert caught.value.code == "file.write_failed"
    assert names(tmp_path) == ["a"]


def test_what_reads_back_differently_is_refused(target, monkeypatch):
    monkeypatch.setattr(Path, "read_bytes", lambda _path: b"rotten")
    with pytest.raises(UserError) as caught:
        write_atomically(target, b"new")
    monkeypatch.undo()
    assert caught.value.code == "file.read_back"
    assert_untouched(target)


def test_a_failing_check_keeps_the_old_file(target):
    def refuse(_written):
        raise ValueError

    with pytest.raises(ValueError), atomic_file(target, check=refuse) as stream:
        stream.write(b"new")
    assert_untouched(target)


def test_an_interrupt_leaves_nothing_behind(target):
    with pytest.raises(KeyboardInterrupt), atomic_file(target, check=fail_with_interrupt) as stream:
        stream.write(b"half")
    assert_untouched(target)
