import pytest
from PySide6.QtCore import QCoreApplication, QLocale, QTranslator

from app.shell.language import locale_of, speak


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


def test_where_the_system_names_no_language_figures_still_have_groups():
    assert locale_of("", QLocale.c()).toString(1234567) == "1,234,567"


def test_a_language_there_is_no_translation_for_is_english(clean):
    assert not [file for file in speak(clean, "cy") if "stockroom" in file]


@pytest.mark.parametrize(
    ("language", "system", "spoken"),
    [
        ("", "de_CH", "de_CH"),
        ("de", "de_CH", "de_CH"),
        ("en", "de_CH", "en_CH"),
        ("en_GB", "de_CH", "en_GB"),
        ("de", "en_US", "de_DE"),
        ("de", "C", "de_DE"),
        ("en", "C", "en_150"),
        ("", "C", "en_150"),
    ],
)
def test_a_language_alone_is_spoken_as_in_the_country_of_the_system(language, system, spoken):
    assert locale_of(language, QLocale(system)).name() == spoken
