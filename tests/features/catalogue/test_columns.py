from app.core.catalogue import LocationKind, Tracking
from app.features.catalogue.columns import item_columns, partner_columns, place_columns
from app.features.catalogue.service import ItemLine, LocationLine, PartnerLine


def test_the_first_column_names_the_record():
    item = ItemLine("TEA", "Tea", "Drinks", "each", Tracking.NONE)
    place = LocationLine("MAIN/A", LocationKind.STORAGE, "", "")

    assert item_columns()[0].text(item) == "TEA"
    assert place_columns()[0].text(place) == "MAIN/A"
    assert partner_columns()[0].text(PartnerLine("LIT", "Litware")) == "LIT"


def test_a_kind_of_place_is_told_in_words():
    kind = place_columns()[1]

    assert kind.text(LocationLine("MAIN", LocationKind.TRANSIT, "", "")) == "In transit"
