import sys

import pytest

from app.core.errors import AppError
from app.policy import (
    POLICY_KEY,
    PolicyNoText,
    PolicyUnreadable,
    policy_place,
    read_policy,
    update_address,
)
from app.settings import Settings, as_toml
from tests.support import registry
from tests.support.unprivileged import open_folder, unprivileged

OWN = Settings(updates="https://example.com/mine")


@pytest.fixture
def says(tmp_path, monkeypatch):
    """Lets the administrator say something of updates where each system keeps that; returns what
    is read then."""
    if sys.platform == "win32":
        with registry.own_machine():

            def says(updates):
                registry.set_for_all(POLICY_KEY, "updates", updates)
                return read_policy()

            yield says
        return

    def says(updates):
        policy = tmp_path / "policy.toml"
        policy.write_text(as_toml({"updates": updates}), "utf-8")
        monkeypatch.setattr("app.policy.POLICY_FILE", policy)
        return read_policy()

    yield says


def test_what_the_administrator_says_of_updates_holds_for_everybody(says):
    assert update_address(OWN, says("/srv/updates")) == ("/srv/updates", True)
    assert update_address(OWN, says("")) == ("", True)


def test_what_is_no_text_is_told(says):
    with pytest.raises(PolicyNoText) as told:
        says(5)
    assert policy_place() in str(told.value)


def test_where_the_administrator_says_nothing_everybody_has_their_own(tmp_path, monkeypatch):
    monkeypatch.setattr("app.policy.POLICY_FILE", tmp_path / "none")
    assert update_address(OWN, read_policy()) == (OWN.updates, False)


@pytest.mark.needs("Linux")
@pytest.mark.parametrize("text", [b"updates =", b"\0", b"\xff", b"updates = 5", b"updates = []"])
def test_a_policy_that_makes_no_sense_is_told(tmp_path, monkeypatch, text):
    policy = tmp_path / "policy.toml"
    policy.write_bytes(text)
    monkeypatch.setattr("app.policy.POLICY_FILE", policy)

    with pytest.raises(AppError, match="Newer versions are not looked for"):
        read_policy()


@pytest.mark.needs("Linux")
def test_a_policy_that_may_not_be_read_is_told(monkeypatch):
    with open_folder() as folder:
        policy = folder / "policy.toml"
        policy.write_text('updates = ""')
        policy.chmod(0)
        monkeypatch.setattr("app.policy.POLICY_FILE", policy)
        with unprivileged(), pytest.raises(PolicyUnreadable):
            read_policy()
