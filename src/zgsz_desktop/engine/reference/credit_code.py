"""The unified social credit code (统一社会信用代码, GB 32100-2015): check it, and make one for simulated enterprises.

Eighteen characters: registering department and kind (1-2), registering division (3-8), organisation code with its
own check character (9-17, GB 11714), check character (18). A wrong position 18 is an error. A wrong position 17 and
a division outside the region are warnings only: old codes, and codes of abolished divisions, are real.
"""

from dataclasses import dataclass

from zgsz_desktop.engine.model import REGION_PREFIX, Uscc
from zgsz_desktop.engine.reference.finding import Finding
from zgsz_desktop.engine.reference.text import compact

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
LENGTH = 18
_ORGANISATION_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
_LOOKS_LIKE = {"I": "数字 1", "O": "数字 0", "S": "数字 5", "V": "字母 U", "Z": "数字 2"}
"""The letters that the standard leaves out, and what was probably meant."""


@dataclass(frozen=True, slots=True)
class CreditCodeFinding:
    """What there is to say about one code.

    Attributes:
        code: the code in its normal form (upper case, half width, no spaces), right or wrong.
        errors: why it cannot be a credit code.
        warnings: what is unusual and worth a second look.
    """

    code: Uscc
    errors: tuple[Finding, ...]
    warnings: tuple[Finding, ...]

    @property
    def ok(self) -> bool:
        """Tell whether the code may be used (warnings do not stop it)."""
        return not self.errors


def check_character(first_17: str) -> str:
    """Compute position 18 from positions 1-17 (GB 32100-2015, 5.2)."""
    total = sum(ALPHABET.index(character) * pow(3, position, 31) for position, character in enumerate(first_17))
    return ALPHABET[-total % 31]


def organisation_check_character(first_8: str) -> str:
    """Compute position 17 from positions 9-16 (GB 11714-1997)."""
    pairs = zip(first_8, _ORGANISATION_WEIGHTS, strict=True)
    remainder = -sum(_ORGANISATION_ALPHABET.index(character) * weight for character, weight in pairs) % 11
    return "X" if remainder == 10 else str(remainder)  # noqa: PLR2004 - the ten of GB 11714 is written X


def check_credit_code(text: str) -> CreditCodeFinding:
    """Check a code as somebody wrote it: lower case, full width and spaces are put right without a word."""
    code = compact(text).upper()
    errors = _errors(code)
    return CreditCodeFinding(Uscc(code), errors, () if errors else _warnings(code))


def make_credit_code(division: str, organisation: str) -> Uscc:
    """Complete an enterprise's code (kind 91) from its division and the first eight of its organisation code."""
    first_17 = "91" + division + organisation + organisation_check_character(organisation)
    return Uscc(first_17 + check_character(first_17))


def _errors(code: str) -> tuple[Finding, ...]:
    if len(code) != LENGTH:
        return (Finding("credit_code.length", {"length": len(code)}),)
    strange = tuple(
        _strange_character(position, character)
        for position, character in enumerate(code, start=1)
        if character not in ALPHABET
    )
    if strange:
        return strange
    expected = check_character(code[:-1])
    return () if code[-1] == expected else (Finding("credit_code.check", {"expected": expected}),)


def _strange_character(position: int, character: str) -> Finding:
    if character in _LOOKS_LIKE:
        context: dict[str, str | int] = {"position": position, "letter": character, "meant": _LOOKS_LIKE[character]}
        return Finding("credit_code.letter", context)
    return Finding("credit_code.character", {"position": position, "character": character})


def _warnings(code: str) -> tuple[Finding, ...]:
    found = []
    expected = organisation_check_character(code[8:16])
    if code[16] != expected:
        found.append(Finding("credit_code.organisation", {"expected": expected}))
    if not (code[2:8].isdigit() and code[2:4] == REGION_PREFIX):
        found.append(Finding("credit_code.foreign_division", {"division": code[2:8]}))
    return tuple(found)
