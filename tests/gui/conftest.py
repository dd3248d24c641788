"""What the window's tests share: no screen, the bundled fonts, one theme on the application.

Qt warnings fail a test (see `qt_log_level_fail` in the project file).
"""

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from PySide6.QtWidgets import QApplication

from zgsz_desktop.paths import resources_folder
from zgsz_desktop.ui.theme import ColourMode, Theme


@pytest.fixture(scope="session")
def dressed_theme(qapp: QApplication) -> Theme:
    """Dress the application once: the fonts are 20 MB to load."""
    theme = Theme(resources_folder(), ColourMode.LIGHT, parent=qapp)
    theme.apply_to(qapp)
    return theme


@pytest.fixture
def theme(dressed_theme: Theme):
    """Give the theme in light mode; a test that changes the mode leaves no trace."""
    yield dressed_theme
    dressed_theme.set_mode(ColourMode.LIGHT)
