import json
import sysconfig
from pathlib import Path

import pytest
from lock import lock_file
from sbom import main

PACKAGES = Path(sysconfig.get_path("purelib"))


def bill(system, contents, out):
    lock = lock_file(system, with_build=False)
    words = (PACKAGES, lock, contents, "1.2.3", "1700000000", out)
    main([str(word) for word in words])
    return json.loads(out.read_text("utf-8"))


@pytest.fixture
def contents(dummy):
    folder = dummy.folder / dummy.contents
    said = "ProductVersion\0\0003.4.4\0".encode("utf-16-le")
    (folder / "libffi-8.dll").write_bytes(b"MZ" + said)
    return folder


def test_the_list_is_the_same_each_time(contents, tmp_path):
    for name in ("first", "second"):
        bill("linux", contents, tmp_path / name)

    assert (tmp_path / "first").read_bytes() == (tmp_path / "second").read_bytes()
    assert "2023-11-14T22:13:20" in (tmp_path / "first").read_text("utf-8")


@pytest.mark.parametrize(("system", "more"), [("linux", "CPython"), ("windows", "libffi")])
def test_what_is_no_python_library_is_listed_too_and_all_of_it_hangs_together(
    contents, tmp_path, system, more
):
    found = bill(system, contents, tmp_path / "bill")

    parts = {one["name"]: one for one in found["components"]}
    assert {"sqlalchemy", more} <= set(parts)
    assert all(one["type"] == "library" for one in parts.values())
    assert parts[more]["version"]
    refs = [one["bom-ref"] for one in found["components"]]
    assert len(refs) == len(set(refs))
    needs = {one["ref"]: one.get("dependsOn", []) for one in found["dependencies"]}
    assert parts[more]["bom-ref"] in needs["stockroom@1.2.3"]
    assert {name for wanted in needs.values() for name in wanted} == set(refs)
