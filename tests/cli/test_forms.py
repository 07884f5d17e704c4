import pytest

from app.cli.forms import BUILD, COMMON, FORMS, HEAD, LINE, OUTPUT
from app.core.documents import DocumentType

READ_APART = {"type", "lines", "outputs"}


def test_every_type_of_document_has_a_form():
    assert FORMS.keys() == set(DocumentType)


@pytest.mark.parametrize("kind", DocumentType)
def test_every_field_of_a_form_can_be_read(kind):
    form = FORMS[kind]

    assert form.allowed - READ_APART <= HEAD.keys() | (BUILD.keys() if form.is_build else set())
    if form.lines is not None:
        assert form.lines.allowed - {form.names} <= LINE.keys()


def test_a_by_product_says_its_part_of_the_cost():
    assert OUTPUT.allowed == {"item", "quantity", "share", "to", "lot", "unit", "expiry"}


def test_what_a_build_says_is_told_apart_from_what_every_document_says():
    assert not BUILD.keys() & HEAD.keys()
    assert not BUILD.keys() & set(COMMON)


def test_a_form_without_lines_needs_something_on_its_head():
    assert all(form.lines or form.needs_head for form in FORMS.values())
