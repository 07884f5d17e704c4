import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from deb import (
    NOBODY,
    least_libc,
    maintainer_of,
    needed_of_system,
    packages_of,
    said_of_libraries,
    write_deb,
)
from nsis import Bundle
from told import CannotGoOn

SAID = """\
Dynamic Section:
  NEEDED               libX11.so.6
  NEEDED               libc.so.6

Version References:
  required from libc.so.6:
    0x09691974 0x00 04 GLIBC_2.3.4
    0x069691b6 0x00 02 GLIBC_2.36
    0x0963cf85 0x00 03 GLIBC_PRIVATE
"""


def made(folder, version):
    """A package of a bundle whose program is one that waits."""
    bundle = Bundle(folder / version, version)
    (bundle.folder / f"program-{version}").mkdir(parents=True)
    (bundle.folder / f"program-{version}" / "part.zip").write_text(version, "utf-8")
    shutil.copy(Path(shutil.which("sleep")).resolve(), bundle.folder / "stockroom")
    deb = folder / f"{version}.deb"
    write_deb(bundle, deb, folder / "work", 1_700_000_000)
    return deb


@pytest.fixture
def system(tmp_path):
    """A system of its own for dpkg, which installs as anybody there."""
    root = tmp_path / "system"
    (root / "var" / "lib" / "dpkg" / "info").mkdir(parents=True)
    (root / "var" / "lib" / "dpkg" / "updates").mkdir()
    (root / "var" / "lib" / "dpkg" / "status").touch()
    return root


def dpkg(system, *words):
    forced = ("--force-script-chrootless", "--force-not-root", "--force-depends")
    return subprocess.run(
        ["dpkg", f"--root={system}", "--log=/dev/null", *forced, *words],
        check=False,
        capture_output=True,
        text=True,
        env={**os.environ, "PATH": f"{os.environ['PATH']}:/usr/sbin:/sbin", "LC_ALL": "C"},
    )


@pytest.fixture
def running(system, tmp_path):
    """The installed first version, and its program at work until the test asks it to end."""
    assert dpkg(system, "--install", str(made(tmp_path, "1.0"))).returncode == 0
    program = subprocess.Popen([system / "opt" / "stockroom" / "stockroom", "600"])
    yield program
    program.kill()
    program.wait()


def ended(program):
    program.terminate()
    program.wait()


@pytest.mark.needs("dpkg-deb", "objdump")
def test_a_newer_package_is_refused_while_the_program_runs_and_the_old_one_stays_whole(
    running, system, tmp_path
):
    newer = made(tmp_path, "2.0")

    refused = dpkg(system, "--install", str(newer))
    assert refused.returncode != 0
    assert "Stockroom is running. Close it, then do this again." in refused.stderr
    assert "1.0" in dpkg(system, "--status", "stockroom").stdout
    assert "ok installed" in dpkg(system, "--status", "stockroom").stdout
    assert (system / "opt/stockroom/program-1.0/part.zip").read_text("utf-8") == "1.0"
    assert running.poll() is None

    ended(running)
    assert dpkg(system, "--install", str(newer)).returncode == 0
    assert [path.name for path in (system / "opt/stockroom").glob("*-*")] == ["program-2.0"]


@pytest.mark.needs("dpkg-deb", "objdump")
@pytest.mark.parametrize("word", ["--remove", "--purge"])
def test_it_is_not_removed_while_it_runs_and_leaves_nothing_afterwards(running, system, word):
    assert dpkg(system, word, "stockroom").returncode != 0
    assert (system / "opt/stockroom/program-1.0/part.zip").exists()
    assert "ok installed" in dpkg(system, "--status", "stockroom").stdout

    ended(running)
    assert dpkg(system, word, "stockroom").returncode == 0
    left = [path for path in system.rglob("*") if "stockroom" in path.name]
    assert left == []


@pytest.mark.needs("dpkg-deb", "objdump")
def test_the_program_of_another_folder_does_not_count(running, system, tmp_path):
    elsewhere = tmp_path / "elsewhere" / "stockroom"
    elsewhere.parent.mkdir()
    shutil.copy(system / "opt" / "stockroom" / "stockroom", elsewhere)
    ended(running)
    other = subprocess.Popen([elsewhere, "600"])
    try:
        assert dpkg(system, "--purge", "stockroom").returncode == 0
    finally:
        ended(other)


def test_the_c_library_must_be_as_new_as_the_newest_of_its_symbols_that_is_used():
    assert least_libc(SAID) == "2.36"
    assert least_libc(SAID.replace("2.36", "2.9")) == "2.9"
    assert least_libc(SAID.replace("GLIBC_2.36", "GLIBC_ABI_DT_RELR")) == "2.36"


def test_a_bundle_that_asks_for_no_c_library_is_a_mistake():
    with pytest.raises(CannotGoOn, match="C library"):
        least_libc("")


def test_who_gives_it_out_says_who_they_are_as_debians_tools_have_it():
    told = {"DEBFULLNAME": "Ann Example", "DEBEMAIL": "ann@example.com"}

    assert maintainer_of(told) == "Ann Example <ann@example.com>"
    assert maintainer_of({}) == NOBODY


def test_what_a_library_asks_for_and_the_bundle_lacks_is_needed_of_the_system(tmp_path):
    """Where there is no objdump (it comes with what builds the bundle) that is told."""
    if not shutil.which("objdump"):
        with pytest.raises(OSError, match="objdump"):
            said_of_libraries(tmp_path)
        return
    shutil.copy(Path(sys.executable).resolve(), tmp_path / "stockroom")
    needed = needed_of_system(tmp_path, said_of_libraries(tmp_path))
    assert any(name.startswith("libc.so") for name in needed)

    for name in needed:
        (tmp_path / name).touch()
    assert needed_of_system(tmp_path, said_of_libraries(tmp_path)) == set()


def test_each_library_of_the_system_names_its_package_but_for_the_c_library():
    assert packages_of({"libEGL.so.1", "libxcb.so.1", "libc.so.6", "ld-linux-x86-64.so.2"}) == [
        *("libegl1", "libxcb1"),
    ]
    with pytest.raises(CannotGoOn, match=r"libodd\.so\.7"):
        packages_of({"libodd.so.7"})
