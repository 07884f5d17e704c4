"""What this PC prints labels on, and with: remembered from one time to the next."""

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from enum import StrEnum
from typing import Any

from app.core.errors import Refused, marked
from app.core.media import ROLLS, STOCKS, LabelStock, Resolution, resolution_of
from app.features.labels.sheets import NO_CALIBRATION, Calibration

_ADDRESS = re.compile(r"(\[[0-9A-Fa-f:.]+\]|[^\s:/\[\]]+)(?::([0-9]{1,5}))?")
_RAW_PORT = 9100
_LARGEST_PORT = 65_535
MOST_SHIFT = 20.0  # millimetres
MOST_STRETCH = 0.05


class NotAnAddress(Refused):
    template = marked(
        "“{found}” is not the address of a printer. Type its name or number in the network, such"
        " as 192.168.1.50 or labels.local:9100."
    )


class CalibrationTooLarge(Refused):
    template = marked(
        "A printer is not so far off. Shift labels by 20 mm at most, and stretch by 5 % at most."
    )


class Way(StrEnum):
    """How labels leave the program."""

    PRINTER = "printer"
    SPOOLER = "spooler"
    NETWORK = "network"


@dataclass(frozen=True, slots=True)
class Device:
    """Where to print: an installed printer through its driver, one past its driver (ZPL), or a
    network address (ZPL). `dpi` is what a label printer's head has; drivers tell their own."""

    way: Way
    name: str
    dpi: int = 203

    @property
    def resolution(self) -> Resolution:
        return resolution_of(self.dpi)

    @property
    def speaks_zpl(self) -> bool:
        return self.way is not Way.PRINTER


@dataclass(frozen=True, slots=True)
class PrintSetup:
    """The choices of one PC: stock, device, first free cells by stock, calibrations by device and
    stock."""

    stock: LabelStock = ROLLS[1]
    device: Device | None = None
    starts: Mapping[str, int] = field(default_factory=dict)
    calibrations: Mapping[str, Calibration] = field(default_factory=dict)

    @property
    def start(self) -> int:
        """The first free cell of the present stock."""
        return min(self.starts.get(self.stock.code, 0), self.stock.per_page - 1)

    @property
    def calibration(self) -> Calibration:
        return self.calibrations.get(self._place(), NO_CALIBRATION)

    @property
    def resolution(self) -> Resolution:
        """Of the label printer's head, else what printers of this stock usually have."""
        if self.device and self.device.speaks_zpl:
            return self.device.resolution
        return self.stock.resolution

    def starting_at(self, cell: int, stock: LabelStock | None = None) -> "PrintSetup":
        """Remember the first free cell of the present stock, or of another."""
        return replace(self, starts={**self.starts, (stock or self.stock).code: cell})

    def calibrated(self, calibration: Calibration) -> "PrintSetup":
        """Remember how the present device prints on the present stock."""
        if not _is_sane(calibration):
            raise CalibrationTooLarge
        known = {**self.calibrations, self._place(): calibration}
        return replace(self, calibrations=known)

    def _place(self) -> str:
        return f"{self.device.name if self.device else ''}|{self.stock.code}"


def parse_address(text: str) -> tuple[str, int]:
    """Read a host, or host:port; printers listen on 9100 unless another port is stated."""
    match = _ADDRESS.fullmatch(text.strip())
    port = int(match[2] or _RAW_PORT) if match else 0
    if match is None or not 0 < port <= _LARGEST_PORT:
        raise NotAnAddress(found=text)
    return match[1].strip("[]"), port


def write_setup(setup: PrintSetup) -> str:
    """Return the setup as JSON."""
    return json.dumps(
        {
            "stock": setup.stock.code,
            "device": asdict(setup.device) if setup.device else None,
            "starts": dict(setup.starts),
            "calibrations": {key: asdict(value) for key, value in setup.calibrations.items()},
        }
    )


def read_setup(text: str) -> PrintSetup:
    """Read what was written. What cannot be read, or names stock no longer known, gives way to
    the usual: nothing is lost but a choice."""
    try:
        return _setup(json.loads(text))
    except (ValueError, KeyError, TypeError, AttributeError):
        return PrintSetup()


def _setup(data: dict[str, Any]) -> PrintSetup:
    device = data["device"]
    return PrintSetup(
        stock=STOCKS.get(data["stock"], ROLLS[1]),
        device=Device(Way(device["way"]), device["name"], device["dpi"]) if device else None,
        starts={stock: int(cell) for stock, cell in data["starts"].items()},
        calibrations={key: Calibration(**value) for key, value in data["calibrations"].items()},
    )


def _is_sane(calibration: Calibration) -> bool:
    shifts = abs(calibration.dx) <= MOST_SHIFT and abs(calibration.dy) <= MOST_SHIFT
    stretches = (calibration.scale_x, calibration.scale_y)
    return shifts and all(abs(stretch - 1) <= MOST_STRETCH + 1e-9 for stretch in stretches)
