"""Makes an `IndicatorSet` from YAML or from a record's body: one validation, all findings at once.

The body that is hashed and signed is the document as it was written (plain values, canonical JSON), without defaults
filled in; so a set has the same SHA-256 on whichever road it came. `zgsz_desktop.engine.indicators.shipped` loads
the sets of the program.
"""

import re
from pathlib import Path
from typing import Any

from zgsz_desktop.engine import canonical
from zgsz_desktop.engine.errors import UserError
from zgsz_desktop.engine.indicators.definition import (
    Aspect,
    Check,
    IndicatorSet,
    Measure,
    Onsite,
    Severity,
)
from zgsz_desktop.engine.indicators.fields import ID, Fields
from zgsz_desktop.engine.indicators.findings import Findings
from zgsz_desktop.engine.indicators.plain import PlainCopy
from zgsz_desktop.engine.indicators.read_conditions import read_condition, read_optional_condition
from zgsz_desktop.engine.indicators.read_frameworks import read_framework
from zgsz_desktop.engine.indicators.read_questions import read_question, read_section
from zgsz_desktop.engine.indicators.references import ReferenceCheck

_SET_ID = re.compile(r"[a-z][a-z0-9-]{1,39}", re.ASCII)
_VERSION = re.compile(r"[0-9]{1,6}(\.[0-9]{1,6}){1,2}", re.ASCII)
_STATUS = re.compile(r"derived|official")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)


def load_yaml(path: Path) -> IndicatorSet:
    """Load and validate an indicator set written as YAML 1.2.

    Raises:
        UserError: `indicators.unreadable` (no such file, no YAML), `indicators.invalid` (with all findings).
    """
    from zgsz_desktop.engine.indicators.yaml_source import MAX_BYTES  # noqa: PLC0415 see `from_yaml`

    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise UserError("indicators.unreadable", name=path.name, detail=error.strerror or "") from error
    return from_yaml(data, path.name)


def from_yaml(data: bytes, name: str) -> IndicatorSet:
    """Validate the bytes of a YAML file; `name` is how messages call it.

    Raises:
        UserError: `indicators.unreadable`, `indicators.invalid`.
    """
    # Only who writes sets needs YAML; shipped and received ones are JSON.
    from zgsz_desktop.engine.indicators.yaml_source import parse_yaml  # noqa: PLC0415

    document, findings = parse_yaml(data, name)
    return _validated(document, findings, name)


def from_body(body: Any, name: str = "") -> IndicatorSet:
    """Validate the body of an `indicator_set` record.

    Raises:
        UserError: `indicators.invalid`, with all findings.
    """
    return _validated(body, Findings(), name or "诊断体系")


def _validated(document: Any, findings: Findings, name: str) -> IndicatorSet:
    body = PlainCopy(findings).copy(document)
    indicator_set = _read(Fields(body, findings), body, findings)
    ReferenceCheck(indicator_set, findings).run()
    findings.raise_any(name)
    return indicator_set


def _read(fields: Fields, body: Any, findings: Findings) -> IndicatorSet:
    encoded = b"" if findings.found else canonical.encode(body)
    indicator_set = IndicatorSet(
        id=fields.text("id", form=_SET_ID),
        version=fields.text("version", form=_VERSION),
        title=fields.text("title"),
        status=fields.text("status", form=_STATUS),
        effective=fields.text("effective", form=_DATE),
        sections=fields.many("sections", read_section, required=True),
        questions=fields.many("questions", read_question, required=True),
        frameworks=fields.many("frameworks", read_framework, required=True),
        checks=fields.many("checks", _check),
        measures=fields.many("measures", _measure),
        onsite=fields.many("onsite", _onsite),
        canonical_json=encoded,
        sha256=canonical.sha256_hex(body) if encoded else "",
    )
    fields.close()
    return indicator_set


def _check(fields: Fields) -> Check:
    return Check(
        id=fields.text("id", form=ID),
        severity=fields.choice("severity", Severity, Severity.WARNING),
        condition=read_condition(fields, "if", framework=False),
        text=fields.text("text"),
        questions=fields.texts("questions", required=True),
    )


def _measure(fields: Fields) -> Measure:
    return Measure(
        id=fields.text("id", form=ID),
        question=fields.text("question"),
        below=fields.text("below"),
        text=fields.text("text"),
        product=fields.text("product", default=""),
        support=fields.text("support", default=""),
        effect=fields.text("effect", default=""),
        measure=fields.text("measure", default=""),
        profile=read_optional_condition(fields, "profile", framework=False),
    )


def _onsite(fields: Fields) -> Onsite:
    return Onsite(
        id=fields.text("id", form=ID),
        aspect=fields.choice("aspect", Aspect, Aspect.OTHER),
        question=fields.text("question") if fields.has("question") else None,
        text=fields.text("text"),
        how=fields.text("how"),
        evidence=fields.texts("evidence"),
    )
