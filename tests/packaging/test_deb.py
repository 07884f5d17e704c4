import shutil
import sys
from pathlib import Path

import pytest
from deb import NOBODY, maintainer_of, needed_of_system, packages_of
from told import CannotGoOn


def test_who_gives_it_out_says_who_they_are_as_debians_tools_have_it():
    told = {"DEBFULLNAME": "Ann Example", "DEBEMAIL": "ann@example.com"}

    assert maintainer_of(told) == "Ann Example <ann@example.com>"
    assert maintainer_of({}) == NOBODY


def test_what_a_library_asks_for_and_the_bundle_lacks_is_needed_of_the_system(tmp_path):
    """Where there is no objdump (it comes with what builds the bundle) that is told."""
    if not shutil.which("objdump"):
        with pytest.raises(OSError, match="objdump"):
            needed_of_system(tmp_path)
        return
    shutil.copy(Path(sys.executable).resolve(), tmp_path / "stockroom")
    needed = needed_of_system(tmp_path)
    assert any(name.startswith("libc.so") for name in needed)

    for name in needed:
        (tmp_path / name).touch()
    assert needed_of_system(tmp_path) == set()


def test_each_library_of_the_system_names_its_package_but_for_the_c_library():
    assert packages_of({"libEGL.so.1", "libxcb.so.1", "libc.so.6", "ld-linux-x86-64.so.2"}) == [
        *("libegl1", "libxcb1"),
    ]
    with pytest.raises(CannotGoOn, match=r"libodd\.so\.7"):
        packages_of({"libodd.so.7"})
