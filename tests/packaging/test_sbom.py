import sysconfig
from pathlib import Path

from lock import lock_file
from sbom import main


def test_the_list_is_the_same_each_time(tmp_path):
    packages = Path(sysconfig.get_path("purelib"))
    lock = lock_file("linux", with_build=False)
    for name in ("first", "second"):
        main([str(packages), str(lock), "1.2.3", "1700000000", str(tmp_path / name)])

    assert (tmp_path / "first").read_bytes() == (tmp_path / "second").read_bytes()
    assert "2023-11-14T22:13:20" in (tmp_path / "first").read_text("utf-8")
