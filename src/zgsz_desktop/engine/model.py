"""Id types, enums and the arithmetic of administrative divisions, shared by the whole engine.

Divisions are six digits (GB/T 2260): `450000` the region, `4501**`-style `450100` a city, anything else a county.
A region other than 45 is `REGION_PREFIX`, here and nowhere else.
"""

import re
from enum import StrEnum
from typing import NewType

RecordId = NewType("RecordId", str)
"""Lowercase hex SHA-256 of the DSSE pre-authentication encoding."""
KeyId = NewType("KeyId", str)
"""Lowercase hex SHA-256 of a certificate's TBSCertificate (DER)."""
DivisionCode = NewType("DivisionCode", str)
Uscc = NewType("Uscc", str)
"""统一社会信用代码, 18 characters, GB 32100."""

REGION_PREFIX = "45"
REGION = DivisionCode(REGION_PREFIX + "0000")
_DIVISION = re.compile(rf"{REGION_PREFIX}[0-9]{{4}}", re.ASCII)


class Level(StrEnum):
    """The three levels of the administration that keep a workspace."""

    COUNTY = "county"
    CITY = "city"
    REGION = "region"


class Role(StrEnum):
    """What the first label of a certificate's name says that its holder is."""

    AUTHORITY = "ca"
    CLERK = "clerk"
    LIAISON = "liaison"
    EXPERT = "expert"


def is_division(code: str) -> bool:
    """Tell whether the text has the form of a division of this region."""
    return _DIVISION.fullmatch(code) is not None


def level_of(code: str) -> Level:
    """Tell the level of a division by its digits."""
    if code == REGION:
        return Level.REGION
    return Level.CITY if code.endswith("00") else Level.COUNTY


def parent_of(code: str) -> DivisionCode | None:
    """Give the division above, None for the region."""
    level = level_of(code)
    if level is Level.REGION:
        return None
    return REGION if level is Level.CITY else DivisionCode(code[:4] + "00")


def covers(scope: str, division: str) -> bool:
    """Tell whether `division` is `scope` itself or lies below it."""
    level = level_of(scope)
    if level is Level.REGION:
        return division.startswith(REGION_PREFIX)
    return division[:4] == scope[:4] if level is Level.CITY else division == scope
