"""Why a scan came to nothing, in the clerk's words."""

from collections.abc import Sequence

from app.core.errors import marked
from app.scanning.cleaning import shown

NOTHING = marked("Nothing was scanned.")
NO_ITEM = marked("No item has this barcode. Add it to its item, then scan again.")
NAMES_NO_ITEM = marked("The code says something of an item, but not of which one.")


def no_place(code: str) -> str:
    return f"There is no place {shown(code)}. Check the label or add the place."


def no_shipping_unit(sscc: str) -> str:
    return f"No shipping unit {sscc} is known here. Scan the goods in it."


def no_item_part(code: str) -> str:
    return f"The label names the item {code}, but no item goes by that. Add it as its barcode."


def several_items(skus: Sequence[str]) -> str:
    return f"Several items go by this code: {', '.join(skus)}. Type the SKU of the right one."


def several_places(paths: Sequence[str]) -> str:
    listed = ", ".join(sorted(paths))
    return f"Several places go by this code: {listed}. Scan or type the whole path."


def item_out_of_use(sku: str) -> str:
    return f"{sku} is no longer in use. Set it to active in the catalogue if it should be."


def place_out_of_use(path: str) -> str:
    return f"{path} is no longer in use. Set it to active in the catalogue if it should be."


def lot_of_several(lot: str) -> str:
    return f"Several items have a lot {shown(lot)}. Scan the item first."


def carton_of(sku: str) -> str:
    return (
        f"No item has this carton's barcode. It may be a carton of {sku}: add the barcode there,"
        " with how many are in it."
    )


def did_you_mean(name: str) -> str:
    return f"Nothing goes by this code. Did you mean {name}? Capitals matter."
