import shutil

import debian
import pytest
from debian import (
    ON_DESKTOP,
    install,
    not_found,
    packages_for,
    provide_for_tests,
    what_to_type,
)
from told import CannotGoOn

ANSWER = """\
PySide6/Qt/lib/libQt6Gui.so.6:
\tlinux-vdso.so.1 (0x00007ffd0e5f2000)
\tlibEGL.so.1 => not found
\tlibQt6Core.so.6 => not found
\tlibc.so.6 => /lib/x86_64-linux-gnu/libc.so.6 (0x00007f0d7c000000)
PySide6/Qt/plugins/platforms/libqxcb.so:
\tlibxcb-cursor.so.0 => not found
\tlibEGL.so.1 => not found
"""


def test_what_the_loader_misses_is_found_but_not_what_qt_brings_itself():
    assert not_found(ANSWER) == {"libEGL.so.1", "libxcb-cursor.so.0"}


def test_each_missing_library_names_its_package_once():
    wanted, strange = packages_for(["libglib-2.0.so.0", "libgthread-2.0.so.0", "libEGL.so.1"])

    assert wanted == ["libegl1", "libglib2.0-0"]
    assert strange == []


def test_a_library_nobody_knows_is_told_by_its_own_name():
    assert packages_for(["libodd.so.7"]) == ([], ["libodd.so.7"])


def test_the_line_to_type_can_be_pasted():
    assert what_to_type(["libegl1", "libgl1"]).endswith(
        "sudo apt-get update && sudo apt-get install --no-install-recommends libegl1 libgl1"
    )


def test_where_there_is_no_apt_the_packages_are_named(monkeypatch):
    monkeypatch.setattr(shutil, "which", lambda _program: None)

    with pytest.raises(CannotGoOn, match="libegl1"):
        install(["libegl1"])


def test_who_may_not_install_is_told_what_to_type(monkeypatch):
    monkeypatch.setattr(shutil, "which", lambda program: f"/usr/bin/{program}")
    monkeypatch.setattr(debian.os, "geteuid", lambda: 1000, raising=False)

    with pytest.raises(CannotGoOn, match=r"sudo apt-get install .* libegl1"):
        install(["libegl1"])


def test_who_may_not_install_is_not_asked_for_the_tools_of_the_tests(monkeypatch):
    monkeypatch.setattr(shutil, "which", lambda _program: None)

    provide_for_tests()


def test_what_the_linux_program_takes_along_is_known_by_its_packages():
    wanted, strange = packages_for(ON_DESKTOP)

    assert {"libxcb-cursor0", "libxkbcommon-x11-0", "libcups2"} <= set(wanted)
    assert strange == []
