"""Transfer, as one unit of work for each call."""

import platform
from collections.abc import Mapping
from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from app.core.catalogue import Location
from app.core.documents import Document, DocumentType, Posted, new_key
from app.core.effects import Effects
from app.core.errors import Refused
from app.core.scans import ItemScan
from app.db.drafts import drop_draft, load_draft, save_draft
from app.db.names import find_first_site, find_named_item
from app.features.transfer.draft import Draft, Facts, Side
from app.features.transfer.finders import (
    find_bin,
    find_contents,
    find_facts,
    find_items,
    may_fall_short,
)
from app.features.transfer.memory import FORM, items_in, recall, remember
from app.features.transfer.rules import Content, Incoming
from app.features.transfer.totals import as_document
from app.ledger.door import post, preview

SCREEN = "transfer"


@dataclass(frozen=True, slots=True)
class Arrival:
    """Goods that were scanned, with what of them lies in the source."""

    new: Incoming
    facts: Mapping[int, Facts]
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Chosen:
    """The bin chosen for a side. `facts`: what of the draft's items lies there, if it is the
    source."""

    side: Side
    place: Location
    may_fall_short: bool
    facts: Mapping[int, Facts]


@dataclass(frozen=True, slots=True)
class Opened:
    """All that lies in a bin."""

    source: Location
    contents: tuple[Content, ...]


def start_draft(session: Session, user: str, site: str = "") -> Draft:
    """Return the draft that was left, else a new one at the site or at our first."""
    body = load_draft(session, SCREEN, user, platform.node())
    if body is None or body.get("form") != FORM:
        return Draft(key=new_key(), site=site or find_first_site(session))
    items = find_items(session, items_in(body))
    draft = recall(body, items)
    source = _bin_if_known(session, body["source"])
    draft = replace(draft, source=source, target=_bin_if_known(session, body["target"]))
    return refresh(session, draft)


def keep_draft(session: Session, draft: Draft, user: str) -> None:
    """Save the draft in place of the one before; an empty one leaves nothing behind."""
    if draft.is_empty:
        drop_draft(session, SCREEN, user, platform.node())
    else:
        save_draft(session, SCREEN, user, platform.node(), remember(draft))


def refresh(session: Session, draft: Draft) -> Draft:
    """Return the draft with what the books say now of its source and items."""
    items = {line.item.id for line in draft.lines} | set(draft.facts)
    short = may_fall_short(session, draft.source) if draft.source else False
    return replace(draft, may_fall_short=short).knowing(find_facts(session, items, draft.source))


def look_into(session: Session, scan: ItemScan, source: Location | None) -> Arrival:
    """Return what of the scanned goods lies in the source."""
    new = Incoming(scan.item, scan.quantity, scan.quantity_given, scan.lot)
    return Arrival(new, find_facts(session, [scan.item.id], source), scan.problem)


def look_into_typed(session: Session, code: str, source: Location | None) -> Arrival:
    """Return what lies in the source of an item by its SKU or barcode."""
    item = find_named_item(session, code).item
    return Arrival(Incoming(item), find_facts(session, [item.id], source))


def look_into_place(session: Session, side: Side, text: str, draft: Draft) -> Chosen:
    """Return the bin that was scanned or typed for a side."""
    place = find_bin(session, text, draft.site)
    if side is Side.TARGET:
        return Chosen(side, place, may_fall_short=False, facts={})
    facts = find_facts(session, list(draft.facts), place)
    return Chosen(side, place, may_fall_short(session, place), facts)


def open_bin(session: Session, source: Location) -> Opened:
    """Return all that lies in the source."""
    return Opened(source, find_contents(session, source))


def post_transfer(session: Session, draft: Draft, user: str) -> Posted:
    """Move the goods; the draft is gone in the same moment."""
    posted = post(session, as_document(draft), user=user)
    drop_draft(session, SCREEN, user, platform.node())
    return posted


def rehearse_transfer(session: Session, draft: Draft, user: str) -> Effects:
    """Return what posting the transfer would change beside what it states."""
    return preview(session, as_document(draft), user=user)


def undo_transfer(session: Session, number: str, user: str) -> Posted:
    """Post the reversal of a transfer."""
    document = Document(key=new_key(), type=DocumentType.REVERSAL, reverses=number)
    return post(session, document, user=user)


def _bin_if_known(session: Session, path: str) -> Location | None:
    try:
        return find_bin(session, path, "") if path else None
    except Refused:
        return None
