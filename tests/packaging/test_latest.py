"""What the release writes is what the program reads."""

import json
import subprocess
import sys

import latest
import pytest
from latest import write_latest
from told import CannotGoOn

from app.adapters import updates
from app.adapters.updates import look_for_update
from app.cli.answers import outcome
from app.core.updates import Copy

SETUP = "Stockroom-0.2.0-windows-x64-setup.exe"
NAMES = {
    "setup": SETUP,
    "msi": "Stockroom-0.2.0-windows-x64.msi",
    "zip": "Stockroom-0.2.0-windows-x64.zip",
    "deb": "stockroom_0.2.0_amd64.deb",
    "tar": "Stockroom-0.2.0-linux-x64.tar.xz",
}
OTHERS = [
    *(name.replace("0.2.0", other) for name in NAMES.values() for other in ("0.1.0", "10.2.0")),
    *("Stockroom-0.2.0-windows-x64.cdx.json", "Stockroom-0.2.0-linux-x64.cdx.json", "SHA256SUMS"),
]


@pytest.fixture
def release(tmp_path):
    release = tmp_path / "release"
    release.mkdir()
    for name in (*NAMES.values(), *OTHERS):
        (release / name).write_bytes(name.encode())
    return release


@pytest.mark.parametrize(
    ("system", "package"),
    [
        *(("windows", package) for package in ("setup", "msi", "zip", None)),
        *(("linux", package) for package in ("deb", "tar", None)),
    ],
)
def test_an_installed_program_finds_its_file_of_the_release_by_it(
    release, tmp_path, monkeypatch, system, package
):
    write_latest(release, "0.2.0", "What is new.")
    monkeypatch.setattr(updates, "SYSTEM", system)

    look = look_for_update(str(release), "0.1.0", tmp_path / "cache", Copy(package))
    update = outcome(look)

    usual = {"windows": "setup", "linux": "deb"}[system]
    assert (update.version, update.notes) == ("0.2.0", "What is new.")
    assert update.file.name == NAMES[package or usual]
    assert update.file.read_bytes() == update.file.name.encode()


def test_programs_that_know_one_file_alone_find_the_usual_one(release):
    told = json.loads(write_latest(release, "0.2.0").read_text("utf-8"))

    assert told["windows"]["file"] == SETUP
    assert told["windows"]["size"] == len(SETUP)
    assert told["linux"]["file"] == NAMES["deb"]


def test_a_version_whose_name_is_the_end_of_another_is_not_taken_for_it(release):
    (release / SETUP).unlink()
    told = json.loads(write_latest(release, "0.2.0").read_text("utf-8"))

    assert told["windows"]["file"] == NAMES["msi"]
    assert "10.2.0" not in json.dumps(told)


def test_without_a_file_of_the_version_there_is_no_note(release):
    with pytest.raises(CannotGoOn, match=r"none of these.*Stockroom-0\.3\.0-windows-x64-setup"):
        write_latest(release, "0.3.0")

    assert not (release / "latest.json").exists()


@pytest.mark.parametrize(
    "version", ["v0.2.0", "0.2.0rc1", "2", "0.2.0.0.0", "1234567.0", "", "../1.0"]
)
def test_a_version_that_no_program_understands_is_refused(release, version):
    with pytest.raises(CannotGoOn, match="understand"):
        write_latest(release, version)


def test_it_refuses_what_the_program_refuses():
    assert latest.VERSION.pattern == updates.VERSION.pattern


def test_as_a_command_it_says_what_it_wrote_or_why_it_could_not(release):
    def run(version):
        words = [sys.executable, latest.__file__, str(release), version]
        return subprocess.run(words, check=False, capture_output=True, text=True)

    assert run("0.2.0").stdout.strip() == str(release / "latest.json")
    refused = run("0.3.0")
    assert refused.returncode == 1
    assert "none of these" in refused.stderr
