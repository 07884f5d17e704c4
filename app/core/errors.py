"""What the application can explain to the person in front of it."""

import re
from datetime import datetime
from typing import Any, ClassVar


def marked(template: str) -> str:
    """Mark a message for translation (lupdate's QT_TRANSLATE_NOOP) and return it unchanged."""
    return template


class AppError(Exception):
    """A failure whose message tells the user what to do. Anything else is a bug.

    A subclass states its `template`; the figures it names are kept as `fields`, so that the
    window can put them into a translated template. `line` is the document line at fault, from 1.
    """

    template: ClassVar[str] = "{message}"

    def __init__(self, message: str = "", *, line: int | None = None, **fields: Any) -> None:
        self.fields = {"message": message, **fields}
        self.line = line
        told = {name: _told(value) for name, value in self.fields.items()}
        super().__init__(self.template.format(**told))

    @property
    def code(self) -> str:
        """The class's name in snake_case: what other programs tell refusals apart by."""
        return re.sub(r"(?<!^)(?=[A-Z])", "_", type(self).__name__).lower()


def _told(value: Any) -> Any:
    """A moment without a window is told as the clock here showed it."""
    if isinstance(value, datetime):
        return value.astimezone().isoformat(timespec="minutes")
    return value


class Refused(AppError):
    """The rules of the stockroom say no."""


class Unavailable(AppError):
    """The world says no: a locked database, a missing file, a silent printer."""
