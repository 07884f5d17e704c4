from app.core.catalogue import LocationKind
from app.features.count_sheets.suggesting import suggest_places


def test_places_to_count_are_suggested_by_path_or_code_whatever_the_case(room):
    room.stock.location("MAIN/TRANSIT", LocationKind.TRANSIT)

    with room.database.reading() as session:
        by_path = [known.code for known in suggest_places(session, "main/a/")]
        by_code = [known.code for known in suggest_places(session, "b-")]
        everything = [known.code for known in suggest_places(session, "main")]

    assert by_path == ["MAIN/A/A-1", "MAIN/A/A-10", "MAIN/A/A-2"]
    assert by_code == ["MAIN/B/B-1"]
    assert everything[0] == "MAIN"
    assert "MAIN/TRANSIT" not in everything
