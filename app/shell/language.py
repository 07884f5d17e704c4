"""Makes the program speak the user's language, as far as there is a translation."""

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from app.core.resources import resource

NEUTRAL = "en_150"
"""English as in Europe: where a system names no language, figures still have groups."""


def speak(application: QCoreApplication, language: str = "") -> list[str]:
    """Install the translations of a language (de, en_GB; "" is the system's); return the files."""
    locale = QLocale(language) if language else QLocale.system()
    if locale.language() == QLocale.Language.C:
        locale = QLocale(NEUTRAL)
    QLocale.setDefault(locale)
    own = str(resource("translations"))
    qt = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    return [
        translator.filePath()
        for name, folder in (("qtbase", qt), ("stockroom", own))
        if (translator := _install(application, locale, name, folder))
    ]


def _install(
    application: QCoreApplication, locale: QLocale, name: str, folder: str
) -> QTranslator | None:
    translator = QTranslator(application)
    if translator.load(locale, name, "_", folder):
        application.installTranslator(translator)
        return translator
    translator.deleteLater()
    return None
