"""Only what nobody on the way could change is a place for updates."""

import pytest

from app.core.update_places import NoPlaceForUpdates, check_place


def test_a_folder_and_an_https_address_are_places(tmp_path):
    for address in (str(tmp_path), "https://example.com/stockroom/"):
        assert check_place(address) == address


@pytest.mark.parametrize(
    "address", ["", "stockroom", "http://example.com/x", "https://kim:s3cret@example.com/x"]
)
def test_others_are_refused_without_saying_a_password(address):
    with pytest.raises(NoPlaceForUpdates) as refused:
        check_place(address)
    assert "s3cret" not in str(refused.value)
