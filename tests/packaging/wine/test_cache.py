from pathlib import Path

import pytest
from told import CannotGoOn
from wine.cache import VARIABLE, cache_folder, check_sum, make_once, mounted_below

MOUNTS = """\
/dev/vda / ext4 rw 0 0
proc /cache/rig/trixie/proc proc rw 0 0
udev /cache/rig/two\\040words/dev devtmpfs rw 0 0
proc /cache/rigged/proc proc rw 0 0
"""


def test_the_cache_lies_where_the_variable_says(tmp_path):
    assert cache_folder({VARIABLE: str(tmp_path)}) == tmp_path
    assert cache_folder({}) == Path.home() / ".cache" / "stockroom-rig"


def test_the_same_recipe_is_made_once(tmp_path):
    made = []

    def make(folder):
        folder.mkdir()
        made.append(folder)

    for recipe in ("a", "a", "b"):
        make_once(tmp_path / "python", recipe, make)

    assert len(made) == 2
    assert (tmp_path / "python").is_dir()


def test_half_of_it_does_not_count(tmp_path):
    def fail(folder):
        folder.mkdir()
        raise OSError

    def make(folder):
        folder.mkdir()
        (folder / "whole").touch()

    with pytest.raises(OSError):  # noqa: PT011 - it is our own
        make_once(tmp_path / "python", "a", fail)
    assert not (tmp_path / "python").exists()
    make_once(tmp_path / "python", "a", make)

    assert (tmp_path / "python" / "whole").exists()


def test_what_is_mounted_in_a_folder_is_found():
    assert mounted_below(Path("/cache/rig"), MOUNTS) == [
        "/cache/rig/trixie/proc",
        "/cache/rig/two words/dev",
    ]


def test_another_file_than_the_one_that_was_looked_at_is_refused(tmp_path):
    file = tmp_path / "python311.dll"
    file.write_bytes(b"abc")
    check_sum(file, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")

    with pytest.raises(CannotGoOn, match=r"python311\.dll"):
        check_sum(file, "0" * 64)
