"""Says in a few words what a scan means, before any screen has made use of it."""

from PySide6.QtCore import QCoreApplication

from app.core.scans import (
    Command,
    CommandScan,
    DocumentScan,
    ItemScan,
    LocationScan,
    LotScan,
    Meaning,
    QuantityScan,
    UnknownScan,
)
from app.ui.formats import quantity


def described(meaning: Meaning) -> str:
    """Return what goes by the code: “bin A-01-02”, “GEL-7 ×12”, “unknown”."""
    match meaning:
        case ItemScan(item=item, quantity=count):
            return f"{item.sku} ×{quantity(count)}" if count else item.sku
        case LocationScan(location=location):
            return _tr("place {code}").format(code=location.code)
        case LotScan(item=item, lot=lot):
            return _tr("{item} lot {lot}").format(item=item.sku, lot=lot)
        case DocumentScan(number=number):
            return number
        case CommandScan(command=command):
            return _command(command)
        case QuantityScan(quantity=count):
            return f"×{quantity(count)}"
        case UnknownScan():
            return _tr("unknown")
    return ""


def _command(command: Command) -> str:
    return {
        Command.POST: _tr("command: post"),
        Command.CANCEL: _tr("command: cancel"),
        Command.UNDO: _tr("command: undo"),
        Command.PRINT: _tr("command: print"),
    }[command]


def _tr(text: str) -> str:
    return QCoreApplication.translate("meanings", text)
