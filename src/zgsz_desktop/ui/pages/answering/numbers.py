"""Numbers as people type them, and back: full-width digits, thousands separators, a unit behind. Pure."""

import unicodedata
from decimal import Decimal, InvalidOperation

MOST_DIGITS = 15


def read_number(text: str) -> int | Decimal | None:
    """Read a typed number; None for an empty field.

    Raises:
        ValueError: not a number, or longer than 15 digits; the text is a Chinese sentence for the field.
    """
    plain = unicodedata.normalize("NFKC", text).replace(",", "").replace(" ", "").strip()
    if not plain:
        return None
    try:
        number = Decimal(plain)
    except InvalidOperation:
        raise ValueError("只能填数字，例如 120 或 37.5。") from None
    if not number.is_finite() or "e" in plain.lower():
        raise ValueError("只能填数字，例如 120 或 37.5。")
    if len(number.as_tuple().digits) > MOST_DIGITS:
        raise ValueError("数字太长，请核对位数和单位。")
    return int(number) if number == number.to_integral_value() else number


def write_number(number: int | Decimal | None) -> str:
    """Write a number for a field, without separators."""
    if number is None:
        return ""
    return str(number) if isinstance(number, int) else format(number, "f")


def write_grouped(number: int | Decimal) -> str:
    """Write a number for reading: thousands separated."""
    return format(number, ",")


def write_percent(number: Decimal, places: int = 1) -> str:
    """Write a percentage as the pages do: one place, half up."""
    return f"{number.quantize(Decimal(1).scaleb(-places), rounding='ROUND_HALF_UP'):f}%"


def one_place(number: Decimal) -> str:
    """Write a score as the pages do: one place, half up."""
    return f"{number.quantize(Decimal('0.1'), rounding='ROUND_HALF_UP'):f}"


def up_to_one_place(number: Decimal) -> str:
    """Write a distance so that going it is enough: one place, upwards."""
    return f"{number.quantize(Decimal('0.1'), rounding='ROUND_CEILING'):f}"
