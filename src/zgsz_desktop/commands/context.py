"""What every verb gets: the workspace, the clock, the passphrase when it signs, and the two ways to speak."""

import argparse
import getpass
import json
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

from zgsz_desktop import paths
from zgsz_desktop.engine.clock import Clock, SystemClock
from zgsz_desktop.engine.errors import UserError
from zgsz_desktop.engine.workspace import Workspace

Argument = tuple[tuple[str, ...], dict[str, Any]]


@dataclass(slots=True)
class Context:
    """One run of one verb.

    Attributes:
        folder: the workspace folder that was named, if any.
        as_json: print data as JSON.
        resources: the shipped read-only files.
    """

    folder: Path | None
    as_json: bool
    resources: Path
    clock: Clock
    _opened: list[Workspace] = field(default_factory=list)

    @classmethod
    def of_process(cls, folder: Path | None, *, as_json: bool) -> "Context":
        """Take the folder from the option, else from `ZGSZ_WORKSPACE`."""
        named = os.environ.get("ZGSZ_WORKSPACE")
        chosen = folder or (Path(named) if named else None)
        return cls(chosen, as_json, paths.resources_folder(), SystemClock())

    def workspace(self, *, read_only: bool = False) -> Workspace:
        """Open the named workspace; it is closed when the verb ends.

        Raises:
            UserError: `cli.no_workspace`, or what opening refuses.
        """
        opened = Workspace.open(self.named_folder(), resources=self.resources, clock=self.clock, read_only=read_only)
        self._opened.append(opened)
        return opened

    def keep(self, workspace: Workspace) -> Workspace:
        """Close this workspace, too, when the verb ends."""
        self._opened.append(workspace)
        return workspace

    def named_folder(self) -> Path:
        """Give the named folder.

        Raises:
            UserError: `cli.no_workspace`.
        """
        if self.folder is None:
            raise UserError("cli.no_workspace")
        return self.folder

    def passphrase(self, *, new: bool = False) -> str:
        """Get the passphrase from `ZGSZ_PASSPHRASE` or by asking (twice where it is new).

        Raises:
            UserError: `cli.no_passphrase`, `cli.passphrases_differ`.
        """
        given = os.environ.get("ZGSZ_PASSPHRASE")
        if given:
            return given
        if not sys.stdin.isatty():
            raise UserError("cli.no_passphrase")
        first = getpass.getpass("口令：")
        if new and getpass.getpass("再输一遍：") != first:
            raise UserError("cli.passphrases_differ")
        return first

    def ask(self, question: str) -> str:
        """Ask one question on the terminal; an empty answer where nobody sits there."""
        if not sys.stdin.isatty():
            return ""
        sys.stderr.write(question)
        sys.stderr.flush()
        return sys.stdin.readline().strip()

    def compared(self, question: str) -> str:
        """Ask for the numbers that a person compares with a fingerprint.

        Raises:
            UserError: `cli.answers_needed`, nobody has compared anything.
        """
        told = self.ask(question)
        if not told:
            raise UserError("cli.answers_needed")
        return told

    def say(self, text: str) -> None:
        """Talk to the person: standard error."""
        sys.stderr.write(text + "\n")
        sys.stderr.flush()

    def data(self, value: Any, lines: Callable[[], list[str]]) -> None:
        """Print data: as JSON where that was asked for, else the lines for people.

        Raises:
            UserError: `cli.output_failed`, the file into which it is led is full.
            BrokenPipeError: nobody reads any more.
        """
        if self.as_json:
            text = json.dumps(value, ensure_ascii=False, indent=2, default=_plain) + "\n"
        else:
            text = "".join(f"{line}\n" for line in lines())
        try:
            sys.stdout.write(text)
            sys.stdout.flush()
        except BrokenPipeError:
            raise
        except OSError as error:
            raise UserError("cli.output_failed", detail=str(error)) from error

    def close(self) -> None:
        """Close what was opened."""
        while self._opened:
            self._opened.pop().close()


@dataclass(frozen=True, slots=True)
class Verb:
    """One row of the table: `name` may be two words (`identity show`)."""

    name: str
    help: str
    run: Callable[[Context, argparse.Namespace], int]
    arguments: tuple[Argument, ...] = ()


def argument(*flags: str, **options: Any) -> Argument:
    """Write one argparse argument as data."""
    return flags, options


def _plain(value: object) -> object:
    if isinstance(value, Decimal):
        return float(value) if value != value.to_integral_value() else int(value)
    if isinstance(value, Path):
        return str(value)
    raise TypeError(type(value).__name__)
