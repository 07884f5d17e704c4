import pytest

from app.db.drafts import drop_draft, load_draft, save_draft

BODY = {"lines": [{"item": "TEA", "quantity": "1.5", "lot": "Ä\0\ud800"}], "order": None}


def test_a_draft_comes_back_as_it_was_saved_last(database):
    for body in ({"lines": []}, BODY):
        with database.writing() as session:
            save_draft(session, "receiving", "ann", "", body)

    with database.reading() as session:
        assert load_draft(session, "receiving", "ann") == BODY


def test_drafts_of_other_screens_users_and_names_are_kept_apart(database):
    places = [("receiving", "ann", ""), ("transfer", "ann", ""), ("receiving", "bob", "")]
    with database.writing() as session:
        for number, place in enumerate(places):
            save_draft(session, *place, {"number": number})
        save_draft(session, "receiving", "ann", "PO7", {"number": 3})

    with database.writing() as session:
        drop_draft(session, "receiving", "ann")

    with database.reading() as session:
        assert [load_draft(session, *place) for place in places] == [
            None,
            {"number": 1},
            {"number": 2},
        ]
        assert load_draft(session, "receiving", "ann", "PO7") == {"number": 3}


def test_a_figure_that_json_cannot_hold_is_a_mistake_of_ours(database):
    with pytest.raises(ValueError, match="not JSON compliant"), database.writing() as session:
        save_draft(session, "receiving", "ann", "", {"quantity": float("nan")})
