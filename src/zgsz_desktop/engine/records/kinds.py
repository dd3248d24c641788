"""The table of kinds: the form of an entity's name, who may write it, what its body holds (records-and-merge.md 1).

Two questions, kept apart. *May this holder write it?* decides whether the record gets in (`may_author`). *Is it well
formed?* decides whether it can ever be effective (`check_body`); a record of a known kind with a strange entity or
body is kept and forwarded, because a newer program may understand it.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto

from zgsz_desktop.engine.errors import UntrustedError
from zgsz_desktop.engine.model import Level, Role, covers, level_of
from zgsz_desktop.engine.records.bodies import FIELDS, ID_FORM, NAME_FORM, find_faults
from zgsz_desktop.engine.records.envelope import Holder
from zgsz_desktop.engine.records.record import Record

_USCC = "[0-9A-Z]{18}"
_DIVISION = "(?P<division>45[0-9]{4})"
_HEX = "[0-9a-f]{64}"
_ROUND = "(?:initial|(?:followup|recheck)-[1-9][0-9]{0,3})"


_LEVELS = frozenset(level.value for level in Level)


class Place(Enum):
    """What a record's `division` must be for its kind, beyond lying in the author's scope."""

    ANY = auto()
    COUNTY = auto()
    NAMED = auto()
    """The division that the entity names."""


Rule = Callable[[Record, Holder, str], bool]
"""(record, holder, division that the rule is about: the one that the entity names, else the record's)."""


def _is_regional_clerk(_: Record, holder: Holder, __: str) -> bool:
    return holder.role is Role.CLERK and level_of(holder.scope) is Level.REGION


def _is_clerk_of_region_or_city(_: Record, holder: Holder, __: str) -> bool:
    return holder.role is Role.CLERK and level_of(holder.scope) is not Level.COUNTY


def _is_clerk_above(_: Record, holder: Holder, division: str) -> bool:
    return holder.role is Role.CLERK and covers(holder.scope, division) and holder.scope != division


def _is_clerk_covering(_: Record, holder: Holder, division: str) -> bool:
    return holder.role is Role.CLERK and covers(holder.scope, division)


def _is_clerk_of_it(_: Record, holder: Holder, division: str) -> bool:
    return holder.role is Role.CLERK and holder.scope == division


def _is_liaison_or_clerk_of_it(_: Record, holder: Holder, division: str) -> bool:
    return holder.role in {Role.LIAISON, Role.CLERK} and holder.scope == division


def _may_write_enterprise(record: Record, holder: Holder, division: str) -> bool:
    return _is_liaison_or_clerk_of_it(record, holder, division) or _is_clerk_covering(record, holder, division)


def _may_submit(record: Record, holder: Holder, division: str) -> bool:
    if holder.role is Role.LIAISON:
        return holder.scope == division
    return record.supersedes != () and _is_clerk_covering(record, holder, division)


def _is_clerk_of_that_level(record: Record, holder: Holder, _: str) -> bool:
    level = record.entity.rpartition("/")[2]
    return holder.role is Role.CLERK and (level not in _LEVELS or level == level_of(holder.scope))


def _is_that_expert(record: Record, holder: Holder, _: str) -> bool:
    return holder.role is Role.EXPERT and record.entity.rpartition("/")[2] == holder.name


@dataclass(frozen=True, slots=True)
class Kind:
    """One row of the table.

    Attributes:
        title: what a person calls it.
        entity: form of the entity's name; a group `division` names a division.
        may_author: who may write it.
        authors: the same in words, for the refusal.
    """

    name: str
    title: str
    entity: re.Pattern[str]
    may_author: Rule
    authors: str
    place: Place = Place.ANY


def _kind(name: str, title: str, entity: str, rule: Rule, authors: str, *, place: Place = Place.ANY) -> Kind:
    return Kind(name, title, re.compile(entity, re.ASCII), rule, authors, place)


_ENTERPRISE_ROUND = f"{ID_FORM}/{_USCC}/{_ROUND}"

KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        _kind("indicator_set", "诊断体系", f"{ID_FORM}@{ID_FORM}", _is_regional_clerk, "自治区科员"),
        _kind("campaign", "批次", ID_FORM, _is_regional_clerk, "自治区科员"),
        _kind("target", "任务指标", f"{ID_FORM}/{_DIVISION}", _is_clerk_above, "上级科员", place=Place.NAMED),
        _kind("enterprise", "企业档案", _USCC, _may_write_enterprise, "本县服务员、科员或上级科员", place=Place.COUNTY),
        _kind(
            "assignment", "一企一联系人", f"{ID_FORM}/{_USCC}", _is_clerk_covering, "本县或上级科员", place=Place.COUNTY
        ),
        _kind(
            "submission",
            "诊断结果",
            _ENTERPRISE_ROUND,
            _may_submit,
            "本县服务员，或替换已有结果的本县、上级科员",
            place=Place.COUNTY,
        ),
        _kind(
            "review", "审核", f"{_HEX}/(?:county|city|region)", _is_clerk_of_that_level, "该级科员", place=Place.COUNTY
        ),
        _kind(
            "expert_review",
            "专家评审",
            f"{_HEX}/{NAME_FORM}",
            _is_that_expert,
            "记录上写明的专家本人",
            place=Place.COUNTY,
        ),
        _kind("receipt", "回执", f"{ID_FORM}/{_DIVISION}", _is_clerk_of_it, "收件单位的科员"),
        _kind("recipient", "收件公钥", _DIVISION, _is_clerk_of_it, "该单位的科员", place=Place.NAMED),
        _kind(
            "contact", "工作联系人", f"{_DIVISION}/{ID_FORM}", _is_clerk_covering, "该单位或上级科员", place=Place.NAMED
        ),
        _kind(
            "service_log",
            "服务台账",
            f"{ID_FORM}/{_USCC}/{ID_FORM}",
            _is_liaison_or_clerk_of_it,
            "本县服务员或科员",
            place=Place.COUNTY,
        ),
        _kind("sample", "抽查", f"{ID_FORM}/{_DIVISION}", _is_clerk_above, "上级科员", place=Place.NAMED),
        _kind(
            "improvement_plan",
            "改造方案",
            _ENTERPRISE_ROUND,
            _is_liaison_or_clerk_of_it,
            "本县服务员或科员",
            place=Place.COUNTY,
        ),
        _kind(
            "effectiveness",
            "成效",
            _ENTERPRISE_ROUND,
            _is_liaison_or_clerk_of_it,
            "本县服务员或科员",
            place=Place.COUNTY,
        ),
        _kind("benchmark", "对标基准", ID_FORM, _is_regional_clerk, "自治区科员"),
        _kind("catalog", "目录", ID_FORM, _is_clerk_of_region_or_city, "自治区或市科员"),
    )
}


def is_known(kind: str) -> bool:
    """Tell whether this program knows a kind; records of others are stored and forwarded, and have no effect."""
    return kind in KINDS


def may_author(kind: str, record: Record, holder: Holder) -> None:
    """Check that the table allows this author; of an unknown kind nothing is asked.

    Raises:
        UntrustedError: `record.wrong_author`.
    """
    row = KINDS.get(kind)
    if row is None:
        return
    match = row.entity.fullmatch(record.entity)
    named = match["division"] if match is not None and "division" in row.entity.groupindex else record.division
    if not row.may_author(record, holder, named):
        raise UntrustedError("record.wrong_author", title=row.title, authors=row.authors, holder=holder.name)


def check_body(record: Record) -> list[str]:
    """List in Chinese why a record of a known kind can never be effective; empty if it can."""
    row = KINDS[record.kind]
    match = row.entity.fullmatch(record.entity)
    if match is None:
        return ["entity 不是这类记录的写法"]
    faults = []
    if row.place is Place.COUNTY and level_of(record.division) is not Level.COUNTY:
        faults.append("division 应为县级区划")
    elif row.place is Place.NAMED and match["division"] != record.division:
        faults.append("division 与 entity 里的区划不同")
    if record.body is None:
        return faults
    faults += find_faults(record.body, FIELDS[record.kind])
    if record.kind == "indicator_set" and record.entity != f"{record.body.get('id')}@{record.body.get('version')}":
        faults.append("id、version 与 entity 不同")
    return faults


def gist_of(record: Record) -> str | None:
    """Give what the fold must know of a well-formed body: a review's decision, an assignment's liaison."""
    if record.body is None:
        return None
    match record.kind:
        case "review":
            return str(record.body["decision"])
        case "assignment":
            return str(record.body["liaison"])
        case _:
            return None
