"""The verb that prints: `report`."""

from argparse import Namespace
from pathlib import Path

from zgsz_desktop.commands.context import Context, Verb, argument
from zgsz_desktop.engine.expert_form import write_form

FORMS = ("expert-review",)


def _report(context: Context, options: Namespace) -> int:
    done = write_form(context.workspace(read_only=True), options.enterprise, options.out)
    data = {
        "path": str(options.out),
        "pages": done.pages,
        "sha256": done.sha256,
        "missing_glyphs": list(done.missing_glyphs),
    }
    context.data(data, lambda: [f"已打印到 {options.out}，{done.pages} 页，已重新核对。"])
    if done.missing_glyphs:
        context.say(f"这些字字库里没有，印作“〓”，请手写补上：{'、'.join(done.missing_glyphs)}")
    return 0


VERBS = (
    Verb(
        "report",
        "打印一家企业的表格（专家评审意见表）为 PDF",
        _report,
        (
            argument("enterprise", metavar="企业", help="统一社会信用代码、名称或其中一部分"),
            argument("--form", choices=FORMS, default=FORMS[0], help="哪一种表"),
            argument("-o", "--out", type=Path, required=True, metavar="文件.pdf"),
        ),
    ),
)
