"""The expert review form (专家评审意见表) as PDF: from plain values to a file that was read back."""

from pathlib import Path

from zgsz_desktop.engine.reports.expert_review_content import OVER_TITLE, TITLE, compose, texts_of
from zgsz_desktop.engine.reports.expert_review_input import (
    DimensionScore,
    Enterprise,
    ExpertReviewInput,
    FrameworkScore,
    OnsiteItem,
    ReviewState,
)
from zgsz_desktop.engine.reports.expert_review_sheet import ReviewSheet
from zgsz_desktop.engine.reports.fonts import MISSING_MARK, FontSet, clean
from zgsz_desktop.engine.reports.painter import Sheet, WrittenPdf, write_sheet
from zgsz_desktop.engine.reports.typeset import Typesetter

__all__ = [
    "DimensionScore",
    "Enterprise",
    "ExpertReviewInput",
    "FrameworkScore",
    "OnsiteItem",
    "ReviewState",
    "WrittenPdf",
    "write_expert_review",
]


def write_expert_review(source: ExpertReviewInput, path: Path, fonts_folder: Path) -> WrittenPdf:
    """Write the form of one enterprise; `missing_glyphs` of the result is to be shown to the user.

    Raises:
        UserError: `file.*` of `atomic_file`, `report.fonts_missing`, `report.not_verified`.
    """
    setter = Typesetter(FontSet(fonts_folder))
    missing = setter.missing(texts_of(source))
    content = compose(source, missing)
    name = clean(source.enterprise.name)
    sheet = Sheet(
        title=f"{OVER_TITLE}{TITLE}（{name}）",
        subject=f"{source.enterprise.credit_code} {source.digest}",
        rows=ReviewSheet(setter).rows(content),
        header_left=content.header_left,
        header_right=content.header_right,
        footnotes=content.footnotes,
        made_at=source.printed_at,
        proof="".join(MISSING_MARK if char in missing else char for char in name),
    )
    return write_sheet(sheet, setter, path, missing)
