from pathlib import Path

import pytest
from told import CannotGoOn
from wine.chroot import Chroot, mirror


def test_debian_itself_comes_from_where_this_machine_gets_it():
    told = "http://near.example/s Debian Debian-Security\nhttp://near.example/d Debian Debian\n"

    assert mirror(told) == "http://near.example/d"


def test_without_a_source_of_debian_it_says_so():
    with pytest.raises(CannotGoOn, match="apt-get update"):
        mirror("http://elsewhere.example/ Others Others\n")


def test_a_command_inside_has_only_the_variables_it_is_given():
    words = Chroot(Path("/cache/trixie")).command(["wine", "x.exe"], {"LANG": "C.UTF-8"})

    assert words[:4] == ["chroot", "/cache/trixie", "/usr/bin/env", "-i"]
    assert words[-3:] == ["LANG=C.UTF-8", "wine", "x.exe"]
