"""What to print on and with: stock, printer, resolution of its head, and how far it is off."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from app.core.media import ROLLS, SHEETS, STOCKS
from app.features.labels.calibration import CalibrationPanel
from app.features.labels.setup import Device, PrintSetup, Way, parse_address
from app.ui.fields import CheckedField
from app.ui.parts import ActionButton, labelled

HEADS = (203, 300, 600)


class AddressField(CheckedField):
    """The network address of a label printer."""

    @override
    def parse(self, text: str) -> str:
        if text.strip():
            parse_address(text)
        return text.strip()


class Desk(QWidget):
    """Shows a setup and tells every change to it as a whole new one."""

    changed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("desk")
        self._setup = PrintSetup()
        self._devices: list[Device] = []
        self.stock = _choice("label_stock", self.tr("Labels"))
        for stock in (*ROLLS, *SHEETS):
            self.stock.addItem(stock.name, stock.code)
        self.printer = _choice("label_printer", self.tr("Printer"))
        self.head = _choice("label_head", self.tr("Print head"))
        for dpi in HEADS:
            self.head.addItem(self.tr("{dpi} dpi").format(dpi=dpi), dpi)
        self.head.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        self.head.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.address = AddressField("label_address", self.tr("Network label printer"))
        self.address.setPlaceholderText(self.tr("Address, then Enter"))
        self.calibrate = ActionButton(self.tr("Calibrate"), "Ctrl+K", "calibrate")
        self.calibrate.setCheckable(True)
        self.calibration = CalibrationPanel()
        self._lay_out()
        self.stock.activated.connect(self._choose_stock)
        self.printer.activated.connect(self._choose_printer)
        self.head.activated.connect(self._choose_head)
        self.address.entered.connect(self._add_address)
        self.calibrate.toggled.connect(self.calibration.setVisible)

    def offer(self, printers: Sequence[str], *, past_driver: bool) -> None:
        """Offer these installed printers; `past_driver`: also for ZPL sent as it is."""
        self._devices = [Device(Way.PRINTER, name) for name in printers]
        if past_driver:
            self._devices += [Device(Way.SPOOLER, name) for name in printers]
        self._fill()

    def show_setup(self, setup: PrintSetup) -> None:
        self._setup = setup
        with QSignalBlocker(self.stock):
            self.stock.setCurrentIndex(self.stock.findData(setup.stock.code))
        self._fill()
        device = setup.device
        self.head.setEnabled(bool(device and device.speaks_zpl))
        self.head.setCurrentIndex(self.head.findData(setup.resolution.dpi))
        self.calibrate.setEnabled(device is not None or setup.stock.is_sheet)
        self.calibration.show_calibration(setup.calibration)

    def _lay_out(self) -> None:
        heads = QHBoxLayout()
        heads.addWidget(labelled(self.tr("Net&work label printer"), self.address), 1)
        heads.addWidget(labelled(self.tr("Print hea&d"), self.head))
        heads.addWidget(self.calibrate, 0, Qt.AlignmentFlag.AlignBottom)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(labelled(self.tr("La&bels"), self.stock))
        layout.addWidget(labelled(self.tr("P&rinter"), self.printer))
        layout.addLayout(heads)
        layout.addWidget(self.calibration)

    def _fill(self) -> None:
        """List the printers, the chosen one too where it is not installed."""
        chosen = self._setup.device
        known = list(self._devices)
        is_known = any(_same(device, chosen) for device in known)
        if chosen and not is_known:
            known.append(chosen)
        self._listed = known
        with QSignalBlocker(self.printer):
            self.printer.clear()
            self.printer.addItem(self.tr("None: save as PDF or ZPL"))
            for device in known:
                self.printer.addItem(self._name(device))
            at = next((n for n, d in enumerate(known, start=1) if _same(d, chosen)), 0)
            self.printer.setCurrentIndex(at)

    def _name(self, device: Device) -> str:
        match device.way:
            case Way.NETWORK:
                return self.tr("{name} · ZPL over the network").format(name=device.name)
            case Way.SPOOLER:
                return self.tr("{name} · ZPL past the driver").format(name=device.name)
        return device.name

    def _choose_stock(self) -> None:
        self._change(replace(self._setup, stock=STOCKS[self.stock.currentData()]))

    def _choose_printer(self, at: int) -> None:
        device = self._listed[at - 1] if at else None
        self._change(replace(self._setup, device=device))

    def _choose_head(self) -> None:
        if self._setup.device:
            device = replace(self._setup.device, dpi=self.head.currentData())
            self._change(replace(self._setup, device=device))

    def _add_address(self, address: str) -> None:
        if address:
            self.address.clear()
            device = Device(Way.NETWORK, address)
            self._change(replace(self._setup, device=device))

    def _change(self, setup: PrintSetup) -> None:
        self.show_setup(setup)
        self.changed.emit(setup)


def _same(one: Device, other: Device | None) -> bool:
    return other is not None and (one.way, one.name) == (other.way, other.name)


def _choice(name: str, accessible: str) -> QComboBox:
    choice = QComboBox()
    choice.setObjectName(name)
    choice.setAccessibleName(accessible)
    choice.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
    return choice
