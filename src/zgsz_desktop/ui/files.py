"""The system's file dialogs behind three functions, so that a test can put its own in place."""

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

PACKAGES = "数据包 (*.zgsz)"
WORKBOOKS = "Excel 工作簿 (*.xlsx)"
PDFS = "PDF 文件 (*.pdf)"


class FileChooser:
    """Asks the person for files and folders."""

    def save(self, parent: QWidget, title: str, proposed: Path, kinds: str) -> Path | None:
        """Ask where to write a file; None if the person thinks better of it."""
        name, _ = QFileDialog.getSaveFileName(parent, title, str(proposed), kinds)
        return Path(name) if name else None

    def open(self, parent: QWidget, title: str, kinds: str) -> Path | None:
        """Ask for a file to read."""
        name, _ = QFileDialog.getOpenFileName(parent, title, "", kinds)
        return Path(name) if name else None

    def folder(self, parent: QWidget, title: str) -> Path | None:
        """Ask for a folder."""
        name = QFileDialog.getExistingDirectory(parent, title)
        return Path(name) if name else None
