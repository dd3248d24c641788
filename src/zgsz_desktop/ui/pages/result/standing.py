"""Where an assessment stands, in words: chip, who and when, and the notes above the result."""

from dataclasses import dataclass
from datetime import datetime

from zgsz_desktop.engine.clock import CHINA
from zgsz_desktop.engine.merge_words import flag_reason
from zgsz_desktop.ui.marks import Chip, StateChip, Tone
from zgsz_desktop.ui.pages.result.assessment import Assessment
from zgsz_desktop.ui.pages.result.presenter import Presenter
from zgsz_desktop.ui.theme import Theme
from zgsz_desktop.ui.widgets.notes import InlineNote, NoteAction, NoteTone

FILL = "fill"
REOPEN = "reopen"
REPLACE = "replace"
"""What the buttons of the notes ask for."""
SIGNED = Chip("已签名", Tone.OK, "circle-check")


@dataclass(frozen=True, slots=True)
class Heading:
    """What the top bar says of a page."""

    title: str
    sub: str
    chips: tuple[Chip, ...]


def heading_of(found: Assessment | None, presenter: Presenter | None) -> Heading:
    """Say whose result it is, of which campaign, and whether it is complete."""
    if found is None:
        return Heading("诊断结果", "", ())
    chips = [Chip(f"{found.campaign} 年批次")]
    if presenter is not None and presenter.missing:
        chips.append(Chip(f"还有 {presenter.missing} 题未答", Tone.WARN, "circle-alert"))
    elif presenter is not None:
        chips.append(Chip(f"{presenter.answered} 题已答完", Tone.OK, "circle-check"))
    return Heading(found.enterprise, "", tuple(chips))


def state_chip(found: Assessment) -> Chip:
    """Give the chip of its state."""
    if found.item is None:
        return StateChip.ANSWERING.value
    by_review = {"returned": StateChip.RETURNED.value, "accepted": StateChip.ACCEPTED.value}
    return by_review.get(found.item.review or "", SIGNED)


def state_words(found: Assessment) -> str:
    """Say when it was saved last, or who signed it and when."""
    if found.draft is not None:
        return f"最后保存 {found.draft.changed_time[:16].replace('T', ' ')}"
    if found.item is None:
        return ""
    author = found.item.author
    return f"{author.person}（{author.organisation}）{day_of(found.item.at)}签名"


def standing_notes(theme: Theme, presenter: Presenter) -> list[InlineNote]:
    """Say what one has to know before reading the result: unfinished, sent back, in conflict, flagged."""
    found = presenter.assessment
    notes: list[InlineNote] = []
    if presenter.missing:
        actions = [NoteAction(FILL, "回去填写")] if found.draft else []
        what = f"还有 {presenter.missing} 题未答，下面是按已答 {presenter.answered} 题的试算。"
        notes.append(InlineNote(theme, NoteTone.WARN, what, actions=actions))
    if (review := found.returned) is not None:
        what = f"{review.author.organisation}{day_of(review.at)}退回：{review.reason}"
        actions = [NoteAction(REOPEN, "改好再交")]
        notes.append(InlineNote(theme, NoteTone.BAD, what, "原来签过的都还在。", actions=actions))
    if found.item is not None and found.item.conflict:
        what = "这家企业有几份互不替换的结果，这是暂用的一份。"
        notes.append(InlineNote(theme, NoteTone.WARN, what, "由科员选定以后才算数。"))
    if found.item is not None and found.item.flags:
        notes.append(InlineNote(theme, NoteTone.WARN, flag_reason(found.item.flags)))
    return notes


def day_of(instant: int) -> str:
    """Write a day (`7月1日`)."""
    day = datetime.fromtimestamp(instant, CHINA)
    return f"{day.month}月{day.day}日"
