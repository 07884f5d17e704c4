"""Receiving, as one unit of work for each call."""

import platform
from collections.abc import Mapping
from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from app.core.catalogue import Item, Location
from app.core.documents import Document, DocumentType, Posted, new_key
from app.core.effects import Effects
from app.core.errors import Refused
from app.core.scans import ItemScan
from app.db.catalogue import as_item, select_items
from app.db.drafts import drop_draft, load_draft, save_draft
from app.db.names import find_first_site, find_named_item, find_place
from app.db.tables import ItemRow
from app.features.receiving.draft import Draft, Facts, KnownLot, Order
from app.features.receiving.finders import find_facts, find_lot, load_order
from app.features.receiving.memory import FORM, items_in, recall, remember
from app.features.receiving.rules import Incoming
from app.features.receiving.totals import as_document
from app.ledger.door import post, preview

SCREEN = "receiving"
BATCH = 500


@dataclass(frozen=True, slots=True)
class Opened:
    """An order to receive for, with what must be known of its items."""

    order: Order
    facts: Mapping[int, Facts]


@dataclass(frozen=True, slots=True)
class Arrival:
    """Goods that were scanned, with what the books know of them; `problem` is to be looked at."""

    new: Incoming
    facts: Mapping[int, Facts]
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Named:
    """What the books know of the lot that a line was said to be."""

    line: int
    lot: str
    known: KnownLot | None


@dataclass(frozen=True, slots=True)
class Chosen:
    """The place chosen for a line, or for all."""

    line: int | None
    place: Location


def start_draft(session: Session, user: str, site: str = "") -> Draft:
    """Return the draft that was left, else a new one at the site or at our first."""
    body = load_draft(session, SCREEN, user, platform.node())
    if body is None or body.get("form") != FORM:
        return new_draft(session, site)
    items: list[Item] = []
    wanted = sorted(items_in(body))
    for start in range(0, len(wanted), BATCH):
        some = wanted[start : start + BATCH]
        items += map(as_item, session.execute(select_items().where(ItemRow.id.in_(some))))
    draft = recall(body, items)
    order = _order_if_known(session, body["order"]) if body["order"] else None
    ids = {item.id for item in items}
    if order:
        ids |= {line.item.id for line in order.lines}
    facts = find_facts(session, ids, draft.site, draft.supplier)
    return replace(draft, order=order).knowing(facts)


def new_draft(session: Session, site: str = "") -> Draft:
    """Return an empty draft with a key of its own."""
    return Draft(key=new_key(), site=site or find_first_site(session))


def keep_draft(session: Session, draft: Draft, user: str) -> None:
    """Save the draft in place of the one before; an empty one leaves nothing behind."""
    if draft.is_empty:
        drop_draft(session, SCREEN, user, platform.node())
    else:
        save_draft(session, SCREEN, user, platform.node(), remember(draft))


def open_order(session: Session, name: str, site: str) -> Opened:
    """Return the order of that number or reference, to be received at the site it is for."""
    order = load_order(session, name)
    items = {line.item.id for line in order.lines}
    return Opened(order, find_facts(session, items, order.site or site, order.supplier))


def refresh_order(session: Session, draft: Draft) -> Opened:
    """Return the order of a draft as it stands now, and the facts of all items of both."""
    assert draft.order is not None
    order = load_order(session, draft.order.number)
    items = {line.item.id for line in order.lines} | set(draft.facts)
    return Opened(order, find_facts(session, items, draft.site, draft.supplier))


def find_facts_anew(session: Session, draft: Draft) -> Mapping[int, Facts]:
    """Return the facts of all items of a draft whose site or supplier has changed."""
    return find_facts(session, list(draft.facts), draft.site, draft.supplier)


def look_into(session: Session, scan: ItemScan, site: str, supplier: str) -> Arrival:
    """Return what the books know of scanned goods."""
    item = scan.item
    known = find_lot(session, item.id, scan.lot) if scan.lot else None
    new = Incoming(item, scan.quantity, scan.quantity_given, scan.lot, scan.expiry, known)
    return Arrival(new, find_facts(session, [item.id], site, supplier), scan.problem)


def look_into_typed(session: Session, code: str, site: str, supplier: str) -> Arrival:
    """Return what the books know of an item by its SKU or barcode; nothing of it came yet."""
    item = find_named_item(session, code).item
    return Arrival(Incoming(item), find_facts(session, [item.id], site, supplier))


def look_into_lot(session: Session, line: int, item: int, lot: str) -> Named:
    """Return what the books know of the lot that a line is said to be."""
    return Named(line, lot, find_lot(session, item, lot.strip()))


def look_into_place(session: Session, line: int | None, text: str, site: str) -> Chosen:
    """Return the place that a line, or all of them (None), shall go to."""
    return Chosen(line, find_place(session, text, site))


def post_receipt(session: Session, draft: Draft, user: str, *, accept_over: bool) -> Posted:
    """Put the goods into stock; the draft is gone in the same moment."""
    posted = post(session, as_document(draft, accept_over=accept_over), user=user)
    drop_draft(session, SCREEN, user, platform.node())
    return posted


def rehearse_receipt(session: Session, draft: Draft, user: str, *, accept_over: bool) -> Effects:
    """Return what posting the receipt would change beside what it states."""
    return preview(session, as_document(draft, accept_over=accept_over), user=user)


def undo_receipt(session: Session, number: str, user: str) -> Posted:
    """Post the reversal of a receipt."""
    document = Document(key=new_key(), type=DocumentType.REVERSAL, reverses=number)
    return post(session, document, user=user)


def _order_if_known(session: Session, number: str) -> Order | None:
    try:
        return load_order(session, number)
    except Refused:
        return None
