import pytest
from PySide6.QtCore import QCoreApplication, QLocale, QTranslator

from app.shell.language import speak


@pytest.fixture
def clean(qapp):
    before = QLocale()
    yield qapp
    for translator in qapp.findChildren(QTranslator):
        QCoreApplication.removeTranslator(translator)
        translator.deleteLater()
    QLocale.setDefault(before)


def test_numbers_and_dates_follow_the_language(clean):
    speak(clean, "de_CH")

    assert QLocale().name() == "de_CH"


def test_where_the_system_names_no_language_figures_still_have_groups(clean):
    speak(clean, "C")

    assert QLocale().toString(1234567) == "1,234,567"


def test_a_language_there_is_no_translation_for_is_english(clean):
    assert not [file for file in speak(clean, "cy") if "stockroom" in file]
