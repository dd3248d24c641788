"""What the body of each kind must hold: tables of fields, read by one small loop.

Strict where the program computes with a field, lenient otherwise: unknown members are kept, and a finding only marks
the record malformed (admitted, never effective), because an older program must not lose what a newer one can read.
`docs/formats.md` has the same tables in words.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from zgsz_desktop.engine.model import is_division
from zgsz_desktop.engine.records.envelope import HEX64

ID_FORM = r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}"
NAME_FORM = r"(?:clerk|liaison|expert)-[a-z0-9]{1,24}\.45(?:[0-9]{2}|[0-9]{4})?"

_ID = re.compile(ID_FORM, re.ASCII)
_LIAISON = re.compile(r"liaison-[a-z0-9]{1,24}\.45[0-9]{4}", re.ASCII)
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
_AGE_KEY = re.compile(r"age1[0-9a-z]{50,200}", re.ASCII)

Test = Callable[[Any], bool]


@dataclass(frozen=True, slots=True)
class Field:
    """One member of a body: its name, what it must be, whether it must be there (null counts as absent)."""

    name: str
    test: Test
    due: str
    required: bool = False


def find_faults(body: dict[str, Any], fields: tuple[Field, ...]) -> list[str]:
    """List in Chinese what is wrong with a body; empty if nothing is."""
    faults = []
    for field in fields:
        value = body.get(field.name)
        if value is None:
            if field.required:
                faults.append(f"缺少 {field.name}")
        elif not field.test(value):
            faults.append(f"{field.name} 应为{field.due}")
    return faults


def is_text(value: Any) -> bool:
    """Tell whether a value is a text with something in it."""
    return isinstance(value, str) and value.strip() != ""


def is_string(value: Any) -> bool:
    """Tell whether a value is a text, perhaps empty."""
    return isinstance(value, str)


def is_object(value: Any) -> bool:
    """Tell whether a value is a JSON object."""
    return isinstance(value, dict)


def is_count(value: Any) -> bool:
    """Tell whether a value is a whole number from 0."""
    return type(value) is int and value >= 0


def is_amount(value: Any) -> bool:
    """Tell whether a value is a number from 0."""
    return type(value) in {int, Decimal} and value >= 0


def is_hash(value: Any) -> bool:
    """Tell whether a value is a SHA-256 in lowercase hex."""
    return isinstance(value, str) and HEX64.fullmatch(value) is not None


def is_id(value: Any) -> bool:
    """Tell whether a value is an id of ours."""
    return isinstance(value, str) and _ID.fullmatch(value) is not None


def is_day(value: Any) -> bool:
    """Tell whether a value is a date, `2024-07-01`."""
    if not isinstance(value, str) or _DAY.fullmatch(value) is None:
        return False
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return True


def is_instant(value: Any) -> bool:
    """Tell whether a value is an instant with its offset, `2024-07-01T09:30:00+08:00`."""
    if not isinstance(value, str) or len(value) < len("2024-07-01T09:30+08:00"):
        return False
    try:
        return datetime.fromisoformat(value).utcoffset() is not None
    except ValueError:
        return False


def is_texts(value: Any) -> bool:
    """Tell whether a value is a list of texts."""
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


def is_objects(value: Any) -> bool:
    """Tell whether a value is a list of objects."""
    return isinstance(value, list) and all(isinstance(item, dict) for item in value)


def is_object_of_objects(value: Any) -> bool:
    """Tell whether a value is an object whose members all are objects."""
    return isinstance(value, dict) and all(type(item) is dict for item in value.values())


def is_set_reference(value: Any) -> bool:
    """Tell whether a value names an indicator set: id, version, sha256."""
    return (
        isinstance(value, dict)
        and is_id(value.get("id"))
        and is_id(value.get("version"))
        and is_hash(value.get("sha256"))
    )


def is_attachments(value: Any) -> bool:
    """Tell whether a value lists attachments: sha256, name, size, and more."""
    return isinstance(value, list) and all(
        isinstance(item, dict)
        and is_hash(item.get("sha256"))
        and is_text(item.get("name"))
        and is_count(item.get("size"))
        for item in value
    )


def is_result(value: Any) -> bool:
    """Tell whether a value is a result as far as anything reads it: frameworks, each an object."""
    return isinstance(value, dict) and is_object_of_objects(value.get("frameworks"))


def is_schedule(value: Any) -> bool:
    """Tell whether a value is a list of {date, count}."""
    return isinstance(value, list) and all(
        isinstance(item, dict) and is_day(item.get("date")) and is_count(item.get("count")) for item in value
    )


def is_scope(value: Any) -> bool:
    """Tell whether a value is a list of divisions."""
    return isinstance(value, list) and all(isinstance(item, str) and is_division(item) for item in value)


def is_liaison(value: Any) -> bool:
    """Tell whether a value is the name of a liaison, `liaison-a7.450102`."""
    return isinstance(value, str) and _LIAISON.fullmatch(value) is not None


def is_hashes(value: Any) -> bool:
    """Tell whether a value is a list of record ids."""
    return isinstance(value, list) and all(is_hash(item) for item in value)


def is_age_keys(value: Any) -> bool:
    """Tell whether a value is a list with at least one age recipient."""
    return (
        isinstance(value, list)
        and value != []
        and all(isinstance(item, str) and _AGE_KEY.fullmatch(item) is not None for item in value)
    )


def is_decision(value: Any) -> bool:
    """Tell whether a value is what a review decides."""
    return value in {"accept", "return"} if isinstance(value, str) else False


def is_object_or_list(value: Any) -> bool:
    """Tell whether a value is a JSON object or list."""
    return isinstance(value, dict | list)


_SET = Field("set", is_set_reference, "{id, version, sha256}", required=True)

FIELDS: dict[str, tuple[Field, ...]] = {
    "indicator_set": (
        Field("id", is_id, "编号", required=True),
        Field("version", is_id, "版本号", required=True),
        Field("title", is_text, "文字", required=True),
        Field("questions", is_objects, "题目列表", required=True),
        Field("frameworks", is_objects, "框架列表", required=True),
    ),
    "campaign": (
        Field("title", is_text, "文字", required=True),
        _SET,
        Field("opens", is_day, "日期"),
        Field("closes", is_day, "日期"),
        Field("scope", is_scope, "区划列表"),
        Field("state", is_string, "文字"),
    ),
    "target": (
        Field("enterprises", is_count, "不小于 0 的整数", required=True),
        Field("by", is_schedule, "{date, count} 的列表"),
    ),
    "enterprise": (
        Field("name", is_text, "文字", required=True),
        Field("former_names", is_texts, "文字列表"),
        Field("industry", is_string, "文字"),
        Field("employees", is_count, "不小于 0 的整数"),
        Field("revenue", is_amount, "不小于 0 的数"),
        Field("process_type", is_string, "文字"),
        Field("contacts", is_objects, "联系人列表"),
        Field("state", is_string, "文字"),
        Field("reason", is_string, "文字"),
    ),
    "assignment": (Field("liaison", is_liaison, "服务员的证书名", required=True), Field("due", is_day, "日期")),
    "submission": (
        _SET,
        Field("profile", is_object, "企业概况", required=True),
        Field("answers", is_object_of_objects, "题号到答案的对照", required=True),
        Field("result", is_result, "得分结果", required=True),
        Field("reasons", is_object_or_list, "说明"),
        Field("attachments", is_attachments, "附件列表"),
        Field("begun", is_instant, "带时区的时间"),
        Field("finished", is_instant, "带时区的时间"),
    ),
    "review": (
        Field("decision", is_decision, " accept 或 return", required=True),
        Field("reason", is_string, "文字"),
        Field("questions", is_texts, "题号列表"),
    ),
    "expert_review": (
        Field("verified", is_object_of_objects, "题号到核验答案的对照"),
        Field("aspects", is_object_or_list, "各方面意见"),
        Field("conclusion", is_string, "文字"),
    ),
    "receipt": (Field("records", is_hashes, "记录编号列表", required=True),),
    "recipient": (Field("keys", is_age_keys, " age 公钥列表", required=True),),
    "contact": (),
    "service_log": (),
    "sample": (Field("commitment", is_hash, " SHA-256", required=True), Field("seed", is_string, "文字")),
    "improvement_plan": (),
    "effectiveness": (),
    "benchmark": (),
    "catalog": (),
}
