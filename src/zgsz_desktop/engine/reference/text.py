"""Bring what people type or paste into one form, before anything is compared or looked up.

Full-width letters and digits, stray spaces and the invisible characters that web pages and chat programs leave behind
are no mistakes of the clerk; they are taken away here, and nowhere else.
"""

import unicodedata

_INVISIBLE = ("Cc", "Cf", "Cs")
"""Controls, formats, surrogates. Private use and unassigned stay: rare characters of names are found there."""


def tidy(text: str) -> str:
    """Keep the characters as written, without the invisible ones, with single spaces and none at the ends."""
    if text.isprintable():  # nearly all text is: nothing invisible in it, no space but the plain one
        return " ".join(text.split())
    visible = "".join(" " if c in "\t\r\n\v\f" else c for c in text)
    return " ".join("".join(c for c in visible if unicodedata.category(c) not in _INVISIBLE).split())


def compact(text: str) -> str:
    """Fold full-width forms to half width (NFKC) and take every space away, so that names and codes compare."""
    if text.isascii() and text.isprintable():
        return "".join(text.split())
    return "".join(unicodedata.normalize("NFKC", tidy(text)).split())
