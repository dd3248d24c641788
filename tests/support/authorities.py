"""A region of paper bureaus for tests: a root, two cities, four counties, and people in them.

Everything is fixed but the keys: it is `NOW`, names and divisions are these. Keys are made once for the whole run
and shared between regions of one name. `forge` makes what no bureau would issue.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.types import CertificateIssuerPrivateKeyTypes
from cryptography.x509.oid import NameOID

from zgsz_desktop.engine.clock import CHINA
from zgsz_desktop.engine.identity.issuing import Subject, issue, issue_root
from zgsz_desktop.engine.identity.keys import Signer
from zgsz_desktop.engine.identity.names import holder_of
from zgsz_desktop.engine.identity.suites import PrivateKey, generate_key
from zgsz_desktop.engine.identity.trust import ChainVerifier, TrustAnchors
from zgsz_desktop.engine.model import REGION, Level, Role, level_of, parent_of

NOW = datetime(2024, 7, 1, 9, 30, tzinfo=CHINA)
CITIES = {"450100": "南宁市工信局", "450200": "柳州市工信局"}
COUNTIES = {"450102": "兴宁区工信局", "450103": "青秀区工信局", "450202": "城中区工信局", "450206": "柳江区工信局"}


@cache
def key(name: str) -> PrivateKey:
    """Give the key of a name: the same one all through the run."""
    return generate_key()


@dataclass
class Region:
    """The authorities by division, the authors by name (`liaison-a7.450102`), and their certificates."""

    root: Signer
    authorities: dict[str, Signer] = field(default_factory=dict)
    authors: dict[str, Signer] = field(default_factory=dict)

    def enrol(
        self, role: Role, scope: str, handle: str, *, person: str = "张三", key_name: str = "", at: datetime = NOW
    ) -> Signer:
        """Give a person a certificate by the authority of the scope itself; another `key_name` is a renewal."""
        holder = holder_of(role, scope, handle)
        private = key(key_name or f"{self.root.keyid} {holder.name}")
        issuer = self.authorities[scope]
        organisation = {**CITIES, **COUNTIES, REGION: "自治区工信厅"}[scope]
        certificate = issue(issuer, holder, Subject(person, organisation), private.public_key(), at)
        signer = self.authors[holder.name] = Signer(private, certificate)
        return signer

    def __getitem__(self, name: str) -> Signer:
        return self.authors[name]

    def clerk(self, scope: str) -> Signer:
        """Give the clerk of a division, enrolled on first use."""
        name = holder_of(Role.CLERK, scope, "k1").name
        return self.authors.get(name) or self.enrol(Role.CLERK, scope, "k1", person="李科员")

    def liaison(self, county: str, handle: str = "a1") -> Signer:
        """Give a liaison of a county, enrolled on first use."""
        name = holder_of(Role.LIAISON, county, handle).name
        return self.authors.get(name) or self.enrol(Role.LIAISON, county, handle)

    def expert(self, scope: str, handle: str = "e1") -> Signer:
        """Give an expert of a city or the region, enrolled on first use."""
        name = holder_of(Role.EXPERT, scope, handle).name
        return self.authors.get(name) or self.enrol(Role.EXPERT, scope, handle, person="王教授")

    @property
    def anchors(self) -> TrustAnchors:
        return TrustAnchors([self.root.certificate])

    def certificates(self) -> Iterator[x509.Certificate]:
        """Give every certificate made so far, the root aside."""
        for signer in (*self.authorities.values(), *self.authors.values()):
            if signer is not self.root:
                yield signer.certificate

    def verifier(self) -> ChainVerifier:
        return ChainVerifier(self.anchors, self.certificates())


def make_region(name: str = "真", *, at: datetime = NOW) -> Region:
    """Make a root with two cities and four counties; another name gives other keys: a stranger's region."""
    root_key = key(f"{name} 450000")
    root = Signer(root_key, issue_root(root_key, Subject(f"自治区工信厅{name}", "自治区工信厅"), at))
    region = Region(root, {REGION: root})
    for scope, bureau in (*CITIES.items(), *COUNTIES.items()):
        above = REGION if level_of(scope) is Level.CITY else parent_of(scope)
        private = key(f"{name} {scope}")
        holder = holder_of(Role.AUTHORITY, scope)
        issuer = region.authorities[above]
        certificate = issue(issuer, holder, Subject(bureau, bureau), private.public_key(), at)
        region.authorities[scope] = Signer(private, certificate)
    return region


def forge(
    dns: str | list[x509.GeneralName],
    issuer: Signer,
    *,
    key_name: str = "forged",
    private: CertificateIssuerPrivateKeyTypes | None = None,
    signing_key: CertificateIssuerPrivateKeyTypes | None = None,
    ca: int | bool | None = False,
    permit: list[str] | None = None,
    usage: frozenset[str] | None = None,
    begins: datetime = NOW,
    ends: datetime = NOW + timedelta(days=365),
    algorithm: hashes.HashAlgorithm | None = None,
    extra: tuple[tuple[x509.ExtensionType, bool], ...] = (),
) -> x509.Certificate:
    """Make a certificate with any fault.

    Args:
        dns: the dNSName, or all alternative names.
        issuer: whose name, and whose key unless `signing_key` is given, stands under it.
        ca: False for an author, an int for an authority's path length, None for an authority without one.
        permit: permitted subtrees; None leaves the constraint out.
        usage: key usages that are set; what the role demands if None.
    """
    own = (private or key(key_name)).public_key()
    is_ca = ca is not False
    wanted = (
        usage if usage is not None else frozenset(["key_cert_sign", "crl_sign"] if is_ca else ["digital_signature"])
    )
    fields = "digital_signature content_commitment key_encipherment data_encipherment key_agreement key_cert_sign crl_sign encipher_only decipher_only"
    names = [x509.DNSName(dns)] if isinstance(dns, str) else dns
    builder = (
        x509.CertificateBuilder()
        .subject_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "伪造")]))
        .issuer_name(issuer.certificate.subject)
        .public_key(own)
        .serial_number(x509.random_serial_number())
        .not_valid_before(begins.astimezone(UTC))
        .not_valid_after(ends.astimezone(UTC))
        .add_extension(x509.BasicConstraints(is_ca, ca if is_ca else None), critical=True)
        .add_extension(x509.KeyUsage(**{name: name in wanted for name in fields.split()}), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(own), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer.certificate.public_key()), critical=False
        )
    )
    if names:
        builder = builder.add_extension(x509.SubjectAlternativeName(names), critical=False)
    if permit is not None:
        builder = builder.add_extension(
            x509.NameConstraints([x509.DNSName(one) for one in permit], None), critical=True
        )
    for extension, critical in extra:
        builder = builder.add_extension(extension, critical=critical)
    return builder.sign(signing_key or issuer.key, algorithm or hashes.SHA256())
