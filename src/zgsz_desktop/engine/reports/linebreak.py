"""Where lines of Chinese text may end (避头尾): pure functions over characters and their widths.

Rules kept: no closing punctuation at the start of a line, no opening one at its end, —— and …… are not torn apart,
numbers and Latin words stay whole while they fit. Measuring belongs to `fonts`, placing to `typeset`.
"""

from collections.abc import Sequence

NO_START = frozenset("，。、；：！？）》」』】〕〉］｝〗”’％‰℃°·…—～〜々〻‖" + "!),.:;?]}%" + "¢′″")
NO_END = frozenset("（《「『【〔〈［｛〖“‘￥＄£№§" + "([{$¥")
_WORD = frozenset("-_./@#&+=~'\\^*<>|" + '"')
_ROUNDING = 1e-6


def may_break(text: str, at: int) -> bool:
    """Tell whether a line may end before `text[at]`."""
    before, after = text[at - 1], text[at]
    if after == " " or after in NO_START or before in NO_END:
        return False
    return not (_in_word(before) and _in_word(after))


def break_lines(text: str, widths: Sequence[float], width: float, indent: float = 0) -> list[tuple[int, int]]:
    """Divide one paragraph into lines.

    Args:
        text: the paragraph, without line feeds.
        widths: the width of each character.
        width: of a line.
        indent: of the first line.

    Returns:
        Start and end of each line in `text`, spaces at the edges of lines left out; at least one line.
    """
    lines: list[tuple[int, int]] = []
    start, room = 0, width - indent
    while start < len(text):
        end = _line_end(text, widths, start, room)
        lines.append((start, _without_spaces(text, start, end)))
        start, room = end, width
        while start < len(text) and text[start] == " ":
            start += 1
    return lines or [(0, 0)]


def _line_end(text: str, widths: Sequence[float], start: int, room: float) -> int:
    """Find where the line that begins at `start` ends."""
    used = 0.0
    for at in range(start, len(text)):
        used += widths[at]
        if used > room + _ROUNDING and text[at] != " ":
            return _last_break(text, start, at)
    return len(text)


def _last_break(text: str, start: int, overflow: int) -> int:
    """Go back from the first character that does not fit to the nearest place where the line may end."""
    for at in range(overflow, start, -1):
        if may_break(text, at):
            return at
    # A word or a row of signs longer than the line: torn apart, but still not before a closing sign if avoidable.
    for at in range(overflow, start, -1):
        if text[at] not in NO_START and text[at - 1] not in NO_END:
            return at
    return max(overflow, start + 1)


def _without_spaces(text: str, start: int, end: int) -> int:
    while end > start and text[end - 1] == " ":
        end -= 1
    return end


def _in_word(char: str) -> bool:
    """Latin letters, digits and the signs inside numbers, codes and addresses."""
    return char in _WORD or (char.isalnum() and char < "\u2e80")
