from typing import Any

import pytest

from app.adapters.winspool import SHORT_WRITE, Spooler

ACCESS_DENIED = 5


class Library:
    """winspool.drv as its documentation describes it; `fails` names the call that goes wrong."""

    def __init__(self, fails: str = "", takes: int | None = None) -> None:
        self.fails = fails
        self.takes = takes
        self.calls: list[str] = []
        self.sent = b""
        self.data_type = ""

    def __getattr__(self, name: str) -> Any:
        def call(*arguments: Any) -> int:
            self.calls.append(name)
            if name == self.fails:
                return 0
            if name == "StartDocPrinterW":
                self.data_type = arguments[2]._obj.pDatatype
            if name == "WritePrinter":
                _, data, size, written = arguments
                taken = size if self.takes is None else self.takes
                self.sent = data[:taken]
                written._obj.value = taken
            return 1

        return call


def send(library: Library) -> int:
    return Spooler(library, lambda: ACCESS_DENIED).send("Zebra", b"^XA^XZ", "Labels", "RAW")


def test_everything_is_sent_in_one_document_and_all_is_closed_again():
    library = Library()

    assert send(library) == 0
    assert library.sent == b"^XA^XZ"
    assert library.data_type == "RAW"
    assert library.calls == [
        "OpenPrinterW",
        "StartDocPrinterW",
        "StartPagePrinter",
        "WritePrinter",
        "EndPagePrinter",
        "EndDocPrinter",
        "ClosePrinter",
    ]


def test_bytes_that_were_not_taken_are_noticed():
    assert send(Library(takes=3)) == SHORT_WRITE


@pytest.mark.parametrize(
    ("fails", "last"),
    [
        ("OpenPrinterW", "OpenPrinterW"),
        ("StartDocPrinterW", "ClosePrinter"),
        ("StartPagePrinter", "ClosePrinter"),
        ("WritePrinter", "ClosePrinter"),
    ],
)
def test_a_call_that_fails_gives_its_number_and_closes_what_was_opened(fails, last):
    library = Library(fails)

    assert send(library) == ACCESS_DENIED
    assert library.calls[-1] == last
