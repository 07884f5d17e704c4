from environment import ROOT
from wine.building import OLDER, Sources, older_sources, stamped


def test_another_version_is_stamped_where_it_stands():
    text = 'name = "stockroom"\nversion = "1.2.3"\n__version__ = "1.2.3"\npython_version = "3.11"\n'

    assert stamped(text, "0.0.1") == (
        'name = "stockroom"\nversion = "0.0.1"\n__version__ = "0.0.1"\npython_version = "3.11"\n'
    )


def test_the_older_sources_are_these_but_for_the_version(tmp_path):
    found = older_sources(Sources(ROOT, "0.1.0", 1_800_000_000), tmp_path / "older")

    assert found.version == OLDER
    assert found.moment < 1_800_000_000
    assert f'__version__ = "{OLDER}"' in (tmp_path / "older" / "app" / "__init__.py").read_text()
    assert (tmp_path / "older" / "packaging" / "stockroom.spec").exists()
