import os
import stat

import pytest
from sqlalchemy import make_url

from app.db.passwords import PasswordNotKept, keep_password, password_file

URL = make_url("postgresql://server/stock").set(username="k:im")


def test_a_password_is_kept_for_its_owner_only_and_others_stay(tmp_path, monkeypatch):
    monkeypatch.setenv("PGPASSFILE", str(tmp_path / "pgpass"))
    password_file().write_text("other:5432:a:b:c\n", "utf-8")

    keep_password(URL, "old")
    keep_password(URL, "a:b\\c")

    lines = password_file().read_text("utf-8").splitlines()
    assert lines == ["server:5432:stock:k\\:im:a\\:b\\\\c", "other:5432:a:b:c"]
    assert os.name == "nt" or stat.S_IMODE(password_file().stat().st_mode) == 0o600


def test_a_place_that_cannot_be_written_to_is_told_without_the_password(tmp_path, monkeypatch):
    (tmp_path / "file").touch()
    monkeypatch.setenv("PGPASSFILE", str(tmp_path / "file" / "pgpass"))

    with pytest.raises(PasswordNotKept) as refusal:
        keep_password(URL, "secret")
    assert "secret" not in str(refusal.value)
