"""What is known of newer versions, told by whoever looks for them to whoever shows it."""

from pathlib import Path

from PySide6.QtCore import QObject, Signal


class Updates(QObject):
    """`address` is where they are looked for, "" nowhere; `is_fixed`: the administrator says so.

    `told` is how the last look ended, as a sentence; `ready` the file of a newer version.
    """

    changed = Signal()
    wanted = Signal()
    """Somebody wants to know now."""

    def __init__(self) -> None:
        super().__init__()
        self.address = ""
        self.is_fixed = False
        self.told = ""
        self.ready: Path | None = None

    def place(self, address: str, *, is_fixed: bool) -> None:
        """Tell where they are looked for."""
        self.address, self.is_fixed = address, is_fixed
        self.tell("")

    def tell(self, told: str, ready: Path | None = None) -> None:
        """Tell how the look ended."""
        self.told, self.ready = told, ready
        self.changed.emit()

    def ask(self) -> None:
        """Have it looked now, if anybody does."""
        self.wanted.emit()


class _Current:
    updates: Updates | None = None


def updates() -> Updates:
    """Return what is known."""
    if _Current.updates is None:
        _Current.updates = Updates()
    return _Current.updates
