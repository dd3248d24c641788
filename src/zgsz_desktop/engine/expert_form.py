"""Fills the expert review form from a workspace's merged data: what is current now, scored again, with its caveats."""

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from zgsz_desktop.engine.answer_words import answer_in_words
from zgsz_desktop.engine.clock import CHINA
from zgsz_desktop.engine.digest import digest
from zgsz_desktop.engine.errors import UserError
from zgsz_desktop.engine.indicators.definition import Framework, IndicatorSet
from zgsz_desktop.engine.ops_drafts import find_set
from zgsz_desktop.engine.ops_records import find_enterprise
from zgsz_desktop.engine.reports.expert_review import (
    DimensionScore,
    Enterprise,
    ExpertReviewInput,
    FrameworkScore,
    OnsiteItem,
    ReviewState,
    WrittenPdf,
    write_expert_review,
)
from zgsz_desktop.engine.scoring.result import FrameworkResult, score
from zgsz_desktop.engine.store.enterprises import EnterpriseRow
from zgsz_desktop.engine.store.submissions import (
    Submission,
    current_record,
    list_submissions,
    load_submission,
    record_body,
    reviews_of,
)
from zgsz_desktop.engine.workspace import Workspace

FLAG_SENTENCES = {
    "not_assigned": "填报人不是这家企业现在的联系人。",
    "division_mismatch": "企业档案所在县区与填报县区不一致，统计以企业档案为准。",
    "score_mismatch": "填报时的得分与按同一体系重算的结果不同，本表采用重算结果。",
    "missing_ancestor": "它替换的较早版本还没有收到。",
    "late": "这份结果收到得很晚，或签名证书当时已过期。",
}
PROCESS_TYPES = {"discrete": "离散型", "process": "流程型"}
LEVEL_TITLES = {"county": "县级", "city": "市级", "region": "自治区"}


def write_form(workspace: Workspace, text: str, path: Path) -> WrittenPdf:
    """Print the expert review form of one enterprise.

    Args:
        workspace: with merged data.
        text: the enterprise's credit code, name, or a part of it.
        path: of the PDF.

    Raises:
        UserError: `enterprise.not_found`, `enterprise.ambiguous`, `form.no_submission`, `draft.set_missing`, `file.*`.
    """
    enterprise = find_enterprise(workspace, text)
    return write_expert_review(form_input(workspace, enterprise), path, workspace.resources / "fonts")


def form_input(workspace: Workspace, enterprise: EnterpriseRow) -> ExpertReviewInput:
    """Gather what the form says.

    Raises:
        UserError: `form.no_submission`, `draft.set_missing`.
    """
    submission = _current(workspace, enterprise)
    item = submission.item
    indicator_set = find_set(workspace, submission.set)
    result = score(indicator_set, submission.profile, submission.answers)
    reviews = reviews_of(workspace.store, item.record)
    signed = datetime.fromtimestamp(item.at, CHINA)
    return ExpertReviewInput(
        enterprise=_enterprise(workspace, enterprise),
        campaign=_campaign_title(workspace, item.campaign),
        indicator_set=f"{indicator_set.title}（{indicator_set.name}）",
        official=indicator_set.status == "official",
        frameworks=tuple(
            _framework(one, result.frameworks[one.id], complete=result.complete) for one in indicator_set.frameworks
        ),
        onsite=tuple(_onsite(indicator_set, submission)),
        review=ReviewState(item.review or ReviewState.SUBMITTED),
        submission=item.record,
        submitted_at=f"{signed:%Y-%m-%d %H:%M}",
        submitted_by=f"{item.author.person}（{item.author.organisation}）",
        digest=digest(workspace).state,
        printed_at=workspace.clock.now(),
        profile=tuple(_profile(submission.profile)),
        reviewed_by="、".join(f"{LEVEL_TITLES[one.level]} {one.author.person}" for one in reviews),
        conflict=item.conflict,
        caveats=tuple(_caveats(submission)),
        simulated=workspace.simulated,
    )


def _current(workspace: Workspace, enterprise: EnterpriseRow) -> Submission:
    items = [
        item for item in list_submissions(workspace.store, enterprise.uscc) if not item.round.startswith("recheck")
    ]
    found = load_submission(workspace.store, items[0].entity) if items else None
    if found is None:
        raise UserError("form.no_submission", name=enterprise.name)
    return found


def _enterprise(workspace: Workspace, row: EnterpriseRow) -> Enterprise:
    industry = workspace.industries.name(row.industry) if row.industry else None
    return Enterprise(
        name=row.name,
        credit_code=row.uscc,
        division=workspace.divisions.full_name(row.division),
        industry=f"{row.industry} {industry or ''}".strip() if row.industry else "",
        size=row.size or "",
        contact=row.contact or "",
        phone=row.phone or "",
        address=row.town or "",
    )


def _campaign_title(workspace: Workspace, campaign: str) -> str:
    record = current_record(workspace.store, "campaign", campaign)
    body = None if record is None else record_body(workspace.store, record)
    return (body or {}).get("title") or f"{campaign} 年智改数转诊断"


def _framework(definition: Framework, result: FrameworkResult, *, complete: bool) -> FrameworkScore:
    top = [node for _, tree in definition.trees() for node in tree if node.id in result.nodes]
    return FrameworkScore(
        title=definition.title,
        total=result.total,
        scale=Decimal(definition.scale),
        level_name=result.level_name or "",
        grade=result.grade,
        primary=definition.primary,
        coverage=result.whole.full_coverage or Decimal(0),
        complete=complete,
        dimensions=tuple(
            DimensionScore(node.title, result.nodes[node.id].score, result.nodes[node.id].full_coverage or Decimal(0))
            for node in top
        ),
    )


def _onsite(indicator_set: IndicatorSet, submission: Submission) -> Iterator[OnsiteItem]:
    for item in indicator_set.onsite:
        question = indicator_set.question(item.question) if item.question else None
        reported = answer_in_words(question, submission.answers.get(question.id)) if question else ""
        yield OnsiteItem(item.aspect, item.text, item.how, item.evidence, reported)


def _profile(profile: dict[str, Any]) -> Iterator[tuple[str, str]]:
    if profile.get("employees") is not None:
        yield "从业人员", f"{profile['employees']:,} 人"
    if profile.get("revenue") is not None:
        yield "营业收入", f"{profile['revenue']:,} 万元"
    if profile.get("process_type") in PROCESS_TYPES:
        yield "生产类型", PROCESS_TYPES[profile["process_type"]]
    if profile.get("systems"):
        yield "在用系统", "、".join(profile["systems"])
    if profile.get("certificates"):
        yield "已有认定", "、".join(profile["certificates"])


def _caveats(submission: Submission) -> Iterator[str]:
    for flag in submission.item.flags:
        if flag in FLAG_SENTENCES:
            yield FLAG_SENTENCES[flag]
    reasons = submission.body.get("reasons") or {}
    for text in reasons.values():
        yield f"填报人保留的疑点：{text}"
