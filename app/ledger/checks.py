"""One thing that must hold about the ledger, and where it does not."""

from dataclasses import dataclass, field


@dataclass(slots=True)
class Check:
    """One thing that must hold, and where it does not."""

    name: str
    differences: list[str] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        return not self.differences

    def add(self, difference: str) -> None:
        self.differences.append(difference)
