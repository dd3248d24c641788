"""Verbs on the workspace as a whole: `init`, `digest`, `rebuild`."""

from argparse import Namespace
from pathlib import Path

from zgsz_desktop.commands.context import Context, Verb, argument
from zgsz_desktop.engine import derive
from zgsz_desktop.engine.digest import Digest, digest
from zgsz_desktop.engine.enrolling import certificates_in, confirmed_root, pin_first_root, root_in
from zgsz_desktop.engine.identity.introductions import root_fingerprint
from zgsz_desktop.engine.workspace import Workspace

ROOT_QUESTION = "根证书的核对码是 {shown}\n请对照自治区工信厅公布的核对码，照着输入六组数字："


def _init(context: Context, options: Namespace) -> int:
    root = None
    if options.root:  # before anything is made: a root that is not the right one leaves no workspace behind
        told = options.fingerprint or context.compared(
            ROOT_QUESTION.format(shown=root_fingerprint(root_in(certificates_in(options.root))))
        )
        root = confirmed_root(options.root, told)
    workspace = context.keep(
        Workspace.create(
            context.named_folder(),
            division=options.division,
            resources=context.resources,
            clock=context.clock,
            title=options.title,
        )
    )
    pinned = pin_first_root(workspace, root) if root else None
    data = {"folder": str(workspace.folder), "division": workspace.division, "title": workspace.title, "root": pinned}
    context.data(data, lambda: [f"工作区已建好：{workspace.title}（{workspace.division}），在 {workspace.folder}"])
    return 0


def _digest(context: Context, options: Namespace) -> int:  # noqa: ARG001 every verb has one form
    _print_digest(context, digest(context.workspace(read_only=True)))
    return 0


def _rebuild(context: Context, options: Namespace) -> int:  # noqa: ARG001
    workspace = context.workspace()
    before = digest(workspace)
    derive.rebuild(workspace)
    after = digest(workspace)
    context.say(
        "推导出的数据已全部重做，" + ("校验码没有变化。" if before == after else "校验码变了，原先的推导数据不完整。")
    )
    _print_digest(context, after)
    return 0


def _print_digest(context: Context, found: Digest) -> None:
    data = {"records": found.records, "trust": found.trust, "state": found.state}
    context.data(data, found.lines)


VERBS = (
    Verb(
        "init",
        "建一个工作区",
        _init,
        (
            argument("--division", required=True, metavar="区划", help="六位区划代码，如 450102；自治区是 450000"),
            argument("--root", type=Path, metavar="文件", help="自治区的根证书（.pem 或 .zgszcert）"),
            argument("--fingerprint", default="", metavar="核对码", help="公布的根证书核对码，六组数字"),
            argument("--title", default="", metavar="名称", help="窗口上显示的名称"),
        ),
    ),
    Verb("digest", "打印三行校验码：数据相同，校验码就相同", _digest),
    Verb("rebuild", "把推导出的数据全部重做一遍", _rebuild),
)
