"""What a page shows when there is nothing, not yet something, or somewhere to drop something."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QMimeData, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from zgsz_desktop.ui.painting import draw_dashed_plate, draw_plate
from zgsz_desktop.ui.theme import Theme
from zgsz_desktop.ui.widgets.buttons import Button
from zgsz_desktop.ui.widgets.marks import IconLabel
from zgsz_desktop.ui.widgets.painted import FIXED, GROWS, PaintedWidget
from zgsz_desktop.ui.widgets.text import ElidedLabel, Label, TextRole

CENTRE = Qt.AlignmentFlag.AlignHCenter
LOADING_SHARES = (0.50, 0.40, 0.57, 0.44, 0.53)
LOADING_ROW = 32


class EmptyState(QWidget):
    """Icon, what is missing, and how it gets here; perhaps the button that fetches it."""

    def __init__(
        self,
        theme: Theme,
        icon: str,
        title: str,
        hint: str,
        *,
        action: Button | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(f"{title}，{hint}")
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(0)
        column.addStretch(1)
        column.addWidget(IconLabel(theme, icon, 32, "text3"), 0, CENTRE)
        column.addSpacing(8)
        title_label = Label(theme, title, TextRole.PANEL)
        title_label.setAlignment(CENTRE)
        column.addWidget(title_label)
        column.addSpacing(4)
        hint_label = Label(theme, hint, TextRole.HELPER, wrap=True)
        hint_label.setAlignment(CENTRE)
        column.addWidget(hint_label)
        if action is not None:
            column.addSpacing(12)
            column.addWidget(action, 0, CENTRE)
        column.addStretch(1)


class LoadingRows(PaintedWidget):
    """Grey bars in the shape of the rows that will come; they do not move."""

    def __init__(self, theme: Theme, rows: int = 3, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._rows = rows
        self.setAccessibleName("正在载入")
        self.setFixedHeight(rows * LOADING_ROW)
        self.setSizePolicy(GROWS, FIXED)

    def sizeHint(self) -> QSize:
        return QSize(420, self._rows * LOADING_ROW)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  small
        painter, tokens, width = self.painter(), self.theme.tokens, self.width()
        for row in range(self._rows):
            middle = row * LOADING_ROW + LOADING_ROW / 2
            draw_plate(painter, QRectF(0, middle - 10, 28, 20), 5, fill=tokens.press)
            share = LOADING_SHARES[row % len(LOADING_SHARES)]
            draw_plate(painter, QRectF(40, middle - 5, (width - 40) * share, 10), 5, fill=tokens.press)
            draw_plate(painter, QRectF(width * 0.78, middle - 5, width * 0.22, 10), 5, fill=tokens.hover)
        painter.end()


class DropZone(PaintedWidget):
    """Where files are dropped; says how many while they hover.

    Signals:
        files_dropped(object): tuple of `Path`, only files with one of the suffixes.
        choose_clicked: the button was pressed; the page opens its file dialog.
    """

    files_dropped = Signal(object)
    choose_clicked = Signal()

    def __init__(
        self,
        theme: Theme,
        title: str,
        hint: str,
        *,
        suffixes: Sequence[str],
        action: str = "选择文件",
        keys: str = "",
        drop_text: str = "松开就开始核对这 {count} 份",
        parent: QWidget | None = None,
    ) -> None:
        """Make a drop zone.

        Args:
            theme: colours, fonts and icons.
            title: what to drop here.
            hint: what happens then.
            suffixes: accepted endings, lower case, with the dot.
            action: label of the button.
            keys: its key.
            drop_text: what it says while files hover; `{count}` is their number.
            parent: Qt parent.
        """
        super().__init__(theme, parent)
        self.setAcceptDrops(True)
        self.setFixedHeight(68)
        self.setSizePolicy(GROWS, FIXED)
        self.setAccessibleName(f"{title}，{hint}")
        self._suffixes = tuple(suffix.lower() for suffix in suffixes)
        self._drop_text = drop_text
        self._title_text = title
        self._hovering = False
        row = QHBoxLayout(self)
        row.setContentsMargins(20, 0, 16, 0)
        row.setSpacing(16)
        row.addWidget(IconLabel(theme, "file-input", 22, "accent"))
        words = QVBoxLayout()
        words.setSpacing(0)
        self._title = ElidedLabel(theme, title, TextRole.CARD)
        self._hint = ElidedLabel(theme, hint, TextRole.HELPER)
        words.addStretch(1)
        words.addWidget(self._title)
        words.addWidget(self._hint)
        words.addStretch(1)
        row.addLayout(words, 1)
        self.button = Button(theme, action, icon="folder-open", keys=keys)
        self.button.clicked.connect(self.choose_clicked)
        row.addWidget(self.button)

    def files_in(self, mime: QMimeData) -> tuple[Path, ...]:
        """Give the acceptable files among what is dragged."""
        paths = (Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile())
        return tuple(path for path in paths if path.suffix.lower() in self._suffixes)

    def show_hovering(self, count: int) -> None:
        """Look as while `count` files hover; 0 is at rest."""
        self._hovering = count > 0
        self._title.set_text(self._drop_text.format(count=count) if self._hovering else self._title_text)
        self._title.set_ink("accent" if self._hovering else "text")
        self._hint.setVisible(not self._hovering)
        self.button.setVisible(not self._hovering)
        self.update()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        files = self.files_in(event.mimeData())
        if files:
            self.show_hovering(len(files))
            event.acceptProposedAction()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self.show_hovering(0)
        event.accept()

    def dropEvent(self, event: QDropEvent) -> None:
        files = self.files_in(event.mimeData())
        self.show_hovering(0)
        if files:
            event.acceptProposedAction()
            self.files_dropped.emit(files)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  a plate
        painter, tokens = self.painter(), self.theme.tokens
        if self._hovering:
            draw_plate(painter, self.area(), 8, fill=tokens.accent_bg, border=tokens.accent, width=2)
        else:
            draw_dashed_plate(painter, self.area(), 8, fill=tokens.sunken, border=tokens.line3)
        painter.end()
