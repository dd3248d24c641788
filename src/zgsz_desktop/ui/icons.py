"""Outline icons from one set (lucide, 24 grid), recoloured by token and drawn once per size, colour and screen.

The SVG text is changed, not the picture: `currentColor` and the stroke width are replaced before rendering, so edges
stay sharp at every scale. The cache belongs to this object and is dropped when the theme changes.
"""

from pathlib import Path

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

LARGE = 18  # from this size on a stroke of 2 looks heavy


class Icons:
    """The icon set of one window.

    Attributes:
        folder: where the SVG files lie.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._sources: dict[str, str] = {}
        self._pictures: dict[tuple[str, int, str, float], QPixmap] = {}

    def pixmap(self, name: str, px: int, colour: str, ratio: float = 1.0) -> QPixmap:
        """Draw one icon at `px` logical pixels for a screen of this device ratio.

        Raises:
            FileNotFoundError: the set has no icon of this name (a mistake in our code, never input).
        """
        key = (name, px, colour, ratio)
        found = self._pictures.get(key)
        if found is None:
            found = self._render(name, px, colour, ratio)
            self._pictures[key] = found
        return found

    def icon(self, name: str, px: int, colour: str, ratio: float = 1.0) -> QIcon:
        """Wrap one icon for Qt's own controls (menus, line edits)."""
        return QIcon(self.pixmap(name, px, colour, ratio))

    def svg(self, name: str, colour: str, stroke: float = 2) -> str:
        """Give the recoloured SVG text.

        Raises:
            FileNotFoundError: the set has no icon of this name.
        """
        text = self._sources.get(name)
        if text is None:
            text = (self.folder / f"{name}.svg").read_text(encoding="utf-8")
            self._sources[name] = text
        return text.replace("currentColor", colour).replace('stroke-width="2"', f'stroke-width="{stroke:g}"')

    def drop_pictures(self) -> None:
        """Forget the drawn pictures (the colours or the screen have changed)."""
        self._pictures.clear()

    def _render(self, name: str, px: int, colour: str, ratio: float) -> QPixmap:
        svg = self.svg(name, colour, 1.75 if px >= LARGE else 2)
        renderer = QSvgRenderer(QByteArray(svg.encode()))
        side = max(1, round(px * ratio))
        picture = QPixmap(side, side)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        renderer.render(painter, QRectF(0, 0, side, side))
        painter.end()
        picture.setDevicePixelRatio(ratio)
        return picture
