"""What is stored already, fetched for a whole file at once, and written back the same way."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import islice
from typing import Any, TypeVar

from sqlalchemy import (
    ColumnElement,
    Connection,
    RowMapping,
    Select,
    Table,
    bindparam,
    insert,
    literal,
    or_,
    select,
    text,
    update,
)

from app.core.gtin import as_gtin14, gtin_forms
from app.db.tables import (
    BarcodeRow,
    CountResultRow,
    ItemRow,
    LocationRow,
    MovementRow,
    OrderLineRow,
    ValueEntryRow,
    table_of,
)
from app.db.types import Quantity

BATCH = 5_000
"""Values in one IN list, rows in one statement: far below what either database allows."""

CATALOGUE_LOCK = 0x63617461  # any number, the same on every PC

T = TypeVar("T")


def one_at_a_time(connection: Connection) -> None:
    """Let one change of the catalogue wait for the other, so that both see what is there.

    SQLite has one writer anyway.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": CATALOGUE_LOCK})


def batches(values: Iterable[T]) -> Iterator[list[T]]:
    """Cut a long list into pieces that fit one statement."""
    rest = iter(values)
    while batch := list(islice(rest, BATCH)):
        yield batch


def fetch(
    connection: Connection,
    query: Select[Any],
    column: ColumnElement[Any],
    wanted: Collection[Any],
) -> Iterator[RowMapping]:
    """Return the rows whose column is one of the wanted values."""
    for batch in batches(set(wanted)):
        yield from connection.execute(query.where(column.in_(batch))).mappings()


def insert_rows(
    connection: Connection, table: Table, rows: Iterable[Mapping[str, Any]]
) -> Iterator[int]:
    """Add rows that all name the same columns; say after each batch how many it was."""
    for batch in batches(rows):
        connection.execute(insert(table), batch)
        yield len(batch)


def update_rows(
    connection: Connection, table: Table, rows: Iterable[Mapping[str, Any]], columns: Sequence[str]
) -> Iterator[int]:
    """Set these columns of rows known by their `id`; say after each batch how many it was."""
    statement = (
        update(table)
        .where(table.c.id == bindparam("row_id"))
        .values({column: bindparam(f"new_{column}") for column in columns})
    )
    for batch in batches(rows):
        connection.execute(
            statement,
            [
                {"row_id": row["id"], **{f"new_{column}": row[column] for column in columns}}
                for row in batch
            ],
        )
        yield len(batch)


def find_items(connection: Connection, names: Collection[str]) -> dict[str, RowMapping]:
    """Return id, sku, unit and decimals of items by what the file calls them.

    That is the SKU, else a barcode, else a GTIN in another of its forms. `pack` is how many base
    units what it is called stands for.
    """
    item, barcode = table_of(ItemRow), table_of(BarcodeRow)
    columns = (item.c.id, item.c.sku, item.c.unit, item.c.decimals)
    one = literal(Decimal(1), Quantity).label("pack")
    by_sku = fetch(connection, select(*columns, one), item.c.sku, names)
    found = {row["sku"]: row for row in by_sku}
    pack = barcode.c.quantity.label("pack")
    coded = select(*columns, pack, barcode.c.code, barcode.c.gtin).join(
        barcode, barcode.c.item_id == item.c.id
    )
    rest = set(names) - found.keys()
    found |= {row["code"]: row for row in fetch(connection, coded, barcode.c.code, rest)}
    gtins = {name: gtin for name in rest - found.keys() if (gtin := as_gtin14(name))}
    by_gtin = {
        row["gtin"]: row for row in fetch(connection, coded, barcode.c.gtin, set(gtins.values()))
    }
    return found | {name: by_gtin[gtin] for name, gtin in gtins.items() if gtin in by_gtin}


def find_coded_items(connection: Connection, codes: Collection[str]) -> dict[str, str]:
    """Return the SKUs of the items that codes mean already: as SKU, barcode or GTIN."""
    item, barcode = table_of(ItemRow), table_of(BarcodeRow)
    found = {
        row["sku"]: row["sku"] for row in fetch(connection, select(item.c.sku), item.c.sku, codes)
    }
    coded = select(item.c.sku, barcode.c.code, barcode.c.gtin).join(
        barcode, barcode.c.item_id == item.c.id
    )
    found |= {row["code"]: row["sku"] for row in fetch(connection, coded, barcode.c.code, codes)}
    gtins = {code: gtin for code in codes if (gtin := as_gtin14(code))}
    owners = {
        row["gtin"]: row["sku"]
        for row in fetch(connection, coded, barcode.c.gtin, set(gtins.values()))
    }
    return {code: owners[gtin] for code, gtin in gtins.items() if gtin in owners} | found


def find_coded_places(connection: Connection, codes: Collection[str]) -> dict[str, str]:
    """Return the paths of the places that have these barcodes, in any form of a GTIN."""
    place = table_of(LocationRow)
    forms = {form: code for code in codes for form in gtin_forms(code)}
    query = select(place.c.path, place.c.barcode)
    return {
        forms[row["barcode"]]: row["path"]
        for row in fetch(connection, query, place.c.barcode, forms.keys())
    }


def find_used_items(connection: Connection, ids: Collection[int]) -> set[int]:
    """Return which of these items have ever moved, been counted, revalued or ordered."""
    item = table_of(ItemRow)
    is_used = or_(
        *(
            select(table.c.id).where(table.c.item_id == item.c.id).exists()
            for table in map(table_of, (MovementRow, CountResultRow, ValueEntryRow, OrderLineRow))
        )
    )
    return {
        row["id"] for row in fetch(connection, select(item.c.id).where(is_used), item.c.id, ids)
    }
