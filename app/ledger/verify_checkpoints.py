"""Proves the checkpoints: how items stood then, worked out from their beginning."""

from itertools import groupby
from operator import attrgetter

from sqlalchemy import Connection, select

from app.db.tables.values import CheckpointRow
from app.ledger.assemblies import behind, beside
from app.ledger.checkpoints import Checkpoint, stored_checkpoints
from app.ledger.facts import ItemFacts, known_items
from app.ledger.replay import Replay
from app.ledger.revaluing import differing
from app.ledger.spans import Span, within

_ITEMS = select(CheckpointRow.item_id).where(within(CheckpointRow.item_id)).distinct()


def wrong_checkpoints(
    connection: Connection, span: Span, places: int
) -> dict[Checkpoint, Checkpoint | None]:
    """Return those that say something else about their item than its history, each with what is
    right; None if the item was never settled there."""
    items = connection.scalars(_ITEMS, span.values()).all()
    wrong: dict[Checkpoint, Checkpoint | None] = {}
    stored = sorted(stored_checkpoints(connection, items), key=attrgetter("item"))
    for item, group in groupby(stored, key=attrgetter("item")):
        theirs = list(group)
        replay = Replay(connection, _needed(connection, item).values(), places)
        replay.wanted = {item: [one.at for one in theirs]}
        real = {one.at: one for one in replay.run().checkpoints}
        wrong.update((one, real.get(one.at)) for one in theirs if real.get(one.at) != one)
    return wrong


def _needed(connection: Connection, item: int) -> dict[int, ItemFacts]:
    """Return what must be worked out with an item: all it was made of too, where the books have
    something else for that in a closed period than is known now."""
    made_of = behind(connection, [item])
    reached = made_of if differing(connection, made_of) else beside(connection, [item])
    return known_items(connection, reached)
