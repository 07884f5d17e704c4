"""What an item, a place and a partner may be, whoever states it: a file or the screen."""

from collections.abc import Iterator, Mapping, Sequence

from app.core.catalogue import LocationKind
from app.core.errors import Said, marked

SITE_INSIDE = marked("A site is the top of a path: it cannot lie inside another place.")
AS_ABOVE = marked("{location} is “{kind}”: what lies inside it is “{kind}” too.")
OUTSIDE_WALLS = marked("A “{kind}” lies outside our walls: it cannot be part of a site.")

BY_NAME = {
    "TRANSIT": LocationKind.TRANSIT,
    "QUARANTINE": LocationKind.QUARANTINE,
    "DOCK": LocationKind.DOCK,
}
OUTSIDE_BY_NAME = {
    kind.value.upper(): kind
    for kind in (
        LocationKind.SUPPLIER,
        LocationKind.CUSTOMER,
        LocationKind.PRODUCTION,
        LocationKind.LOSS,
        LocationKind.OPENING,
    )
}


def ancestors(path: str) -> list[str]:
    """Return the paths of the places above, the site first."""
    parts = path.split("/")
    return ["/".join(parts[:end]) for end in range(1, len(parts))]


def default_kind(path: str, parent: LocationKind | None) -> LocationKind:
    """Return what a place is that does not say so: by its own name, else by where it lies."""
    name = path.rsplit("/", 1)[-1].upper()
    if parent is None:
        return OUTSIDE_BY_NAME.get(name, LocationKind.SITE)
    if name in BY_NAME and parent.is_inside:
        return BY_NAME[name]
    return LocationKind.STORAGE if parent is LocationKind.SITE else parent


def misplaced(path: str, kind: LocationKind, parent: LocationKind | None) -> str | None:
    """Return what speaks against a place of this kind below a parent of that kind."""
    if parent is None:
        return None
    if kind is LocationKind.SITE:
        return SITE_INSIDE
    if not parent.is_inside and kind is not parent:
        above = path.rpartition("/")[0]
        return Said(AS_ABOVE, location=above, kind=parent.value)
    if parent.is_inside and not kind.is_inside:
        return Said(OUTSIDE_WALLS, kind=kind.value)
    return None


def circles(bills: Mapping[int, Sequence[int]]) -> Iterator[list[int]]:
    """Give chains in which each product takes the next, and the last is the first again.

    Not every chain there may be, but one through each step that closes one.
    """
    done: set[int] = set()
    for start in bills:
        path = {} if start in done else {start: iter(bills[start])}
        while path:
            last = next(reversed(path))
            component = next(path[last], None)
            if component is None:
                done.add(last)
                del path[last]
            elif component in path:
                chain = list(path)
                yield [*chain[chain.index(component) :], component]
            elif component not in done:
                path[component] = iter(bills.get(component, ()))
