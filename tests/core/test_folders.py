import pytest

from app.core.folders import FolderRefused, make_folder, write_whole


def test_a_folder_is_made_with_those_above_it_and_may_be_there_already(tmp_path):
    for _ in range(2):
        make_folder(tmp_path / "one" / "two")

    assert (tmp_path / "one" / "two").is_dir()


def test_what_is_in_the_way_is_told_with_the_folder(tmp_path):
    (tmp_path / "file").touch()

    with pytest.raises(FolderRefused, match="file/two"):
        make_folder(tmp_path / "file" / "two")


def test_a_file_that_could_not_be_put_in_its_place_is_nowhere_else(tmp_path):
    (tmp_path / "secrets").mkdir()
    (tmp_path / "secrets" / "in the way").touch()

    with pytest.raises((IsADirectoryError, PermissionError)):
        write_whole("s3cret", tmp_path / "secrets")

    assert [path.name for path in tmp_path.iterdir()] == ["secrets"]
