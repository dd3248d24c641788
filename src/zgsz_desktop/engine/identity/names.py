"""Names of holders: the hierarchy of divisions written as a DNS name (identity.md).

    ca.450102.4501.45.zgsz.internal            the authority of a county
    liaison-a7.450102.4501.45.zgsz.internal    a liaison there; for short `liaison-a7.450102`

The role is the prefix of the first label, the scope is the division part, and nothing else says anything. Two rules
go beyond the pattern: a six-digit label begins with the four-digit one, and no label may spell the division of
another level (`4500`, `450100` below `4501`), which would turn a county into its own city.
"""

import re
from dataclasses import dataclass

from zgsz_desktop.engine.errors import UntrustedError, UserError
from zgsz_desktop.engine.model import REGION, REGION_PREFIX, DivisionCode, Level, Role, is_division, level_of

SUFFIX = "zgsz.internal"
_HANDLE = re.compile(r"[a-z0-9]{1,24}", re.ASCII)
_DNS = re.compile(
    r"(?:ca|(?P<role>clerk|liaison|expert)-(?P<handle>[a-z0-9]{1,24}))"
    rf"(?:\.(?P<county>{REGION_PREFIX}[0-9]{{4}})\.(?P<above>{REGION_PREFIX}[0-9]{{2}})"
    rf"|\.(?P<city>{REGION_PREFIX}[0-9]{{2}}))?"
    rf"\.{REGION_PREFIX}\.zgsz\.internal",
    re.ASCII,
)


@dataclass(frozen=True, slots=True)
class Holder:
    """Whom a certificate names; two keys with one name are the same holder.

    Attributes:
        name: the first two labels, `liaison-a7.450102`, `clerk-q.45`, `ca.4501`.
        role: of the first label's prefix.
        handle: what follows the prefix; empty for an authority.
        scope: the division that the holder may write for, or issue for.
    """

    name: str
    role: Role
    handle: str
    scope: DivisionCode

    @property
    def dns_name(self) -> str:
        """The whole name, as it stands in the certificate."""
        first = self.name.split(".", 1)[0]
        return f"{first}.{constraint_of(self.scope)}"


def constraint_of(scope: str) -> str:
    """Give the DNS subtree of a division: `450102.4501.45.zgsz.internal`."""
    return ".".join((*_labels(scope), SUFFIX))


def holder_of(role: Role, scope: str, handle: str = "") -> Holder:
    """Build a holder from what a person chose.

    Raises:
        UserError: `identity.name_form`; the handle is not 1-24 lower-case letters and digits, or the scope is no
            division.
    """
    bare = role is Role.AUTHORITY
    if not is_division(scope) or (handle != "" if bare else _HANDLE.fullmatch(handle) is None):
        raise UserError("identity.name_form", handle=handle, scope=scope)
    first = role.value if bare else f"{role.value}-{handle}"
    return Holder(f"{first}.{_labels(scope)[0]}", role, handle, DivisionCode(scope))


def parse_dns_name(text: str) -> Holder:
    """Read the name of a certificate.

    Raises:
        UntrustedError: `identity.bad_name`.
    """
    match = _DNS.fullmatch(text)
    if match is None:
        raise UntrustedError("identity.bad_name", name=text)
    county, city = match["county"], match["city"]
    scope = DivisionCode(county or (f"{city}00" if city else REGION))
    expected = Level.COUNTY if county else Level.CITY if city else Level.REGION
    if level_of(scope) is not expected or (county and not county.startswith(match["above"])):
        raise UntrustedError("identity.bad_name", name=text)
    return holder_of(Role(match["role"] or Role.AUTHORITY.value), scope, match["handle"] or "")


def _labels(scope: str) -> tuple[str, ...]:
    level = level_of(scope)
    if level is Level.REGION:
        return (REGION_PREFIX,)
    if level is Level.CITY:
        return (scope[:4], REGION_PREFIX)
    return (scope, scope[:4], REGION_PREFIX)
