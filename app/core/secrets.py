"""Keeps passwords out of what is written down or sent away."""

import re
from collections.abc import Mapping
from typing import Any

HIDDEN = "***"

_IN_ADDRESS = re.compile(r"(://[^:/?#\s@]*):[^\n]*@")
"""What stands between user and host. A password that was not escaped may hold @, / and blanks:
rather too much is hidden than a part of it shown."""

_NAMES = (
    "pass(?:word|wd|phrase|code)?|pwd|secret|credentials?|token|authorization"
    "|(?:api|access|private|secret)[_-]?key"
)
_SECRET = re.compile(rf"(?i).*(?:{_NAMES})")
_VALUE = r"""
    (?: \"{3}.*?\"{3} | '{3}.*?'{3}
      | \"(?:[^"\\]|\\.)*" | '(?:[^'\\]|\\.)*' | \\+"[^"]*" | \\+'[^']*'
      | ["'][^\n]* | (?:\\.|\S)+ )
"""
"""As long as it can be: in quotes of any kind, in such that are never closed, or one word."""

_NAMED = re.compile(rf"""(?isx) ({_NAMES}) (\\*["']? \s* [=:] \s*) {_VALUE}""")
_OPTION = re.compile(rf"""(?isx) ((?<!\S)--?[\w-]*(?:{_NAMES})) (\s+) {_VALUE}""")
_SENT = re.compile(r"""(?ix) \b(bearer | authorization\\*["']?\s*[=:]\s*\\*["']?\w+) (\s+) \S+""")


def masked(text: str) -> str:
    """Return the text with the passwords of addresses, and what is named so, made unreadable."""
    text = _IN_ADDRESS.sub(rf"\1:{HIDDEN}@", text)
    for pattern in (_SENT, _NAMED, _OPTION):
        text = pattern.sub(rf"\1\2{HIDDEN}", text)
    return text


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
