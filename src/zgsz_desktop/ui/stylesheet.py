"""The one stylesheet, built from the tokens: plates only (inputs, lists, scroll bars, menus, tooltips).

What QSS cannot do well (focus rings, badges, bars, key caps, buttons with a key hint) is painted by the widgets.
Heights stay in code: QSS `min-height` would replace them. Only `QScrollArea` is named for borders, because
`QAbstractScrollArea` would strip text edits too. A focused input swaps its border of 1 px for 2 px and takes 1 px off
the padding, so nothing moves.
"""

from pathlib import Path
from string import Template

from zgsz_desktop.ui.icons import Icons
from zgsz_desktop.ui.tokens import Tokens

PLATES = Template("""
* { selection-background-color: $fill; selection-color: $on_fill; }
QToolTip { background: $tip; color: $on_tip; border: 1px solid $tip; padding: 4px 8px; font-size: 12px; }
QScrollArea { border: 0; background: transparent; }
QScrollArea > QWidget > QWidget { background: transparent; }
QLabel { background: transparent; }

QLineEdit, QPlainTextEdit, QTextEdit, QSpinBox, QComboBox {
    background: $surface; color: $text; placeholder-text-color: $text3;
    border: 1px solid $line2; border-radius: 6px; padding: 0 12px;
}
QPlainTextEdit, QTextEdit { padding: 6px 8px; }
QLineEdit:hover, QPlainTextEdit:hover, QTextEdit:hover, QSpinBox:hover, QComboBox:hover { border-color: $line3; }
QLineEdit:focus, QSpinBox:focus, QComboBox:focus { border: 2px solid $accent; padding: 0 11px; }
QPlainTextEdit:focus, QTextEdit:focus { border: 2px solid $accent; padding: 5px 7px; }
QLineEdit:disabled, QPlainTextEdit:disabled, QTextEdit:disabled, QSpinBox:disabled, QComboBox:disabled {
    background: $sunken; border-color: $line; color: $disabled; placeholder-text-color: $disabled;
}
QLineEdit[wrong="true"], QPlainTextEdit[wrong="true"] { background: $bad_bg; border: 1px solid $bad; }
QLineEdit[wrong="true"]:focus { border: 2px solid $bad; }
QLineEdit[bare="true"], QLineEdit[bare="true"]:focus {
    border: 0; background: transparent; padding: 0; border-radius: 0;
}

QComboBox::drop-down { border: 0; width: 28px; }
QComboBox::down-arrow { image: url("$chevron"); width: 16px; height: 16px; }
QComboBox QAbstractItemView {
    background: $surface; color: $text; border: 1px solid $line2; border-radius: 6px; padding: 4px; outline: 0;
    selection-background-color: $accent_bg; selection-color: $text;
}
QComboBox QAbstractItemView::item { min-height: 30px; padding: 0 8px; border-radius: 4px; }

QCheckBox, QRadioButton {
    color: $text; spacing: 8px; background: transparent;
    padding: 2px; border: 1px solid transparent; border-radius: 6px;
}
QCheckBox:disabled, QRadioButton:disabled { color: $disabled; }
QCheckBox:focus, QRadioButton:focus { border: 2px solid $accent; padding: 1px; }
QCheckBox::indicator, QRadioButton::indicator { width: 18px; height: 18px; }
QCheckBox::indicator:unchecked { image: url("$box_off"); }
QCheckBox::indicator:unchecked:hover { image: url("$box_hover"); }
QCheckBox::indicator:checked { image: url("$box_on"); }
QCheckBox::indicator:indeterminate { image: url("$box_some"); }
QCheckBox::indicator:disabled { image: url("$box_disabled"); }
QRadioButton::indicator:unchecked { image: url("$dot_off"); }
QRadioButton::indicator:checked { image: url("$dot_on"); }

QListView, QTableView, QTreeView { background: $surface; color: $text; border: 0; outline: 0; }
QHeaderView { background: $sunken; border: 0; }
QHeaderView::section {
    background: $sunken; color: $text2; border: 0; border-bottom: 1px solid $line; padding: 0 8px; font-size: 12px;
}
QTableCornerButton::section { background: $sunken; border: 0; }

QScrollBar:vertical { background: transparent; width: 10px; margin: 0; }
QScrollBar::handle:vertical { background: $line2; border-radius: 3px; min-height: 32px; margin: 2px; }
QScrollBar:horizontal { background: transparent; height: 10px; margin: 0; }
QScrollBar::handle:horizontal { background: $line2; border-radius: 3px; min-width: 32px; margin: 2px; }
QScrollBar::handle:hover { background: $line3; }
QScrollBar::handle:disabled { background: transparent; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }

QMenu { background: $surface; color: $text; border: 1px solid $line2; border-radius: 8px; padding: 4px; }
QMenu::item { padding: 6px 24px 6px 12px; border-radius: 6px; }
QMenu::item:selected { background: $hover; }
QMenu::item:disabled { color: $disabled; }
QMenu::separator { height: 1px; background: $line; margin: 4px 8px; }
QMenu::icon { padding-left: 8px; }
QDialog, QMessageBox { background: $surface; }
QPushButton {
    background: $surface; color: $text; border: 1px solid $line2; border-radius: 6px; padding: 0 14px; min-height: 30px;
}
QPushButton:hover { background: $hover; border-color: $line3; }
QPushButton:pressed { background: $press; }
QPushButton:focus { border: 2px solid $accent; padding: 0 13px; min-height: 28px; }
QPushButton:disabled { background: $sunken; border-color: $line; color: $disabled; }
""")

BOX = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="18" height="18" viewBox="0 0 18 18">'
    '<rect x="0.75" y="0.75" width="16.5" height="16.5" rx="4" fill="{fill}" stroke="{stroke}" stroke-width="1.5"/>'
    "{inside}</svg>"
)
DOT = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="18" height="18" viewBox="0 0 18 18">'
    '<circle cx="9" cy="9" r="8.25" fill="{fill}" stroke="{stroke}" stroke-width="1.5"/>{inside}</svg>'
)
STROKE = (
    '<path d="{path}" fill="none" stroke="{colour}" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"/>'
)
TICK_PATH = "M5 9.3 L7.8 12 L13 6.4"
DASH_PATH = "M5.5 9 L12.5 9"


def write_pictures(folder: Path, icons: Icons, tokens: Tokens) -> dict[str, str]:
    """Write the small SVG files that QSS needs as `image:`; give their paths by name.

    The file names carry the mode, because Qt caches a picture by its path.
    """

    def box(fill: str, stroke: str, inside: str = "") -> str:
        return BOX.format(fill=fill, stroke=stroke, inside=inside)

    tick = STROKE.format(path=TICK_PATH, colour=tokens.on_fill)
    texts = {
        "chevron": icons.svg("chevron-down", tokens.text2),
        "box_off": box(tokens.surface, tokens.line3),
        "box_hover": box(tokens.hover, tokens.line3),
        "box_on": box(tokens.fill, tokens.fill, tick),
        "box_some": box(tokens.fill, tokens.fill, STROKE.format(path=DASH_PATH, colour=tokens.on_fill)),
        "box_disabled": box(tokens.sunken, tokens.line2),
        "dot_off": DOT.format(fill=tokens.surface, stroke=tokens.line3, inside=""),
        "dot_on": DOT.format(fill=tokens.fill, stroke=tokens.fill, inside=tick),
    }
    mode = "dark" if tokens.dark else "light"
    paths: dict[str, str] = {}
    for name, text in texts.items():
        path = folder / f"{name}-{mode}.svg"
        path.write_text(text, encoding="utf-8")
        paths[name] = path.as_posix()
    return paths


def build_stylesheet(tokens: Tokens, pictures: dict[str, str]) -> str:
    """Fill the plates' stylesheet with the tokens and the pictures' paths."""
    colours = {name: getattr(tokens, name) for name in Tokens.__slots__ if isinstance(getattr(tokens, name), str)}
    return PLATES.substitute(colours, **pictures)
