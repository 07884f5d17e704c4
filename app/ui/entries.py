"""Keeps fields in step with a value that also changes elsewhere, without losing what is typed."""

from PySide6.QtWidgets import QLineEdit


class Entries:
    """Knows what each field was last shown or said, so that what is new in it can be told."""

    def __init__(self) -> None:
        self._texts: dict[QLineEdit, str] = {}

    def put(self, field: QLineEdit, text: str) -> None:
        """Show a text, unless somebody has typed another one and not said it yet."""
        if not self.is_new(field):
            self.replace(field, text)

    def replace(self, field: QLineEdit, text: str) -> None:
        """Show a text whatever stands there."""
        self._texts[field] = text
        if field.text() != text:
            field.setText(text)

    def is_new(self, field: QLineEdit) -> bool:
        return field.text() != self._texts.get(field, "")

    def take(self, field: QLineEdit) -> bool:
        """Tell whether something new stands there; it counts as said from now on."""
        new = self.is_new(field)
        self._texts[field] = field.text()
        return new
