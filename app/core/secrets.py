"""Keeps passwords out of what is written down or sent away."""

import re
from collections.abc import Mapping
from typing import Any

HIDDEN = "***"

_IN_ADDRESS = re.compile(r"(://[^:/?#\s@]*):(?:\S*@|[^@\n]*@)")
"""What stands between user and host. A password that was not escaped may hold @, / and blanks:
rather too much is hidden than a part of it shown."""

_SECRET = re.compile(r"(?i).*(?:pass(?:word|wd|phrase)?|pwd|secret|api_?key|token)")
_NAMED = re.compile(
    r"""(?ix)
    \b((?:ssl|pg|db)?pass(?:word|wd|phrase)? | pwd | secret | api_?key | token)
    (["']? \s* [=:] \s*)
    (?: "(?:[^"\\]|\\.)*" | '(?:[^'\\]|\\.)*' | [^\s&;,)}\]]+ )
    """
)


def masked(text: str) -> str:
    """Return the text with the passwords of addresses, and what is named so, made unreadable."""
    text = _IN_ADDRESS.sub(rf"\1:{HIDDEN}@", text)
    return _NAMED.sub(rf"\1\2{HIDDEN}", text)


def without_secrets(value: Any) -> Any:
    """Return a value made of tables, lists and texts with all passwords in it made unreadable."""
    if isinstance(value, str):
        return masked(value)
    if isinstance(value, Mapping):
        return {
            key: HIDDEN if _SECRET.fullmatch(str(key)) and inner else without_secrets(inner)
            for key, inner in value.items()
        }
    if isinstance(value, list | tuple):
        return [without_secrets(inner) for inner in value]
    return value
