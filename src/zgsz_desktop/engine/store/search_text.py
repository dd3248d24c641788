"""What an enterprise is found by: name, pinyin, initials and credit code in one lower-case text, for `LIKE`.

Eleven thousand rows are searched by a plain scan in milliseconds; a trigram index would find nothing for two characters
(公司). Lines keep a match from running from one form into the next.
"""

import unicodedata
from collections.abc import Iterable


def search_text(uscc: str, names: Iterable[str], others: Iterable[str] = ()) -> str:
    """Write the text that an enterprise is found by."""
    # Here and not at the top: the dictionaries take 0.2 s to load, and only who writes enterprises needs them.
    from pypinyin import lazy_pinyin  # noqa: PLC0415

    lines = [_folded(uscc)]
    for name in names:
        folded = _folded(name)
        syllables = lazy_pinyin(folded)
        lines += [folded, "".join(syllables), "".join(syllable[0] for syllable in syllables)]
    lines += [_folded(other) for other in others]
    return "\n".join(dict.fromkeys(line for line in lines if line))


def like_terms(query: str) -> list[str]:
    """Turn what somebody typed into `LIKE` patterns (escaped by a backslash), all of which must match."""
    terms = unicodedata.normalize("NFKC", query).lower().split()
    return [f"%{_escaped(term)}%" for term in terms]


def _escaped(term: str) -> str:
    return term.replace("\\", "\\\\").replace("%", r"\%").replace("_", r"\_")


def _folded(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).lower().split())
