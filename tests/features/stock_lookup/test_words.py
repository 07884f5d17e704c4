import pytest

from app.core.catalogue import LocationKind
from app.core.documents import DocumentType
from app.features.stock_lookup.rules import FoundKind
from app.features.stock_lookup.subject import FactKind
from app.features.stock_lookup.words import fact_word, kind_word, place_word, type_word


@pytest.mark.parametrize(
    ("word", "kinds"),
    [
        (kind_word, FoundKind),
        (type_word, DocumentType),
        (place_word, LocationKind),
        (fact_word, FactKind),
    ],
)
def test_there_is_a_word_for_everything_and_no_two_share_one(word, kinds):
    words = [word(kind) for kind in kinds]
    assert all(words)
    assert len(set(words)) == len(words)
