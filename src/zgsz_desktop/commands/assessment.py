"""Verbs on enterprises and their answers: `roster import`, `answer`, `submit`, `score`."""

import re
from argparse import ArgumentTypeError, Namespace
from pathlib import Path
from typing import Any

from zgsz_desktop.commands.context import Context, Verb, argument
from zgsz_desktop.engine import ops_drafts
from zgsz_desktop.engine.drafts import DraftId, DraftState
from zgsz_desktop.engine.errors import UserError
from zgsz_desktop.engine.indicators.definition import IndicatorSet
from zgsz_desktop.engine.indicators.shipped import latest, shipped_sets
from zgsz_desktop.engine.ops_records import find_enterprise
from zgsz_desktop.engine.ops_roster import import_roster
from zgsz_desktop.engine.ops_submit import submit
from zgsz_desktop.engine.scoring.result import Result
from zgsz_desktop.engine.scoring.score_file import MAX_BYTES, read_score_file, score_file
from zgsz_desktop.engine.store.drafts import list_drafts
from zgsz_desktop.engine.store.enterprises import EnterpriseRow
from zgsz_desktop.engine.workspace import Workspace

SHOWN_FINDINGS = 50
SHOWN_UNKNOWN = 5
ROUND = re.compile("initial|(?:followup|recheck)-[1-9][0-9]{0,3}")


def _roster_import(context: Context, options: Namespace) -> int:
    workspace = context.workspace()
    sealer = workspace.unlock(context.passphrase())
    done = import_roster(workspace, sealer, options.roster, default_division=options.division)
    for finding in (*done.errors, *done.warnings)[:SHOWN_FINDINGS]:
        context.say(f"{finding.message}{finding.remedy}")
    rest = len(done.errors) + len(done.warnings) - SHOWN_FINDINGS
    if rest > 0:
        context.say(f"……还有 {rest} 处，用 --json 看全部。")
    context.data(
        done.to_json(),
        lambda: [
            f"新增 {done.created} 家，更新 {done.updated} 家，没有变化 {done.unchanged} 家，拒收 {done.refused} 家。"
        ],
    )
    if not done.imported:
        context.say("名录里有错误，一家企业也没有导入。请在表格里改正后重新导入。")
        return 1
    return 0


def _answer(context: Context, options: Namespace) -> int:
    workspace = context.workspace()
    enterprise = find_enterprise(workspace, options.enterprise)
    profile, answers = read_score_file(_read(options.answers))
    with workspace.store.transaction():  # answers that are refused leave no empty draft behind
        draft = ops_drafts.open_draft(workspace, enterprise.uscc, round_=options.round).draft
        done = ops_drafts.answer_many(workspace, draft.id, answers, profile).draft
    _say_unknown(context, ops_drafts.find_set(workspace, done.set), answers)
    data = {"enterprise": enterprise.uscc, "draft": done.id, "answered": done.answered, "applicable": done.applicable}
    context.data(data, lambda: [f"{enterprise.name}：已答 {done.answered} 题，共 {done.applicable} 题，已保存。"])
    return 0


def _submit(context: Context, options: Namespace) -> int:
    workspace = context.workspace()
    enterprise = find_enterprise(workspace, options.enterprise)
    sealer = workspace.unlock(context.passphrase())
    draft = _standing_draft(workspace, enterprise, options.round)
    reasons = dict(options.reason)
    try:
        done = submit(
            workspace, sealer, draft, reasons=reasons, looked_at=options.replace, respondent=options.respondent
        )
    except UserError as error:
        _say_findings(context, error)
        raise
    data = {
        "enterprise": enterprise.uscc,
        "record": done.record,
        "entity": done.entity,
        "result": done.result.to_json(),
    }
    context.data(data, lambda: [f"{enterprise.name}：已签名，记录 {done.record[:12]}。", *_result_lines(done.result)])
    return 0


def _score(context: Context, options: Namespace) -> int:
    indicator_set = _find_set(context, options.set)
    result = score_file(_read(options.answers), indicator_set)
    context.data(result.to_json(), lambda: [f"诊断体系 {indicator_set.name}", *_result_lines(result)])
    return 0


def _find_set(context: Context, name: str) -> IndicatorSet:
    sets = shipped_sets(context.resources)
    if not name:
        return latest(sets)
    found = sets.get((name.partition("@")[0], name.partition("@")[2]))
    if found is None:
        raise UserError("indicators.unknown", name=name, known="、".join(one.name for one in sets.values()))
    return found


def _result_lines(result: Result) -> list[str]:
    lines = [] if result.complete else [f"还有 {len(result.missing)} 题未答，下面是按已答的题试算。"]
    for name, framework in result.frameworks.items():
        total = "不能计分" if framework.total is None else f"{framework.total:.2f} 分"
        grade = f"，{framework.grade} 档" if framework.grade else ""
        lines.append(f"{name}：{total}，{framework.level_name or '无等级'}{grade}")
    return lines + [notice.text for notice in result.warnings]


def _say_findings(context: Context, error: UserError) -> None:
    for finding in error.context.get("findings", ()):
        context.say(f"· {finding}")


def _standing_draft(workspace: Workspace, enterprise: EnterpriseRow, round_: str) -> DraftId:
    entity = f"{workspace.campaign()}/{enterprise.uscc}/{round_}"
    standing = list_drafts(workspace.store, entity=entity, state=DraftState.OPEN)
    if not standing:
        raise UserError("cli.no_draft", name=enterprise.name)
    return standing[0].id


def _say_unknown(context: Context, indicator_set: IndicatorSet, answers: dict[str, Any]) -> None:
    """Answers to questions of another version are kept, but never silently."""
    unknown = sorted(set(answers) - {question.id for question in indicator_set.questions})
    if unknown:
        shown = "、".join(unknown[:SHOWN_UNKNOWN])
        context.say(f"有 {len(unknown)} 个题号在诊断体系 {indicator_set.name} 里没有，照原样留着，不计分：{shown}")


def _round(text: str) -> str:
    if ROUND.fullmatch(text) is None:
        raise ArgumentTypeError("轮次写作 initial、followup-1、recheck-1")
    return text


def _reason(text: str) -> tuple[str, str]:
    check, _, reason = text.partition("=")
    if not check.strip() or not reason.strip():
        raise ArgumentTypeError("写作 检查=原因")
    return check.strip(), reason.strip()


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as stream:
            return stream.read(MAX_BYTES + 1)
    except OSError as error:
        raise UserError("cli.unreadable", name=path.name, detail=str(error)) from error


_ENTERPRISE = argument("enterprise", metavar="企业", help="统一社会信用代码、名称或其中一部分")
_ROUND = argument("--round", default="initial", type=_round, metavar="轮次", help="initial、followup-1、recheck-1 …")

VERBS = (
    Verb(
        "roster import",
        "导入名录（.xlsx），每家企业签一条记录",
        _roster_import,
        (
            argument("roster", type=Path, metavar="名录.xlsx"),
            argument("--division", default=None, metavar="区划", help="名录里没有县区一列时，全部归这个县"),
        ),
    ),
    Verb(
        "answer",
        "把一个答案文件填进一家企业的填写，全部填上或一题也不填",
        _answer,
        (_ENTERPRISE, argument("answers", type=Path, metavar="答案.json"), _ROUND),
    ),
    Verb(
        "submit",
        "检查、计分并签名一家企业的填写",
        _submit,
        (
            _ENTERPRISE,
            _ROUND,
            argument("--respondent", default="", metavar="姓名", help="企业里回答的人"),
            argument(
                "--reason",
                action="append",
                type=_reason,
                default=[],
                metavar="检查=原因",
                help="保留一处疑点的原因，可写多次",
            ),
            argument("--replace", action="append", default=[], metavar="记录", help="看过并要替换的新版本，可写多次"),
        ),
    ),
    Verb(
        "score",
        "给一个答案文件计分，不用工作区",
        _score,
        (
            argument("answers", type=Path, metavar="答案.json"),
            argument("--set", default="", metavar="体系@版本", help="不写用最新的"),
        ),
    ),
)
