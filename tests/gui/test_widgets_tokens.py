"""The token table: nothing readable is under 4.5, grades can be told apart in grey, the theme switches at run time."""

from itertools import pairwise

import pytest
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication, QWidget

from zgsz_desktop.ui.theme import ColourMode, Theme
from zgsz_desktop.ui.tokens import DARK, INK, LIGHT, PAPER, Tokens, contrast, luminance, text_on

READABLE = 4.5
VISIBLE = 3.0
GROUNDS = ("canvas", "surface", "sunken", "hover", "press")
PAIRS = [
    *(
        (ink, ground)
        for ink in ("text", "text2")
        for ground in (*GROUNDS, "accent_bg", "accent_bg2", "bad_bg", "warn_bg")
    ),
    *(("text3", ground) for ground in (*GROUNDS, "accent_bg")),
    *(("accent", ground) for ground in ("surface", "sunken", "canvas", "accent_bg", "accent_bg2")),
    *(("on_fill", ground) for ground in ("fill", "fill_hover", "fill_press")),
    *((tone, ground) for tone in ("ok", "warn", "bad") for ground in (f"{tone}_bg", "surface", "sunken")),
    ("text", "mark"),
    ("text", "seg_on"),
    ("text2", "seg_on"),
    ("on_tip", "tip"),
    ("series2", "surface"),
]


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("ink", "ground"), PAIRS)
def test_text_is_readable_on_every_ground_it_may_stand_on(tokens: Tokens, ink: str, ground: str):
    assert contrast(getattr(tokens, ink), getattr(tokens, ground)) >= READABLE


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("ground", ["surface", "sunken"])
def test_the_borders_of_controls_to_tick_are_visible(tokens: Tokens, ground: str):
    assert contrast(tokens.line3, getattr(tokens, ground)) >= VISIBLE


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
def test_numbers_on_grades_and_tiles_are_readable(tokens: Tokens):
    for fill in (*tokens.grades, *tokens.seq):
        assert contrast(text_on(fill), fill) >= READABLE


@pytest.mark.parametrize(("tokens", "falls"), [(LIGHT, True), (DARK, False)], ids=["light", "dark"])
def test_the_order_of_grades_survives_grey_print(tokens: Tokens, falls: bool):
    values = [luminance(fill) for fill in tokens.grades]
    assert all((low > high) is falls for low, high in pairwise(values))


def test_ink_or_paper_whichever_contrasts_more():
    assert text_on("#000000") == PAPER
    assert text_on("#FFFFFF") == INK


def test_switching_the_mode_repaints_and_dresses_the_application(qtbot, qapp: QApplication, theme: Theme):
    with qtbot.waitSignal(theme.changed):
        theme.set_mode(ColourMode.DARK)
    assert theme.tokens is DARK
    assert qapp.palette().color(QPalette.ColorRole.Window).name().upper() == DARK.canvas
    assert DARK.surface in qapp.styleSheet()


def test_the_same_mode_again_says_nothing(qtbot, theme: Theme):
    with qtbot.assertNotEmitted(theme.changed):
        theme.set_mode(ColourMode.LIGHT)


def test_following_the_system_takes_its_scheme(theme: Theme):
    theme.set_mode(ColourMode.DARK)
    theme.set_mode(ColourMode.SYSTEM)  # the offscreen system has no scheme: that is light
    assert theme.tokens is LIGHT


def test_the_bundled_font_is_loaded(theme: Theme):
    assert theme.bundled_font
    assert theme.font(14).families()[0] == "ZGSZ Hei"


def test_icons_are_recoloured_and_kept(theme: Theme):
    red = theme.pixmap("flag", 16, "#FF0000")
    assert theme.pixmap("flag", 16, "#FF0000").cacheKey() == red.cacheKey()
    image = red.toImage()
    seen = {image.pixelColor(x, y).rgb() for x in range(16) for y in range(16) if image.pixelColor(x, y).alpha() == 255}
    assert seen <= {0xFFFF0000}
    assert theme.pixmap("flag", 16, "#FF0000", 1.5).width() == 24


def test_an_icon_that_is_not_there_is_a_mistake_of_ours(theme: Theme):
    with pytest.raises(FileNotFoundError):
        theme.pixmap("no-such-icon", 16, "#000000")


def test_a_deleted_widget_is_not_repainted_on_a_change(qtbot, theme: Theme):
    from zgsz_desktop.ui.widgets.marks import GradeBadge

    parent = QWidget()
    qtbot.addWidget(parent)
    GradeBadge(theme, 5, parent=parent).deleteLater()
    QApplication.sendPostedEvents(None, 52)  # DeferredDelete
    theme.set_mode(ColourMode.DARK)
