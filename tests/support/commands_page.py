"""The page `docs/commands.md`: the help of every verb, as the program prints it at 100 columns."""

import argparse
import os
from pathlib import Path
from unittest import mock

from zgsz_desktop.cli import build_parser
from zgsz_desktop.commands import VERBS

PAGE = Path(__file__).parents[2] / "docs" / "commands.md"
COLUMNS = "100"
HEAD = """# Commands / 命令

`zgsz VERB …` is the command line of the program. This page is what `zgsz VERB --help` prints; a test compares the two.

- Exit status: 0 done, 1 refused (one clear sentence says why, and nothing is half-done), 2 wrong usage, 3 a bug.
- Data goes to standard output (`--json` for programs), talk to standard error.
- The workspace is named by `--workspace DIR`, before or after the verb, or by `ZGSZ_WORKSPACE`. `score` needs none,
  `inspect` checks more with one.
- Verbs that sign take the passphrase from `ZGSZ_PASSPHRASE` or ask for it; the others never ask.

退出码：0 做完，1 拒绝（说明原因，不会做一半），2 用法不对，3 程序错误。数据在标准输出，提示在标准错误。
"""


def commands_page() -> str:
    """Write the page from the program's own words."""
    with mock.patch.dict(os.environ, {"COLUMNS": COLUMNS}):
        parser = build_parser()
        parts = [HEAD, _section("zgsz", parser)]
        parts += [_section(f"zgsz {verb.name}", _parser_of(parser, verb.name.split())) for verb in VERBS]
        return "\n".join(parts)


def _section(title: str, parser: argparse.ArgumentParser) -> str:
    return f"## {title}\n\n```text\n{parser.format_help()}```\n"


def _parser_of(parser: argparse.ArgumentParser, words: list[str]) -> argparse.ArgumentParser:
    for word in words:
        action = next(one for one in parser._actions if isinstance(one, argparse._SubParsersAction))
        parser = action.choices[word]
    return parser


if __name__ == "__main__":
    PAGE.write_text(commands_page(), encoding="utf-8")
