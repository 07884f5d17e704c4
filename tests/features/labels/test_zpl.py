import re
import zlib
from base64 import b64decode
from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.adapters.barcodes import make_symbol
from app.core.gtin import as_gtin14
from app.core.media import STOCKS, THERMAL_203, THERMAL_300
from app.core.symbols import Symbology
from app.features.labels.designs import all_templates
from app.features.labels.layout import Bars, Compositor
from app.features.labels.templates import choose_template
from app.features.labels.zpl import (
    Bitmap,
    Offset,
    can_be_native,
    escaped,
    graphic,
    native_label,
    picture_label,
    symbol_bitmap,
)
from tests.support.label_printer import print_zpl
from tests.support.labels import BIN, CASE, COUNTED_CASE, HOSTILE, KINDS, LOT, PEN, item


def measure(text: str, _face: object) -> float:
    return len(text) * 0.6


def compose(label, stock=STOCKS["102x152"], resolution=THERMAL_203):
    template = choose_template(all_templates(), label.kind, (stock.width, stock.height))
    return Compositor(stock, resolution, measure, make_symbol).compose(label, template)


def comes_out(data: str):
    (label,) = print_zpl(data.encode("ascii"))
    return label


def same(one: str) -> str:
    return as_gtin14(one) or one


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("plain 123", "plain 123"),
        ("^XA~JUF_", "_5EXA_7EJUF_5F"),
        ("Größe", "Gr_C3_B6_C3_9Fe"),
        ("a\\b", "a_5Cb"),
        ("a\nb\x1d\x00", "a_0Ab_1D_00"),
        ("🖊", "_F0_9F_96_8A"),
    ],
)
def test_a_text_is_written_so_that_no_part_of_it_is_a_command(text, written):
    assert escaped(text) == written


@given(st.text())
def test_no_text_at_all_can_leave_its_field(text):
    written = escaped(text)
    assert not set(written) & set("^~\\")
    assert written.isascii()
    assert written.isprintable()


@pytest.mark.parametrize("resolution", [THERMAL_203, THERMAL_300], ids=lambda r: str(r.dpi))
@pytest.mark.parametrize("label", KINDS, ids=lambda label: label.title)
def test_a_label_drawn_by_the_printer_reads_as_it_should(label, resolution):
    printed = comes_out(native_label(compose(label, resolution=resolution)))
    assert printed.contents == [label.barcode]


@pytest.mark.parametrize("label", HOSTILE, ids=lambda label: ascii(label.sku))
def test_hostile_codes_and_names_come_out_as_they_are_or_as_a_picture(label):
    composition = compose(label)
    if not can_be_native(composition):
        return
    printed = comes_out(native_label(composition))
    assert [same(content) for content in printed.contents] == [same(label.barcode)]
    shown = " ".join(printed.texts)
    assert label.sku in shown


def test_what_a_printer_cannot_draw_goes_as_a_picture():
    assert can_be_native(compose(PEN))
    assert can_be_native(compose(item("Größe")))
    assert not can_be_native(compose(item("A>B")))
    assert not can_be_native(compose(replace(PEN, name="青いペン")))


def test_the_commands_of_an_ean_13_label():
    text = native_label(compose(PEN, STOCKS["57x32"]), copies=24, offset=Offset(-3, 5))
    lines = text.splitlines()
    assert lines[0] == "^XA^CI28^PW456^LL256^LH0,0^LS3^LT5"
    assert lines[-1] == "^PQ24^XZ"
    assert any(re.fullmatch(r"\^FO\d+,\d+\^BY3\^BEN,\d+,N,N\^FD400638133393\^FS", x) for x in lines)
    assert any("^FH^FDBlue gel pen, 0.7 mm^FS" in line for line in lines)


def test_the_command_of_each_kind_of_barcode():
    commands = {
        "4006381333931": "^BEN,",
        "96385074": "^B8N,",
        "036000291452": "^BUN,",
        "SKU-1": "^BCN,",
    }
    for code, command in commands.items():
        assert command in native_label(compose(item(code)))
    assert "N,N,N,D^FH^FD(01)" in native_label(compose(LOT))
    assert "N,N,N,A^FH^FDLOC:A-01-02^FS" in native_label(compose(BIN))
    assert "^GFA," in native_label(compose(CASE))
    assert "^GB" in native_label(compose(CASE))


def test_a_shift_and_copies_reach_the_printer():
    printed = comes_out(native_label(compose(PEN), 7, Offset(-4, 12)))
    assert (printed.copies, printed.shift) == (7, (-4, 12))
    far = comes_out(native_label(compose(PEN), 1, Offset(0, 500)))
    assert far.shift == (0, 120)


def test_a_picture_is_packed_with_its_checksum():
    bitmap = Bitmap(10, 2, b"\xff\x80\x00\x40")
    command, size, total, stride, data = graphic(bitmap).split(",", 4)
    assert (command, size, total, stride) == ("^GFA", "4", "4", "2")
    assert zlib.decompress(b64decode(data.split(":")[2])) == bitmap.bits


def test_a_picture_comes_out_dot_by_dot():
    printed = comes_out(picture_label(Bitmap(10, 2, b"\xff\x80\x00\x40"), 3))
    assert printed.copies == 3
    assert printed.pixels == b"\0" * 9 + b"\xff" + b"\xff" * 9 + b"\0"


@pytest.mark.parametrize(
    ("symbology", "content"),
    [(Symbology.DATAMATRIX, "Größe"), (Symbology.ITF14, "14006381333938")],
)
def test_a_barcode_drawn_alone_is_the_barcode(symbology, content):
    symbol = make_symbol(symbology, content)
    bitmap = symbol_bitmap(Bars(symbol, 0, 0, 3, 40))
    black = sum(byte.bit_count() for byte in bitmap.bits)
    dark = sum(length for runs in symbol.rows for _, length in runs)
    assert bitmap.width == symbol.width * 3
    assert black == dark * 3 * (3 if symbology.is_matrix else 40)


def test_a_dozen_labels_follow_each_other():
    text = "".join(native_label(compose(label)) for label in (PEN, CASE, COUNTED_CASE) * 4)
    printed = print_zpl(text.encode())
    found = Counter(content for label in printed for content in label.contents)
    assert found == {label.barcode: 4 for label in (PEN, CASE, COUNTED_CASE)}
