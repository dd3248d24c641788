"""Fonts of the window: the bundled Hei, so that Chinese is drawn the same on a machine that has no Chinese font.

Two weights only (400 and 700): every other weight would be mapped to one of them anyway. Sizes are pixels, because the
layout is in logical pixels and Qt scales both together.
"""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtGui import QFont, QFontDatabase

UI_FAMILY = "ZGSZ Hei"
SYMBOL_FAMILY = "ZGSZ Symbols"
# Asked for in this order where the bundled files are missing; Qt skips what the system does not have.
FALLBACK_FAMILIES = ("Noto Sans CJK SC", "Microsoft YaHei", "PingFang SC")
BODY = 14


@dataclass(frozen=True, slots=True)
class Fonts:
    """The families to ask for, in order.

    Attributes:
        families: names handed to every font of the window.
        bundled: whether our own font files were found and loaded.
    """

    families: tuple[str, ...]
    bundled: bool

    def font(self, px: int = BODY, *, bold: bool = False) -> QFont:
        """Make a font of this pixel size."""
        font = QFont()
        font.setFamilies(list(self.families))
        font.setPixelSize(px)
        font.setWeight(QFont.Weight.Bold if bold else QFont.Weight.Normal)
        # Hinting makes widths depend on the scale; what was measured at 100 % must fit at 150 %.
        font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
        return font


def load_fonts(folder: Path) -> Fonts:
    """Load the bundled screen fonts; a missing or unreadable file leaves the system's families."""
    loaded: set[str] = set()
    for path in sorted(folder.glob("*.ttf")):
        if "Song" in path.name:  # for paper only: 28 MB that the window never shows
            continue
        handle = QFontDatabase.addApplicationFont(str(path))
        if handle >= 0:
            loaded.update(QFontDatabase.applicationFontFamilies(handle))
    bundled = tuple(name for name in (UI_FAMILY, SYMBOL_FAMILY) if name in loaded)
    return Fonts(families=bundled + FALLBACK_FAMILIES, bundled=UI_FAMILY in loaded)
