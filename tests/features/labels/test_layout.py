from dataclasses import replace
from itertools import combinations

import pytest

from app.adapters.barcodes import NotEncodable, make_symbol
from app.core.media import OFFICE_600, SHEETS, STOCKS, THERMAL_203, THERMAL_300
from app.core.symbols import Symbology
from app.features.labels.designs import all_templates
from app.features.labels.layout import (
    BarcodeTooWide,
    Bars,
    Composition,
    Compositor,
    TextLine,
    TextTooLong,
)
from app.features.labels.templates import FieldEmpty, choose_template, read_template
from app.features.labels.typesetting import BASELINE, LINE, Face
from tests.support.labels import BIN, CASE, KINDS, LOT, OWN_LOT, PEN, item

MEDIA = [
    (stock, resolution)
    for stock in STOCKS.values()
    for resolution in ((OFFICE_600,) if stock.is_sheet else (THERMAL_203, THERMAL_300))
]
LEAST_DOTS = {203: (2, 3), 300: (3, 4), 600: (6, 8)}


def measure(text: str, _face: Face) -> float:
    """Letters somewhat wider than they are in any common face."""
    return len(text) * 0.68


def compose(label, stock=STOCKS["57x32"], resolution=THERMAL_203, template=None) -> Composition:
    template = template or choose_template(all_templates(), label.kind, (stock.width, stock.height))
    return Compositor(stock, resolution, measure, make_symbol).compose(label, template)


def one_barcode(**keys: object) -> object:
    text = 'name = "T"\nkind = "item"\nwidth = 57\nheight = 32\n[[box]]\nkind = "barcode"\n'
    box = {"x": 0, "y": 0, "w": 54, "h": 20, "value": "{barcode}", **keys}
    written = (
        f'{key} = "{value}"' if isinstance(value, str) else f"{key} = {value}"
        for key, value in box.items()
    )
    return read_template("t", text + "\n".join(written).replace("False", "false"))


def box_of(part: Bars | TextLine) -> tuple[float, float, float, float]:
    if isinstance(part, Bars):
        return part.surroundings()
    width = measure(part.text, part.face) * part.size
    top = part.y - BASELINE * part.size
    return part.x, top, part.x + width, top + LINE * part.size


@pytest.mark.parametrize(
    ("stock", "resolution"), MEDIA, ids=lambda part: getattr(part, "code", getattr(part, "dpi", ""))
)
@pytest.mark.parametrize("label", KINDS, ids=lambda label: label.title)
def test_everything_lies_on_the_label_and_nothing_on_anything_else(label, stock, resolution):
    if stock.code == "L4731" and label is OWN_LOT:
        with pytest.raises(TextTooLong, match="B-2025-11/7"):
            compose(label, stock, resolution)
        return
    made = compose(label, stock, resolution)
    parts = [*made.bars, *made.texts]
    for left, top, right, bottom in map(box_of, parts):
        assert left >= 0
        assert top >= -1
        assert right <= made.width + 1
        assert bottom <= made.height + 1
    for one, other in combinations(map(box_of, parts), 2):
        apart_x = one[2] <= other[0] + 1 or other[2] <= one[0] + 1
        apart_y = one[3] <= other[1] + 1.5 or other[3] <= one[1] + 1.5
        assert apart_x or apart_y
    least = LEAST_DOTS[resolution.dpi]
    for bars in made.bars:
        assert bars.module >= least[bars.symbol.symbology.is_matrix]
    assert all(text.size >= resolution.points(6) for text in made.texts)


@pytest.mark.parametrize("label", KINDS, ids=lambda label: label.title)
def test_what_is_written_beside_a_barcode_is_exactly_what_it_says(label):
    made = compose(label, STOCKS["L7165"], OFFICE_600)
    (bars,) = made.bars
    written = "".join(text.text for text in made.texts if text.face is Face.CODE)
    assert written == bars.symbol.content == label.barcode


def test_the_letters_of_a_bin_are_read_from_two_metres():
    for stock in (*SHEETS, STOCKS["102x152"], STOCKS["99012"]):
        if stock.width >= 89 and stock.height >= 36:
            made = compose(BIN, stock, stock.resolution)
            largest = max(made.texts, key=lambda text: text.size)
            capitals = 0.7 * largest.size / stock.resolution.dots_per_mm
            assert largest.text == "A-01-02"
            assert capitals >= 10  # millimetres: a two-hundredth of the distance


def test_a_lot_too_long_for_bars_becomes_a_gs1_datamatrix_where_the_template_says_so():
    assert compose(LOT).bars[0].symbol.symbology is Symbology.GS1_DATAMATRIX
    wide = compose(LOT, STOCKS["L7163"], OFFICE_600)
    assert wide.bars[0].symbol.symbology is Symbology.GS1_128


def test_a_barcode_without_room_is_refused_with_the_label_and_the_stock():
    with pytest.raises(BarcodeTooWide, match=r"GEL-7 .* Zebra · 57 × 32 mm"):
        compose(replace(PEN, barcode="x" * 40), template=one_barcode())


def test_a_datamatrix_without_room_is_refused_too():
    template = one_barcode(h=5, on_too_wide="datamatrix")
    with pytest.raises(BarcodeTooWide, match=r"“x{40}”"):
        compose(replace(PEN, barcode="x" * 40), template=template)


def test_a_fixed_width_of_bars_is_taken_or_refused_but_never_changed():
    assert compose(PEN, template=one_barcode(module=3)).bars[0].module == 3
    with pytest.raises(BarcodeTooWide):
        compose(PEN, template=one_barcode(module=5))


def test_a_kind_of_barcode_that_cannot_say_the_data_is_refused():
    with pytest.raises(NotEncodable, match="SKU-1"):
        compose(item("SKU-1"), template=one_barcode(symbology="ean13"))


def test_a_template_may_leave_the_writing_out():
    assert compose(PEN, template=one_barcode(hri=False)).texts == ()


def test_bars_keep_their_white_inside_the_box():
    made = compose(PEN, template=one_barcode())
    left, _, right, _ = made.bars[0].surroundings()
    assert left >= THERMAL_203.dots(1.5)
    assert right <= made.width - THERMAL_203.dots(1.5)


def test_an_itf_14_has_bars_above_and_below():
    made = compose(CASE)
    (bars,) = made.bars
    assert bars.symbol.symbology is Symbology.ITF14
    assert [(block.y, block.width) for block in made.blocks] == [
        (bars.y, bars.width),
        (bars.y + bars.height - 2 * bars.module, bars.width),
    ]
    assert compose(PEN).blocks == ()


def test_a_name_that_is_too_long_is_cut_but_a_code_is_refused():
    made = compose(replace(PEN, name="Very long name of a part " * 12))
    assert any(text.text.endswith("…") for text in made.texts)
    with pytest.raises(TextTooLong, match=r"GEL-7{60}"):
        compose(replace(PEN, sku="GEL-" + "7" * 60))


def test_control_characters_in_a_name_are_blanks_on_paper():
    made = compose(replace(PEN, name="two\nlines\x00and\x1dmore"))
    assert " ".join(t.text for t in made.texts if t.face is Face.BOLD).startswith(
        "two lines and more"
    )


def test_an_item_without_a_name_is_refused():
    with pytest.raises(FieldEmpty, match=r"item\.name"):
        compose(replace(PEN, name=""))


def test_a_line_that_depends_on_a_field_is_left_out_without_it():
    assert any("Expires 2027-01-31" in text.text for text in compose(LOT).texts)
    assert not any("Expires" in text.text for text in compose(OWN_LOT).texts)


def test_texts_are_aligned_as_the_template_says():
    made = compose(PEN)
    unit = next(text for text in made.texts if text.text == "each")
    right = unit.x + measure("each", Face.TEXT) * unit.size
    assert right == pytest.approx(made.width - THERMAL_203.dots(1.5), abs=1)
