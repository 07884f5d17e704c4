"""What is said of a subject in a line: in the heading, in the footer, on the tape."""

from decimal import Decimal

from app.core.decimals import ZERO
from app.features.stock_lookup.rules import FoundKind
from app.features.stock_lookup.subject import FactKind, Subject, quantities
from app.features.stock_lookup.words import kind_word, place_word, tr, type_word
from app.ui.formats import counted, quantity


def head_of(subject: Subject | None) -> tuple[str, str, str]:
    """Return what is looked at, its name, and what stands aside."""
    if subject is None:
        return tr("Stock lookup"), "", ""
    what = type_word(subject.type) if subject.type else kind_word(subject.ref.kind)
    aside = place_word(subject.place) if subject.place else subject.aside
    return what, f"{subject.ref.code}  {subject.about}".strip(), aside


def told_at_once(subject: Subject, lot: str = "") -> str:
    """Return the answer to a scan: “GEL-7 48 on hand”."""
    code = subject.ref.code
    match subject.ref.kind:
        case FoundKind.PLACE:
            many = tr("{count}+ lines") if subject.is_cut else tr("{count} lines")
            return f"{code.rpartition('/')[2]} {counted(len(subject.stock), tr('1 line'), many)}"
        case FoundKind.DOCUMENT:
            return f"{code} {type_word(subject.type)}" if subject.type else code
        case FoundKind.ITEM if lot:
            of_lot = [line.on_hand for line in subject.stock if line.lot == lot]
            return _on_hand(f"{code} {lot}", sum(of_lot, ZERO))
    fact = subject.fact(FactKind.ON_HAND)
    return _on_hand(code, fact.value if fact and isinstance(fact.value, Decimal) else None)


def totals_of(subject: Subject | None, found: int, *, more: bool) -> str:
    """Return the footer's line: how much is shown."""
    if subject is None:
        many = tr("{count} items, more below") if more else tr("{count} items")
        return counted(found, tr("1 item"), many)
    if subject.is_document:
        lines = len(subject.orders) or len(subject.entries)
        return counted(lines, tr("1 line"), tr("{count} lines"))
    if subject.is_cut:
        text = tr("The first {count} lines; look for an item or a smaller place to see the rest")
        return text.format(count=quantity(len(subject.stock)))
    places = len({line.location_id for line in subject.stock})
    return tr("{lines} at {places}").format(
        lines=counted(len(subject.stock), tr("1 line"), tr("{count} lines")),
        places=counted(places, tr("1 place"), tr("{count} places")),
    )


def consequence(subject: Subject) -> str:
    """Say in numbers what undoing a document would do."""
    number = subject.ref.code
    if subject.orders:
        lines = counted(
            len(subject.orders),
            tr("1 line is no longer expected"),
            tr("{count} lines are no longer expected"),
        )
        return tr("{number} is taken back: {lines}.").format(number=number, lines=lines)
    if not subject.entries:
        text = tr("{number} is undone as if it had never happened: what it changed changes back.")
        return text.format(number=number)
    moved = ", ".join(f"{quantity(total)} {unit}" for total, unit in quantities(subject.entries))
    text = tr(
        "{number} is undone as if it had never happened: {moves}, {moved}. Stock and value of"
        " everything in it change back."
    )
    moves = counted(len(subject.entries), tr("1 movement"), tr("{count} movements"))
    return text.format(number=number, moves=moves, moved=moved)


def _on_hand(what: str, on_hand: Decimal | None) -> str:
    return tr("{what} {quantity} on hand").format(what=what, quantity=quantity(on_hand))
