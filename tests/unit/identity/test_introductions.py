"""A new root, on the word of the old one; and never as a link of a chain."""

from datetime import timedelta

import pytest
from cryptography import x509

from support.authorities import NOW, forge, key, make_region
from zgsz_desktop.engine.errors import UntrustedError, UserError
from zgsz_desktop.engine.identity.certificates import keyid_of
from zgsz_desktop.engine.identity.introductions import introduced_roots, introductions_in
from zgsz_desktop.engine.identity.issuing import introduce_root
from zgsz_desktop.engine.identity.keys import Signer
from zgsz_desktop.engine.identity.trust import ChainVerifier, TrustAnchors


def test_the_old_root_introduces_the_new_one(region):
    new = make_region("新")
    word = introduce_root(region.root, new.root.certificate, NOW)
    given = [word, new.root.certificate, *region.certificates()]
    assert introductions_in(given, region.anchors) == (word,)
    assert introduced_roots(given, region.anchors) == (new.root.certificate,)


def test_the_word_passes_along(region):
    """Who missed one change of root still finds the newest."""
    second, third = make_region("二"), make_region("三")
    words = [
        introduce_root(second.root, third.root.certificate, NOW),
        introduce_root(region.root, second.root.certificate, NOW),
    ]
    given = [third.root.certificate, second.root.certificate, *words]
    assert set(introduced_roots(given, region.anchors)) == {second.root.certificate, third.root.certificate}


def test_an_introduction_alone_pins_nothing_yet(region):
    word = introduce_root(region.root, make_region("新").root.certificate, NOW)
    assert introduced_roots([word], region.anchors) == ()


def test_a_root_that_nobody_introduced(region):
    new = make_region("新")
    word = introduce_root(make_region("假").root, new.root.certificate, NOW)
    assert introductions_in([word], region.anchors) == ()
    assert introduced_roots([word, new.root.certificate], region.anchors) == ()


def test_a_city_introduces_no_root(region):
    new = make_region("新")
    city = region.authorities["450100"]
    word = forge("ca.45.zgsz.internal", city, key_name="新 450000", ca=2, permit=["45.zgsz.internal"])
    assert introduced_roots([word, new.root.certificate, *region.certificates()], region.anchors) == ()
    with pytest.raises(UserError) as caught:
        introduce_root(city, new.root.certificate, NOW)
    assert caught.value.code == "identity.may_not_issue"


def test_an_introduction_is_never_part_of_a_chain(region):
    """A path old root → introduction → city exists for any other program; here it proves nothing."""
    new = make_region("新")
    word = introduce_root(region.root, new.root.certificate, NOW)
    author = new.liaison("450102")
    with pytest.raises(UntrustedError) as caught:
        ChainVerifier(region.anchors, [word, *new.certificates()]).verify(author.keyid, NOW)
    assert caught.value.code == "identity.stranger"
    both = TrustAnchors([region.root.certificate, new.root.certificate])
    assert ChainVerifier(both, [word, *new.certificates()]).verify(author.keyid, NOW) == author.holder


def test_an_introduction_signs_nothing(region):
    word = introduce_root(region.root, make_region("新").root.certificate, NOW)
    city = "4501.45.zgsz.internal"
    leaf = forge(f"clerk-x.{city}", Signer(key("新 450000"), word))
    with pytest.raises(UntrustedError) as caught:
        ChainVerifier(region.anchors, [word, leaf]).verify(keyid_of(leaf), NOW)
    assert caught.value.code == "identity.stranger"


def test_a_root_renewed_under_its_own_key_introduces_nothing(region):
    again = forge(
        "ca.45.zgsz.internal",
        region.root,
        private=region.root.key,
        ca=2,
        permit=["45.zgsz.internal"],
        ends=NOW + timedelta(days=9),
    )
    assert isinstance(again, x509.Certificate)
    assert introductions_in([again, region.root.certificate], region.anchors) == ()
