"""What the expert review form says, before it is drawn."""

from dataclasses import replace
from decimal import Decimal

import pytest

from zgsz_desktop.engine.reports.expert_review import FrameworkScore, ReviewState
from zgsz_desktop.engine.reports.expert_review_content import compose


def test_nothing_to_warn_of(ordinary):
    assert compose(ordinary).warnings == ()


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"conflict": True}, "存在冲突"),
        ({"review": ReviewState.SUBMITTED}, "尚未经主管部门审核"),
        ({"review": ReviewState.RETURNED, "reviewed_by": "柳江区"}, "已被退回修改（柳江区）"),
        ({"simulated": True}, "模拟数据"),
        ({"caveats": ("能耗口径不同。",)}, "能耗口径不同。"),
    ],
)
def test_doubts_are_said(ordinary, changes, words):
    (warning,) = compose(replace(ordinary, **changes)).warnings
    assert words in warning


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"complete": False}, "未作答"),
        ({"grade": 2, "level_name": "一级"}, "第 2 档（一级），未达到开展线下诊断的 3 档"),
    ],
)
def test_doubts_about_the_result_are_said(ordinary, changes, words):
    frameworks = (replace(ordinary.frameworks[0], **changes),)
    (warning,) = compose(replace(ordinary, frameworks=frameworks)).warnings
    assert words in warning


def test_missing_characters_are_said(ordinary):
    (warning,) = compose(ordinary, ("\U0003134a",)).warnings
    assert "U+3134A" in warning


@pytest.mark.parametrize(
    ("framework", "score", "level", "remark"),
    [
        (FrameworkScore("甲", Decimal("57.845"), Decimal(100), "三级", 6), "57.85（满分 100）", "第 6 档（三级）", ""),
        (FrameworkScore("甲", Decimal(5), Decimal(100), "", 0), "5.00（满分 100）", "未达到最低档", ""),
        (FrameworkScore("甲", Decimal("2.5"), Decimal("5.0"), "二级"), "2.50（满分 5）", "二级", ""),
        (FrameworkScore("甲", Decimal(0), Decimal(5)), "0.00（满分 5）", "未达到最低等级", ""),
        (FrameworkScore("甲", None, Decimal(5)), "无法计算", "未评定", ""),
        (
            FrameworkScore("甲", Decimal(1), Decimal(5), "一级", coverage=Decimal("0.999"), complete=False),
            "1.00（满分 5）",
            "一级",
            "作答不完整；题目覆盖 99%，仅供参考",
        ),
    ],
)
def test_a_result_in_words(ordinary, framework, score, level, remark):
    (line,) = compose(replace(ordinary, frameworks=(framework,))).results
    assert (line.score, line.level, line.remark) == (score, level, remark)


def test_a_score_on_partial_coverage_never_looks_whole(ordinary):
    assert [bar.number for bar in compose(ordinary).bars] == ["62.50", "48.33（覆盖 61%）", "不适用"]


def test_all_eight_aspects_appear_in_their_order(ordinary):
    parts = compose(replace(ordinary, onsite=ordinary.onsite[::-1])).aspects
    assert [part.title for part in parts] == [
        "（一）工厂规划设计",
        "（二）产品和工艺设计",
        "（三）制造过程自动化和数据采集分析",
        "（四）设备互联互通",
        "（五）ERP 和 MES 实施和集成",
        "（六）信息安全",
        "（七）综合成效",
        "（八）其他",
    ]
    assert [len(part.items) for part in parts] == [1, 0, 0, 1, 0, 0, 0, 0]


def test_a_derived_indicator_set_is_never_called_official(ordinary):
    assert "非官方题库" in compose(ordinary).basis
    assert "非官方题库" not in compose(replace(ordinary, official=True)).basis
