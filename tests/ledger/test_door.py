"""The door that screens use is the one door, only loaded later."""

import subprocess
import sys

import pytest

from app.core.documents import Document, DocumentType, new_key
from app.core.refusals import NotEnoughStock
from app.ledger.door import post, preview, preview_reversal
from tests.ledger.conftest import line

SCREEN = """
import sys
import app.features.receiving.view
dear = {"app.ledger.posting", "app.ledger.preview", "sqlalchemy.dialects.postgresql"}
print(sorted(dear & set(sys.modules)))
from app.ledger.door import open_door
open_door()
print(sorted(dear & set(sys.modules)))
"""


def receipt(quantity):
    kind = DocumentType.RECEIPT
    return Document(key=new_key(), type=kind, lines=(line("TEA", quantity, target="MAIN/A-1"),))


def test_a_document_is_looked_at_posted_and_undone_through_it(company):
    run = company.database.run
    assert run(lambda session: preview(session, receipt(5), user="kim")).is_nothing
    assert company.on_hand("TEA") == 0

    posted = run(lambda session: post(session, receipt(5), user="kim"))

    assert company.on_hand("TEA") == 5
    assert run(lambda session: preview_reversal(session, posted.number, "kim")).is_nothing


def test_what_may_not_be_is_refused_there(company):
    issue = Document(
        key=new_key(),
        type=DocumentType.ISSUE,
        lines=(line("TEA", 5, source="MAIN/A-1"),),
    )
    with pytest.raises(NotEnoughStock):
        company.database.run(lambda session: post(session, issue, user="kim"))


def test_a_screen_does_not_load_what_only_a_document_needs():
    told = subprocess.run(
        [sys.executable, "-c", SCREEN], capture_output=True, text=True, timeout=60, check=True
    )
    assert told.stdout.splitlines() == ["[]", "['app.ledger.posting', 'app.ledger.preview']"]
