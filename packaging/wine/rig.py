"""What every row of the table works with."""

from dataclasses import dataclass
from pathlib import Path

from nsis import Bundle

from wine.screen import Screen
from wine.windows import Windows


@dataclass(frozen=True)
class Version:
    """What was built of one version."""

    bundle: Bundle
    setup: Path
    msi: Path
    portable: Path | None = None

    @property
    def name(self) -> str:
        return self.bundle.version


@dataclass(frozen=True)
class Rig:
    """Where all happens."""

    windows: Windows
    screen: Screen
    work: Path

    @property
    def pictures(self) -> Path:
        return self.work / "pictures"
