"""Items that may be meant by what was typed: by what begins so, and by what contains it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import String, bindparam, select, text, union_all
from sqlalchemy.orm import Session, aliased

from app.core.gtin import as_gtin14
from app.core.paging import Key, Page
from app.db.beginnings import LAST, begins_with, by_letter, span
from app.db.paging import fetch_page
from app.db.prepared import Prepared
from app.db.tables import BarcodeRow, ItemRow
from app.features.stock_lookup.rules import (
    ITEMS_AT_ONCE,
    SHORTEST_PART,
    forms_of,
    parts_of,
    words_of,
)

CANDIDATES = 300
"""Hits that are ranked before the first page is shown."""

LIKELY = ITEMS_AT_ONCE
"""Items each whose SKU, name or barcode begins like the text that are shown before all others."""

LONGEST_PART = 6
"""Letters at the end of a part that the full-text table is asked for. Codes that are numbered on
begin alike: what all items have in common takes long to go through and tells nothing."""


NOTHING = LAST
"""What no code begins with."""


class Hit(NamedTuple):
    """Row number, SKU, name and all barcodes of an item that was found."""

    id: int
    sku: str
    name: str
    codes: str


FORMS = 4
"""Ways of writing the beginning of a text, at most: see `forms_of`."""


def _beginning(column: Any, item: Any, form: int) -> Any:
    begins = begins_with(column, bindparam(f"form{form}", type_=String()))
    some = select(item.label("id")).where(begins).order_by(by_letter(column)).limit(LIKELY)
    return select(some.subquery().c.id)


_BEGINNINGS = Prepared(
    select(
        union_all(
            *(
                _beginning(column, item, form)
                for column, item in (
                    (ItemRow.sku, ItemRow.id),
                    (ItemRow.name, ItemRow.id),
                    (BarcodeRow.code, BarcodeRow.item_id),
                )
                for form in range(FORMS)
            )
        ).subquery()
    )
)
_BY_GTIN = Prepared(select(BarcodeRow.item_id).where(BarcodeRow.gtin == bindparam("gtin")))


def find_likely(session: Session, wanted: str) -> tuple[int | None, list[Hit]]:
    """Return the item whose trade number this is in any of its lengths, and the first of those of
    which SKU, name or a barcode begins like the text."""
    whole = wanted.strip()
    forms = forms_of(whole)
    values: dict[str, str] = {}
    for number in range(FORMS):
        values |= span(f"form{number}", forms[number] if number < len(forms) else NOTHING)
    connection = session.connection()
    gtin = as_gtin14(whole)
    known = [row[0] for row in _BY_GTIN.all(connection, gtin=gtin)] if gtin else []
    ids = [*known, *(row[0] for row in _BEGINNINGS.all(connection, **values))]
    return (known[0] if known else None), _hits_of(session, ids)


def find_containing(session: Session, wanted: str, after: int) -> list[Hit]:
    """Return the first items behind a row number that contain all parts, in row order."""
    parts = parts_of(wanted)
    short = [word for word in words_of(wanted) if len(word) < SHORTEST_PART]
    find = _on_server if _is_server(session) else _in_file
    return find(session, parts, short, {"after": after, "most": CANDIDATES})


def _in_file(
    session: Session, parts: Sequence[str], short: Sequence[str], values: dict[str, Any]
) -> list[Hit]:
    """By the ends of the parts in the full-text table; the rest narrows down what that finds.

    LIKE knows the small form of ASCII letters only, so it judges nothing else.
    """
    asked = [part[-LONGEST_PART:] if part.isascii() else part for part in parts]
    values["parts"] = " AND ".join('"' + part.replace('"', '""') + '"' for part in asked)
    where = ["item_search MATCH :parts"]
    long = (part for part in parts if len(part) > LONGEST_PART)
    for number, word in enumerate(word for word in (*long, *short) if word.isascii()):
        values[f"word{number}"] = _pattern(word)
        where.append(f"sku || ' ' || name || ' ' || barcodes LIKE :word{number} ESCAPE '\\'")
    return _hits(session, "rowid", where, values)


def _on_server(
    session: Session, parts: Sequence[str], short: Sequence[str], values: dict[str, Any]
) -> list[Hit]:
    """By the table of words. A server may know the small form of ASCII letters only."""
    where = []
    for number, word in enumerate((*parts, *short)):
        forms = dict.fromkeys((word,) if word.isascii() else (word.lower(), word.upper()))
        for form, written in enumerate(forms):
            values[f"word{number}_{form}"] = _pattern(written)
        some = (f"words ILIKE :word{number}_{form}" for form in range(len(forms)))
        where.append(f"({' OR '.join(some)})")
    return _hits(session, "item_id", where, values)


def _hits(session: Session, row: str, where: Sequence[str], values: dict[str, Any]) -> list[Hit]:
    query = (
        f"SELECT {row}, sku, name, barcodes FROM item_search"
        f" WHERE {row} > :after AND {' AND '.join(where)} ORDER BY {row} LIMIT :most"
    )
    return [Hit(*found) for found in session.execute(text(query), values)]


_BY_IDS = {
    row: text(f"SELECT {row}, sku, name, barcodes FROM item_search WHERE {row} IN :ids").bindparams(
        bindparam("ids", expanding=True)
    )
    for row in ("rowid", "item_id")
}


def _hits_of(session: Session, ids: Iterable[int]) -> list[Hit]:
    query = _BY_IDS["item_id" if _is_server(session) else "rowid"]
    return [Hit(*found) for found in session.execute(query, {"ids": list(dict.fromkeys(ids))})]


def _is_server(session: Session) -> bool:
    return session.get_bind().dialect.name == "postgresql"


def _pattern(part: str) -> str:
    for mark in ("\\", "%", "_"):
        part = part.replace(mark, "\\" + mark)
    return f"%{part}%"


def find_beginnings(session: Session, word: str, after: Key | None, size: int) -> Page[int]:
    """Return a page of the items whose SKU, else name, else a barcode begins like the word."""
    sections = _sections(word)
    at, key = (after[0], after[1]) if after else (0, None)
    found: list[int] = []
    while at < len(sections) and len(found) < size:
        page = sections[at].page(session, key, size - len(found))
        found += [row[1] for row in page.rows if not sections[at].is_earlier(row, word)]
        at, key = (at, page.next) if page.next else (at + 1, None)
    return Page(tuple(found), (at, key) if at < len(sections) else None)


_OTHER = aliased(BarcodeRow)


@dataclass(frozen=True, slots=True)
class _Section:
    """All items one column of which begins with one form of the text."""

    name: str
    form: str

    def page(self, session: Session, after: Key | None, size: int) -> Page[Any]:
        """Return rows of what begins so, row number, SKU and name, in that order."""
        column = {"sku": ItemRow.sku, "name": ItemRow.name, "code": BarcodeRow.code}[self.name]
        order = by_letter(column)
        query = select(order, ItemRow.id, ItemRow.sku, ItemRow.name)
        query = query.where(begins_with(column, self.form))
        if self.name == "code":
            first = (
                ~select(_OTHER.id)
                .where(
                    _OTHER.item_id == BarcodeRow.item_id,
                    begins_with(_OTHER.code, self.form),
                    _OTHER.code < BarcodeRow.code,
                )
                .exists()
            )
            query = query.join(BarcodeRow, BarcodeRow.item_id == ItemRow.id).where(first)
        return fetch_page(session, query, (order, ItemRow.id), after, size)

    def is_earlier(self, row: Any, word: str) -> bool:
        """Tell whether a row was found in a section before this one."""
        forms = forms_of(word)
        by_sku = any(row[2].startswith(form) for form in forms)
        by_name = any(row[3].startswith(form) for form in forms)
        return {"sku": False, "name": by_sku, "code": by_sku or by_name}[self.name]


def _sections(word: str) -> list[_Section]:
    return [_Section(name, form) for name in ("sku", "name", "code") for form in forms_of(word)]
