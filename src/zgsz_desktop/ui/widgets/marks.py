"""The small painted widgets: badge, ladder, chip, key cap, bar, ring, avatar, icon, hairline.

Each only holds its value and calls the paint function that the delegates call too.
"""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QWidget

from zgsz_desktop.ui import marks
from zgsz_desktop.ui.marks import CHIP_HEIGHT, EVEN_GROUPS, KEY_HEIGHT, CapLook, Chip, chip_width, key_width
from zgsz_desktop.ui.painting import draw_bar, draw_hairline, draw_icon, draw_ring, draw_upright
from zgsz_desktop.ui.theme import Theme
from zgsz_desktop.ui.widgets.painted import FIXED, GROWS, PaintedWidget

BADGE_TABLE = QSize(26, 22)
BADGE_LIST = QSize(32, 28)
BADGE_REVIEW = QSize(44, 44)
BADGE_LIVE = QSize(60, 60)
BADGE_RESULT = QSize(92, 92)


class GradeBadge(PaintedWidget):
    """A grade 1 to 10 on its colour, or an outlined – where there is none."""

    def __init__(
        self, theme: Theme, grade: int | None = None, size: QSize = BADGE_LIST, parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, parent)
        self.setFixedSize(size)
        self._grade = grade
        self.set_grade(grade)

    def set_grade(self, grade: int | None) -> None:
        """Show another grade."""
        self._grade = grade
        self.setAccessibleName("还不能评档" if grade is None else f"{grade} 档")
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  small
        painter = self.painter()
        marks.draw_badge(painter, self.theme, self.area(), self._grade)
        painter.end()


class Ladder(PaintedWidget):
    """Ten rising steps: the grade without colour. `groups` are the sizes of the levels, from the indicator set."""

    def __init__(
        self, theme: Theme, groups: Sequence[int] = EVEN_GROUPS, height: int = 24, parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, parent)
        self._groups = tuple(groups)
        self._grade: int | None = None
        self._target: int | None = None
        self.setFixedHeight(height)
        self.setMinimumWidth(sum(self._groups) * 11)
        self.setSizePolicy(GROWS, FIXED)
        self.set_grade(None)

    def set_grade(self, grade: int | None, target: int | None = None) -> None:
        """Fill up to `grade`; outline `target`, the next step unless another is given."""
        self._grade = grade
        follows = grade is not None and grade < sum(self._groups)
        self._target = target if target is not None else (grade + 1 if grade is not None and follows else None)
        self.setAccessibleName("还不能评档" if grade is None else f"{sum(self._groups)} 档中的第 {grade} 档")
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  small
        painter = self.painter()
        area = self.area()
        marks.draw_ladder(painter, self.theme, area, grade=self._grade, target=self._target, groups=self._groups)
        painter.end()


class ChipLabel(PaintedWidget):
    """A chip as a widget."""

    def __init__(self, theme: Theme, chip: Chip, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._chip = chip
        self.setSizePolicy(FIXED, FIXED)
        self.set_chip(chip)

    def chip(self) -> Chip:
        """Give the chip shown."""
        return self._chip

    def set_chip(self, chip: Chip) -> None:
        """Show another chip."""
        self._chip = chip
        self.setAccessibleName(chip.text)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(round(chip_width(self.theme, self._chip)), CHIP_HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  small
        painter = self.painter()
        marks.draw_chip(painter, self.theme, self.area(), self._chip)
        painter.end()


class KeyCap(PaintedWidget):
    """The picture of a key. A hint for the eye: the accessible name says 按键."""

    def __init__(
        self,
        theme: Theme,
        keys: str,
        look: CapLook = CapLook.PLAIN,
        height: int = KEY_HEIGHT,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, parent)
        self._keys = keys
        self._look = look
        self.setFixedSize(QSize(round(key_width(theme, keys, height)), height))
        self.setAccessibleName(f"按键 {keys}")

    def set_keys(self, keys: str) -> None:
        """Show another key."""
        self._keys = keys
        self.setFixedWidth(round(key_width(self.theme, keys, self.height())))
        self.setAccessibleName(f"按键 {keys}")
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  small
        painter = self.painter()
        marks.draw_key(painter, self.theme, self.area(), self._keys, self._look)
        painter.end()


class ProgressBar(PaintedWidget):
    """A bar with round ends: 6 px in lists, 2 in sections, 10 in charts."""

    def __init__(self, theme: Theme, height: int = 6, ink: str = "accent", parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._share = 0.0
        self._ink = ink
        self.setFixedHeight(height)
        self.setMinimumWidth(24)
        self.setSizePolicy(GROWS, FIXED)
        self.set_progress(0, 0)

    def set_progress(self, done: int, total: int) -> None:
        """Show n of m; nothing of nothing is an empty bar."""
        self._share = done / total if total else 0.0
        self.setAccessibleName(f"进度 {done}/{total}")
        self.update()

    def set_share(self, share: float) -> None:
        """Show a share from 0 to 1."""
        self._share = share
        self.setAccessibleName(f"进度 {share:.0%}")
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  small
        painter = self.painter()
        tokens = self.theme.tokens
        draw_bar(painter, self.area(), self._share, track=tokens.press, colour=self.theme.hex(self._ink))
        painter.end()


class ProgressRing(PaintedWidget):
    """A ring of 16 to 20 px: a share, or busy without one; full is drawn in the colour of done."""

    def __init__(self, theme: Theme, size: int = 18, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._share: float | None = None
        self.setFixedSize(size, size)
        self.set_share(None)

    def set_share(self, share: float | None) -> None:
        """Show a share, or None for busy."""
        self._share = share
        self.setAccessibleName("正在处理" if share is None else f"进度 {share:.0%}")
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  small
        painter = self.painter()
        tokens = self.theme.tokens
        full = self._share is not None and self._share >= 1
        draw_ring(painter, self.area(), self._share, track=tokens.press, colour=tokens.ok if full else tokens.accent)
        painter.end()


class Avatar(PaintedWidget):
    """The first character of a name in a circle."""

    def __init__(self, theme: Theme, name: str = "", size: int = 30, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._name = name
        self.setFixedSize(size, size)
        self.set_name(name)

    def set_name(self, name: str) -> None:
        """Show another person."""
        self._name = name
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  small
        painter = self.painter()
        marks.draw_avatar(painter, self.theme, self.area(), self._name)
        painter.end()


class IconLabel(PaintedWidget):
    """An icon alone, `drop` px lower where a wrapped label stands beside it (the font's line box sits high).

    It decorates; give a `name` only where no word stands beside it.
    """

    def __init__(
        self,
        theme: Theme,
        icon: str,
        px: int = 16,
        ink: str = "text2",
        *,
        name: str = "",
        drop: int = 0,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, parent)
        self._drop = drop
        self._icon = icon
        self._px = px
        self._ink = ink
        self.setFixedSize(px, px + drop)
        self.setAccessibleName(name)

    def set_icon(self, icon: str, ink: str = "") -> None:
        """Show another icon, in another colour if one is given."""
        self._icon = icon
        self._ink = ink or self._ink
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  small
        painter = self.painter()
        at = QPointF(self._px / 2, self._px / 2 + self._drop)
        draw_icon(painter, self.theme, self._icon, at, px=self._px, colour=self.theme.hex(self._ink))
        painter.end()


class Hairline(PaintedWidget):
    """A line of one device pixel between two parts; upright on request."""

    def __init__(
        self, theme: Theme, *, upright: bool = False, ink: str = "line", parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, parent)
        self._upright = upright
        self._ink = ink
        if upright:
            self.setFixedWidth(1)
            self.setSizePolicy(FIXED, GROWS)
        else:
            self.setFixedHeight(1)
            self.setSizePolicy(GROWS, FIXED)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  one line
        painter = self.painter()
        colour, area = self.theme.hex(self._ink), QRectF(self.rect())
        if self._upright:
            draw_upright(painter, 0, 0, area.bottom(), colour)
        else:
            draw_hairline(painter, 0, area.right(), area.bottom(), colour)
        painter.end()
