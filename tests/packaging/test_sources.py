import pytest
from environment import ROOT
from sources import build_of

FILES = (
    *("main.py", "pyproject.toml", "app/core/x.py", "resources/style.qss"),
    *("packaging/stockroom.spec", "packaging/windows/stockroom.manifest", "packaging/finish.py"),
    *("packaging/licences.py", "packaging/locks/windows.txt"),
)


@pytest.fixture
def root(tmp_path):
    for name in (*FILES, "README.md", "packaging/wine/rows.py", "app/__pycache__/x.pyc"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(name)
    return tmp_path


@pytest.mark.parametrize("name", FILES)
def test_whatever_goes_into_a_build_gives_it_another_name(root, name):
    before = build_of(root)

    (root / name).write_text("other")

    assert build_of(root) != before


@pytest.mark.parametrize("name", ["README.md", "packaging/wine/rows.py", "app/__pycache__/x.pyc"])
def test_what_does_not_go_into_a_build_leaves_its_name(root, name):
    before = build_of(root)

    (root / name).write_text("other")

    assert build_of(root) == before


def test_another_python_or_time_gives_another_name(root):
    assert (
        len({build_of(root, *said) for said in ((), ("3.11",), ("3.11", "1"), ("3.12", "1"))}) == 4
    )


def test_a_file_that_has_moved_or_whose_content_has_gives_another_name(root):
    before = build_of(root)

    (root / "app/core/x.py").rename(root / "app/x.py")

    assert build_of(root) != before


def test_these_sources_have_a_name_of_eight_letters():
    assert len(build_of(ROOT)) == 8
