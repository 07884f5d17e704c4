"""A server's database in parts, as a person fills them in, and as one URL."""

from dataclasses import dataclass, field
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit

PORT = "5432"

SECRETS = {"password", "sslpassword"}
OWN_FIELDS = {"host", "port", "user", "dbname"}


@dataclass(frozen=True, slots=True)
class ServerAddress:
    """`options` are what stands after the question mark of an URL: sslmode=require&…"""

    host: str = ""
    port: str = PORT
    database: str = ""
    user: str = ""
    options: str = ""
    password: str = field(default="", repr=False)

    def url(self) -> str:
        """Return the URL, without any password. A host that is a folder holds a socket."""
        user = f"{quote(self.user, safe='')}@" if self.user else ""
        host, port = self.host or "localhost", self.port or PORT
        options = [(name, value) for name, value in _pairs(self.options) if name not in SECRETS]
        if host.startswith("/"):
            place = ""
            options = [("host", host), ("port", port), *options]
        else:
            place = f"[{host}]:{port}" if ":" in host and host[0] != "[" else f"{host}:{port}"
        asked = f"?{_query(options)}" if options else ""
        return f"postgresql://{user}{place}/{quote(self.database, safe='')}{asked}"


def read_server(text: str) -> ServerAddress | None:
    """Return the parts of a server's URL, None if the text is none."""
    try:
        url = urlsplit(text.strip())
        host = url.hostname
    except ValueError:
        return None
    pairs = _pairs(url.query)
    named = dict(pairs)
    host = host or named.get("host", "")
    if not url.scheme.startswith("postgres") or not host or len(url.path) < 2:
        return None
    port = url.netloc.rpartition("@")[2].rpartition(":")[2]
    return ServerAddress(
        host=host,
        port=port if port.isdecimal() else named.get("port", PORT),
        database=unquote(url.path[1:]),
        user=unquote(url.username or "") or named.get("user", ""),
        options=_query([pair for pair in pairs if pair[0] not in SECRETS | OWN_FIELDS]),
        password=unquote(url.password or "") or named.get("password", ""),
    )


def _pairs(query: str) -> list[tuple[str, str]]:
    return parse_qsl(query.strip().lstrip("?"), keep_blank_values=True)


def _query(pairs: list[tuple[str, str]]) -> str:
    return urlencode(pairs, quote_via=quote, safe="/:")
