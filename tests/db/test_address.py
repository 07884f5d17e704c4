from pathlib import Path

import pytest

from app.db.address import UnknownDatabase, file_of, place_of, read_address


@pytest.mark.parametrize("where", ["stock.db", Path("stock.db"), "sqlite:///stock.db"])
def test_a_file_is_given_by_its_path_or_by_an_url(where, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    url = read_address(where)

    assert file_of(url) == tmp_path / "stock.db"
    assert place_of(url) == str(tmp_path / "stock.db")


@pytest.mark.parametrize("name", ["a?b#c%20d.db", "Bestände 茶.db", "x=1&y.db"])
def test_no_sign_in_a_file_name_has_a_meaning(name, tmp_path):
    assert file_of(read_address(tmp_path / name)) == tmp_path / name


@pytest.mark.parametrize("scheme", ["postgresql", "postgres", "postgresql+psycopg"])
def test_a_server_is_spoken_to_with_the_driver_we_have(scheme):
    url = read_address(f"{scheme}://ann:secret@store.example/stock")

    assert url.drivername == "postgresql+psycopg"
    assert file_of(url) is None


def test_the_place_of_a_server_does_not_tell_the_password():
    url = read_address("postgresql://ann:secret@store.example/stock")

    assert place_of(url) == "store.example/stock"


@pytest.mark.parametrize(
    "where",
    [
        "mysql://ann:secret@host/stock",
        "sqlite://",
        "sqlite:///:memory:",
        "://secret",
        "",
        "a b://c",
    ],
)
def test_anything_else_is_refused_without_telling_the_password(where):
    with pytest.raises(UnknownDatabase) as refusal:
        read_address(where)

    assert "secret" not in str(refusal.value)
