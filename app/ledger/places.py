"""The tree of locations as posting sees it: paths to places, defaults of a site, policies."""

from collections.abc import Iterable

from sqlalchemy import Connection, bindparam, func, insert, select

from app.core.catalogue import LocationKind
from app.core.refusals import LocationNotStocked, UnknownLocation
from app.db.prepared import Prepared, one_of
from app.db.tables import LocationRow, table_of
from app.ledger.facts import Place

_TABLE = table_of(LocationRow)
_C = _TABLE.c
_BY_PATH = Prepared(
    select(_C.id, _C.path, _C.kind, _C.allow_negative).where(one_of(_C.path, "wanted"))
)
_DEFAULT = (
    select(_C.path)
    .where(
        func.substr(_C.path, 1, func.length(bindparam("site"))) == bindparam("site"),
        _C.kind == bindparam("kind"),
    )
    .order_by(func.coalesce(_C.walk_order, 1_000_000_000), _C.path)
    .limit(1)
)

MADE_AT_NEED = {
    "TRANSIT": LocationKind.TRANSIT,
    "QUARANTINE": LocationKind.QUARANTINE,
    "DOCK": LocationKind.DOCK,
}
"""Places below a site that exist as soon as something has to lie there."""

OUTSIDE = {
    LocationKind.SUPPLIER: "SUPPLIER",
    LocationKind.CUSTOMER: "CUSTOMER",
    LocationKind.PRODUCTION: "PRODUCTION",
    LocationKind.OPENING: "OPENING",
}
LOSS = "LOSS"
COUNT_LOSS = "LOSS/COUNT"


def loss_path(reason: str) -> str:
    """Return the loss location for a reason code; an unknown reason goes to LOSS/OTHER."""
    word = reason.strip().upper()
    if not word:
        return f"{LOSS}/ADJUSTMENT"
    return f"{LOSS}/{word}" if word.isalnum() else f"{LOSS}/OTHER"


class PlaceBook:
    """The places that a document names, by path."""

    def __init__(self, connection: Connection, paths: Iterable[str]) -> None:
        self._connection = connection
        self._rows: dict[str, tuple[int, LocationKind, bool | None]] = {}
        self._ours: dict[str, Place] = {}
        self._load({part for path in paths for part in _with_ancestors(path)})

    def ours(self, path: str, line: int) -> Place:
        """Return a place where our stock can lie; a site alone means its default place."""
        known = self._ours.get(path)
        if known is None:
            known = self._ours[path] = self._find_ours(path, line)
        return known

    def _find_ours(self, path: str, line: int) -> Place:
        kind = self._kind(path)
        if kind is None:
            return self._make(path, line)
        if kind is LocationKind.SITE:
            return self.ours(self._default_of(path), line)
        if not kind.is_owned:
            raise LocationNotStocked(location=path, line=line)
        return self._place(path)

    def at(self, path: str) -> Place:
        """Return the place of a path that is known to exist, of whatever kind."""
        return self._place(path)

    def known(self, path: str) -> int:
        """Return the row number of a place of any kind."""
        if self._kind(path) is None:
            raise UnknownLocation(location=path)
        return self._rows[path][0]

    def outside(self, path: str) -> Place:
        """Return a place outside our walls; a reason without a place of its own is "other"."""
        if self._kind(path) is None:
            path = f"{LOSS}/OTHER"
            self._load([path])
        return self._place(path)

    def quarantine_near(self, place: Place, line: int) -> Place:
        """Return where rejected goods of that place's site go."""
        site = place.path.split("/", 1)[0]
        found = self._first(site, LocationKind.QUARANTINE)
        return self.ours(found or f"{site}/QUARANTINE", line)

    def _kind(self, path: str) -> LocationKind | None:
        if path not in self._rows:
            self._load(_with_ancestors(path))
        row = self._rows.get(path)
        return row[1] if row else None

    def _place(self, path: str) -> Place:
        number, kind, allowed = self._rows[path]
        if not kind.is_owned:
            return Place(number, path, kind, allow_negative=True)
        for ancestor in reversed(_with_ancestors(path)):
            if allowed is None and ancestor in self._rows:
                allowed = self._rows[ancestor][2]
        return Place(number, path, kind, allow_negative=bool(allowed))

    def _default_of(self, site: str) -> str:
        found = self._first(site, LocationKind.DOCK) or self._first(site, LocationKind.STORAGE)
        return found or f"{site}/DOCK"

    def _first(self, site: str, kind: LocationKind) -> str | None:
        below = {"site": f"{site}/", "kind": kind}
        return self._connection.scalar(_DEFAULT, below)

    def _make(self, path: str, line: int) -> Place:
        """Make the transit, quarantine or dock place of a known site; refuse anything else."""
        site, _, name = path.partition("/")
        if name not in MADE_AT_NEED or self._kind(site) is not LocationKind.SITE:
            raise UnknownLocation(location=path or "“”", line=line)
        self._connection.execute(
            insert(_TABLE),
            {
                "path": path,
                "parent_id": self._rows[site][0],
                "kind": MADE_AT_NEED[name],
                "name": "",
                "code": name,
                "is_active": True,
            },
        )
        self._load([path])
        return self._place(path)

    def _load(self, paths: Iterable[str]) -> None:
        for number, path, kind, allowed in _BY_PATH.all(self._connection, wanted=set(paths)):
            self._rows[path] = (number, kind, allowed)


def _with_ancestors(path: str) -> list[str]:
    parts = path.split("/")
    return ["/".join(parts[: end + 1]) for end in range(len(parts))]
