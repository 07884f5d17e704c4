"""What a document leaves unsaid is looked up when it is posted, and stays as it was found."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from app.core.documents import Document, DocumentType, Line
from tests.ledger.model.company import Company, transit_to
from tests.ledger.model.events import Documents, Entry
from tests.ledger.model.telling import base_quantity

ZERO = Decimal(0)


def resolve(company: Company, documents: Documents, document: Document) -> Document:
    """Fill in the lines that follow from a bill of materials or from the shipment named."""
    if document.type in (DocumentType.BUILD, DocumentType.UNBUILD) and not document.lines:
        return replace(document, lines=tuple(_of_bill(company, document)))
    if document.type is DocumentType.TRANSFER_RECEIVE:
        shipment = documents.find(document.names)
        if shipment is not None and shipment.type == "transfer_ship":
            lines = _of_shipment(company, documents, document, shipment)
            return replace(document, lines=tuple(lines))
    return document


def left_of(company: Company, documents: Documents, shipment: Entry) -> dict[int, Decimal]:
    """Return how much of each line of a shipment has not been received."""
    left = {
        number: base_quantity(company, line, line.quantity)
        for number, line in enumerate(shipment.document.lines, start=1)
    }
    for entry in documents.naming(shipment.number, "transfer_receive"):
        for line in entry.document.lines:
            if line.names_line:
                left[line.names_line] -= line.quantity
    return left


def _of_bill(company: Company, document: Document) -> Iterator[Line]:
    build = document.build
    assert build is not None
    pieces = build.quantity + build.scrap
    for component, each in company.items[build.product].bill.items():
        yield Line(item=component, quantity=each * pieces)


def _of_shipment(
    company: Company, documents: Documents, document: Document, shipment: Entry
) -> Iterator[Line]:
    """Receive each shipped line in turn; a quantity that none of them has is left over at the
    end, without a line that it is from."""
    left = left_of(company, documents, shipment)
    shipped = shipment.document.lines
    wanted = document.lines or [
        replace(line, unit="", quantity=left[number], target="")
        for number, line in enumerate(shipped, start=1)
        if left[number]
    ]
    for line in wanted:
        item = company.named(line.item)[0]
        missing = base_quantity(company, line, line.quantity)
        target = line.target or document.target
        for number, sent in enumerate(shipped, start=1):
            taken = min(missing, left[number])
            if taken and (company.named(sent.item)[0], sent.lot) == (item, line.lot):
                left[number] -= taken
                missing -= taken
                yield Line(
                    item=item.sku,
                    lot=line.lot,
                    quantity=taken,
                    source=transit_to(sent.target),
                    target=target or sent.target,
                    names_line=number,
                )
        if missing:
            yield Line(item=item.sku, lot=line.lot, quantity=missing)
