from pathlib import Path

import pytest

from app.db import shares
from app.db.database import Database
from app.db.shares import (
    OnNetworkShare,
    linux_network,
    refuse_network_share,
    windows_network,
)

MOUNTS = """\
/dev/sda1 / ext4 rw 0 0
tmpfs /run tmpfs rw 0 0
//nas/stock /mnt/nas cifs rw 0 0
nas:/exports/home /home nfs4 rw 0 0
/dev/sdb1 /home/ann/local\\040disk ext4 rw 0 0
nas:/films /mnt/my\\040films nfs rw 0 0
auto /media autofs rw 0 0
host /media/vm vboxsf rw 0 0
""".splitlines()


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/srv/stock.db", ""),
        ("/mnt/nas/stock.db", "cifs"),
        ("/mnt/nasty/stock.db", ""),
        ("/home/ann/stock.db", "nfs4"),
        ("/home/ann/local disk/stock.db", ""),
        ("/mnt/my films/stock.db", "nfs"),
        ("/media/stock.db", ""),
        ("/media/vm/stock.db", "vboxsf"),
    ],
)
def test_the_nearest_mount_point_says_what_a_linux_path_lies_on(path, kind):
    assert linux_network(path, MOUNTS) == kind


def test_of_mounts_over_each_other_the_last_counts():
    lines = ["a /data nfs rw 0 0", "b /data ext4 rw 0 0"]

    assert linux_network("/data/stock.db", lines) == ""


@pytest.mark.parametrize(
    ("path", "drive_type", "share"),
    [
        (r"C:\Stock\stock.db", 3, ""),
        (r"Z:\Stock\stock.db", 4, "Z:"),
        (r"\\nas\share\deep\stock.db", 1, r"\\nas\share"),
        (r"\\?\UNC\nas\share\stock.db", 1, r"\\nas\share"),
        (r"\\?\C:\Stock\stock.db", 3, ""),
    ],
)
def test_a_windows_path_tells_its_share_or_its_drive(path, drive_type, share):
    assert windows_network(path, drive_type) == share


@pytest.mark.needs("Linux")
def test_a_database_on_a_share_is_refused_with_what_to_do_instead(tmp_path, monkeypatch):
    mounts = tmp_path / "mounts"
    mounts.write_text(f"nas:/x {tmp_path} nfs4 rw 0 0\n")
    monkeypatch.setattr(shares, "MOUNTS", mounts)
    database = Database(tmp_path / "stock.db")

    with pytest.raises(OnNetworkShare, match=r"nfs4.*folder of this PC.*PostgreSQL"):
        database.create()

    database.close()
    assert not (tmp_path / "stock.db").exists()


@pytest.mark.needs("Linux")
def test_a_link_to_a_share_is_followed(tmp_path, monkeypatch):
    nas = tmp_path / "nas"
    nas.mkdir()
    link = tmp_path / "link"
    link.symlink_to(nas)
    mounts = tmp_path / "mounts"
    mounts.write_text(f"nas:/x {nas} nfs4 rw 0 0\n")
    monkeypatch.setattr(shares, "MOUNTS", mounts)

    with pytest.raises(OnNetworkShare):
        shares.refuse_network_share(link / "stock.db")


@pytest.mark.needs("Linux")
def test_where_the_system_does_not_tell_a_file_is_allowed(tmp_path, monkeypatch):
    monkeypatch.setattr(shares, "MOUNTS", Path("/no/such/mounts"))

    shares.refuse_network_share(tmp_path / "stock.db")


def test_links_in_a_loop_are_no_share(tmp_path):
    (tmp_path / "one").symlink_to(tmp_path / "other")
    (tmp_path / "other").symlink_to(tmp_path / "one")

    refuse_network_share(tmp_path / "one" / "stock.db")
