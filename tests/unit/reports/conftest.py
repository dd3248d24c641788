"""Sample content of the expert review form: an ordinary enterprise, to be varied by each test."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from pathlib import Path

import pytest
from pypdf import PdfReader

from zgsz_desktop.engine.clock import CHINA
from zgsz_desktop.engine.indicators.definition import Aspect
from zgsz_desktop.engine.reports.expert_review import (
    DimensionScore,
    Enterprise,
    ExpertReviewInput,
    FrameworkScore,
    OnsiteItem,
    ReviewState,
    write_expert_review,
)
from zgsz_desktop.paths import resources_folder

DIGEST = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"

ORDINARY = ExpertReviewInput(
    enterprise=Enterprise(
        name="柳州澄远汽车零部件有限公司",
        credit_code="91450206MA522BT54F",
        division="柳州市柳江区",
        industry="3670 汽车零部件及配件制造",
        size="中型",
        contact="韦志勇",
        phone="0772-3951688",
        address="柳江区新兴工业园兴和路 12 号",
    ),
    campaign="2024 年度",
    indicator_set="gx-zgsz@0.1",
    official=False,
    frameworks=(
        FrameworkScore(
            "数字化转型成熟度",
            total=Decimal("57.845"),
            scale=Decimal(100),
            level_name="三级",
            grade=6,
            primary=True,
            coverage=Decimal("0.84"),
            dimensions=(
                DimensionScore("数字化基础", Decimal("62.5")),
                DimensionScore("数字化经营", Decimal("48.333333333"), Decimal("0.615")),
                DimensionScore("产业链协同", None),
            ),
        ),
        FrameworkScore("智能制造能力成熟度", Decimal("2.35"), Decimal(5), "二级（规范级）"),
    ),
    onsite=(
        OnsiteItem(
            Aspect.PLAN,
            "车间布局和物流路线是否做过仿真或数字化规划",
            "查看规划图纸和仿真模型，现场比对设备位置。",
            ("车间布局图", "物流仿真报告"),
            "B 做过数字化规划\nC 建有三维模型",
        ),
        OnsiteItem(Aspect.INTERCONNECT, "生产设备联网率", "抽查 10 台设备的在线状态。", ("物联平台接入界面",)),
    ),
    profile=(("从业人员", "386 人"), ("营业收入", "28640 万元")),
    review=ReviewState.ACCEPTED,
    reviewed_by="柳江区，2024-09-18",
    submission="3f2a9c1b7e5d" + "0" * 52,
    submitted_at="2024-09-18 09:40",
    submitted_by="覃晓岚",
    digest=DIGEST,
    printed_at=datetime(2024, 9, 20, 9, 30, tzinfo=CHINA),
)


@pytest.fixture(scope="session")
def fonts_folder() -> Path:
    return resources_folder() / "fonts"


@pytest.fixture
def ordinary() -> ExpertReviewInput:
    return ORDINARY


@pytest.fixture
def printed(tmp_path, fonts_folder) -> Callable[..., tuple[list[str], object]]:
    """Write the ordinary form, changed as told; give the text of its pages and what was returned."""

    def write(**changes):
        path = tmp_path / "form.pdf"
        written = write_expert_review(replace(ORDINARY, **changes), path, fonts_folder)
        return [page.extract_text() for page in PdfReader(path).pages], written

    return write
