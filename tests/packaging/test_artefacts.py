import gzip
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from archives import sha256
from artefacts import make_linux, make_windows, write_release_sums
from finish import LICENCES, SBOM, set_times
from nsis import Bundle, make_dummy
from told import CannotGoOn

MOMENT = 1_700_000_000


@pytest.fixture
def linux(tmp_path):
    made = make_dummy(tmp_path / "bundle")
    (made.folder / made.contents / LICENCES).mkdir()
    for name in (SBOM, "THIRD-PARTY.txt"):
        (made.folder / made.contents / LICENCES / name).write_text("{}", "utf-8")
    shutil.copyfile(shutil.which("sleep") or sys.executable, made.folder / "stockroom")
    (made.folder / "stockroom").chmod(0o755)
    set_times(made.folder, MOMENT)
    return Bundle(made.folder, "1.2.3")


@pytest.mark.needs("dpkg-deb", "objdump")
def test_linux_gets_a_package_an_archive_and_the_list_of_contents_the_same_each_time(
    linux, tmp_path
):
    first = make_linux(linux, tmp_path / "a", tmp_path / "w", MOMENT)
    second = make_linux(linux, tmp_path / "b", tmp_path / "w", MOMENT)
    write_release_sums(tmp_path / "a")

    assert [path.name for path in first] == [
        "stockroom_1.2.3_amd64.deb",
        "Stockroom-1.2.3-linux-x64.tar.xz",
        "Stockroom-1.2.3-linux-x64.cdx.json",
    ]
    assert [sha256(path) for path in first] == [sha256(path) for path in second]
    sums = (tmp_path / "a" / "SHA256SUMS").read_text("utf-8")
    assert f"{sha256(first[0])}  {first[0].name}\n" in sums
    _check_package(first[0], tmp_path / "unpacked")


def _check_package(deb: Path, into: Path) -> None:
    subprocess.run(["dpkg-deb", "-R", str(deb), str(into)], check=True)
    control = (into / "DEBIAN" / "control").read_text("utf-8")
    assert "Version: 1.2.3\n" in control
    assert "libxcb-cursor0" not in control  # the bundle brings it
    documents = into / "usr" / "share" / "doc" / "stockroom"
    assert "common-licenses" in (documents / "copyright").read_text("utf-8")
    assert gzip.decompress((documents / "changelog.gz").read_bytes()).startswith(b"stockroom (1.2")
    assert (into / "usr" / "bin" / "stockroom").readlink() == Path("/opt/stockroom/stockroom")
    assert (into / "opt" / "stockroom" / "stockroom").stat().st_mode & 0o111
    desktop = (into / "usr" / "share" / "applications" / "stockroom.desktop").read_text("utf-8")
    assert "Exec=/opt/stockroom/stockroom\n" in desktop
    assert (into / "usr/share/icons/hicolor/scalable/apps/stockroom.svg").is_file()


@pytest.mark.needs("makensis", "wixl")
def test_windows_gets_an_installer_an_msi_a_zip_and_the_list_of_contents(linux, tmp_path):
    made = make_windows(linux, tmp_path / "a", tmp_path / "w", MOMENT, ("FAST",))

    assert [path.name.removeprefix("Stockroom-1.2.3-windows-x64") for path in made] == [
        *("-setup.exe", ".msi", ".zip", ".cdx.json"),
    ]
    assert all(path.stat().st_size for path in made)


@pytest.mark.parametrize(("make", "tool"), [(make_linux, "dpkg-deb"), (make_windows, "makensis")])
def test_a_tool_that_is_missing_is_named(linux, tmp_path, monkeypatch, make, tool):
    monkeypatch.setenv("PATH", "/nowhere")

    with pytest.raises(CannotGoOn, match=tool):
        make(linux, tmp_path / "a", tmp_path / "w", MOMENT)
