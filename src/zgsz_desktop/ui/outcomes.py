"""What a finished action says: a note that stays until it is understood, with what was written and read back."""

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from zgsz_desktop.engine.package.parts import WrittenPackage
from zgsz_desktop.engine.records.kinds import KINDS
from zgsz_desktop.ui.theme import Theme
from zgsz_desktop.ui.widgets.notes import InlineNote, NoteAction, NoteTone

if TYPE_CHECKING:  # what these two load (openpyxl, reportlab) is not needed to open the window
    from zgsz_desktop.engine.ops_roster import RosterImport
    from zgsz_desktop.engine.reports.expert_review import WrittenPdf

KIB = 1024
MOST_FINDINGS = 12
UNDERSTOOD = NoteAction("understood", "知道了")


def export_note(theme: Theme, done: WrittenPackage) -> InlineNote:
    """Say what was exported, and that it was read back as the receiver will."""
    parts = (done, *done.following)
    counted = sum((Counter(part.counts) for part in parts), Counter[str]())
    counts = "，".join(f"{_title(kind)} {number}" for kind, number in sorted(counted.items()))
    names = "、".join(part.path.name for part in parts)
    what = f"已导出：{names}，{_size(sum(part.size for part in parts))}"
    kept = f"已按收件人的办法重新核对过：{counts or '没有记录'}。用 U 盘或微信发过去就行。"
    return _opening(InlineNote(theme, NoteTone.OK, what, kept, actions=_open("打开文件夹")), done.path.parent)


def roster_note(theme: Theme, done: "RosterImport") -> InlineNote:
    """Say what a roster brought, or why nothing of it was imported."""
    findings = [f"{one.place}：{one.message}{one.remedy}" for one in (*done.errors, *done.warnings)]
    shown = findings[:MOST_FINDINGS]
    if len(findings) > MOST_FINDINGS:
        shown.append(f"……共 {len(findings)} 处")
    detail = "\n".join(shown)
    if done.imported:
        what = f"名录已导入：新增 {done.created} 家，更新 {done.updated} 家，没有变化 {done.unchanged} 家"
        kept = f"有 {len(done.warnings)} 处请留意。" if done.warnings else "每家企业都签了名。"
        return InlineNote(theme, NoteTone.OK, what, kept, detail=detail, actions=[UNDERSTOOD])
    what = f"名录里有 {len(done.errors)} 处错误，一家企业也没有导入"
    kept = f"第一处是 {findings[0]}请在表格里改正后重新导入。"
    return InlineNote(theme, NoteTone.BAD, what, kept, detail=detail, actions=[UNDERSTOOD])


def form_note(theme: Theme, path: Path, done: "WrittenPdf") -> InlineNote:
    """Say what was printed, and which characters no font has."""
    missing = "、".join(done.missing_glyphs)
    kept = f"这些字字库里没有，印作“〓”，请手写补上：{missing}" if missing else "已重新核对。"
    what = f"已写好：{path.name}，{done.pages} 页"
    return _opening(InlineNote(theme, NoteTone.OK, what, kept, actions=_open("打开")), path)


def _open(label: str) -> list[NoteAction]:
    return [NoteAction("open", label), UNDERSTOOD]


def _opening(note: InlineNote, path: Path) -> InlineNote:
    url = QUrl.fromLocalFile(str(path))
    note.action_chosen.connect(lambda act: QDesktopServices.openUrl(url) if act == "open" else None)
    return note


def _size(size: int) -> str:
    return f"{size / KIB:.0f} KB" if size < KIB * KIB else f"{size / KIB / KIB:.1f} MB"


def _title(kind: str) -> str:
    return KINDS[kind].title if kind in KINDS else kind
