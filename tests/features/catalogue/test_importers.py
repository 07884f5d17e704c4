from app.features.catalogue.importers import differs, merged
from app.features.catalogue.records import Record

STORED = {"name": "Tea", "weight": 1}


def test_what_the_file_leaves_blank_is_kept_or_gets_its_default():
    defaults = {"name": "", "weight": None}

    assert merged(STORED, Record(2, {"name": "Rum"}), defaults) == {"name": "Rum", "weight": 1}
    assert merged(None, Record(2, {"name": "Rum"}), defaults) == {"name": "Rum", "weight": None}


def test_a_row_that_says_the_same_does_not_differ():
    assert not differs(STORED, {"name": "Tea"})
    assert differs(STORED, {"name": "Rum"})
    assert differs(None, {})
