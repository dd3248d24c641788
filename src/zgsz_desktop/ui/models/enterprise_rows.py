"""Enterprises as rows of the list: what each line says, in which groups they stand, what the search marks. Pure."""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from zgsz_desktop.engine.reference.industries import Industries
from zgsz_desktop.engine.store.enterprise_list import EnterpriseItem, EnterpriseState
from zgsz_desktop.ui.marks import Chip, StateChip, Tone
from zgsz_desktop.ui.widgets.rows import GroupRow, ListRow, Row

CHIPS = {
    EnterpriseState.NOT_STARTED: StateChip.NOT_STARTED.value,
    EnterpriseState.DRAFTING: StateChip.ANSWERING.value,
    EnterpriseState.SIGNED: Chip("已签名", Tone.OK, "circle-check"),
    EnterpriseState.SUBMITTED: StateChip.SENT.value,
    EnterpriseState.RETURNED: StateChip.RETURNED.value,
    EnterpriseState.ACCEPTED: StateChip.ACCEPTED.value,
}
ACTIONS = {
    EnterpriseState.NOT_STARTED: "开始",
    EnterpriseState.DRAFTING: "继续",
    EnterpriseState.SIGNED: "查看",
    EnterpriseState.SUBMITTED: "查看",
    EnterpriseState.RETURNED: "补正",
    EnterpriseState.ACCEPTED: "查看",
}
GROUPS = (
    ("要您处理", True, frozenset({EnterpriseState.RETURNED})),
    ("正在填", False, frozenset({EnterpriseState.DRAFTING})),
    ("还没开始", False, frozenset({EnterpriseState.NOT_STARTED})),
    ("已经做完", False, frozenset({EnterpriseState.SIGNED, EnterpriseState.SUBMITTED, EnterpriseState.ACCEPTED})),
)


@dataclass(frozen=True, slots=True)
class Placed:
    """A row and the enterprise behind it; None behind a heading."""

    row: Row
    item: EnterpriseItem | None = None


@dataclass(frozen=True, slots=True)
class Setting:
    """What rows are written for.

    Attributes:
        industries: for the trade's name.
        reasons: by enterprise, why it was returned.
        query: what is searched for; its matches are marked.
        today: a date, `2024-07-01`; what was due before it is late.
        bureau: a clerk looks on; the answering is the liaisons'.
    """

    industries: Industries
    reasons: dict[str, str]
    query: str
    today: str
    bureau: bool = False


def place_rows(items: Sequence[EnterpriseItem], setting: Setting) -> list[Placed]:
    """Arrange enterprises in groups; a search shows them in one run, in the order of the list."""
    if setting.query.strip():
        return [_placed(item, setting) for item in items]
    placed: list[Placed] = []
    for title, urgent, states in GROUPS:
        group = [item for item in items if item.state in states]
        if group:
            placed.append(Placed(GroupRow(title, f"{len(group)} 家", urgent=urgent)))
            placed += [_placed(item, setting) for item in group]
    return placed


def match_spans(name: str, query: str) -> tuple[tuple[int, int], ...]:
    """Find what the search matched in a name: its characters, or their pinyin initials."""
    folded = unicodedata.normalize("NFKC", name).lower()
    if len(folded) != len(name):  # marks would slip; better none
        return ()
    spans = []
    for term in unicodedata.normalize("NFKC", query).lower().split():
        at = folded.find(term)
        if at < 0 and term.isascii() and term.isalpha():
            at = _initials(folded).find(term)
        if at >= 0:
            spans.append((at, len(term)))
    return tuple(spans)


def _initials(name: str) -> str:
    from pypinyin import lazy_pinyin  # noqa: PLC0415 0.2 s, and only a search by initials needs it

    # One letter a character, so that places agree with the name's.
    return "".join((lazy_pinyin(character) or [character])[0][:1] for character in name)


def _placed(item: EnterpriseItem, setting: Setting) -> Placed:
    waits = item.state in {EnterpriseState.NOT_STARTED, EnterpriseState.DRAFTING, EnterpriseState.RETURNED}
    drafting = item.state is EnterpriseState.DRAFTING
    returned = item.state is EnterpriseState.RETURNED
    row = ListRow(
        grade=item.grade or None,
        name=item.name,
        detail="　".join(_facts(item, setting.industries)),
        chip=Chip("冲突", Tone.WARN, "git-compare") if item.conflict else CHIPS[item.state],
        progress=(item.answered or 0, item.applicable) if drafting and item.applicable else None,
        remark=_remark(item),
        due=f"{_day(item.due)}前" if item.due and waits else "",
        action=_action(item, bureau=setting.bureau),
        reason=setting.reasons.get(item.uscc, "") if returned else "",
        marks=match_spans(item.name, setting.query),
        late=bool(item.due and waits and item.due < setting.today),
    )
    return Placed(row, item)


def _action(item: EnterpriseItem, *, bureau: bool) -> str:
    if bureau:
        return "查看" if item.submission else ""
    return ACTIONS[item.state]


def _facts(item: EnterpriseItem, industries: Industries) -> Iterable[str]:
    yield item.uscc
    trade = industries.name(item.industry) if item.industry else None
    place = "，".join(part for part in (trade, item.town) if part)
    if place:
        yield place


def _remark(item: EnterpriseItem) -> str:
    if item.state is EnterpriseState.NOT_STARTED:
        return "首次诊断"
    if item.total_number is None:
        return ""
    return f"{item.total_number.quantize(item.total_number.__class__('0.1'), rounding='ROUND_HALF_UP')} 分"


def _day(date: str) -> str:
    _, month, day = date.split("-")
    return f"{int(month)}月{int(day)}日"
