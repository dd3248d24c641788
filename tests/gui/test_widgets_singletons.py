"""PySide6 6.12 takes references to None away on Python 3.11: the window must not run out of them."""

import sys

import pytest
from PySide6.QtWidgets import QWidget

from zgsz_desktop.ui.singletons import IMMORTAL_SINCE, PLENTY

pytestmark = pytest.mark.skipif(sys.version_info >= IMMORTAL_SINCE, reason="immortal in this Python")


def test_importing_the_window_gives_none_more_references_than_a_session_can_lose():
    assert sys.getrefcount(None) > PLENTY // 2
    assert sys.getrefcount(True) > PLENTY // 2


def test_ten_thousand_calls_that_return_nothing_leave_the_interpreter_alive(qtbot):
    widget = QWidget()
    qtbot.addWidget(widget)
    for _ in range(10_000):
        widget.update()
    assert sys.getrefcount(None) > PLENTY // 2
