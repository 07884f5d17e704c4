"""How a receipt stands against its order: its rows, its totals, and what to post of it."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_CEILING, Decimal

from app.core.catalogue import Item
from app.core.decimals import ZERO
from app.core.documents import Document, DocumentType, Line
from app.features.receiving.draft import Draft, DraftLine, Need, OrderLine
from app.features.receiving.rules import pack_of

NO_TROUBLE: Mapping[int, str] = {}


@dataclass(frozen=True, slots=True)
class Row:
    """A row on the screen: a line of the order, of the receipt, or of both.

    `is_first`: of several lines for one order line, the one that shows what was ordered. `over`
    is by how much the order line is exceeded in all; `place` is the target within the site;
    `trouble` is what posting had against it.
    """

    ordered: OrderLine | None
    line: DraftLine | None
    target: str = ""
    place: str = ""
    price: Decimal | None = None
    over: Decimal = ZERO
    is_first: bool = True
    has_order: bool = False
    trouble: str = ""

    @property
    def item(self) -> Item:
        source = self.line or self.ordered
        assert source is not None
        return source.item

    @property
    def is_extra(self) -> bool:
        """Whether it came although nobody ordered it."""
        return self.has_order and self.ordered is None


@dataclass(frozen=True, slots=True)
class Over:
    """An order line of which more came than was to come, in base units."""

    item: Item
    expected: Decimal
    arrived: Decimal

    @property
    def excess(self) -> Decimal:
        return self.arrived - self.expected


@dataclass(frozen=True, slots=True)
class Totals:
    """`begun` of `lines` have something; `arrived` of `expected` base units over all lines.

    Without an order nothing is expected and `lines` is what there is. `short` counts order lines
    that are not complete with this receipt, `extra` lines nobody ordered.
    """

    begun: int
    lines: int
    arrived: Decimal
    expected: Decimal
    rejected: Decimal
    over: tuple[Over, ...] = ()
    short: int = 0
    extra: int = 0


def rows_of(draft: Draft, trouble: Mapping[int, str] = NO_TROUBLE) -> list[Row]:
    """Return the order's lines with what came for each, then what nobody ordered.

    `trouble` is what posting had against lines, by their number.
    """
    for_line: defaultdict[int | None, list[DraftLine]] = defaultdict(list)
    for line in draft.lines:
        for_line[line.order_line].append(line)
    rows: list[Row] = []
    for ordered in draft.order.lines if draft.order else ():
        came = for_line.pop(ordered.number, [])
        rows += _rows_for(draft, ordered, came) if came else [_awaited(draft, ordered)]
    for lines in for_line.values():
        for line in lines:
            price = draft.facts_of(line.item).price
            row = _placed(draft, Row(None, line, draft.target_of(line), price=price))
            rows.append(replace(row, has_order=draft.order is not None))
    if trouble:
        rows = [replace(row, trouble=_trouble_of(row, trouble)) for row in rows]
    return rows


def totals_of(draft: Draft) -> Totals:
    """Add up what came, against what was to come if there is an order."""
    for_line: defaultdict[int | None, list[DraftLine]] = defaultdict(list)
    for line in draft.lines:
        for_line[line.order_line].append(line)
    ordered = draft.order.lines if draft.order else ()
    came = {line.number: _arrived(for_line[line.number]) for line in ordered}
    begun = sum(1 for line in ordered if came[line.number])
    extra = [line for line in draft.lines if line.order_line not in came and line.arrived]
    over = tuple(
        Over(line.item, line.expected, came[line.number])
        for line in ordered
        if came[line.number] > line.expected
    )
    return Totals(
        begun=begun if ordered else len(extra),
        lines=len(ordered) or len(extra),
        arrived=_arrived(draft.lines),
        expected=sum((line.expected for line in ordered), ZERO),
        rejected=sum((line.rejected for line in draft.lines), ZERO),
        over=over,
        short=sum(1 for line in ordered if came[line.number] < line.expected),
        extra=len(extra) if draft.order else 0,
    )


def lines_to_post(draft: Draft) -> list[DraftLine]:
    """Return the lines that something came for, in the order they are posted."""
    return [line for line in draft.lines if line.arrived]


def first_unnamed(draft: Draft) -> DraftLine | None:
    """Return the first line to post whose lot or serial is still to be said."""
    return next((line for line in lines_to_post(draft) if line.needs is Need.LOT), None)


def first_unsaid(draft: Draft) -> DraftLine | None:
    """Return the first line that somebody began by hand without ever saying how many came."""
    return next(
        (
            line
            for line in draft.lines
            if not (line.arrived or line.typed) and (line.lot or line.order_line is None)
        ),
        None,
    )


def as_document(draft: Draft, *, accept_over: bool = False) -> Document:
    """Return the receipt as posting takes it."""
    return Document(
        key=draft.key,
        type=DocumentType.RECEIPT,
        lines=tuple(_as_stated(draft, line) for line in lines_to_post(draft)),
        at=draft.at,
        reference=draft.reference,
        supplier=draft.supplier,
        order=draft.order.number if draft.order else "",
        accept_over=accept_over,
    )


def count_labels(draft: Draft) -> int:
    """Return how many labels the goods take: one a piece or pack, one a line of what is weighed."""
    return sum(_labels(_as_stated(draft, line), line) for line in lines_to_post(draft))


def _labels(stated: Line, line: DraftLine) -> int:
    if not line.quantity:
        return 0
    if stated.unit:
        return int(stated.quantity.to_integral_value(ROUND_CEILING))
    return 1 if line.item.decimals else int(line.quantity)


def _as_stated(draft: Draft, line: DraftLine) -> Line:
    """Return the line in the clerk's unit where it comes out whole, else in base units."""
    per, unit = Decimal(1), ""
    pack = pack_of(draft, line)
    if line.unit and pack.denominator == 1 and _is_whole(line, pack.numerator):
        per, unit = Decimal(pack.numerator), pack.unit
    cost = line.cost
    if cost is None and line.order_line is None:
        cost = draft.price_of(line)
    return Line(
        item=line.item.sku,
        quantity=line.quantity / per,
        rejected=line.rejected / per,
        unit=unit,
        lot=line.lot,
        expiry=line.expiry,
        target=draft.target_of(line),
        unit_cost=None if cost is None else cost * per,
        order_line=line.order_line,
    )


def _is_whole(line: DraftLine, count: int) -> bool:
    return line.quantity % count == 0 and line.rejected % count == 0


def _awaited(draft: Draft, ordered: OrderLine) -> Row:
    target = draft.place or draft.facts_of(ordered.item).put_away or draft.site
    return _placed(draft, Row(ordered, None, target, price=ordered.price, has_order=True))


def _rows_for(draft: Draft, ordered: OrderLine, came: Sequence[DraftLine]) -> Iterator[Row]:
    over = max(_arrived(came) - ordered.expected, ZERO)
    for line in came:
        is_first = line is came[0]
        row = Row(
            ordered,
            line,
            draft.target_of(line),
            price=ordered.price,
            over=over if is_first else ZERO,
            is_first=is_first,
            has_order=True,
        )
        yield _placed(draft, row)


def _placed(draft: Draft, row: Row) -> Row:
    return replace(row, place=row.target.removeprefix(f"{draft.site}/"))


def _trouble_of(row: Row, trouble: Mapping[int, str]) -> str:
    return trouble.get(row.line.id, "") if row.line else ""


def _arrived(lines: Sequence[DraftLine] | Iterator[DraftLine]) -> Decimal:
    return sum((line.arrived for line in lines), ZERO)
