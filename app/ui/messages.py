"""Says an error of the program in the user's language, with figures as the locale writes them."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from PySide6.QtCore import QCoreApplication

from app.core.errors import AppError, Said
from app.ui import formats


def message(error: AppError) -> str:
    """Return the sentence of an error: its template translated, its figures put in."""
    return _filled(error.template, error.fields)


def translated(text: str) -> str:
    """Return a text marked in the core (a reason, a name of a state) in the user's language."""
    if isinstance(text, Said):
        return _filled(text.template, text.fields)
    return QCoreApplication.translate("errors", text) if text else ""


def _filled(template: str, fields: Mapping[str, Any]) -> str:
    template = QCoreApplication.translate("errors", template)
    return template.format(**{name: _told(value) for name, value in fields.items()})


def _told(value: Any) -> Any:
    match value:
        case AppError():
            return message(value)
        case str():
            return translated(value)
        case Decimal():
            return formats.quantity(value)
        case datetime():
            return formats.moment(value)
        case date():
            return formats.day(value)
        case _:
            return value
