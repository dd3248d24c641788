"""What the window shows of a certificate: 张三 · 服务员 · 450204 · 本人签名，柳江区工信局授权."""

from dataclasses import dataclass
from datetime import datetime

from cryptography import x509

from zgsz_desktop.engine.identity.certificates import common_name_of, keyid_of, organisation_of
from zgsz_desktop.engine.identity.issuing import SAMPLE_NAME
from zgsz_desktop.engine.identity.names import Holder
from zgsz_desktop.engine.identity.rules import check_certificate
from zgsz_desktop.engine.model import KeyId, Role

ROLE_TITLES = {Role.AUTHORITY: "签发机构", Role.CLERK: "科员", Role.LIAISON: "服务员", Role.EXPERT: "专家"}


@dataclass(frozen=True, slots=True)
class Description:
    """A certificate in words.

    Attributes:
        keyid: of the certificate. `holder`: role, scope and name.
        person: CN. `organisation`: O. `role`: its title.
        issuer: the bureau that granted it.
        begins, ends: its life.
    """

    keyid: KeyId
    holder: Holder
    person: str
    organisation: str
    role: str
    issuer: str
    begins: datetime
    ends: datetime

    @property
    def sentence(self) -> str:
        """What stands below a signature: 本人签名，柳江区工信局授权."""
        return f"本人签名，{self.issuer}授权"

    @property
    def is_sample(self) -> bool:
        """The root of a sample workspace bears the name 体验."""
        return self.holder.role is Role.AUTHORITY and self.person == SAMPLE_NAME


def describe(certificate: x509.Certificate) -> Description:
    """Put a certificate into words; whether it can be believed is asked of `ChainVerifier`.

    Raises:
        PackageError: not acceptable even by itself, as `check_certificate`.
    """
    holder = check_certificate(certificate)
    return Description(
        keyid=keyid_of(certificate),
        holder=holder,
        person=common_name_of(certificate.subject) or holder.name,
        organisation=organisation_of(certificate.subject),
        role=ROLE_TITLES[holder.role],
        issuer=common_name_of(certificate.issuer),
        begins=certificate.not_valid_before_utc,
        ends=certificate.not_valid_after_utc,
    )
