"""Nothing in English by accident: Qt's own words are Chinese too."""

from PySide6.QtCore import QTranslator
from PySide6.QtWidgets import QApplication, QDialogButtonBox

from zgsz_desktop.ui.translation import install_chinese


def test_buttons_of_qt_speak_chinese(qtbot, qapp: QApplication):
    assert install_chinese(qapp)
    box = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
    qtbot.addWidget(box)
    assert box.button(QDialogButtonBox.StandardButton.Cancel).text() == "取消"
    for translator in qapp.findChildren(QTranslator):
        qapp.removeTranslator(translator)
