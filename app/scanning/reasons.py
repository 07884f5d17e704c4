"""Why a scan came to nothing, in the clerk's words."""

from collections.abc import Sequence

from app.core.errors import Said, marked
from app.scanning.cleaning import shown

NOTHING = marked("Nothing was scanned.")
NO_ITEM = marked("No item has this barcode. Add it to its item, then scan again.")
OUT_OF_USE = marked("{name} is out of use. Put it into use on Catalogue if it should be.")
NAMES_NO_ITEM = marked("The code says something of an item, but not of which one.")


def no_place(code: str) -> str:
    return Said(
        marked("There is no place {code}. Check the label or add the place."), code=shown(code)
    )


def no_shipping_unit(sscc: str) -> str:
    return Said(marked("No shipping unit {sscc} is known here. Scan the goods in it."), sscc=sscc)


def no_item_part(code: str) -> str:
    text = marked(
        "The label names the item {code}, but no item goes by that. Add it as its barcode."
    )
    return Said(text, code=code)


def several_items(skus: Sequence[str]) -> str:
    text = marked("Several items go by this code: {items}. Type the SKU of the right one.")
    return Said(text, items=", ".join(skus))


def several_places(paths: Sequence[str]) -> str:
    text = marked("Several places go by this code: {paths}. Scan or type the whole path.")
    return Said(text, paths=", ".join(sorted(paths)))


def item_out_of_use(sku: str) -> str:
    return Said(OUT_OF_USE, name=sku)


def place_out_of_use(path: str) -> str:
    return Said(OUT_OF_USE, name=path)


def lot_of_several(lot: str) -> str:
    return Said(marked("Several items have a lot {lot}. Scan the item first."), lot=shown(lot))


def carton_of(sku: str) -> str:
    text = marked(
        "No item has this carton's barcode. It may be a carton of {item}: add the barcode there,"
        " with how many are in it."
    )
    return Said(text, item=sku)


def did_you_mean(name: str) -> str:
    text = marked("Nothing goes by this code. Did you mean {name}? Capitals matter.")
    return Said(text, name=name)
