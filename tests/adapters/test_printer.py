import socket
import sys
import threading
from pathlib import Path

import pytest

from app.adapters import printer
from app.adapters.printer import (
    FileNotWritten,
    NoSpooler,
    PrinterRefuses,
    PrinterSilent,
    send_over_network,
    send_to_spooler,
    write_file,
)
from tests.support.unprivileged import refusing_folder

DATA = b"^XA^FO1,1^FDx^FS^XZ\n" * 5000


class Listener:
    """A printer in the network that takes everything and says nothing."""

    def __init__(self) -> None:
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.port = self.socket.getsockname()[1]
        self.received = b""
        self.thread = threading.Thread(target=self._take)

    def _take(self) -> None:
        connection, _ = self.socket.accept()
        with connection:
            while part := connection.recv(65_536):
                self.received += part

    def __enter__(self) -> "Listener":
        self.thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.thread.join(10)
        self.socket.close()


def test_a_printer_in_the_network_gets_every_byte():
    with Listener() as listener:
        send_over_network("127.0.0.1", DATA, listener.port)
    assert listener.received == DATA


def test_a_printer_that_is_off_is_named():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    with pytest.raises(PrinterSilent, match=f"127.0.0.1:{port}"):
        send_over_network("127.0.0.1", DATA, port)


def test_a_printer_that_takes_nothing_is_given_up():
    with socket.create_server(("127.0.0.1", 0)) as deaf:
        port = deaf.getsockname()[1]
        with pytest.raises(PrinterSilent, match="timed out"):
            send_over_network("127.0.0.1", DATA * 1000, port, patience=0.2)


@pytest.mark.parametrize("host", ["no-such-printer.invalid", "a" * 300, "x..y"])
def test_a_printer_whose_name_nobody_knows_is_named(host):
    with pytest.raises(PrinterSilent, match=host[:20]):
        send_over_network(host, DATA)


def test_a_file_is_written_whole(tmp_path: Path):
    write_file(tmp_path / "labels.zpl", DATA)

    assert (tmp_path / "labels.zpl").read_bytes() == DATA
    assert [path.name for path in tmp_path.iterdir()] == ["labels.zpl"]


def test_a_file_that_was_there_is_replaced(tmp_path: Path):
    (tmp_path / "labels.zpl").write_bytes(b"old and longer than the new")
    write_file(tmp_path / "labels.zpl", b"new")
    assert (tmp_path / "labels.zpl").read_bytes() == b"new"


def test_a_folder_that_is_not_there_is_explained(tmp_path: Path):
    with pytest.raises(FileNotWritten, match="No such file"):
        write_file(tmp_path / "none" / "labels.zpl", DATA)


@pytest.mark.needs("folders that refuse")
def test_a_folder_that_nobody_may_write_in_is_explained_at_once():
    with refusing_folder() as folder, pytest.raises(FileNotWritten, match="Permission denied"):
        write_file(folder / "labels.zpl", DATA)


def test_a_failed_write_leaves_what_was_there_and_nothing_else(tmp_path: Path):
    (tmp_path / "labels.zpl").mkdir()
    (tmp_path / "labels.zpl" / "kept").touch()
    with pytest.raises(FileNotWritten):
        write_file(tmp_path / "labels.zpl", DATA)
    assert [path.name for path in tmp_path.iterdir()] == ["labels.zpl"]


class SpoolerDouble:
    """Stands for Windows, which is not here: answers as its documentation says."""

    def __init__(self, *codes: int) -> None:
        self.codes = list(codes)
        self.asked: list[str] = []

    def send(self, _printer: str, _data: bytes, _title: str, data_type: str) -> int:
        self.asked.append(data_type)
        return self.codes.pop(0)


def test_a_driver_that_takes_raw_data_gets_raw_data():
    spooler = SpoolerDouble(0)
    printer._spool(spooler, "Zebra", DATA, "Labels")
    assert spooler.asked == ["RAW"]


def test_an_xps_driver_is_passed_by_the_other_way():
    spooler = SpoolerDouble(1804, 0)
    printer._spool(spooler, "Zebra", DATA, "Labels")
    assert spooler.asked == ["RAW", "XPS_PASS"]


def test_any_other_fault_of_the_spooler_is_told_with_its_number():
    spooler = SpoolerDouble(1801)
    with pytest.raises(PrinterRefuses, match=r"Zebra .*1801"):
        printer._spool(spooler, "Zebra", DATA, "Labels")
    assert spooler.asked == ["RAW"]


def test_a_driver_that_refuses_both_ways_is_told():
    with pytest.raises(PrinterRefuses, match="1804"):
        printer._spool(SpoolerDouble(1804, 1804), "Zebra", DATA, "Labels")


def test_without_windows_there_is_no_spooler():
    if sys.platform == "win32":
        with pytest.raises(PrinterRefuses):
            send_to_spooler("no such printer", DATA, "Labels")
    else:
        with pytest.raises(NoSpooler):
            send_to_spooler("Zebra", DATA, "Labels")
