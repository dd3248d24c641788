"""Key files: PKCS#12 as `openssl` knows it, one sentence for a wrong passphrase, a signer that can sign."""

import subprocess
from datetime import timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, pkcs12

from support.authorities import NOW, key
from zgsz_desktop.engine.errors import UserError
from zgsz_desktop.engine.identity import suites
from zgsz_desktop.engine.identity.keys import (
    CHEAP_FOR_TESTS_ONLY,
    STANDARD,
    Signer,
    decode_key,
    encode_key,
    open_key,
    open_signer,
    save_key,
)

PASSPHRASE = "邕江 2024"


def refused(data: bytes, passphrase: str = PASSPHRASE) -> str:
    with pytest.raises(UserError) as caught:
        decode_key(data, passphrase)
    return caught.value.code


def test_a_key_file_gives_back_key_and_certificate(region, tmp_path):
    author, path = region.liaison("450102"), tmp_path / "me.p12"
    save_key(path, author.key, author.certificate, PASSPHRASE, CHEAP_FOR_TESTS_ONLY)
    signer = open_signer(path, PASSPHRASE)
    assert (signer.keyid, signer.holder) == (author.keyid, author.holder)
    suites.verify_signature(author.certificate.public_key(), signer.sign(b"x"), b"x")
    assert path.stat().st_mode & 0o077 == 0


def test_a_key_that_waits_for_its_certificate(tmp_path):
    path = tmp_path / "me.p12"
    save_key(path, key("waiting"), None, PASSPHRASE, CHEAP_FOR_TESTS_ONLY)
    assert open_key(path, PASSPHRASE).certificate is None
    with pytest.raises(UserError) as caught:
        open_signer(path, PASSPHRASE)
    assert caught.value.code == "identity.no_certificate_yet"


def test_wrong_passphrase(region):
    author = region.liaison("450102")
    data = encode_key(author.key, author.certificate, PASSPHRASE, CHEAP_FOR_TESTS_ONLY)
    assert refused(data, "wrong") == "identity.wrong_passphrase"


def test_no_passphrase(region):
    for call in (lambda: decode_key(b"", ""), lambda: encode_key(key("a"), None, "", CHEAP_FOR_TESTS_ONLY)):
        with pytest.raises(UserError) as caught:
            call()
        assert caught.value.code == "identity.passphrase_empty"


def test_one_passphrase_written_in_two_ways(region):
    """An accented letter as one character or as two: input methods differ."""
    data = encode_key(key("a"), None, "caf\u00e9", CHEAP_FOR_TESTS_ONLY)
    assert decode_key(data, "cafe\u0301").certificate is None


def test_a_passphrase_that_is_no_text():
    """What the environment gives when its bytes are not UTF-8."""
    data = encode_key(key("a"), None, "\udcff", CHEAP_FOR_TESTS_ONLY)
    assert decode_key(data, "\udcff").certificate is None


@pytest.mark.parametrize("data", [b"", b"0", b"not a key file", b"0\x80\x02\x01\x03...", b"0" * 70_000])
def test_what_is_no_key_file_is_not_blamed_on_the_passphrase(data):
    assert refused(data) == "identity.key_file"


def test_a_key_file_cut_short(region):
    assert refused(encode_key(key("a"), None, PASSPHRASE, CHEAP_FOR_TESTS_ONLY)[:-1]) == "identity.key_file"


def test_a_key_of_another_suite():
    other = ec.generate_private_key(ec.SECP384R1())
    secret = PASSPHRASE.encode()
    data = pkcs12.serialize_key_and_certificates(b"", other, None, None, BestAvailableEncryption(secret))
    assert refused(data) == "identity.key_file"


def test_a_key_file_that_is_gone(tmp_path):
    with pytest.raises(UserError) as caught:
        open_key(tmp_path / "gone.p12", PASSPHRASE)
    assert caught.value.code == "identity.key_missing"


def test_the_standard_profile_as_openssl_sees_it(region, tmp_path):
    """PBKDF2 with 600,000 rounds over AES-256-CBC; and no MAC, whose 2,048 rounds would be the weak door."""
    author, path = region.liaison("450102"), tmp_path / "me.p12"
    path.write_bytes(encode_key(author.key, author.certificate, "secret", STANDARD))
    command = ["openssl", "pkcs12", "-in", path, "-info", "-nodes", "-passin", "pass:secret"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    said = done.stdout + done.stderr
    assert said.count("PBES2, PBKDF2, AES-256-CBC, Iteration 600000, PRF hmacWithSHA256") == 2
    assert "MAC is absent" in said
    assert "BEGIN PRIVATE KEY" in said


def test_a_wrong_clock_is_said_before_anything_is_signed(region):
    author = region.liaison("450102")
    author.check_clock(NOW)
    for wrong in (NOW - timedelta(days=3650), NOW + timedelta(days=3650)):
        with pytest.raises(UserError) as caught:
            author.check_clock(wrong)
        assert caught.value.code == "identity.clock_outside"
    assert "2024-06-30" in caught.value.message


def test_key_and_certificate_of_two_people(region):
    with pytest.raises(UserError) as caught:
        Signer(region.liaison("450102", "a1").key, region.liaison("450102", "a2").certificate)
    assert caught.value.code == "identity.key_mismatch"
