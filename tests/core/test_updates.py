"""A newer version comes in the form in which the present one was installed."""

import pytest

from app.core.updates import (
    Copy,
    Offered,
    as_numbers,
    copy_on_linux,
    copy_on_windows,
    suiting,
)

FILES = [
    Offered(f"Stockroom-1.2.0{end}", 1, "")
    for end in ("-setup.exe", ".msi", ".zip", ".DEB", ".tar.xz")
]


def test_versions_are_compared_by_their_numbers():
    assert as_numbers("1.10") > as_numbers("1.9.9")
    assert as_numbers("1.0") == as_numbers("1.0.0")


@pytest.mark.parametrize(
    ("package", "number"), [("setup", 0), ("msi", 1), ("zip", 2), ("deb", 3), ("tar", 4), (None, 0)]
)
def test_a_copy_is_replaced_by_what_it_came_as(package, number):
    assert suiting(Copy(package), FILES) is FILES[number]


def test_where_that_is_not_offered_nothing_suits():
    assert suiting(Copy("msi"), FILES[:1]) is None
    assert suiting(Copy("zip"), FILES[:2]) is None


@pytest.mark.parametrize(
    ("has_uninstaller", "is_everybodys", "is_writable", "copy"),
    [
        (True, False, True, Copy("setup")),
        (True, True, True, Copy("setup", is_for_all=True)),
        (True, False, False, Copy("setup", is_for_all=True)),
        (False, True, False, Copy("msi", is_for_all=True)),
        (False, True, True, Copy("msi", is_for_all=True)),
        (False, False, False, Copy("msi", is_for_all=True)),
        (False, False, True, Copy("zip")),
    ],
)
def test_a_copy_on_windows_is_known_by_its_folder(
    has_uninstaller, is_everybodys, is_writable, copy
):
    found = copy_on_windows(
        has_uninstaller=has_uninstaller, is_everybodys=is_everybodys, is_writable=is_writable
    )
    assert found == copy


def test_a_copy_on_linux_is_debians_or_was_unpacked():
    assert copy_on_linux(is_package=True) == Copy("deb")
    assert copy_on_linux(is_package=False) == Copy("tar")
