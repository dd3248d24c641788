"""The error tree. Every sentence a user can see comes from `catalogue.py`, by code.

Three trees by whom to blame: `UserError` (input, rights, disk), `PackageError` (a received file or record),
`BugError` (ours; never caught below the top). "The signature is wrong" (`TamperedError`) and "it could not be
checked" (`UncheckableError`) are different classes.
"""

from typing import Any

from zgsz_desktop.engine.catalogue import CATALOGUE


class AppError(Exception):
    """Root of all errors a user may be shown.

    Attributes:
        code: key of the catalogue, for example `roster.no_header`.
        context: values for the placeholders of the catalogue's texts, and technical detail for the log.
    """

    def __init__(self, code: str, **context: Any) -> None:
        super().__init__(code)
        self.code = code
        self.context = context

    @property
    def message(self) -> str:
        """What happened and what was kept: one Chinese sentence."""
        return CATALOGUE[self.code].message.format_map(self.context)

    @property
    def remedy(self) -> str:
        """What to do now: one Chinese sentence."""
        return CATALOGUE[self.code].remedy.format_map(self.context)

    def diagnostics(self) -> str:
        """Give the technical detail for the log and behind 详情."""
        detail = ", ".join(f"{key}={value!r}" for key, value in sorted(self.context.items()))
        return f"{self.code}({detail})"

    def __str__(self) -> str:
        return f"{self.message}{self.remedy}"


class UserError(AppError):
    """Input, rights, disk: the user or the machine can mend it."""


class PackageError(AppError):
    """A received file or record is not what it should be."""


class MalformedError(PackageError):
    """Not in the form that the format demands."""


class UnsignedError(PackageError):
    """No signature where one is due."""


class UntrustedError(PackageError):
    """The signer is a stranger, or may not say this."""


class TamperedError(PackageError):
    """Bytes and signature or hash do not agree."""


class UncheckableError(PackageError):
    """Could not be checked (unknown suite, missing certificate): never the same as wrong."""


class RollbackError(PackageError):
    """Older than what is already known."""


class TooNewError(PackageError):
    """Made by a newer program."""


class BugError(AppError):
    """Ours. Exit status 3; never caught below the top."""
