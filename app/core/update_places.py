"""Where newer versions may be looked for."""

from pathlib import Path
from urllib.parse import urlsplit

from app.core.errors import Refused, marked


class NoPlaceForUpdates(Refused):
    template = marked(
        "“{address}” is no place for updates. Name a folder, or an address that begins with"
        " https:// and holds no password: over http:// anybody on the way could put another"
        " program in its place."
    )


def check_place(address: str) -> str:
    """Return the address; raises NoPlaceForUpdates for neither a folder nor a safe address."""
    if "://" not in address:
        if not address or not Path(address).is_absolute():
            raise NoPlaceForUpdates(address=address)
        return address
    try:
        parts = urlsplit(address)
        is_safe = parts.scheme == "https" and parts.hostname and "@" not in parts.netloc
    except ValueError:
        is_safe = False
    if not is_safe or parts.query or parts.fragment:
        raise NoPlaceForUpdates(address=address.partition("://")[0] + "://…")
    return address
