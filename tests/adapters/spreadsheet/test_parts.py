from zipfile import ZipFile

import pytest

from app.adapters.spreadsheet.parts import Element, Unusable, read_elements


@pytest.fixture
def archive(tmp_path):
    with ZipFile(tmp_path / "x.zip", "w") as archive:
        archive.writestr("a.xml", '<r xmlns="urn:a" xmlns:n="urn:n"><e n:id="7">text</e></r>')
        archive.writestr("bad.xml", "<r>")
        archive.writestr("doctype.xml", "<!DOCTYPE r><r/>")
        archive.writestr("utf16.xml", '<?xml version="1.0"?><!DOCTYPE r><r/>'.encode("utf-16"))
    with ZipFile(tmp_path / "x.zip") as archive:
        yield archive


def test_elements_come_without_their_name_spaces(archive):
    assert read_elements(archive, "a.xml") == [
        Element("e", "r", {"id": "7"}, "text"),
        Element("r", "", {}, ""),
    ]


def test_a_part_that_is_not_there_has_no_elements(archive):
    assert read_elements(archive, "missing.xml") == []


@pytest.mark.parametrize(
    ("part", "reason"),
    [
        ("bad.xml", "damaged"),
        ("doctype.xml", "document type"),
        ("utf16.xml", "document type"),
    ],
)
def test_a_part_that_is_damaged_or_declares_a_document_type_is_unusable(archive, part, reason):
    with pytest.raises(Unusable, match=reason):
        read_elements(archive, part)
