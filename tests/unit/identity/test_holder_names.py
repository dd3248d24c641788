"""Names: the pattern of identity.md, and what the pattern alone would let pass."""

import pytest

from zgsz_desktop.engine.errors import UntrustedError, UserError
from zgsz_desktop.engine.identity.names import constraint_of, holder_of, parse_dns_name
from zgsz_desktop.engine.model import Role

GOOD = [
    ("ca.45.zgsz.internal", "ca.45", Role.AUTHORITY, "", "450000"),
    ("ca.4501.45.zgsz.internal", "ca.4501", Role.AUTHORITY, "", "450100"),
    ("ca.450102.4501.45.zgsz.internal", "ca.450102", Role.AUTHORITY, "", "450102"),
    ("clerk-k1.45.zgsz.internal", "clerk-k1.45", Role.CLERK, "k1", "450000"),
    ("expert-wang.4502.45.zgsz.internal", "expert-wang.4502", Role.EXPERT, "wang", "450200"),
    ("liaison-a7.450102.4501.45.zgsz.internal", "liaison-a7.450102", Role.LIAISON, "a7", "450102"),
]
BAD = [
    "",
    "CA.45.zgsz.internal",
    "ca.45.zgsz.internal.",
    ".ca.45.zgsz.internal",
    "ca.45.zgsz.internal\n",
    "ca.46.zgsz.internal",
    "ca.450102.45.zgsz.internal",
    "ca.450102.4502.45.zgsz.internal",
    "ca.4501.4501.45.zgsz.internal",
    "liaison-.450102.4501.45.zgsz.internal",
    "liaison-A7.450102.4501.45.zgsz.internal",
    "liaison-a_7.450102.4501.45.zgsz.internal",
    "liaison-" + "a" * 25 + ".450102.4501.45.zgsz.internal",
    "liaison-a7.x.450102.4501.45.zgsz.internal",
    "liaison.450102.4501.45.zgsz.internal",
    "ca-x.45.zgsz.internal",
    "root-x.45.zgsz.internal",
    "liaison-a7.450102.4501.45.zgsz.internal.example.com",
    "liaison-a7.４50102.4501.45.zgsz.internal",
]


@pytest.mark.parametrize(("dns", "name", "role", "handle", "scope"), GOOD)
def test_name_says_role_and_scope(dns, name, role, handle, scope):
    holder = parse_dns_name(dns)
    assert (holder.name, holder.role, holder.handle, holder.scope) == (name, role, handle, scope)
    assert holder.dns_name == dns
    assert holder_of(role, scope, handle) == holder


@pytest.mark.parametrize("dns", BAD)
def test_other_names_are_refused(dns):
    with pytest.raises(UntrustedError) as caught:
        parse_dns_name(dns)
    assert caught.value.code == "identity.bad_name"


@pytest.mark.parametrize(
    "dns", ["ca.4500.45.zgsz.internal", "clerk-x.450000.4500.45.zgsz.internal", "clerk-x.450100.4501.45.zgsz.internal"]
)
def test_label_of_another_level_is_refused(dns):
    """The pattern lets these pass; they would make a county its own city, or a city the region."""
    with pytest.raises(UntrustedError) as caught:
        parse_dns_name(dns)
    assert caught.value.code == "identity.bad_name"


def test_constraint_has_no_leading_dot():
    assert constraint_of("450102") == "450102.4501.45.zgsz.internal"
    assert constraint_of("450100") == "4501.45.zgsz.internal"
    assert constraint_of("450000") == "45.zgsz.internal"


@pytest.mark.parametrize(
    ("role", "scope", "handle"),
    [
        (Role.CLERK, "450102", ""),
        (Role.CLERK, "450102", "A"),
        (Role.CLERK, "440102", "a"),
        (Role.CLERK, "4501", "a"),
        (Role.AUTHORITY, "450102", "a"),
    ],
)
def test_wished_name_is_checked(role, scope, handle):
    with pytest.raises(UserError) as caught:
        holder_of(role, scope, handle)
    assert caught.value.code == "identity.name_form"
