from datetime import date
from decimal import Decimal
from typing import ClassVar

import pytest
from PySide6.QtCore import QCoreApplication, QLocale, QTranslator

from app.core.errors import Refused, Said, marked
from app.ui.messages import message, translated


class TooLate(Refused):
    template = marked("{item} expired on {day}: {count} pieces, because {reason}")


class InGerman(QTranslator):
    known: ClassVar = {
        "{item} expired on {day}: {count} pieces, because {reason}": "{count} × {item} abgelaufen"
        " am {day}: {reason}",
        "it is old.": "es ist alt.",
    }

    def translate(self, context, text, disambiguation=None, n=-1):
        return self.known.get(text) if context == "errors" else None


@pytest.fixture
def german(qapp):
    before, translator = QLocale(), InGerman(qapp)
    QLocale.setDefault(QLocale("de_DE"))
    QCoreApplication.installTranslator(translator)
    yield
    QCoreApplication.removeTranslator(translator)
    QLocale.setDefault(before)


ERROR = TooLate(item="GEL-7", day=date(2027, 1, 31), count=Decimal("1234.5"), reason="it is old.")


def test_a_message_is_translated_and_its_figures_are_the_locales(german):
    assert message(ERROR) == "1.234,5 × GEL-7 abgelaufen am 31.01.2027: es ist alt."


def test_without_a_translation_it_is_said_as_it_was_written(qapp):
    assert message(Refused("No room for {tea}.")) == "No room for {tea}."
    assert translated("it is old.") == "it is old."
    assert translated("") == ""


def test_an_error_inside_an_error_is_said_too(german):
    class Wrapped(Refused):
        template = "Line 3: {cause}"

    assert message(Wrapped(cause=ERROR)).startswith("Line 3: 1.234,5 × GEL-7")


def test_a_text_with_figures_is_translated_wherever_it_stands(german):
    text = Said(TooLate.template, **ERROR.fields)

    assert translated(text) == "1.234,5 × GEL-7 abgelaufen am 31.01.2027: es ist alt."
    assert message(Refused(text)) == translated(text)
    assert translated(ERROR.said) == translated(text)
