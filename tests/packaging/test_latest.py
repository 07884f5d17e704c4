"""What the release writes is what the program reads."""

import pytest
from latest import write_latest

from app.adapters import updates
from app.adapters.updates import look_for_update
from app.cli.answers import outcome


@pytest.mark.parametrize("system", ["windows", "linux"])
def test_an_installed_program_finds_the_release_by_it(tmp_path, monkeypatch, system):
    release = tmp_path / "release"
    release.mkdir()
    for name in (
        "Stockroom-0.2.0-windows-x64-setup.exe",
        "Stockroom-0.1.0-windows-x64-setup.exe",
        "stockroom_0.2.0_amd64.deb",
        "SHA256SUMS",
    ):
        (release / name).write_bytes(name.encode())
    write_latest(release, "0.2.0", "What is new.")
    monkeypatch.setattr(updates, "SYSTEM", system)

    update = outcome(look_for_update(str(release), "0.1.0", tmp_path / "cache"))

    assert update is not None
    assert (update.version, update.notes) == ("0.2.0", "What is new.")
    assert "0.2.0" in update.file.name
    assert update.file.read_bytes() == update.file.name.encode()
