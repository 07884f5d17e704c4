"""What a person may want to work on: a company of their own, a sample, one that others share."""

from dataclasses import dataclass, field
from enum import StrEnum


class Kind(StrEnum):
    NEW = "new"
    SAMPLE = "sample"
    FILE = "file"
    SERVER = "server"


@dataclass(frozen=True, slots=True)
class Wanted:
    """`where` is a path, or an URL without its password; `may_begin`: also where nothing is yet."""

    kind: Kind
    where: str = ""
    password: str = field(default="", repr=False)
    keeps_password: bool = False
    may_begin: bool = False
