from datetime import date

import pytest

from app.core.labels import LabelKind
from app.features.labels.templates import (
    BadTemplate,
    FieldEmpty,
    choose_template,
    fields_of,
    fill,
    read_template,
)
from tests.support.labels import BIN, CASE, LOT, OWN_LOT, PEN

HEAD = 'name = "Test"\nkind = "lot"\nwidth = 57\nheight = 32\n'
BOX = '[[box]]\nkind = "text"\nx = 0\ny = 0\nw = 20\nh = 5\nvalue = "{item.sku}"\n'


def test_a_template_is_read():
    template = read_template("test", HEAD + BOX + 'bold = true\nlines = 2\nfit = "whole"\n')

    (box,) = template.boxes
    assert (template.name, template.kind, template.margin) == ("Test", LabelKind.LOT, 1.5)
    assert (box.value, box.bold, box.lines, box.fit) == ("{item.sku}", True, 2, "whole")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (HEAD + BOX.replace("item.sku", "item.price"), "item.price"),
        (HEAD + BOX.replace("item.sku", "bin.code"), "bin.code"),
        (HEAD + BOX.replace("item.sku", "__class__"), "__class__"),
        (HEAD + BOX.replace("{item.sku}", "{item.sku"), "no field"),
        (HEAD + BOX.replace("{item.sku}", "{item.sku.upper()}"), "no field"),
        (HEAD + BOX.replace("{item.sku}", "{item.sku:%d}"), "not a date"),
        (HEAD + BOX + 'when = "item.price"\n', "item.price"),
        (HEAD + BOX + 'colour = "red"\n', "colour"),
        (HEAD + BOX + 'fit = "squeeze"\n', "squeeze"),
        (HEAD + BOX + 'symbology = "ean14"\n', "ean14"),
        (HEAD + BOX + 'module = "0.2mm"\n', "0.2mm"),
        (HEAD + BOX + "module = 0\n", "not “0”"),
        (HEAD + BOX + 'on_too_wide = "shrink"\n', "shrink"),
        (HEAD + BOX.replace("w = 20", "w = 55"), "margin"),
        (HEAD + BOX.replace("y = 0", "y = -1"), "margin"),
        (HEAD + BOX.replace("h = 5", "h = 0"), "margin"),
        (HEAD.replace("lot", "pallet") + BOX, "pallet"),
        (HEAD.replace('kind = "lot"\n', "") + BOX, "kind"),
        (HEAD.replace("width = 57\n", "") + BOX, "width"),
        (HEAD + "depth = 3\n" + BOX, "depth"),
        (HEAD + BOX.replace('kind = "text"\n', ""), "kind"),
        ("this is not TOML", "Expected"),
    ],
)
def test_whatever_is_not_known_is_refused_when_the_template_is_read(text, told):
    with pytest.raises(BadTemplate, match=r"wrong\.toml") as refusal:
        read_template("wrong.toml", text)
    assert told in str(refusal.value)


def test_fields_are_put_in():
    known = fields_of(LOT)
    assert fill("Lot {lot.code}, {item.sku}", known, "x") == "Lot L0099, GEL-7"
    assert fill("{lot.expiry}", known, "x") == "2027-01-31"
    assert fill("{lot.expiry:%d.%m.%Y}", known, "x") == "31.01.2027"


def test_only_a_field_marked_so_may_be_empty():
    assert fill("Exp. {lot.expiry?:%Y}", fields_of(OWN_LOT), "x") == "Exp. "
    with pytest.raises(FieldEmpty, match=r"KG-77 · B-2025-11/7.*lot\.expiry"):
        fill("{lot.expiry}", fields_of(OWN_LOT), OWN_LOT.title)


def test_what_looks_like_a_field_in_the_data_is_data():
    known = {**fields_of(PEN), "item.name": "{item.sku} {barcode:%d}"}
    assert fill("{item.name}", known, "x") == "{item.sku} {barcode:%d}"


def test_every_kind_has_its_fields():
    assert fields_of(CASE)["pack.text"] == "case, 12 each"
    assert fields_of(CASE)["pack.quantity"] == "12"
    assert fields_of(BIN)["bin.code"] == "A-01-02"
    assert fields_of(LOT)["lot.expiry"] == date(2027, 1, 31)
    assert fields_of(PEN)["pack.quantity"] == ""


def test_the_largest_design_that_fits_is_chosen_else_the_smallest():
    small, large = (
        read_template(name, HEAD.replace("57", width) + BOX)
        for name, width in (("small", "30"), ("large", "90"))
    )
    known = (large, small)
    assert choose_template(known, LabelKind.LOT, (100, 40)) is large
    assert choose_template(known, LabelKind.LOT, (89, 40)) is small
    assert choose_template(known, LabelKind.LOT, (10, 10)) is small
    with pytest.raises(BadTemplate, match="bin"):
        choose_template(known, LabelKind.BIN, (100, 40))
