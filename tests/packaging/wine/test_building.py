import pytest
from environment import ROOT
from nsis import Bundle
from wine.building import (
    ADDED_FILE,
    GONE_FILE,
    GONE_MODULE,
    OLDER,
    Sources,
    changed_files,
    older_sources,
    stamped,
)
from wine.table import NotSo


def test_another_version_is_stamped_where_it_stands():
    text = 'name = "stockroom"\nversion = "1.2.3"\n__version__ = "1.2.3"\npython_version = "3.11"\n'

    assert stamped(text, "0.0.1") == (
        'name = "stockroom"\nversion = "0.0.1"\n__version__ = "0.0.1"\npython_version = "3.11"\n'
    )


def test_the_older_sources_are_these_but_for_the_version_and_some_files(tmp_path):
    found = older_sources(Sources(ROOT, "0.1.0", 1_800_000_000), tmp_path / "older")

    assert found.version == OLDER
    assert found.moment < 1_800_000_000
    assert f'__version__ = "{OLDER}"' in (tmp_path / "older" / "app" / "__init__.py").read_text()
    assert (tmp_path / "older" / "packaging" / "stockroom.spec").exists()
    for name in (GONE_MODULE, GONE_FILE):
        assert (tmp_path / "older" / name).exists()
        assert not (ROOT / name).exists()
    assert not (tmp_path / "older" / ADDED_FILE).exists()
    assert (ROOT / ADDED_FILE).exists()


@pytest.fixture
def versions(tmp_path):
    """Two bundles that differ as the rig's do."""
    made = []
    for version, file, program in (
        ("1", GONE_FILE, b"MZ app.gone_later"),
        ("2", ADDED_FILE, b"MZ"),
    ):
        folder = tmp_path / version
        path = folder / f"program-{version}" / file
        path.parent.mkdir(parents=True)
        path.touch()
        (folder / "stockroom.exe").write_bytes(program)
        made.append(Bundle(folder, version))
    return made


def test_it_is_told_how_the_files_of_two_versions_differ(versions):
    assert changed_files(*versions) == "gone: 1 file(s) and a module, added: 1 file(s)"


def test_two_versions_of_the_same_files_prove_nothing(versions):
    with pytest.raises(NotSo):
        changed_files(versions[0], versions[0])
