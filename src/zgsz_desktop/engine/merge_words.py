"""What a merge says in Chinese about entities in conflict and flagged ones, and about the package itself."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from zgsz_desktop.engine.clock import CHINA
from zgsz_desktop.engine.derive import LATE
from zgsz_desktop.engine.errors import PackageError
from zgsz_desktop.engine.merge_report import Producer
from zgsz_desktop.engine.model import KeyId
from zgsz_desktop.engine.records.flags import Flag
from zgsz_desktop.engine.records.kinds import KINDS
from zgsz_desktop.engine.store.submissions import Head

FLAG_WORDS: Mapping[str, str] = {
    Flag.NOT_ASSIGNED: "填写人不是这家企业指定的服务员",
    Flag.DIVISION_MISMATCH: "企业档案登记在另一个县区，统计归企业所在地",
    Flag.SCORE_MISMATCH: "包里的得分与重新计算的不一致，以重新计算的为准",
    Flag.INDICATOR_SET_MISSING: "所用的诊断体系还没有收到，收到后自动算分",
    Flag.MISSING_ANCESTOR: "它要替换的上一版还没有收到",
    LATE: "签名 180 天以后才收到，或收到时签名人的证书已到期",
}
_MANY_UNKNOWN = 100
"""More records of an unknown kind by one author than this are worth a warning."""


def conflict_reason(kind: str, heads: Iterable[Head]) -> str:
    """Say why an entity is in conflict, and what is done until somebody decides."""
    versions = [f"{head.author.person}（{_day(head.at)}）" for head in heads]
    return f"{KINDS[kind].title}有 {len(versions)} 份互不替换：{'、'.join(versions)}；暂用其中一份，请科员选定。"


def flag_reason(flags: Iterable[str]) -> str:
    """Say what a bureau should look at."""
    return "；".join(FLAG_WORDS[flag] for flag in flags) + "。"


def warnings_of(
    producer: Producer, ignored: Iterable[PackageError], unknown: Mapping[tuple[KeyId, str], int]
) -> tuple[str, ...]:
    """Say what is odd about a package and was no reason to refuse it.

    Args:
        producer: who signed it.
        ignored: why revocation lists were ignored.
        unknown: number of records by author and unknown kind.
    """
    found = []
    if producer.revoked:
        found.append(f"导出这个包的{producer.role}{producer.person}的证书已被吊销；包里各条记录仍按各自填写人判断。")
    found += [f"有一份吊销列表没有采用：{error.message}" for error in ignored]
    found += [
        f"同一填写人有 {number} 条本程序不认识的记录（{kind}），已原样保存，请核实来源。"
        for (_, kind), number in sorted(unknown.items())
        if number > _MANY_UNKNOWN
    ]
    return tuple(found)


def _day(instant: int) -> str:
    return f"{datetime.fromtimestamp(instant, CHINA):%Y-%m-%d}"
