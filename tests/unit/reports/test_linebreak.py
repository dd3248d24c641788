"""Line breaking of Chinese: no sign where it may not stand, words whole, nothing lost."""

import pytest

from zgsz_desktop.engine.reports.linebreak import NO_END, NO_START, break_lines

SAMPLE = (
    "推动线上诊断达到成熟度3档及以上的企业开展线下诊断，对企业在工厂规划设计、产品和工艺设计、制造过程自动化和数据采集分析、"
    "设备互联互通、企业资源计划管理系统（ERP）和制造执行系统（MES）实施和集成情况、信息安全、综合成效等方面的关键数据进行现场核对和"
    "评估，形成专家评审意见。按照“以诊促建”、“以诊促转”的工作思路——依据《数字化转型成熟度模型》（T/AIITRE 10004-2023）标准……"
    "“小快轻准”产品；设备数字化率37.50%（含20%以上的部分），比上年提高5‰！“对吗？”“对。”编号gx-zgsz@2024.1（见附件〔2024〕433号）。"
)


def lines_of(text, ems):
    """Break with Han one em wide and ASCII half an em."""
    widths = [0.5 if char < "\u2000" else 1 for char in text]
    return [text[start:end] for start, end in break_lines(text, widths, ems)]


@pytest.mark.parametrize("ems", range(8, 60))
def test_no_sign_stands_where_it_may_not(ems):
    lines = lines_of(SAMPLE, ems)
    assert not [line for line in lines[1:] if line[0] in NO_START]
    assert not [line for line in lines[:-1] if line[-1] in NO_END]
    assert "".join(lines).replace(" ", "") == SAMPLE.replace(" ", "")


@pytest.mark.parametrize(
    ("text", "ems", "lines"),
    [
        ("", 5, [""]),
        ("一二三四五六", 6, ["一二三四五六"]),
        ("一二三四五六", 3, ["一二三", "四五六"]),
        ("一二三，四五六", 3, ["一二", "三，四", "五六"]),
        ("一二（三）四", 3, ["一二", "（三）", "四"]),
        ("一二“三四", 3, ["一二", "“三四"]),
        ("一二三——四", 4, ["一二", "三——四"]),
        ("一二三37.50%四", 4, ["一二三", "37.50%四"]),
        ("一二三 ERP 和", 4, ["一二三", "ERP 和"]),
        ("MES and ERP", 4, ["MES and", "ERP"]),
        ("gx-zgsz@2024.1", 4, ["gx-zgsz@", "2024.1"]),
        ("，，，，，，", 2, ["，，", "，，", "，，"]),
        ("一二三 ", 3, ["一二三"]),
    ],
)
def test_lines(text, ems, lines):
    assert lines_of(text, ems) == lines


def test_a_character_wider_than_the_line_is_not_lost():
    assert lines_of("一二", 0.5) == ["一", "二"]


def test_the_first_line_is_indented():
    assert break_lines("一二三四", [1] * 4, 3, indent=2) == [(0, 1), (1, 4)]
