"""What every kind of table does with its rows: check all, tell new from known, store."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, ClassVar

from sqlalchemy import RowMapping
from sqlalchemy.orm import Session

from app.core.problems import Problem
from app.features.catalogue.records import Field, Record


class Importer(ABC):
    """The rows of one file, held against what is stored. `records` have all their key fields."""

    fields: ClassVar[tuple[Field, ...]]
    key: ClassVar[tuple[str, ...]]
    is_unique: ClassVar[bool] = True
    """Whether two rows with the same key say the same thing twice."""

    def __init__(self, session: Session, records: Sequence[Record], user: str = "") -> None:
        self.session = session
        self.connection = session.connection()
        self.records = records
        self.user = user

    @abstractmethod
    def problems(self) -> Iterable[Problem]:
        """Return all that stands against the rows."""

    @abstractmethod
    def is_known(self, record: Record) -> bool:
        """Tell whether what the row names is stored already."""

    def spread(self, bad_rows: set[int]) -> set[int]:
        """Return the rows that cannot be taken because those cannot: themselves, as a rule."""
        return bad_rows

    @abstractmethod
    def is_new(self, record: Record) -> bool:
        """Tell whether a good row changes anything."""

    @abstractmethod
    def store(self, records: Sequence[Record]) -> Iterator[int]:
        """Write the rows; say after each batch how many rows of the database that was."""


def merged(
    stored: RowMapping | None, record: Record, defaults: Mapping[str, Any]
) -> dict[str, Any]:
    """Return a whole row: what the file says, else what is stored, else the default."""
    return {
        column: record.values.get(column, default if stored is None else stored[column])
        for column, default in defaults.items()
    }


def differs(stored: RowMapping | None, row: Mapping[str, Any]) -> bool:
    """Tell whether the row is new or says anything else than the stored one."""
    return stored is None or any(stored[column] != value for column, value in row.items())
