"""The packages on the merge page and what has become of each, in words. Pure: draws nothing, merges nothing.

A parcel is a file in the queue. Its outcome is the engine's report, or the engine's error; nothing is guessed: who sent
a package is said only after its signature has been checked.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from zgsz_desktop.engine.errors import AppError, PackageError
from zgsz_desktop.engine.merge_report import KindCounts, MergeReport
from zgsz_desktop.engine.reference.divisions import Divisions
from zgsz_desktop.ui.marks import Chip, Tone
from zgsz_desktop.ui.widgets.package_rows import PackageRow, PackageState

KIB = 1024
MIB = 1024 * 1024
SHORT_TITLES = {
    "package.manifest_signature": "签名与内容对不上",
    "package.hash_differs": "签名与内容对不上",
    "package.manifest_form": "清单不合规定",
    "package.manifest_untrusted": "签名人不被认可",
    "package.manifest_unchecked": "签名没法核对",
    "package.other_bureau": "是给别的单位的",
    "package.unlisted_entry": "夹带了别的内容",
    "package.trailing_data": "夹带了别的内容",
    "package.leading_data": "夹带了别的内容",
    "package.from_elsewhere": "发件单位对不上",
    "package.newer": "本程序版本太旧",
    "package.encrypted": "加密的包打不开",
    "package.cut_short": "文件不完整",
    "package.damaged": "文件已损坏",
    "package.not_zip": "不是诊断数据包",
    "package.mimetype": "不是诊断数据包",
    "package.bomb": "像是恶意文件",
    "package.overlap": "像是恶意文件",
    "package.unsafe_name": "像是恶意文件",
    "package.unreadable": "文件读不出来",
    "identity.no_root": "还没有根证书",
    "store.disk_full": "磁盘已满",
}
"""The heading of a refusal; the sentence under it is the catalogue's."""
DAMAGED = "文件有问题"
NOT_DONE = "没有做成"
NONE = KindCounts()


@dataclass(frozen=True, slots=True)
class Parcel:
    """One file in the queue.

    Attributes:
        size: in bytes, None where it could not be asked.
        state: where it stands. `done`, `total`: lines, while it runs.
        report, error: the outcome; at most one of the two.
    """

    path: Path
    size: int | None
    state: PackageState = PackageState.WAITING
    done: int = 0
    total: int = 0
    report: MergeReport | None = None
    error: AppError | None = None

    @property
    def is_settled(self) -> bool:
        """Whether it has an outcome."""
        return self.state not in {PackageState.WAITING, PackageState.RUNNING}


@dataclass(frozen=True, slots=True)
class Summary:
    """Counts over the queue."""

    total: int
    settled: int
    merged: int
    refused: int
    repeated: int
    new: int
    known: int
    certificates: int

    @property
    def waiting(self) -> int:
        """How many have no outcome yet."""
        return self.total - self.settled

    def words(self) -> str:
        """Say the outcomes so far (`已并入 6 份，拒收 2 份，重复 1 份`)."""
        named = (("已并入", self.merged), ("拒收", self.refused), ("重复", self.repeated))
        return "，".join(f"{name} {count} 份" for name, count in named if count)


def parcel_of(path: Path) -> Parcel:
    """Put a file into the queue."""
    try:
        return Parcel(path, path.stat().st_size)
    except OSError:  # merging will say what is wrong with it
        return Parcel(path, None)


def state_of(report: MergeReport) -> PackageState:
    """Say what became of a package that was taken."""
    if report.already_merged:
        return PackageState.DUPLICATE
    total = report.total
    if total.conflict:
        return PackageState.CONFLICT
    return PackageState.PARTLY if total.refused else PackageState.MERGED


def summarise(parcels: Iterable[Parcel]) -> Summary:
    """Count the queue."""
    every = list(parcels)
    reports = [parcel.report for parcel in every if parcel.report is not None]
    return Summary(
        total=len(every),
        settled=sum(parcel.is_settled for parcel in every),
        merged=sum(not report.already_merged for report in reports),
        refused=sum(parcel.error is not None for parcel in every),
        repeated=sum(report.already_merged for report in reports),
        new=sum(report.total.new for report in reports),
        known=sum(report.total.known for report in reports if not report.already_merged),
        certificates=sum(report.certificates for report in reports),
    )


def row_of(parcel: Parcel, divisions: Divisions) -> PackageRow:
    """Draw up the row of a parcel."""
    if parcel.report is not None:
        return _row_of_report(parcel, parcel.report, divisions)
    if parcel.error is not None:
        return _row_of_error(parcel, parcel.error)
    running = parcel.state is PackageState.RUNNING
    share = parcel.done / parcel.total if parcel.total else 0.0
    return PackageRow(
        state=parcel.state,
        sender=parcel.path.stem,
        route="核对签名以后显示来自谁",
        signed="正在核对" if running else "等待核对",
        file=parcel.path.name,
        progress=share if running else None,
        progress_text=_progress(parcel) if running else "",
        remark="排队中",
        size=size_text(parcel.size),
    )


def heading_of(error: AppError) -> str:
    """Give a refusal in a few words."""
    return SHORT_TITLES.get(error.code, DAMAGED if isinstance(error, PackageError) else NOT_DONE)


def message_to_sender(parcel: Parcel) -> str:
    """Write what one tells the sender: which file, what is wrong with it, what he should do."""
    said = ""
    if parcel.error is not None:
        said = str(parcel.error)
    elif parcel.report is not None and parcel.report.refused:
        said = f"有 {parcel.report.total.refused} 条没有收下。" + "".join(reasons_of(parcel.report))
    return f"您交来的“{parcel.path.name}”：{said}"


def reasons_of(report: MergeReport) -> tuple[str, ...]:
    """Give the different reasons for which records were refused, the most frequent first."""
    counts: dict[str, int] = {}
    for refusal in report.refused:
        counts[refusal.reason] = counts.get(refusal.reason, 0) + 1
    return tuple(sorted(counts, key=lambda reason: -counts[reason]))


def size_text(size: int | None) -> str:
    """Write a file's size."""
    if size is None:
        return "–"
    return f"{size / MIB:.1f} MB" if size >= MIB / 10 else f"{max(1, round(size / KIB))} KB"


def _row_of_report(parcel: Parcel, report: MergeReport, divisions: Divisions) -> PackageRow:
    producer = report.producer
    from_name = divisions.name(report.from_division)
    to_name = divisions.name(report.to_division)
    counts, details = _counts(report)
    repeated = report.already_merged
    return PackageRow(
        state=parcel.state,
        sender=producer.person,
        route=f"{producer.role}，{from_name}，发给{to_name}",
        signed=f"{producer.sentence}，证书已吊销" if producer.revoked else producer.sentence,
        file=parcel.path.name,
        trusted=not producer.revoked,
        counts="以前并入过" if repeated else counts,
        details="" if repeated else details,
        chips=(Chip("已并入过"),) if repeated else _chips(report.total),
        size=size_text(parcel.size),
    )


def _row_of_error(parcel: Parcel, error: AppError) -> PackageRow:
    about_file = isinstance(error, PackageError)
    return PackageRow(
        state=PackageState.REFUSED,
        sender=parcel.path.stem,
        route="没有收下" if about_file else "没有做成",
        signed=heading_of(error),
        file=parcel.path.name,
        trusted=False if about_file else None,
        counts="没有并入",
        chips=(Chip("拒收" if about_file else "没做成", Tone.BAD),),
        size=size_text(parcel.size),
    )


def _counts(report: MergeReport) -> tuple[str, str]:
    submissions = report.counts.get("submission", NONE).total
    enterprises = report.counts.get("enterprise", NONE).total
    total = report.total.total
    if submissions:
        more = f"企业 {enterprises:,}，" if enterprises else ""
        return f"{submissions:,} 份诊断", f"{more}共 {total:,} 条"
    if enterprises:
        return f"{enterprises:,} 家企业", f"共 {total:,} 条"
    return (f"{total:,} 条记录", "没有诊断结果") if total else ("没有记录", "")


def _chips(total: KindCounts) -> tuple[Chip, ...]:
    named = (
        ("新增", total.new, Tone.OK),
        ("冲突", total.conflict, Tone.WARN),
        ("拒收", total.refused, Tone.BAD),
        ("已有", total.known, Tone.NEUTRAL),
    )
    chips = tuple(Chip(f"{name} {count:,}", tone) for name, count, tone in named if count)
    return chips or (Chip("没有新内容"),)


def _progress(parcel: Parcel) -> str:
    if not parcel.total:
        return "正在核对签名"
    if parcel.done >= parcel.total:
        return "正在汇总结果"
    return f"正在核对 {parcel.done:,}/{parcel.total:,} 条"


def to_do(parcels: Sequence[Parcel]) -> list[int]:
    """Give the places of the parcels that need a person: conflicts first, then whole refusals, then partial ones."""
    rank = {PackageState.CONFLICT: 0, PackageState.REFUSED: 1, PackageState.PARTLY: 2}
    found = [place for place, parcel in enumerate(parcels) if parcel.state in rank]
    return sorted(found, key=lambda place: (rank[parcels[place].state], place))
