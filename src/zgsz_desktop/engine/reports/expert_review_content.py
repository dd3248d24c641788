"""What the expert review form says: pure functions from `ExpertReviewInput` to the form's sentences.

How it is drawn is `expert_review_sheet`'s business. Rules kept: a score on partial coverage never looks whole; nothing
that the expert should doubt (conflict, review, missing answers, missing characters) goes unsaid.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from typing import assert_never

from zgsz_desktop.engine.clock import CHINA
from zgsz_desktop.engine.indicators.definition import Aspect
from zgsz_desktop.engine.reports.expert_review_input import (
    DimensionScore,
    ExpertReviewInput,
    FrameworkScore,
    OnsiteItem,
    ReviewState,
)
from zgsz_desktop.engine.reports.fonts import MISSING_MARK

TITLE = "专家评审意见表"
OVER_TITLE = "广西规上工业企业智改数转诊断"
ONSITE_GRADE = 3  # the plan opens the on-site diagnosis from 3档 on
SHORT_ID = 12

ASPECT_TITLES = {
    Aspect.PLAN: "工厂规划设计",
    Aspect.DESIGN: "产品和工艺设计",
    Aspect.AUTOMATION: "制造过程自动化和数据采集分析",
    Aspect.INTERCONNECT: "设备互联互通",
    Aspect.ERP_MES: "ERP 和 MES 实施和集成",
    Aspect.SECURITY: "信息安全",
    Aspect.EFFECT: "综合成效",
    Aspect.OTHER: "其他",
}
_ORDINALS = "一二三四五六七八九十"


@dataclass(frozen=True, slots=True)
class Fact:
    """A label and its value; `wide` values take a whole row."""

    label: str
    value: str
    wide: bool = False


@dataclass(frozen=True, slots=True)
class ResultLine:
    """One framework's result in words."""

    title: str
    score: str
    level: str
    remark: str


@dataclass(frozen=True, slots=True)
class Bar:
    """One dimension: name, length 0 to 1 (None: does not apply), and the number beside it."""

    title: str
    share: float | None
    number: str


@dataclass(frozen=True, slots=True)
class AspectPart:
    """One of the eight aspects with its items; `empty` is said where there are none."""

    title: str
    items: tuple[OnsiteItem, ...]
    empty: str


@dataclass(frozen=True, slots=True)
class ReviewContent:
    """The form in words, from top to bottom."""

    campaign: str
    warnings: tuple[str, ...]
    facts: tuple[Fact, ...]
    results: tuple[ResultLine, ...]
    bars_title: str
    bars: tuple[Bar, ...]
    basis: str
    aspects: tuple[AspectPart, ...]
    reported_level: str
    notes: tuple[str, ...]
    header_left: str
    header_right: str
    footnotes: tuple[str, ...]


def compose(source: ExpertReviewInput, missing: Sequence[str] = ()) -> ReviewContent:
    """Say all that the form says.

    Args:
        source: the values.
        missing: characters in them that no font has.
    """
    primary = _primary(source)
    return ReviewContent(
        campaign=source.campaign,
        warnings=_warnings(source, missing),
        facts=_facts(source),
        results=tuple(_result(framework) for framework in source.frameworks),
        bars_title=f"{primary.title}各维度得分（百分制）" if primary else "",
        bars=tuple(_bar(dimension) for dimension in primary.dimensions) if primary else (),
        basis=_basis(source),
        aspects=tuple(_aspect(number, aspect, source.onsite) for number, aspect in enumerate(ASPECT_TITLES)),
        reported_level=_level(primary) if primary else "",
        notes=_NOTES,
        header_left=("【模拟数据】" if source.simulated else "") + source.enterprise.name,
        header_right=f"{TITLE}　编号 {source.submission[:SHORT_ID]}",
        footnotes=(
            f"数据摘要 {source.digest}",
            f"提交记录 {source.submission[:SHORT_ID]}　{source.indicator_set}　打印时间 "
            + source.printed_at.astimezone(CHINA).strftime("%Y-%m-%d %H:%M"),
        ),
    )


def texts_of(source: ExpertReviewInput) -> list[str]:
    """List all texts of the input, to look for characters that cannot be printed."""
    enterprise = source.enterprise
    texts = [enterprise.name, enterprise.credit_code, enterprise.division, enterprise.industry, enterprise.size]
    texts += [enterprise.contact, enterprise.phone, enterprise.address, source.campaign, source.indicator_set]
    texts += [text for pair in source.profile for text in pair]
    for framework in source.frameworks:
        texts += [framework.title, framework.level_name, *(dimension.title for dimension in framework.dimensions)]
    for item in source.onsite:
        texts += [item.text, item.how, item.reported, *item.evidence]
    texts += [source.reviewed_by, *source.caveats, source.submission, source.submitted_at, source.submitted_by]
    return [*texts, source.digest]


_NOTES = (
    "本表根据已验签、汇总的诊断数据填写。每页下方的数据摘要与数据一一对应，摘要不同说明数据已有变化，请重新打印。",
    "核实情况与填报不一致的，请写明核实值和依据；本次诊断不涉及的方面，请选“不涉及”。",
    "本表经专家签名、企业和组织评审单位盖章后有效。",
)


def _primary(source: ExpertReviewInput) -> FrameworkScore | None:
    """Find the framework that decides the grade, else the first."""
    flagged = [framework for framework in source.frameworks if framework.primary]
    return next(iter([*flagged, *source.frameworks]), None)


def _warnings(source: ExpertReviewInput, missing: Sequence[str]) -> tuple[str, ...]:
    said = []
    if source.simulated:
        said.append("本表由模拟数据生成，仅供演示和培训，不作评审依据。")
    if source.conflict:
        said.append("存在冲突：该企业有两份互不相容的提交记录，本表按暂定的一份填写，请先由主管部门处理冲突。")
    if source.review is not ReviewState.ACCEPTED:
        said.append(f"本表依据的提交记录{_review(source)}，数据可能还会变化。")
    primary = _primary(source)
    if primary is not None and not primary.complete:
        said.append("线上诊断还有题目未作答，未答题按 0 分计，得分和等级可能偏低。")
    if primary is not None and primary.grade is not None and primary.grade < ONSITE_GRADE:
        said.append(f"线上诊断为{_level(primary)}，未达到开展线下诊断的 {ONSITE_GRADE} 档。")
    said += source.caveats
    if missing:
        codes = "、".join(f"U+{ord(char):04X}" for char in missing)
        said.append(f"有 {len(missing)} 个字在字库中没有，表中以“{MISSING_MARK}”代替（编码 {codes}），请手写补正。")
    return tuple(said)


def _review(source: ExpertReviewInput) -> str:
    """Say how far the review has come."""
    by = f"（{source.reviewed_by}）" if source.reviewed_by else ""
    match source.review:
        case ReviewState.SUBMITTED:
            return "尚未经主管部门审核"
        case ReviewState.RETURNED:
            return f"已被退回修改{by}"
        case ReviewState.ACCEPTED:
            return f"已审核通过{by}"
    assert_never(source.review)


def _facts(source: ExpertReviewInput) -> tuple[Fact, ...]:
    enterprise = source.enterprise
    return (
        Fact("企业名称", enterprise.name, wide=True),
        Fact("统一社会信用代码", enterprise.credit_code),
        Fact("所属地区", enterprise.division),
        Fact("所属行业", enterprise.industry),
        Fact("企业规模", enterprise.size),
        *(Fact(label, value) for label, value in source.profile),
        Fact("联系人", enterprise.contact),
        Fact("联系电话", enterprise.phone),
        *([Fact("地址", enterprise.address, wide=True)] if enterprise.address else []),
        Fact("填报时间", source.submitted_at),
        Fact("服务员", source.submitted_by),
        Fact("审核状态", _review(source), wide=True),
    )


def _result(framework: FrameworkScore) -> ResultLine:
    remarks = []
    if not framework.complete:
        remarks.append("作答不完整")
    if framework.coverage < 1:
        remarks.append(f"题目覆盖 {_percent(framework.coverage)}，仅供参考")
    score = "无法计算" if framework.total is None else f"{_two(framework.total)}（满分 {_plain(framework.scale)}）"
    return ResultLine(framework.title, score, _level(framework), "；".join(remarks))


def _level(framework: FrameworkScore) -> str:
    """Grade and level in words."""
    if framework.total is None:
        return "未评定"
    if framework.grade is None:
        return framework.level_name or "未达到最低等级"
    if framework.grade == 0:
        return "未达到最低档"
    return f"第 {framework.grade} 档" + (f"（{framework.level_name}）" if framework.level_name else "")


def _bar(dimension: DimensionScore) -> Bar:
    if dimension.score is None:
        return Bar(dimension.title, None, "不适用")
    number = _two(dimension.score)
    if dimension.coverage < 1:
        number += f"（覆盖 {_percent(dimension.coverage)}）"
    return Bar(dimension.title, float(dimension.score) / 100, number)


def _basis(source: ExpertReviewInput) -> str:
    origin = "" if source.official else "，依据公开标准编制，非官方题库"
    return f"诊断体系：{source.indicator_set}{origin}。等级按线上填报数据计算，以专家核定为准。"


def _aspect(number: int, aspect: Aspect, onsite: Sequence[OnsiteItem]) -> AspectPart:
    empty = "如有其他需要说明的情况，请在专家意见中写明。"
    if aspect is not Aspect.OTHER:
        empty = "诊断体系没有列出这方面的核查项，请将现场所见写入专家意见。"
    items = tuple(item for item in onsite if item.aspect is aspect)
    return AspectPart(f"（{_ORDINALS[number]}）{ASPECT_TITLES[aspect]}", items, empty)


def _two(value: Decimal) -> str:
    return f"{value.quantize(Decimal('0.01'), ROUND_HALF_UP):f}"


def _plain(value: Decimal) -> str:
    """A number without needless zeros: 100, 5, 4.5."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _percent(share: Decimal) -> str:
    """Round down: 99.9 % covered is not covered."""
    return f"{(share * 100).quantize(Decimal(1), ROUND_DOWN):f}%"
