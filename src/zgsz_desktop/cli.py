"""The command line: the second client of the engine. A table of verbs; each calls one engine function.

Data goes to standard output (`--json` where data is printed), talk to standard error. Exit status: 0 done, 1 refused
(one clear sentence in Chinese), 2 usage, 3 bug. `--workspace DIR` stands before or after the verb, or comes from
`ZGSZ_WORKSPACE`; the passphrase from `ZGSZ_PASSPHRASE` or a prompt, and only verbs that sign ask for it.
"""

import argparse
import contextlib
import os
import sys
import traceback
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from zgsz_desktop import __version__
from zgsz_desktop.commands import VERBS
from zgsz_desktop.commands.context import Context, Verb
from zgsz_desktop.engine.errors import AppError, BugError

GROUPS = {"identity": "开通：根证书、签发机构、申请、批准、收下答复", "roster": "企业名录"}
"""What verbs of two words have in common."""

DONE, REFUSED, USAGE, BUG = 0, 1, 2, 3
OUTPUT_FAILED = "cli.output_failed"


class _Parser(argparse.ArgumentParser):
    """Says in Chinese what argparse says in English."""

    def error(self, message: str) -> NoReturn:
        self.print_usage(sys.stderr)
        self.exit(USAGE, f"命令写得不对（{message}）。请看 {self.prog} --help。\n")


def build_parser() -> argparse.ArgumentParser:
    """Build the parser from the table of verbs."""
    parser = _Parser(prog="zgsz", description="智改数转诊断：命令行。窗口版请运行 zgsz-desktop。")
    parser.add_argument("--version", action="version", version=f"zgsz {__version__}")
    _common_options(parser, default=None)
    groups: dict[str, argparse._SubParsersAction[_Parser]] = {}
    verbs = parser.add_subparsers(dest="verb", metavar="命令", required=True, parser_class=_Parser)
    for verb in VERBS:
        noun, _, action = verb.name.partition(" ")
        if action:
            if noun not in groups:
                group = verbs.add_parser(noun, help=GROUPS[noun], description=GROUPS[noun])
                groups[noun] = group.add_subparsers(metavar="动作", required=True, parser_class=_Parser)
            _add_verb(groups[noun], action, verb)
        else:
            _add_verb(verbs, noun, verb)
    return parser


def _add_verb(parent: "argparse._SubParsersAction[_Parser]", name: str, verb: Verb) -> None:
    sub = parent.add_parser(name, help=verb.help, description=verb.help)
    _common_options(sub, default=argparse.SUPPRESS)
    for flags, options in verb.arguments:
        sub.add_argument(*flags, **options)
    sub.set_defaults(run=verb)


def _common_options(parser: argparse.ArgumentParser, default: object) -> None:
    parser.add_argument(
        "--workspace", type=Path, metavar="DIR", default=default, help="工作区文件夹（或 ZGSZ_WORKSPACE）"
    )
    parser.add_argument(
        "--json",
        action="store_true",
        default=False if default is None else default,
        help="把数据按 JSON 打印到标准输出",
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one verb.

    Args:
        arguments: words after `zgsz`; those of the process if None.

    Returns:
        The exit status: 0 done, 1 refused, 3 bug (2, usage, leaves through SystemExit as argparse does).
    """
    options = build_parser().parse_args(arguments)
    verb: Verb = options.run
    context = Context.of_process(options.workspace, as_json=options.json)
    try:
        return verb.run(context, options)
    except BugError as error:
        sys.stderr.write(f"{error}\n{error.diagnostics()}\n")
        return BUG
    except AppError as error:
        if error.code == OUTPUT_FAILED:
            _drop_output()  # what did not fit would fail once more at the very end, with a status of Python's own
        context.say(f"{error}")
        return REFUSED
    except KeyboardInterrupt:
        context.say("已停下；没有做完的那一步没有留下任何东西。")
        return REFUSED
    except BrokenPipeError:
        _drop_output()
        return DONE
    except Exception:  # noqa: BLE001 the top: a bug gets its sentence, its trace and status 3
        sys.stderr.write(f"{BugError('bug.unexpected')}\n{traceback.format_exc()}")
        return BUG
    finally:
        context.close()


def _drop_output() -> None:
    """Let what nobody reads any more go nowhere; Python would complain of it once more at the very end."""
    with contextlib.suppress(OSError):  # a replaced stream has no descriptor, and nothing to complain of
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


if __name__ == "__main__":
    sys.exit(main())
