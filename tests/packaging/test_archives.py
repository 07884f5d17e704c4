import subprocess
import tarfile
import zipfile

import pytest
from archives import sha256, write_sums, write_tar_xz, write_zip

from tests.support.needs import can_be_had

MOMENT = 1_700_000_000


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "made"
    (made / "sub").mkdir(parents=True)
    (made / "program").write_bytes(b"runs")
    (made / "program").chmod(0o755)
    (made / "sub" / "text").write_text("text", "utf-8")
    if can_be_had("symbolic links"):
        (made / "text").symlink_to("sub/text")
    return made


@pytest.mark.parametrize("write", [write_zip, write_tar_xz])
def test_the_same_files_give_the_same_archive_whenever_they_were_written(folder, tmp_path, write):
    write(folder, tmp_path / "first", "Stockroom", MOMENT)
    (folder / "sub" / "text").write_text("text", "utf-8")
    write(folder, tmp_path / "second", "Stockroom", MOMENT)

    assert sha256(tmp_path / "first") == sha256(tmp_path / "second")


@pytest.mark.needs("a system like Unix")
def test_a_tar_keeps_links_and_what_may_be_run_and_belongs_to_root(folder, tmp_path):
    write_tar_xz(folder, tmp_path / "a.tar.xz", "Stockroom", MOMENT)

    with tarfile.open(tmp_path / "a.tar.xz") as archive:
        found = {entry.name: entry for entry in archive.getmembers()}
    assert found["Stockroom/text"].linkname == "sub/text"
    assert found["Stockroom/program"].mode & 0o111
    assert {(entry.uid, entry.uname, entry.mtime) for entry in found.values()} == {
        (0, "root", MOMENT)
    }


def test_a_zip_holds_every_file_beneath_one_folder(folder, tmp_path):
    write_zip(folder, tmp_path / "a.zip", "Stockroom", MOMENT)

    with zipfile.ZipFile(tmp_path / "a.zip") as archive:
        assert archive.read("Stockroom/sub/text") == b"text"
        assert {name.split("/")[0] for name in archive.namelist()} == {"Stockroom"}


def test_the_sums_are_those_that_sha256sum_checks(folder, tmp_path):
    write_sums([folder / "program", folder / "sub" / "text"], tmp_path / "SHA256SUMS")

    first, _ = (tmp_path / "SHA256SUMS").read_text("utf-8").splitlines()
    assert first == f"{sha256(folder / 'program')}  program"


@pytest.mark.needs("Linux")
def test_sha256sum_finds_the_sums_right(folder, tmp_path):
    write_sums([folder / "program"], folder / "SHA256SUMS")

    words = ["sha256sum", "--check", "--quiet", "SHA256SUMS"]
    assert subprocess.run(words, check=False, cwd=folder).returncode == 0
