"""What the expert review form is filled from: plain values, gathered elsewhere from the merged data.

Texts are as they shall be printed; an empty text leaves the place free for the pen.
"""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from zgsz_desktop.engine.indicators.definition import Aspect


class ReviewState(StrEnum):
    """How far the authorities' review of the submission has come."""

    SUBMITTED = "submitted"
    RETURNED = "returned"
    ACCEPTED = "accepted"


@dataclass(frozen=True, slots=True)
class Enterprise:
    """The enterprise under review; `division` and `industry` in words (南宁市青秀区, 3670 汽车零部件及配件制造)."""

    name: str
    credit_code: str
    division: str
    industry: str = ""
    size: str = ""
    contact: str = ""
    phone: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class DimensionScore:
    """A dimension of a framework.

    Attributes:
        score: 0 to 100; None where nothing of it applies.
        coverage: share of the dimension that the answers fully stand for, 0 to 1.
    """

    title: str
    score: Decimal | None
    coverage: Decimal = Decimal(1)


@dataclass(frozen=True, slots=True)
class FrameworkScore:
    """The reported result in one framework.

    Attributes:
        total: out of `scale`; None where it cannot be computed.
        level_name: in words; empty for none.
        grade: 1 to 10 in the primary framework, 0 for none; None elsewhere.
        coverage: as in `DimensionScore`, of the whole.
        complete: all questions that count are answered.
    """

    title: str
    total: Decimal | None
    scale: Decimal
    level_name: str = ""
    grade: int | None = None
    primary: bool = False
    coverage: Decimal = Decimal(1)
    complete: bool = True
    dimensions: tuple[DimensionScore, ...] = ()


@dataclass(frozen=True, slots=True)
class OnsiteItem:
    """Something to verify on-site.

    Attributes:
        text: what is verified.
        how: the way to do it.
        evidence: what to ask for.
        reported: the enterprise's answer in words, one chosen option a line; empty for none.
    """

    aspect: Aspect
    text: str
    how: str = ""
    evidence: tuple[str, ...] = ()
    reported: str = ""


@dataclass(frozen=True, slots=True)
class ExpertReviewInput:
    """All that the form says.

    Attributes:
        enterprise: who is reviewed.
        campaign: the round of diagnosis (2024年智改数转诊断).
        indicator_set: name and version of the 诊断体系.
        official: the indicator set is the department's own; otherwise the form says that it is derived.
        frameworks: results, the primary one among them.
        onsite: the items of the indicator set in its order.
        profile: further facts, label and value, in the order of printing (从业人员, 120 人).
        review: state of the submission; `reviewed_by` says who reviewed it last.
        conflict: the merged data hold competing submissions.
        caveats: further sentences that the expert must read.
        submission: id of the submission record.
        submitted_at, submitted_by: when and by whom it was signed.
        digest: the state digest of the data that the form was filled from.
        printed_at: goes into the file, so that equal input gives equal bytes.
        simulated: made by `simulate`; marked on every page.
    """

    enterprise: Enterprise
    campaign: str
    indicator_set: str
    official: bool
    frameworks: tuple[FrameworkScore, ...]
    onsite: tuple[OnsiteItem, ...]
    review: ReviewState
    submission: str
    submitted_at: str
    submitted_by: str
    digest: str
    printed_at: datetime
    profile: tuple[tuple[str, str], ...] = ()
    reviewed_by: str = ""
    conflict: bool = False
    caveats: tuple[str, ...] = ()
    simulated: bool = False
