"""Revocation: which lists count, what they revoke, and what a verdict over a chain is."""

from datetime import timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding

from support.authorities import NOW, Region, key, make_region
from zgsz_desktop.engine.errors import MalformedError, TamperedError, UncheckableError, UserError
from zgsz_desktop.engine.identity.certificates import parse_pem_bundle
from zgsz_desktop.engine.identity.chains import link_of
from zgsz_desktop.engine.identity.keys import Signer
from zgsz_desktop.engine.identity.revocation import (
    Reason,
    RevocationEntry,
    Revocations,
    build_list,
    entry_for,
    read_lists,
    write_lists,
)

YESTERDAY = NOW - timedelta(days=1)


def entry(region: Region, scope: str, ended: Signer, reason=Reason.KEY_COMPROMISE, date=YESTERDAY) -> RevocationEntry:
    return entry_for(link_of(ended.certificate, region.authorities[scope].certificate), reason, date)


def crl(
    signer: Signer, serials: list[int] = (), *, private=None, entry_extension=None, extension=None, names_key=True, **kw
) -> bytes:
    """Make a list with any fault."""
    builder = (
        x509.CertificateRevocationListBuilder()
        .issuer_name(signer.certificate.subject)
        .last_update(NOW)
        .next_update(NOW + timedelta(days=9))
    )
    if names_key:
        named = x509.AuthorityKeyIdentifier.from_issuer_public_key(signer.certificate.public_key())
        builder = builder.add_extension(named, critical=False)
    if extension is not None:
        builder = builder.add_extension(extension, critical=True)
    for serial in serials:
        one = x509.RevokedCertificateBuilder().serial_number(serial).revocation_date(NOW)
        if entry_extension is not None:
            one = one.add_extension(entry_extension, critical=kw.get("critical", False))
        builder = builder.add_revoked_certificate(one.build())
    return builder.sign(private or signer.key, kw.get("algorithm", hashes.SHA256())).public_bytes(Encoding.PEM)


@pytest.mark.parametrize("reason", list(Reason))
def test_a_list_says_what_its_authority_wrote(region, reason):
    author = region.liaison("450102")
    made = entry(region, "450102", author, reason)
    pem = build_list(region.authorities["450102"], [made], 7, NOW)
    read = read_lists(pem, region.verifier().authorities())
    assert (read.entries, read.ignored) == ((made,), ())
    (known,) = read.lists
    assert (known.issuer, known.number, known.at, known.pem) == ("兴宁区工信局", 7, NOW, pem)


def test_a_revoked_author(region):
    author, other = region.liaison("450102", "a1"), region.liaison("450102", "a2")
    known = Revocations([entry(region, "450102", author)])
    verifier = region.verifier()
    verdict = known.status(verifier.links_of(author.keyid))
    assert (verdict.good_order, verdict.date) == (False, int(YESTERDAY.timestamp()))
    assert known.status(verifier.links_of(other.keyid)) is None


@pytest.mark.parametrize("reason", [Reason.AFFILIATION_CHANGED, Reason.SUPERSEDED, Reason.CESSATION_OF_OPERATION])
def test_an_author_who_ended_in_good_order(region, reason):
    author = region.liaison("450102")
    known = Revocations([entry(region, "450102", author, reason)])
    assert known.status(region.verifier().links_of(author.keyid)).good_order


def test_a_revoked_authority_stops_everybody_below(region):
    """A city stops a county by revoking its authority."""
    author, neighbour = region.liaison("450102"), region.liaison("450103")
    known = Revocations([entry(region, "450100", region.authorities["450102"])])
    verifier = region.verifier()
    assert not known.status(verifier.links_of(author.keyid)).good_order
    assert known.status(verifier.links_of(neighbour.keyid)) is None


def test_good_order_means_every_entry_on_the_chain(region):
    author = region.liaison("450102")
    mild = entry(region, "450102", author, Reason.SUPERSEDED, NOW)
    grave = entry(region, "450100", region.authorities["450102"], Reason.UNSPECIFIED, YESTERDAY)
    verdict = Revocations([mild, grave]).status(region.verifier().links_of(author.keyid))
    assert (verdict.good_order, verdict.date) == (False, int(YESTERDAY.timestamp()))


def test_only_the_issuer_revokes(region):
    """A list of the neighbour's with the serial number of a certificate here names nobody."""
    author = region.liaison("450102")
    pem = crl(region.authorities["450103"], [author.certificate.serial_number])
    read = read_lists(pem, region.verifier().authorities())
    assert len(read.entries) == 1
    assert Revocations(read.entries).status(region.verifier().links_of(author.keyid)) is None


def test_a_list_holds_only_its_authoritys_entries(region):
    mine = entry(region, "450102", region.liaison("450102"))
    other = entry(region, "450103", region.liaison("450103"))
    pem = build_list(region.authorities["450102"], [mine, other], 1, NOW)
    assert read_lists(pem, region.verifier().authorities()).entries == (mine,)


def test_a_forged_list_is_reported_and_ignored(region):
    """It bears the county's name and key identifier; somebody else signed it."""
    good = build_list(region.authorities["450103"], [], 1, NOW)
    forged = crl(region.authorities["450102"], [1], private=key("somebody"))
    read = read_lists(forged + good, region.verifier().authorities())
    (ignored,) = read.ignored
    assert (type(ignored), ignored.code) == (TamperedError, "identity.list_signature")
    assert [one.issuer for one in read.lists] == ["青秀区工信局"]


def test_a_strangers_list_could_not_be_checked(region):
    pem = crl(make_region("假").authorities["450102"], [1])
    (ignored,) = read_lists(pem, region.verifier().authorities()).ignored
    assert (type(ignored), ignored.code) == (UncheckableError, "identity.list_stranger")


def test_a_list_that_names_no_key_is_found_by_name_and_proven_by_key(region):
    read = read_lists(crl(region.authorities["450102"], [1], names_key=False), region.verifier().authorities())
    assert len(read.entries) == 1


def test_issuer_names_decide_nothing(region):
    """A county signs a list in the name of another: it counts for the key that signed it."""
    named = Signer(region.authorities["450103"].key, region.authorities["450103"].certificate)
    builder = (
        x509.CertificateRevocationListBuilder()
        .issuer_name(region.authorities["450102"].certificate.subject)
        .last_update(NOW)
        .next_update(NOW + timedelta(days=9))
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(named.certificate.public_key()), critical=False
        )
    )
    pem = builder.sign(named.key, hashes.SHA256()).public_bytes(Encoding.PEM)
    (known,) = read_lists(pem, region.verifier().authorities()).lists
    assert known.issuer == "青秀区工信局"


def test_a_list_in_another_suite_could_not_be_checked(region):
    pem = crl(region.authorities["450102"], [1], algorithm=hashes.SHA384())
    (ignored,) = read_lists(pem, region.verifier().authorities()).ignored
    assert ignored.code == "identity.unknown_suite"


def test_a_list_with_a_critical_extension_could_not_be_checked(region):
    """A partial list, or one that speaks for other issuers, is not what it seems."""
    partial = x509.IssuingDistributionPoint(None, None, False, True, None, False, False)
    other = x509.CertificateIssuer([x509.DNSName("a.example")])
    authorities = region.verifier().authorities()
    for pem in (
        crl(region.authorities["450102"], [1], extension=partial),
        crl(region.authorities["450102"], [1], extension=x509.DeltaCRLIndicator(1)),
        crl(region.authorities["450102"], [1], entry_extension=other, critical=True),
    ):
        (ignored,) = read_lists(pem, authorities).ignored
        assert ignored.code == "identity.unknown_extension"


@pytest.mark.parametrize("flag", ["certificate_hold", "remove_from_crl", "aa_compromise", "ca_compromise"])
def test_a_reason_that_is_not_good_order_is_grave(region, flag):
    """Nothing is un-revoked, and `certificateHold` is no ending in good order."""
    pem = crl(region.authorities["450102"], [1], entry_extension=x509.CRLReason(x509.ReasonFlags[flag]))
    (found,) = read_lists(pem, region.verifier().authorities()).entries
    assert not found.reason.good_order


def test_an_author_signs_no_list(region):
    with pytest.raises(UserError) as caught:
        build_list(region.clerk("450102"), [], 1, NOW)
    assert caught.value.code == "identity.may_not_issue"


def test_an_old_list_sent_again_un_revokes_nothing(region):
    """Rollback and freeze: the union keeps what a newer list said."""
    author, authority = region.liaison("450102"), region.authorities["450102"]
    authorities = region.verifier().authorities()
    old = read_lists(build_list(authority, [], 1, YESTERDAY), authorities)
    new = read_lists(build_list(authority, [entry(region, "450102", author)], 2, NOW), authorities)
    known = Revocations([*new.entries, *old.entries])
    assert known.status(region.verifier().links_of(author.keyid)) is not None


def test_no_lists_at_all(region):
    assert read_lists(b"", region.verifier().authorities()).lists == ()


def test_collections_are_limited_and_clean(region):
    pem = build_list(region.authorities["450102"], [], 1, NOW)
    for data, code in ((pem[:-30], "identity.bundle_form"), (b"hello" + pem, "identity.bundle_form")):
        with pytest.raises(MalformedError) as caught:
            read_lists(data, [])
        assert caught.value.code == code
    with pytest.raises(MalformedError) as caught:
        parse_pem_bundle(pem, limit=100)
    assert caught.value.code == "identity.bundle_too_large"


def test_a_list_that_cannot_be_read_does_not_stop_the_others(region):
    good = build_list(region.authorities["450102"], [], 1, NOW)
    broken = b"-----BEGIN X509 CRL-----\nMAA=\n-----END X509 CRL-----\n"
    read = read_lists(broken + good, region.verifier().authorities())
    assert [one.code for one in read.ignored] == ["identity.list_form"]
    assert len(read.lists) == 1


def test_the_newest_list_of_each_issuer_is_passed_on(region):
    authorities = region.verifier().authorities()
    one, other = region.authorities["450102"], region.authorities["450103"]
    old, new = build_list(one, [], 1, YESTERDAY), build_list(one, [], 2, NOW)
    lists = read_lists(new + build_list(other, [], 9, NOW) + old, authorities).lists
    written = read_lists(write_lists(lists), authorities).lists
    assert {known.issuer: known.number for known in written} == {"兴宁区工信局": 2, "青秀区工信局": 9}
