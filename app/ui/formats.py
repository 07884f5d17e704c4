"""Figures, dates and times as the user's locale writes them. No figure passes through a float."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from PySide6.QtCore import QCoreApplication, QDate, QLocale, QTime

from app.core.decimals import plain, rounded

UNKNOWN = "—"


def quantity(value: Decimal | int | None) -> str:
    """Return the exact figure without needless zeros; 0 for nothing, — for unknown."""
    return UNKNOWN if value is None else _written(plain(Decimal(value)))


def signed(value: Decimal | None) -> str:
    """Return a change with its sign: +12, −3, 0."""
    text = quantity(value)
    return f"+{text}" if value is not None and value > 0 else text


def money(value: Decimal | None, places: int = 2) -> str:
    """Return an amount with its cents."""
    return UNKNOWN if value is None else _written(format(rounded(value, places), "f"))


def counted(count: int, one: str, many: str, **fields: Any) -> str:
    """Return what is said of one, or of {count} things, with these other fields put in."""
    text = one if count == 1 else many
    return text.format(count=quantity(count), **fields)


def typed(value: Decimal | None) -> str:
    """Return a figure as a person would type it: no groups, the locale's decimal mark."""
    return "" if value is None else plain(value).replace(".", QLocale().decimalPoint())


def day(value: date | None) -> str:
    """Return a date as the locale writes it, with the whole year."""
    if value is None:
        return UNKNOWN
    return QLocale().toString(QDate(value.year, value.month, value.day), short_date_format())


def clock_time(value: datetime | None) -> str:
    """Return the local time of day."""
    if value is None:
        return UNKNOWN
    local = value.astimezone()
    form = QLocale().timeFormat(QLocale.FormatType.ShortFormat).replace(":ss", "")
    return QLocale().toString(QTime(local.hour, local.minute), form)


def moment(value: datetime | None) -> str:
    """Return local date and time; today and yesterday by their names."""
    if value is None:
        return UNKNOWN
    passed = datetime.now().astimezone().date() - value.astimezone().date()
    names = {
        timedelta(0): QCoreApplication.translate("formats", "Today"),
        timedelta(1): QCoreApplication.translate("formats", "Yesterday"),
    }
    return f"{names.get(passed) or day(value.astimezone().date())} {clock_time(value)}"


def file_moment(value: datetime) -> str:
    """Return a moment as it stands in the name of a file."""
    return value.astimezone().strftime("%Y-%m-%d %H%M")


def took(milliseconds: float) -> str:
    """Return how long something took, in the unit a person would choose."""
    if milliseconds < 1000:
        return f"{max(1, round(milliseconds))} ms"
    tenths = Decimal(round(milliseconds / 100)) / 10
    return f"{_written(format(tenths, '.1f'))} s"


def short_date_format() -> str:
    """Return the locale's short date with four figures for the year."""
    form = QLocale().dateFormat(QLocale.FormatType.ShortFormat)
    return form if "yyyy" in form else form.replace("yy", "yyyy")


def _written(text: str) -> str:
    """Write a plain figure with the locale's groups, decimal mark and minus sign."""
    locale = QLocale()
    sign = locale.negativeSign() if text.startswith("-") else ""
    whole, mark, part = text.lstrip("-").partition(".")
    return f"{sign}{_grouped(whole)}{locale.decimalPoint() if mark else ''}{part}"


def _grouped(digits: str) -> str:
    if len(digits) <= 3:
        return digits
    if len(digits) > 18:  # more than Qt's whole numbers hold
        return digits
    return QLocale().toString(int(digits))


def decimal_mark() -> str:
    return QLocale().decimalPoint()
