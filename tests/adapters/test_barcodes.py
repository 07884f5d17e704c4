import random
from itertools import pairwise

import pytest

from app.adapters.barcodes import (
    NotEncodable,
    make_symbol,
    read_matrix_or_bars,
    read_symbols,
)
from app.core.gtin import check_digit
from app.core.symbols import Symbol, Symbology

LOT = "(01)04006381333931(17)270131(10)L0099"


def drawn(symbol: Symbol, module: int = 3, height: int = 60) -> tuple[bytes, int, int]:
    """Draw a symbol with its white, a byte for each pixel."""
    quiet = max(symbol.symbology.quiet) * module
    width = symbol.width * module + 2 * quiet
    row_height = module if symbol.symbology.is_matrix else height
    lines = [b"\xff" * width] * quiet
    for runs in symbol.rows:
        line = bytearray(b"\xff" * width)
        for start, length in runs:
            at = quiet + start * module
            line[at : at + length * module] = bytes(length * module)
        lines += [bytes(line)] * row_height
    lines += [b"\xff" * width] * quiet
    return b"".join(lines), width, len(lines)


@pytest.mark.parametrize(
    ("symbology", "content"),
    [
        (Symbology.EAN13, "4006381333931"),
        (Symbology.EAN8, "96385074"),
        (Symbology.ITF14, "14006381333938"),
        (Symbology.CODE128, "SKU-000123"),
        (Symbology.CODE128, "99001234"),
        (Symbology.CODE128, "LOC:A-01-02"),
        (Symbology.CODE128, "^XA~JUF_5E>;<GS>\\"),
        (Symbology.GS1_128, LOT),
        (Symbology.GS1_128, "(01)04006381333931(10)L0099(21)7"),
        (Symbology.DATAMATRIX, "Schlüssel 日本 🖊"),
        (Symbology.GS1_DATAMATRIX, LOT),
        (Symbology.QR, "Schlüssel 日本 🖊"),
    ],
)
def test_what_is_made_reads_back_as_itself(symbology, content):
    picture = drawn(make_symbol(symbology, content))

    (code,) = read_symbols(*picture)
    assert (code.symbology, code.content) == (symbology, content)
    (again,) = read_matrix_or_bars(*picture, symbology)
    assert again == code


def test_a_upc_a_reads_as_the_ean_13_that_it_is():
    picture = drawn(make_symbol(Symbology.UPCA, "036000291452"))

    assert [code.content for code in read_symbols(*picture)] == ["0036000291452"]


def test_five_hundred_random_codes_read_back():
    chance = random.Random(7)
    signs = "0123456789" * 4 + "ABCabc-./$% ^~_>"
    for _ in range(500):
        code = chance.choice(("99", "", "00")) + "".join(chance.choices(signs, k=10))
        symbol = make_symbol(Symbology.CODE128, code)
        assert [read.content for read in read_symbols(*drawn(symbol))] == [code]


def test_five_hundred_random_gtins_read_back():
    chance = random.Random(8)
    for _ in range(500):
        body = "".join(chance.choices("0123456789", k=12))
        code = body + str(check_digit(body))
        symbol = make_symbol(Symbology.EAN13, code)
        assert [read.content for read in read_symbols(*drawn(symbol))] == [code]


@pytest.mark.parametrize(
    ("symbology", "content"),
    [
        (Symbology.EAN13, "4006381333932"),
        (Symbology.EAN13, "400638133393"),
        (Symbology.EAN13, "40063813339311"),
        (Symbology.EAN13, "٤006381333931"),
        (Symbology.EAN8, "96385075"),
        (Symbology.UPCA, "036000291453"),
        (Symbology.ITF14, "14006381333939"),
        (Symbology.CODE128, "Größe"),
        (Symbology.CODE128, "a\x1db"),
        (Symbology.CODE128, ""),
        (Symbology.GS1_128, "L0099"),
        (Symbology.GS1_128, "(01)04006381333932(10)L0099"),
        (Symbology.GS1_128, "(01)4006381333931"),
        (Symbology.GS1_128, "(10)" + "x" * 21),
        (Symbology.GS1_DATAMATRIX, "(01)04006381333931(10)a(b)"),
        (Symbology.QR, "a\x00b"),
        (Symbology.DATAMATRIX, "x" * 4000),
    ],
)
def test_what_cannot_be_said_is_refused_by_name_and_never_mended(symbology, content):
    with pytest.raises(NotEncodable) as refusal:
        make_symbol(symbology, content)
    assert symbology.value in str(refusal.value)


def test_a_refusal_shows_no_control_characters():
    with pytest.raises(NotEncodable, match="“a·b”"):
        make_symbol(Symbology.CODE128, "a\x1db")


def test_the_bars_of_an_ean_13_are_those_of_the_standard():
    symbol = make_symbol(Symbology.EAN13, "4006381333931")

    (runs,) = symbol.rows
    assert symbol.width == 95
    assert runs[0] == (0, 1)
    assert runs[1] == (2, 1)
    assert runs[-1] == (94, 1)
    assert len(runs) == 30
    assert all(start + length < then for (start, length), (then, _) in pairwise(runs))


def test_an_empty_picture_holds_no_code():
    assert read_symbols(b"\xff" * 10_000, 100, 100) == ()
    assert read_matrix_or_bars(b"\xff" * 10_000, 100, 100, Symbology.CODE128) == ()
