"""The certificates are plain X.509: `openssl` accepts the good chain, refuses one out of scope, and checks a list."""

import subprocess
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from support.authorities import NOW, forge, key
from zgsz_desktop.engine.errors import UncheckableError
from zgsz_desktop.engine.identity.certificates import keyid_of, parse_pem_bundle, write_pem_bundle
from zgsz_desktop.engine.identity.keys import Signer
from zgsz_desktop.engine.identity.revocation import build_list
from zgsz_desktop.engine.identity.rules import check_certificate
from zgsz_desktop.engine.identity.trust import ChainVerifier

COUNTY = "450102.4501.45.zgsz.internal"


def openssl(*arguments: object) -> subprocess.CompletedProcess[str]:
    command = ["openssl", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def verify(folder: Path, root: x509.Certificate, between: list[x509.Certificate], leaf: x509.Certificate):
    for name, given in (("root", [root]), ("between", between), ("leaf", [leaf])):
        (folder / f"{name}.pem").write_bytes(write_pem_bundle(given))
    return openssl(
        "verify", "-x509_strict", "-attime", int(NOW.timestamp()), "-CAfile", folder / "root.pem",
        "-untrusted", folder / "between.pem", folder / "leaf.pem",
    )  # fmt: skip


def test_a_good_chain(region, tmp_path):
    leaf = region.liaison("450102").certificate
    done = verify(tmp_path, region.root.certificate, list(region.certificates()), leaf)
    assert done.returncode == 0, done.stderr


def test_a_liaison_of_another_county(region, tmp_path):
    leaf = forge("liaison-x.450103.4501.45.zgsz.internal", region.authorities["450102"])
    done = verify(tmp_path, region.root.certificate, list(region.certificates()), leaf)
    assert done.returncode != 0
    assert "permitted subtree violation" in done.stderr


def test_a_record_signature(region, tmp_path):
    """`openssl dgst` checks what a signer signed, with the key from its certificate."""
    author = region.liaison("450102")
    (tmp_path / "data").write_bytes(b"DSSEv1 ...")
    (tmp_path / "signature").write_bytes(author.sign(b"DSSEv1 ..."))
    (tmp_path / "cert.pem").write_bytes(author.certificate.public_bytes(Encoding.PEM))
    public = openssl("x509", "-in", tmp_path / "cert.pem", "-pubkey", "-noout").stdout
    (tmp_path / "key.pem").write_text(public)
    done = openssl(
        "dgst", "-sha256", "-verify", tmp_path / "key.pem", "-signature", tmp_path / "signature", tmp_path / "data"
    )
    assert done.stdout.strip() == "Verified OK"


def test_a_revocation_list(region, tmp_path):
    authority = region.authorities["450102"]
    (tmp_path / "crl.pem").write_bytes(build_list(authority, [], 1, NOW))
    (tmp_path / "ca.pem").write_bytes(authority.certificate.public_bytes(Encoding.PEM))
    done = openssl("crl", "-in", tmp_path / "crl.pem", "-CAfile", tmp_path / "ca.pem", "-noout")
    assert "verify OK" in done.stderr


def test_an_unconstrained_authority_passes_openssl_and_not_us(region, tmp_path):
    """Why our own rules exist: RFC 5280 lets an authority below a constrained one go without a constraint."""
    county = forge(f"ca.{COUNTY}", region.authorities["450100"], key_name="c", ca=0)
    leaf = forge(f"liaison-x.{COUNTY}", _Issuer(county, key("c")))
    done = verify(tmp_path, region.root.certificate, [county, region.authorities["450100"].certificate], leaf)
    assert done.returncode == 0, done.stderr
    with pytest.raises(Exception) as caught:
        ChainVerifier(region.anchors, [county, leaf, *region.certificates()]).verify(keyid_of(leaf), NOW)
    assert caught.value.code == "identity.unconstrained"


class _Issuer(Signer):
    """As much of a signer as `forge` needs, for a certificate that no real signer would take."""

    def __init__(self, certificate, private):
        self.certificate, self._key = certificate, private


def test_an_sm2_certificate_could_not_be_checked(tmp_path):
    """国密: a suite that is not named yet is neither valid nor wrong."""
    made = openssl("ecparam", "-name", "SM2", "-genkey", "-noout", "-out", tmp_path / "sm2.key")
    assert made.returncode == 0, made.stderr
    made = openssl(
        "req", "-new", "-x509", "-key", tmp_path / "sm2.key", "-sm3", "-sigopt", "distid:1234567812345678",
        "-subj", "/CN=x", "-addext", "subjectAltName=DNS:ca.45.zgsz.internal", "-out", tmp_path / "sm2.pem",
    )  # fmt: skip
    assert made.returncode == 0, made.stderr
    (certificate,) = parse_pem_bundle((tmp_path / "sm2.pem").read_bytes())
    with pytest.raises(UncheckableError) as caught:
        check_certificate(certificate)
    assert caught.value.code == "identity.unknown_suite"
