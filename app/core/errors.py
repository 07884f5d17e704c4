"""What the application can explain to the person in front of it."""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar, Self


def marked(template: str) -> str:
    """Mark a message for translation (lupdate's QT_TRANSLATE_NOOP) and return it unchanged."""
    return template


class Said(str):
    """A text with figures in it that still knows its marked template.

    It is the English text wherever texts go; the window says it in the user's language.
    """

    __slots__ = ("fields", "template")

    template: str
    fields: Mapping[str, Any]

    def __new__(cls, template: str, /, **fields: Any) -> Self:
        text = super().__new__(cls, _filled(template, fields))
        text.template = template
        text.fields = fields
        return text


def _filled(template: str, fields: Mapping[str, Any]) -> str:
    """Put the figures in; a moment is told as the clock here showed it."""
    told = {
        name: value.astimezone().isoformat(timespec="minutes")
        if isinstance(value, datetime)
        else value
        for name, value in fields.items()
    }
    return template.format(**told)


class AppError(Exception):
    """A failure whose message tells the user what to do. Anything else is a bug.

    A subclass states its `template`; the figures it names are kept as `fields`, so that the
    window can put them into a translated template. `line` is the document line at fault, from 1.
    """

    template: ClassVar[str] = "{message}"

    def __init__(self, message: str = "", *, line: int | None = None, **fields: Any) -> None:
        self.fields = {"message": message, **fields}
        self.line = line or None  # the head of a document is no line
        super().__init__(_filled(self.template, self.fields))

    @property
    def said(self) -> Said:
        """The message as a text that the window can translate, for where no error can go."""
        return Said(self.template, **self.fields)

    @property
    def code(self) -> str:
        """The class's name in snake_case: what other programs tell refusals apart by."""
        return re.sub(r"(?<!^)(?=[A-Z])", "_", type(self).__name__).lower()


class Refused(AppError):
    """The rules of the stockroom say no."""


class Unavailable(AppError):
    """The world says no: a locked database, a missing file, a silent printer."""
