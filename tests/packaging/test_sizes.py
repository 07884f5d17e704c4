import pytest
from sizes import LARGEST, MEGABYTE, TooLarge, check_files, check_folder, size_of


def file_of(path, megabytes):
    """Make a file that says it is so big, and takes no room."""
    with path.open("wb") as file:
        file.truncate(megabytes * MEGABYTE)
    return path


@pytest.mark.parametrize("name", ["a-setup.exe", "a.msi", "a.zip", "a_amd64.deb", "a.tar.xz"])
def test_a_file_that_grew_too_much_is_refused(tmp_path, name):
    (limit,) = (LARGEST[end] for end in LARGEST if name.endswith(end))

    assert check_files([file_of(tmp_path / name, limit)]) == [f"{name}, {limit:.1f} MB"]
    with pytest.raises(TooLarge, match=name):
        check_files([file_of(tmp_path / name, limit + 1)])


def test_what_nobody_limits_may_have_any_size(tmp_path):
    assert check_files([file_of(tmp_path / "a.cdx.json", 900)]) == []


@pytest.mark.parametrize("platform", ["windows", "linux"])
def test_a_folder_counts_with_all_its_files(dummy, platform):
    assert check_folder(dummy, platform) == "stockroom, 0.0 MB"
    file_of(dummy.folder / dummy.contents / "PySide6" / "Qt6Web.dll", LARGEST[platform])

    with pytest.raises(TooLarge, match="stockroom"):
        check_folder(dummy, platform)


def test_a_link_counts_as_what_it_is(tmp_path):
    (tmp_path / "link").symlink_to(file_of(tmp_path / "file", 1))

    assert size_of(tmp_path) == MEGABYTE + (tmp_path / "link").lstat().st_size
