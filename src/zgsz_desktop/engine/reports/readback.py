"""Read a PDF back before it counts as written: pages, embedded fonts, the text that must be found."""

from io import BytesIO
from typing import Any

from pypdf import PdfReader
from pypdf.errors import PyPdfError

from zgsz_desktop.engine.errors import UserError


def verify_pdf(data: bytes, *, name: str, pages: int, proof: str) -> None:
    """Check that a PDF is what it should be.

    Args:
        data: the file's bytes as they were read back from the disk.
        name: of the file, for the message.
        pages: how many there must be.
        proof: text that must be found in it; spaces and line ends do not count.

    Raises:
        UserError: `report.not_verified`.
    """
    try:
        wrong = _findings(PdfReader(BytesIO(data), strict=True), pages, proof)
    except (PyPdfError, KeyError, ValueError, TypeError) as error:
        raise UserError("report.not_verified", name=name, reason=repr(error)) from error
    if wrong:
        raise UserError("report.not_verified", name=name, reason="; ".join(wrong))


def _findings(reader: PdfReader, pages: int, proof: str) -> list[str]:
    """Say what is wrong, in words for the log."""
    wrong = []
    if len(reader.pages) != pages:
        wrong.append(f"{len(reader.pages)} pages instead of {pages}")
    fonts = {name: font for page in reader.pages for name, font in _fonts_of(page).items()}
    wrong += [f"font {font['/BaseFont']} not embedded" for font in fonts.values() if not _embedded(font)]
    text = "".join("".join(page.extract_text().split()) for page in reader.pages)
    if "".join(proof.split()) not in text:
        wrong.append("text not found")
    return wrong


def _fonts_of(page: Any) -> dict[str, Any]:
    fonts = page["/Resources"]["/Font"]
    return {name: fonts[name].get_object() for name in fonts}


def _embedded(font: Any) -> bool:
    return "/FontDescriptor" in font and "/FontFile2" in font["/FontDescriptor"]
