"""Barcodes as plain values: which kinds there are, and one of them as rows of bars."""

from dataclasses import dataclass
from enum import StrEnum

Run = tuple[int, int]
"""Where a dark stretch of a row begins, and how long it is, in modules."""


class Symbology(StrEnum):
    """How data becomes bars or squares. The GS1 kinds take `(01)…(10)…` and put in the FNC1."""

    EAN13 = "ean13"
    EAN8 = "ean8"
    UPCA = "upca"
    ITF14 = "itf14"
    CODE128 = "code128"
    GS1_128 = "gs1_128"
    DATAMATRIX = "datamatrix"
    GS1_DATAMATRIX = "gs1_datamatrix"
    QR = "qr"

    @property
    def is_matrix(self) -> bool:
        """Squares in two directions, read by cameras only, rather than bars."""
        return self in (Symbology.DATAMATRIX, Symbology.GS1_DATAMATRIX, Symbology.QR)

    @property
    def is_gs1(self) -> bool:
        return self in (Symbology.GS1_128, Symbology.GS1_DATAMATRIX)

    @property
    def quiet(self) -> tuple[int, int]:
        """Modules that stay white left and right of it; above and below too for a matrix.

        Source: GS1 General Specifications 5.2 and 5.3, ISO/IEC 15417 (Code 128), 18004 (QR).
        A DataMatrix needs one; two forgive a label that is cut askew.
        """
        return _QUIET[self]


_QUIET = {
    Symbology.EAN13: (11, 7),
    Symbology.EAN8: (7, 7),
    Symbology.UPCA: (9, 9),
    Symbology.ITF14: (10, 10),
    Symbology.CODE128: (10, 10),
    Symbology.GS1_128: (10, 10),
    Symbology.DATAMATRIX: (2, 2),
    Symbology.GS1_DATAMATRIX: (2, 2),
    Symbology.QR: (4, 4),
}


@dataclass(frozen=True, slots=True)
class Symbol:
    """A barcode of `width` modules. `content` is what it says, and what is written beside it.

    A linear barcode has one row, as high as there is room for; a matrix has its rows of squares.
    """

    symbology: Symbology
    content: str
    width: int
    rows: tuple[tuple[Run, ...], ...]

    @property
    def full_width(self) -> int:
        """Modules from edge to edge of the white that belongs to it."""
        return self.width + sum(self.symbology.quiet)

    @property
    def full_height(self) -> int:
        """The same from top to bottom; only a matrix has a height of its own."""
        return len(self.rows) + sum(self.symbology.quiet)


@dataclass(frozen=True, slots=True)
class ReadCode:
    """What a decoder made of a picture. GS1 data comes with brackets, as it is written."""

    symbology: Symbology | None
    content: str
