import pytest

from app.core.folders import FolderRefused, make_folder, write_whole
from tests.support.unprivileged import refusing_folder


def test_a_folder_is_made_with_those_above_it_and_may_be_there_already(tmp_path):
    for _ in range(2):
        make_folder(tmp_path / "one" / "two")

    assert (tmp_path / "one" / "two").is_dir()


def test_what_is_in_the_way_is_told_with_the_folder(tmp_path):
    (tmp_path / "file").touch()

    with pytest.raises(FolderRefused, match=r"file[\\/]two"):
        make_folder(tmp_path / "file" / "two")


def test_a_file_that_could_not_be_put_in_its_place_is_nowhere_else(tmp_path):
    (tmp_path / "secrets").mkdir()
    (tmp_path / "secrets" / "in the way").touch()

    with pytest.raises((IsADirectoryError, PermissionError)):
        write_whole("s3cret", tmp_path / "secrets")

    assert [path.name for path in tmp_path.iterdir()] == ["secrets"]


@pytest.mark.needs("folders that refuse")
def test_a_file_in_a_folder_that_nobody_may_write_in_is_refused_at_once():
    with refusing_folder() as folder, pytest.raises(PermissionError):
        write_whole("s3cret", folder / "secrets")


def test_a_file_has_the_name_it_was_given_and_what_was_there_before_is_gone(tmp_path):
    for text in ("old and longer", "new\n"):
        write_whole(text, tmp_path / "secrets")

    assert (tmp_path / "secrets").read_bytes() == b"new\n"
    assert [path.name for path in tmp_path.iterdir()] == ["secrets"]


@pytest.mark.needs("a system like Unix")
def test_a_file_is_for_its_owner_alone(tmp_path):
    write_whole("s3cret", tmp_path / "secrets")

    assert (tmp_path / "secrets").stat().st_mode & 0o777 == 0o600
