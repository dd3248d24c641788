"""Canonical JSON: the one byte form that is signed and hashed.

UTF-8, keys sorted by code point, no insignificant white space, no duplicate key, at most 32 levels deep, integers
within ±2^53, decimals without exponent and without trailing zeros (records-and-merge.md 1). `decode` checks all of
it by the cheapest sound test: decode, encode, compare bytes.
"""

import hashlib
from decimal import Decimal
from typing import Any

import msgspec

from zgsz_desktop.engine.errors import MalformedError

MAX_DEPTH = 32
MAX_INTEGER = 2**53

_ALIKE = bytes.maketrans(b"123456789,[-", b"000000000:::")
_LONG_NUMBER = b":" + b"0" * 16
_STRUCTURE = b'"\\{}[]'
_NOT_STRUCTURE = bytes(byte for byte in range(256) if byte not in _STRUCTURE)


class _ExponentError(ValueError):
    """A number outside the canonical form."""


def _decimal(text: str) -> Decimal:
    if text[-1] == "0" or "e" in text or "E" in text:  # 1.0 and 0.10 have a shorter form
        raise _ExponentError(text)
    return Decimal(text)


_DECODER = msgspec.json.Decoder(float_hook=_decimal)
_ENCODER = msgspec.json.Encoder(order="deterministic", decimal_format="number")


def encode(value: Any) -> bytes:
    """Encode plain values (dict, list, str, int, Decimal, bool, None; a float by its shortest decimal form).

    Raises:
        ValueError: a number outside the canonical range, or not a number.
        TypeError: a value that JSON does not know.
    """
    return _ENCODER.encode(_plain(value))


def decode(data: bytes) -> Any:
    """Decode bytes that must already be canonical; numbers with a point become `Decimal`.

    Raises:
        MalformedError: `record.not_canonical`, `record.too_deep`, or not JSON at all.
    """
    check_depth(data)
    try:
        value = _DECODER.decode(data)
        again = _ENCODER.encode(value)
        if again != data:  # again, slowly: the fast encoder writes tiny decimals with an exponent
            again = encode(value)
    except (msgspec.MsgspecError, ValueError, OverflowError, RecursionError, UnicodeError, TypeError) as error:
        raise MalformedError("record.not_canonical", detail=str(error)) from error
    if again != data or (_may_hold_long_number(data) and not _integers_in_range(value)):
        raise MalformedError("record.not_canonical", detail="bytes differ from their canonical form")
    return value


def sha256_hex(value: Any) -> str:
    """Hash the canonical form of a value."""
    return hashlib.sha256(encode(value)).hexdigest()


def check_depth(data: bytes) -> None:
    """Refuse deep nesting before a recursive parser sees it, by deleting strings and then pairs of brackets.

    Raises:
        MalformedError: `record.too_deep` (also for brackets that do not pair: no parser should see those either).
    """
    skeleton = data
    if b"\\" in skeleton:
        skeleton = skeleton.replace(b"\\\\", b"").replace(b'\\"', b"")
    skeleton = skeleton.translate(None, _NOT_STRUCTURE)
    if skeleton.count(b"{") + skeleton.count(b"[") <= MAX_DEPTH:
        return
    skeleton = _without_strings(skeleton).replace(b"\\", b"")
    for _ in range(MAX_DEPTH):
        before = len(skeleton)
        skeleton = skeleton.replace(b"{}", b"").replace(b"[]", b"")
        if len(skeleton) == before:
            break
    if skeleton:
        raise MalformedError("record.too_deep", limit=MAX_DEPTH)


def _without_strings(skeleton: bytes) -> bytes:
    if skeleton.count(b'""') * 2 == skeleton.count(b'"'):  # the common case: no bracket inside any string
        return skeleton.replace(b'""', b"")
    return b"".join(skeleton.split(b'"')[::2])


def _plain(value: Any) -> Any:
    match value:
        case bool() | None | str():
            return value
        case int():
            if abs(value) > MAX_INTEGER:
                raise _ExponentError(value)
            return value
        case float() | Decimal():
            return _plain_number(Decimal(repr(value)) if isinstance(value, float) else value)
        case dict():
            return {key: _plain(item) for key, item in value.items()}
        case list() | tuple():
            return [_plain(item) for item in value]
        case _:
            raise TypeError(type(value).__name__)


def _plain_number(number: Decimal) -> int | Decimal | msgspec.Raw:
    if not number.is_finite():
        raise _ExponentError(number)
    if number == number.to_integral_value():
        return int(_plain(int(number)))
    number = number.normalize()
    text = format(number, "f")
    return number if str(number) == text else msgspec.Raw(text.encode())  # msgspec would write 1E-9


def _may_hold_long_number(data: bytes) -> bool:
    """Look for 16 digits where a number can stand: a credit code or a hash is preceded by a quote or by letters."""
    alike = data.translate(_ALIKE)
    return _LONG_NUMBER in alike or alike.startswith(_LONG_NUMBER[1:])


def _integers_in_range(value: Any) -> bool:
    if isinstance(value, dict):
        return all(_integers_in_range(item) for item in value.values())
    if isinstance(value, list):
        return all(_integers_in_range(item) for item in value)
    return not isinstance(value, int) or abs(value) <= MAX_INTEGER
