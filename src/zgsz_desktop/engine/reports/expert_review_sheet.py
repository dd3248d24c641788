"""How the expert review form is laid out: rows and cells on A4, after GB/T 9704 where a form can follow it.

Title 二号 in bold Song, headings in Hei, text in Song; only black and grey, so that copies and faxes stay readable.
"""

from dataclasses import replace

from reportlab.lib.units import mm

from zgsz_desktop.engine.reports.expert_review_content import (
    OVER_TITLE,
    TITLE,
    AspectPart,
    Bar,
    Fact,
    ReviewContent,
)
from zgsz_desktop.engine.reports.expert_review_input import OnsiteItem
from zgsz_desktop.engine.reports.fonts import Face
from zgsz_desktop.engine.reports.painter import WIDTH
from zgsz_desktop.engine.reports.typeset import Align, Cell, Paragraph, Row, Style, Typesetter, row

_OVER_TITLE = Style(Face.SONG, 16, 24, Align.CENTER)
_TITLE = Style(Face.SONG_BOLD, 22, 32, Align.CENTER)
_CAMPAIGN = Style(Face.SONG, 12, 18, Align.CENTER)
_HEADING = Style(Face.HEI, 14, 25)
_LABEL = Style(Face.HEI, 10.5, 15, Align.CENTER)
_VALUE = Style(Face.SONG, 10.5, 15)
_CENTERED = Style(Face.SONG, 10.5, 15, Align.CENTER)
_NAME = Style(Face.SONG_BOLD, 12, 17)
_TEXT = Style(Face.SONG, 10.5, 15.5, Align.JUSTIFY)
_DETAIL = Style(Face.SONG, 9, 13, Align.JUSTIFY, space_before=2)
_CHECK = Style(Face.SONG, 10.5, 15.5, space_before=4)
_ASPECT = Style(Face.HEI, 11, 16)
_NOTE = Style(Face.SONG, 9, 13.5, Align.JUSTIFY)
_FOOT_RIGHT = Style(Face.SONG, 10.5, 17, Align.RIGHT)

_LABEL_WIDTH = 27 * mm
_VALUE_WIDTH = WIDTH / 2 - _LABEL_WIDTH
_ITEM_WIDTHS = (12 * mm, 56 * mm, 43 * mm, 45 * mm)
_ITEM_TITLES = ("序号", "核查内容和方法", "企业填报", "核实情况")
_EXPERT_WIDTHS = (20 * mm, 26 * mm, 56 * mm, 30 * mm, 24 * mm)
_EXPERT_TITLES = ("评审专家", "姓名", "工作单位和职务（职称）", "签名", "日期")
_DATE = "年　　月　　日"


class ReviewSheet:
    """Sets the form's sentences into rows."""

    def __init__(self, setter: Typesetter) -> None:
        self._setter = setter

    def rows(self, content: ReviewContent) -> tuple[Row, ...]:
        """Lay out the whole form.

        Raises:
            UserError: `report.fonts_missing`.
        """
        made = self._title(content)
        made += self._warnings(content.warnings)
        made += [self._heading("一、企业基本情况"), *self._facts(content.facts)]
        made += [self._heading("二、线上诊断结果"), *self._results(content)]
        made.append(self._heading("三、现场核查情况"))
        for number, part in enumerate(content.aspects):
            made += self._aspect(part, gap=0 if number == 0 else 8)
        # What is signed stands together on one page: nobody signs a page that does not show the conclusion.
        last = [self._heading("四、综合评审意见"), *self._conclusion(content.reported_level)]
        last += [self._heading("五、签字盖章"), *self._signatures(), *self._notes(content.notes)]
        return (*made, *(replace(part, keep_next=True) for part in last[:-1]), last[-1])

    def _title(self, content: ReviewContent) -> list[Row]:
        lines = [Paragraph(OVER_TITLE, _OVER_TITLE), Paragraph(TITLE, _TITLE)]
        if content.campaign:
            lines.append(Paragraph(content.campaign, _CAMPAIGN))
        return [row(self._setter.cell(*lines, width=WIDTH, padding=0), boxed=False, padding=0)]

    def _warnings(self, warnings: tuple[str, ...]) -> list[Row]:
        if not warnings:
            return []
        sentences = [
            Paragraph(f"{number}. {text}" if len(warnings) > 1 else text, _TEXT)
            for number, text in enumerate(warnings, start=1)
        ]
        label = self._label("提示", 16 * mm)
        return [row(label, replace(self._setter.cell(*sentences, width=WIDTH - 16 * mm), tint=True), gap=10)]

    def _heading(self, text: str) -> Row:
        cell = self._setter.cell(Paragraph(text, _HEADING), width=WIDTH, padding=0)
        return replace(row(cell, boxed=False, padding=0, gap=12), keep_next=True)

    def _label(self, text: str, width: float) -> Cell:
        """A centred label; too long for one line it is divided evenly (统一社会 信用代码)."""
        if self._setter.width(text, _LABEL) > width - 8:
            half = (len(text) + 1) // 2
            text = f"{text[:half]}\n{text[half:]}"
        return self._setter.cell(Paragraph(text, _LABEL), width=width, middle=True)

    def _facts(self, facts: tuple[Fact, ...]) -> list[Row]:
        """Two facts a row; wide ones alone."""
        made: list[Row] = []
        waiting: Fact | None = None
        for fact in facts:
            if fact.wide:
                made += [self._fact_row(waiting)] if waiting else []
                waiting = None
                made.append(self._fact_row(fact))
            elif waiting:
                made.append(self._fact_row(waiting, fact))
                waiting = None
            else:
                waiting = fact
        return [*made, self._fact_row(waiting)] if waiting else made

    def _fact_row(self, *facts: Fact) -> Row:
        cells: list[Cell] = []
        for fact in facts:
            width = _VALUE_WIDTH if len(facts) > 1 else WIDTH - _LABEL_WIDTH
            style = _NAME if fact.label == "企业名称" else _VALUE
            value = self._setter.cell(Paragraph(fact.value, style), width=width, middle=True)
            cells += [self._label(fact.label, _LABEL_WIDTH), value]
        return row(*cells, minimum=24)

    def _results(self, content: ReviewContent) -> list[Row]:
        widths = (58 * mm, 36 * mm, 32 * mm, 30 * mm)
        head = self._head(("诊断框架", "得分", "等级", "说明"), widths)
        made = [head]
        for line in content.results:
            texts = (line.title, line.score, line.level, line.remark)
            cells = [
                self._setter.cell(Paragraph(text, _VALUE if at == 0 else _CENTERED), width=width, middle=True)
                for at, (text, width) in enumerate(zip(texts, widths, strict=True))
            ]
            made.append(replace(row(*cells, minimum=24), heads=(head,)))
        if not content.results:
            empty = self._setter.cell(Paragraph("没有线上诊断结果", _CENTERED), width=WIDTH, middle=True)
            made.append(row(empty, minimum=24))
        if content.bars:
            title = self._setter.cell(Paragraph(content.bars_title, _LABEL), width=WIDTH, middle=True)
            bars = [row(title, minimum=22), *(self._bar(bar) for bar in content.bars)]
            made += [*(replace(bar, keep_next=True) for bar in bars[:-1]), bars[-1]]
        basis = self._setter.cell(Paragraph(content.basis, _NOTE), width=WIDTH, padding=0)
        return [*made, row(basis, boxed=False, padding=0, gap=4)]

    def _bar(self, bar: Bar) -> Row:
        widths = (44 * mm, 72 * mm, 40 * mm)
        title = self._setter.cell(Paragraph(bar.title, _VALUE), width=widths[0], middle=True)
        number = self._setter.cell(Paragraph(bar.number, _CENTERED), width=widths[2], middle=True)
        return row(title, Cell((), widths[1], bar=bar.share), number, minimum=21)

    def _head(self, titles: tuple[str, ...], widths: tuple[float, ...]) -> Row:
        cells = [replace(self._label(title, width), tint=True) for title, width in zip(titles, widths, strict=True)]
        return replace(row(*cells, minimum=22), keep_next=True)

    def _aspect(self, part: AspectPart, gap: float) -> list[Row]:
        """Title, the items, and room for the opinion, which stays with the last item."""
        title = self._setter.cell(Paragraph(part.title, _ASPECT), width=WIDTH, middle=True)
        first = replace(row(title, minimum=24, gap=gap), keep_next=True)
        if not part.items:
            empty = self._setter.cell(Paragraph(part.empty, _VALUE), width=WIDTH, middle=True)
            return [first, replace(row(empty, minimum=24), keep_next=True), self._opinion()]
        head = self._head(_ITEM_TITLES, _ITEM_WIDTHS)
        heads = (replace(first, gap=0), head)
        items = [replace(self._item(number, item), heads=heads) for number, item in enumerate(part.items, start=1)]
        items[-1] = replace(items[-1], keep_next=True)
        return [first, head, *items, self._opinion()]

    def _item(self, number: int, item: OnsiteItem) -> Row:
        what = [Paragraph(item.text, _TEXT)]
        if item.how:
            what.append(Paragraph(item.how, _DETAIL, lead="方法："))
        if item.evidence:
            what.append(Paragraph("、".join(item.evidence), _DETAIL, lead="佐证："))
        return row(
            self._setter.cell(Paragraph(str(number), _CENTERED), width=_ITEM_WIDTHS[0], middle=True),
            self._setter.cell(*what, width=_ITEM_WIDTHS[1]),
            self._setter.cell(Paragraph(item.reported or "（未填报）", _TEXT), width=_ITEM_WIDTHS[2]),
            self._setter.cell(
                Paragraph("☐ 与填报一致", _CHECK), Paragraph("☐ 核实为：", _CHECK), width=_ITEM_WIDTHS[3]
            ),
            minimum=62,
        )

    def _opinion(self) -> Row:
        choices = Paragraph("☐ 属实　　☐ 基本属实　　☐ 不属实　　☐ 不涉及", _CHECK)
        room = self._setter.cell(choices, width=WIDTH - _LABEL_WIDTH)
        return row(self._label("专家意见", _LABEL_WIDTH), room, minimum=64)

    def _conclusion(self, level: str) -> list[Row]:
        judged = row(
            self._label("线上诊断等级", _LABEL_WIDTH),
            self._setter.cell(Paragraph(level, _CENTERED), width=_VALUE_WIDTH, middle=True),
            self._label("专家核定等级", _LABEL_WIDTH),
            self._setter.cell(Paragraph("第　　　　档", _CENTERED), width=_VALUE_WIDTH, middle=True),
            minimum=30,
        )
        choices = ("☐ 同意线上诊断等级", "☐ 调整为专家核定等级", "☐ 退回企业补充材料后重新诊断")
        verdict = self._setter.cell(*(Paragraph(text, _CHECK) for text in choices), width=WIDTH - _LABEL_WIDTH)
        rooms = [
            row(self._label(label, _LABEL_WIDTH), Cell((), WIDTH - _LABEL_WIDTH), minimum=height)
            for label, height in (("主要优势", 60), ("主要短板", 60), ("改造建议", 76))
        ]
        return [judged, row(self._label("评审结论", _LABEL_WIDTH), verdict), *rooms]

    def _signatures(self) -> list[Row]:
        head = self._head(_EXPERT_TITLES, _EXPERT_WIDTHS)
        experts = []
        for role in ("组长", "成员", "成员"):
            blanks = [Cell((), width) for width in _EXPERT_WIDTHS[1:]]
            experts.append(row(self._label(role, _EXPERT_WIDTHS[0]), *blanks, minimum=28))
        return [head, *experts, self._seals()]

    def _seals(self) -> Row:
        half = WIDTH / 2
        boxes = []
        for title, signer in (
            ("企业确认意见：", "法定代表人（授权代表）签名："),
            ("组织评审单位意见：", "负责人签名："),
        ):
            cell = self._setter.cell(Paragraph(title, replace(_LABEL, align=Align.LEFT)), width=half)
            foot = self._setter.lines(
                [Paragraph(signer, _CHECK), Paragraph("（盖章）　　　　", _FOOT_RIGHT), Paragraph(_DATE, _FOOT_RIGHT)],
                half - 8,
            )
            boxes.append(replace(cell, foot=foot))
        return row(*boxes, minimum=128)

    def _notes(self, notes: tuple[str, ...]) -> list[Row]:
        sentences = [Paragraph(f"{number}. {text}", _NOTE) for number, text in enumerate(notes, start=1)]
        title = Paragraph("填表说明", replace(_NOTE, face=Face.HEI))
        return [row(self._setter.cell(title, *sentences, width=WIDTH, padding=0), boxed=False, padding=0, gap=8)]
