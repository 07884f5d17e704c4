import pytest
from bundle import bare_environment, built, version
from told import CannotGoOn


def test_the_bundle_is_tried_with_another_home_and_no_path(tmp_path):
    found = bare_environment(tmp_path, {"PATH": "/usr/bin", "PYTHONPATH": "x", "HOME": "/home/me"})

    assert found["HOME"] == str(tmp_path)
    assert not {"PATH", "PYTHONPATH"} & set(found)
    assert found["WIN_PD_OVERRIDE_LOCAL_APPDATA"] == str(tmp_path)


def test_what_windows_cannot_do_without_stays(tmp_path):
    assert bare_environment(tmp_path, {"SYSTEMROOT": "C:\\Windows"})["SYSTEMROOT"] == "C:\\Windows"


def test_what_is_packed_later_is_a_bundle_of_this_version(tmp_path):
    with pytest.raises(CannotGoOn, match="first dev"):
        built(tmp_path / "stockroom")

    (tmp_path / "stockroom" / "program-0.0.1-12345678").mkdir(parents=True)
    with pytest.raises(CannotGoOn, match=version()):
        built(tmp_path / "stockroom")

    (tmp_path / "stockroom" / "program-0.0.1-12345678").rmdir()
    (tmp_path / "stockroom" / f"program-{version()}-12345678").mkdir()
    assert built(tmp_path / "stockroom").version == version()
