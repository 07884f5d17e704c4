"""Asks how far a printer prints beside the mark, and remembers it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from app.core.decimals import parse_decimal
from app.features.labels.setup import MOST_SHIFT, MOST_STRETCH, CalibrationTooLarge
from app.features.labels.sheets import Calibration
from app.ui.fields import CheckedField
from app.ui.formats import decimal_mark
from app.ui.parts import SmallButton, hint, labelled

_PER_CENT = 100


class ShiftField(CheckedField):
    """A figure that lies at most so far from its usual one: millimetres, or per cent."""

    def __init__(self, name: str, accessible: str, usual: float, most_off: float) -> None:
        self._usual = usual
        self._most_off = most_off
        super().__init__(name, accessible)

    @override
    def parse(self, text: str) -> float:
        value = float(parse_decimal(text))
        if abs(value - self._usual) > self._most_off:
            raise CalibrationTooLarge
        return value

    def value(self) -> float:
        return self._value if isinstance(self._value, float) else self._usual

    def show_value(self, value: float) -> None:
        self.setText(f"{value:.2f}".rstrip("0").rstrip(".").replace(".", decimal_mark()))


class CalibrationPanel(QWidget):
    """How far this printer prints beside the mark on this stock."""

    saved = Signal(object)
    test_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("calibration")
        across, stretch = MOST_SHIFT, MOST_STRETCH * _PER_CENT
        self.dx = ShiftField("calibration_right", self.tr("Shift to the right, mm"), 0, across)
        self.dy = ShiftField("calibration_down", self.tr("Shift down, mm"), 0, across)
        self.wide = ShiftField("calibration_width", self.tr("Width, %"), _PER_CENT, stretch)
        self.high = ShiftField("calibration_height", self.tr("Height, %"), _PER_CENT, stretch)
        self.test = SmallButton(self.tr("Print test page"), "print_test_page")
        self.save = SmallButton(self.tr("Keep"), "keep_calibration")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(
            hint(
                self.tr(
                    "Print the test page on plain paper and hold it with a sheet of labels against"
                    " the light."
                )
            )
        )
        fields = QGridLayout()
        for at, field in enumerate((self.dx, self.dy, self.wide, self.high)):
            fields.addWidget(labelled(field.accessibleName(), field), at // 2, at % 2)
        layout.addLayout(fields)
        buttons = QHBoxLayout()
        buttons.addWidget(self.test)
        buttons.addStretch()
        buttons.addWidget(self.save)
        layout.addLayout(buttons)
        self.save.clicked.connect(self._save)
        self.test.clicked.connect(self.test_wanted)
        self.hide()

    def show_calibration(self, calibration: Calibration) -> None:
        self.dx.show_value(calibration.dx)
        self.dy.show_value(calibration.dy)
        self.wide.show_value(calibration.scale_x * _PER_CENT)
        self.high.show_value(calibration.scale_y * _PER_CENT)

    def _save(self) -> None:
        fields = (self.dx, self.dy, self.wide, self.high)
        checked = [field.check() for field in fields]
        if all(checked):
            wide, high = self.wide.value() / _PER_CENT, self.high.value() / _PER_CENT
            self.saved.emit(Calibration(self.dx.value(), self.dy.value(), wide, high))
