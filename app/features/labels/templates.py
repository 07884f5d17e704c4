"""Templates: what stands where on a label, declared in TOML and checked when it is read.

A template has no code in it. It names fields from a list; whatever the list does not hold, is an
error when the template is loaded, not when a label is printed.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from enum import StrEnum
from typing import Any

from app.core.decimals import plain
from app.core.errors import Refused, marked
from app.core.labels import Label, LabelKind, pack_text
from app.core.symbols import Symbology

Fields = Mapping[str, str | date]

_FIELD = re.compile(r"\{([a-z_.]*)(\?)?(?::([^{}]*))?\}|[{}]")
_ITEM_FIELDS = ("item.sku", "item.name", "item.unit", "barcode")
_FIELDS = {
    LabelKind.ITEM: frozenset(_ITEM_FIELDS),
    LabelKind.PACK: frozenset((*_ITEM_FIELDS, "pack.unit", "pack.quantity", "pack.text")),
    LabelKind.LOT: frozenset((*_ITEM_FIELDS, "lot.code", "lot.expiry")),
    LabelKind.BIN: frozenset(("bin.code", "bin.path", "bin.name", "barcode")),
}
_DATES = {"lot.expiry"}
_ISO = "%Y-%m-%d"


class BadTemplate(Refused):
    template = marked("The label template {name} cannot be used: {reason}")


class FieldEmpty(Refused):
    template = marked("The label of {label} cannot be printed: its {name} is empty.")


class BoxKind(StrEnum):
    TEXT = "text"
    BARCODE = "barcode"


class Fit(StrEnum):
    """What to do with a text that is too long at its smallest size: cut it off, or refuse it."""

    SHRINK = "shrink"
    WHOLE = "whole"


class TooWide(StrEnum):
    DATAMATRIX = "datamatrix"
    REFUSE = "refuse"


class Align(StrEnum):
    LEFT = "left"
    CENTER = "center"
    RIGHT = "right"


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """Something on a label, in millimetres of the template's design inside its margin."""

    kind: BoxKind
    x: float
    y: float
    w: float
    h: float
    value: str
    when: str = ""
    align: Align = Align.LEFT
    fit: Fit = Fit.SHRINK
    min_pt: float = 6.0
    max_pt: float = 200.0
    bold: bool = False
    lines: int = 1
    symbology: str = "auto"
    module: str | int = "auto"
    hri: bool = True
    on_too_wide: TooWide = TooWide.REFUSE

    @property
    def names(self) -> tuple[str, ...]:
        """The fields that the box shows or depends on."""
        shown = tuple(match[1] or "" for match in _FIELD.finditer(self.value))
        return (*shown, self.when) if self.when else shown


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """A design that is stretched over stock of its own size or larger."""

    name: str
    kind: LabelKind
    width: float
    height: float
    margin: float = 1.5
    boxes: tuple[Box, ...] = field(default=())

    @property
    def area(self) -> float:
        return self.width * self.height


def fields_of(label: Label) -> Fields:
    """Return everything a template may show of a label."""
    return {
        "item.sku": label.sku,
        "item.name": label.name,
        "item.unit": label.unit,
        "barcode": label.barcode,
        "pack.unit": label.pack,
        "pack.quantity": "" if label.quantity is None else plain(label.quantity),
        "pack.text": pack_text(label),
        "lot.code": label.lot,
        "lot.expiry": label.expiry or "",
        "bin.code": label.code,
        "bin.path": label.location,
        "bin.name": label.name,
    }


def fill(value: str, known: Fields, label: str) -> str:
    """Put the fields into a template's text. Only a field marked `?` may be empty."""
    parts: list[str] = []
    at = 0
    for match in _FIELD.finditer(value):
        parts.append(value[at : match.start()])
        at = match.end()
        found = known[match[1]]
        if found == "" and not match[2]:
            raise FieldEmpty(label=label, name=match[1])
        parts.append(f"{found:{match[3] or _ISO}}" if isinstance(found, date) else found)
    return "".join([*parts, value[at:]])


def read_template(name: str, text: str) -> Template:
    """Read one template, and refuse it for anything that is not known."""
    try:
        return _template(name, tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise BadTemplate(name=name, reason=f"{error}.") from None
    except (TypeError, ValueError, KeyError) as error:
        raise BadTemplate(name=name, reason=f"{error}.") from None


def choose_template(
    templates: tuple[Template, ...], kind: LabelKind, size: tuple[float, float]
) -> Template:
    """Return the largest design of this kind that the stock has room for, else the smallest."""
    mine = sorted((found for found in templates if found.kind is kind), key=_area)
    if not mine:
        raise BadTemplate(name=kind.value, reason=marked("there is none of this kind."))
    fitting = [found for found in mine if found.width <= size[0] and found.height <= size[1]]
    return fitting[-1] if fitting else mine[0]


def _area(template: Template) -> float:
    return template.area


def _template(name: str, data: dict[str, Any]) -> Template:
    boxes = tuple(_box(box) for box in data.pop("box", []))
    data["kind"] = LabelKind(data["kind"])
    template = Template(**{"name": name, **data, "boxes": boxes})
    for box in boxes:
        _check_inside(template, box)
        for field_name in box.names:
            if field_name not in _FIELDS[template.kind]:
                known = ", ".join(sorted(_FIELDS[template.kind]))
                raise ValueError(f"it has no field “{field_name}”; there are {known}")
    return template


def _check_inside(template: Template, box: Box) -> None:
    right = template.width - 2 * template.margin
    bottom = template.height - 2 * template.margin
    is_inside = min(box.x, box.y) >= 0 and box.x + box.w <= right and box.y + box.h <= bottom
    if not is_inside or min(box.w, box.h) <= 0:
        raise ValueError(f"the box of “{box.value}” is not inside the label's margin")


def _box(data: dict[str, Any]) -> Box:
    words: dict[str, Any] = {"kind": BoxKind, "align": Align, "fit": Fit, "on_too_wide": TooWide}
    read = {key: words[key](value) if key in words else value for key, value in data.items()}
    unknown = read.keys() - {known.name for known in fields(Box)}
    if unknown:
        raise ValueError(f"“{min(unknown)}” is not something a box has")
    box = Box(**read)
    if box.symbology != "auto":
        Symbology(box.symbology)
    if not (box.module == "auto" or (isinstance(box.module, int) and box.module > 0)):
        raise ValueError(f"a module is “auto” or a number of dots, not “{box.module}”")
    _check_formats(box)
    return box


def _check_formats(box: Box) -> None:
    for match in _FIELD.finditer(box.value):
        if match[3] is not None and match[1] not in _DATES:
            raise ValueError(f"“{match[1]}” is not a date, so it cannot have the form {match[3]}")
