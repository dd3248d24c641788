"""Chinese for what Qt itself says: menus of text fields (撤销, 复制), buttons and labels of file dialogs.

Our own texts are written in Chinese and need no translation file.
"""

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
from PySide6.QtWidgets import QApplication

FILE = "qtbase_zh_CN"


def install_chinese(application: QApplication) -> bool:
    """Make Qt speak Chinese; say whether its translation was found (a stripped system Qt may lack it)."""
    QLocale.setDefault(QLocale(QLocale.Language.Chinese, QLocale.Country.China))
    translator = QTranslator(application)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    return translator.load(FILE, folder) and QApplication.installTranslator(translator)
