"""Verbs that exchange packages: `export`, `inspect`, `merge`."""

from argparse import Namespace
from collections import Counter
from functools import partial
from pathlib import Path

from zgsz_desktop.commands.context import Context, Verb, argument
from zgsz_desktop.engine.errors import AppError, BugError
from zgsz_desktop.engine.identity.keys import Signer
from zgsz_desktop.engine.merge import merge_package
from zgsz_desktop.engine.merge_report import MergeReport
from zgsz_desktop.engine.model import Role
from zgsz_desktop.engine.ops_exchange import hand_over
from zgsz_desktop.engine.package.inspection import Inspection, inspect_package
from zgsz_desktop.engine.package.manifest import Purpose
from zgsz_desktop.engine.records.kinds import KINDS

MIB = 1024 * 1024


def _export(context: Context, options: Namespace) -> int:
    workspace = context.workspace()
    sealer = workspace.unlock(context.passphrase())
    done = hand_over(
        workspace,
        sealer,
        options.out,
        to_division=options.to,
        purpose=_purpose(options.purpose, sealer, same=options.to == workspace.division),
        new_only=options.new,
        with_submissions="submissions" in options.with_,
    ).package
    parts = (done, *done.following)
    paths = [str(part.path) for part in parts]
    data = [
        {
            "path": str(part.path),
            "package_id": part.package_id,
            "counts": part.counts,
            "size": part.size,
            "sha256": part.sha256,
        }
        for part in parts
    ]
    counted = sum((Counter(part.counts) for part in parts), Counter[str]())
    counts = "，".join(f"{_title(kind)} {count}" for kind, count in sorted(counted.items()))
    context.data(data, lambda: [f"已导出并重新核对：{'、'.join(paths)}，{counts or '没有记录'}。"])
    return 0


def _purpose(chosen: str, sealer: Signer, *, same: bool) -> Purpose | None:
    """A clerk's package for his own division goes down to the liaisons, a liaison's goes up to the bureau."""
    if chosen:
        return Purpose(chosen)
    return Purpose.PUBLISH if same and sealer.holder.role is Role.CLERK else None


def _inspect(context: Context, options: Namespace) -> int:
    anchors = context.workspace(read_only=True).anchors() if context.folder else None
    found = inspect_package(options.package, anchors)
    context.data(found.to_json(), lambda: _inspection_lines(found))
    if not found.trusted:
        context.say("没有指明工作区，只核对了内容和签名，没有核对签名人的来历。")
    return 0


def _merge(context: Context, options: Namespace) -> int:
    workspace = context.workspace()
    reports: list[dict[str, object]] = []
    refused = False
    for path in options.packages:
        try:
            report = merge_package(
                workspace, path, dry_run=options.dry_run, for_another_bureau=options.for_another_bureau
            )
        except BugError:
            raise
        except AppError as error:  # this one is refused whole; the others go on
            refused = True
            context.say(f"{path.name}：{error}")
            reports.append({"file": path.name, "refused_whole": True, "code": error.code, "reason": str(error)})
            continue
        refused = refused or bool(report.total.refused)
        reports.append(report.to_json())
        if not context.as_json:
            context.data(None, partial(_merge_lines, report))  # at once: the next package may take a while
    if context.as_json:
        context.data(reports, list)
    return 1 if refused else 0


def _merge_lines(report: MergeReport) -> list[str]:
    total = report.total
    done = "试合并" if report.dry_run else "已合并"
    lines = [
        f"{report.file}：{done}，来自 {report.producer.person}（{report.producer.sentence}）",
        f"  共 {total.total} 条：新 {total.new}，已有 {total.known}，拒收 {total.refused}",
        f"  其中冲突 {total.conflict}，有疑点 {total.flagged}",
    ]
    lines += [f"  拒收 {_title(item.kind or '')} {item.entity or ''}：{item.reason}" for item in report.refused]
    lines += [f"  冲突 {_title(item.kind)} {item.entity}：{item.reason}" for item in report.conflicts]
    return lines + [f"  注意：{warning}" for warning in report.warnings]


def _inspection_lines(found: Inspection) -> list[str]:
    manifest, producer = found.manifest, found.producer
    counts = "，".join(f"{_title(kind)} {count}" for kind, count in sorted(manifest.counts.items()))
    return [
        f"包 {manifest.package_id}，{manifest.created_at}，{manifest.software}",
        f"从 {manifest.from_division} 到 {manifest.to_division}，{manifest.purpose.value}",
        f"签名：{producer.person}（{producer.organisation}，{producer.role}，{producer.holder.name}）",
        f"内容：{counts or '没有记录'}；{found.size / MIB:.1f} MB",
    ]


def _title(kind: str) -> str:
    return KINDS[kind].title if kind in KINDS else kind


VERBS = (
    Verb(
        "export",
        "导出签名的包：给上级或平级是上报，给下级是下发",
        _export,
        (
            argument("out", type=Path, metavar="包.zgsz"),
            argument("--to", required=True, metavar="区划", help="给谁，六位区划代码"),
            argument(
                "--purpose",
                choices=[one.value for one in Purpose],
                default="",
                help="submit 上报，publish 下发；不写按区划判断",
            ),
            argument("--new", action="store_true", help="只带上级还没有回执的"),
            argument(
                "--with", dest="with_", action="append", default=[], choices=["submissions"], help="下发时也带诊断结果"
            ),
        ),
    ),
    Verb("inspect", "看一个包里有什么，不合并", _inspect, (argument("package", type=Path, metavar="包.zgsz"),)),
    Verb(
        "merge",
        "合并一个或多个包，每个要么全部合并要么不动",
        _merge,
        (
            argument("packages", type=Path, nargs="+", metavar="包.zgsz"),
            argument("--dry-run", action="store_true", help="只看会怎样，不改任何数据"),
            argument("--for-another-bureau", action="store_true", help="不是给本单位的包也收"),
        ),
    ),
)
