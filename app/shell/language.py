"""Makes the program speak the user's language, as far as there is a translation."""

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from app.core.resources import resource

NEUTRAL = "en_150"
"""English as in Europe: where a system names no language, figures still have groups."""


def speak(application: QCoreApplication, language: str = "") -> list[str]:
    """Install the translations of a language (de, en_GB; "" is the system's); return the files."""
    locale = locale_of(language, QLocale.system())
    QLocale.setDefault(locale)
    own = str(resource("translations"))
    qt = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    return [
        translator.filePath()
        for name, folder in (("qtbase", qt), ("stockroom", own))
        if (translator := _install(application, locale, name, folder))
    ]


def locale_of(language: str, system: QLocale) -> QLocale:
    """Return the locale of a setting. A language without a country is spoken as in the country of
    the system: figures and dates stay as people there write them."""
    if system.language() == QLocale.Language.C:
        system = QLocale(NEUTRAL)
    wanted = QLocale(language) if language else system
    if wanted.language() in {QLocale.Language.C, system.language()} and "_" not in language:
        return system
    return wanted if "_" in language else QLocale(wanted.language(), system.territory())


def _install(
    application: QCoreApplication, locale: QLocale, name: str, folder: str
) -> QTranslator | None:
    translator = QTranslator(application)
    if translator.load(locale, name, "_", folder):
        application.installTranslator(translator)
        return translator
    translator.deleteLater()
    return None
