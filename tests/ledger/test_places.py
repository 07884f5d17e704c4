"""Where stock may lie, and what a site alone means."""

import pytest

from app.core.refusals import (
    UnknownLocation,
)


@pytest.mark.parametrize("place", ["NOWHERE", "MAIN/Z-9", "SUPPLIER", "LOSS/COUNT", ""])
def test_goods_go_only_to_places_of_ours(company, place):
    with pytest.raises(UnknownLocation) as refusal:
        company.receive("TEA", 1, target=place)

    assert refusal.value.code == "unknown_location"


def test_a_site_alone_means_its_dock(company):
    company.receive("TEA", 3, target="MAIN")

    assert company.on_hand("TEA", "MAIN/DOCK") == 3


def test_a_site_without_a_dock_means_its_first_storage_place(company):
    company.receive("TEA", 3, target="SHOP")

    assert company.on_hand("TEA", "SHOP/S-1") == 3
