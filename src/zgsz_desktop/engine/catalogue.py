"""All texts of errors: code → what happened and what was kept, what to do. Chinese, for people who know WPS.

Every code is raised somewhere in `src` and asserted in a test (tests/unit/test_catalogue.py checks both).
Placeholders are filled from the error's context. One block per area; keep codes sorted inside a block.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Text:
    """One entry: `message` says what happened and what was kept, `remedy` what to do."""

    message: str
    remedy: str


# fmt: off
CATALOGUE: dict[str, Text] = {
    # --- program
    "bug.unexpected": Text("程序内部出错，已填写的内容都在。", "请把详情发给技术支持，然后重新打开程序。"),
    # --- indicators and scoring
    # --- roster and reference
    # --- identity
    # --- records
    "record.not_canonical": Text("记录的写法不合规定，没有收下。", "请对方用最新版程序重新导出。"),
    "record.too_deep": Text("记录的嵌套超过 {limit} 层，没有收下。", "请对方用最新版程序重新导出。"),
    # --- package
    # --- store and files
    # --- drafts and submissions
    # --- reports
    # --- command line
}
# fmt: on
