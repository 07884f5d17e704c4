"""What is chosen for the program on this PC, and told to whoever keeps the settings."""

from collections.abc import Mapping

from PySide6.QtCore import QObject, Signal


class Choices(QObject):
    """Values by the name of the setting."""

    chosen = Signal(str, str)
    company_wanted = Signal()
    """Another company shall be opened."""

    def __init__(self) -> None:
        super().__init__()
        self._values: dict[str, str] = {}

    def show(self, values: Mapping[str, str]) -> None:
        """Tell what holds now."""
        self._values = dict(values)

    def get(self, name: str) -> str:
        return self._values.get(name, "")

    def put(self, name: str, value: str) -> None:
        """Choose something; it is kept if anybody listens."""
        self._values[name] = value
        self.chosen.emit(name, value)


class _Current:
    choices: Choices | None = None


def choices() -> Choices:
    """Return what is chosen."""
    if _Current.choices is None:
        _Current.choices = Choices()
    return _Current.choices
