"""Size of an industrial enterprise by the 2017 rule: the smaller of the classes of its staff and of its revenue.

The four edges are also in `resources/reference/enterprise_size.csv`, for people and for the test that compares them;
they are written here because a rule of four lines needs no file to be open. "Above scale" (规模以上) is another notion.
"""

from decimal import Decimal

_CLASSES = ("微型", "小型", "中型", "大型")
_STAFF_EDGES = (20, 300, 1000)
"""人: from here on 小型, 中型, 大型."""
_REVENUE_EDGES = (300, 2000, 40000)
"""万元: from here on 小型, 中型, 大型."""


def size_class(employees: int, revenue_wan: int | Decimal) -> str:
    """Give 大型, 中型, 小型 or 微型 for a staff and a yearly revenue in 万元."""
    staff = sum(employees >= edge for edge in _STAFF_EDGES)
    revenue = sum(revenue_wan >= edge for edge in _REVENUE_EDGES)
    return _CLASSES[min(staff, revenue)]
