"""Does what the guide for other programs shows, line after line, through the command line."""

import json
import re

import pytest

from app.cli.forms import BUILD, COMMON, FORMS
from app.core import decimals, refusals
from app.core.documents import DocumentType
from app.core.errors import Refused
from app.core.resources import resource

GUIDE = resource("help/documents.md").read_text("utf-8")
TABLES = re.findall(r"^```csv (\S+)\n(.*?)^```$", GUIDE, re.MULTILINE | re.DOTALL)
DOCUMENTS = re.findall(r"^```json\n(.*?)\n```$", GUIDE, re.MULTILINE | re.DOTALL)
END = GUIDE[GUIDE.index("## Where the story ends") :]


def table_below(words):
    """Return the rows of the table that these words announce, by their headings."""
    lines = END[END.index(words) :].split("\n\n")[1].splitlines()
    headings, _, *rows = ([cell.strip() for cell in line.split("|")[1:-1]] for line in lines)
    return [dict(zip(headings, row, strict=True)) for row in rows]


def narrowed(rows, wanted):
    return [{name: row[name] for name in wanted} for row in rows]


@pytest.fixture
def told(command, write):
    """The company of the guide, and what each of its documents was answered."""
    for kind, lines in TABLES:
        answer = command("import", kind, write(f"{kind}.csv", *lines.splitlines()))
        assert (answer.status, answer.json["problems"]) == (0, [])
    return command("post", write("documents.jsonl", *DOCUMENTS))


def test_the_story_of_the_guide_can_be_posted_from_top_to_bottom(told, command):
    refused = [line for line in told.lines if not line["ok"] or line["warnings"]]

    assert (refused, told.status) == ([], 0)
    assert len(told.lines) == len(DOCUMENTS)
    for question, wanted in (("stock", table_below("`stock")), ("value", table_below("`value"))):
        assert narrowed(command(question).json, wanted[0]) == wanted
    assert command("verify").json["ok"]


def test_the_numbers_that_the_guide_names_are_those_of_its_documents(told):
    named = set(re.findall(r"\b[A-Z]{2}-\d{6}\b", GUIDE))

    assert named <= {line["number"] for line in told.lines}


def test_posted_again_nothing_of_the_story_happens_twice(told, command, write):
    again = command("post", write("documents.jsonl", *DOCUMENTS))

    assert again.lines == told.lines


def test_the_guide_shows_every_type_under_its_own_heading():
    headings = re.findall(r"^### (\w+)$", GUIDE, re.MULTILINE)
    shown = [json.loads(line)["type"] for line in DOCUMENTS]

    assert sorted(headings) == sorted(DocumentType)
    assert list(dict.fromkeys(shown)) == headings


def test_every_field_is_somewhere_in_the_guide():
    """By name, in an example or in its words; what every build can have a lot with is `lot`."""
    fields = {*COMMON, *BUILD}
    for form in FORMS.values():
        fields |= form.allowed | (form.lines.allowed if form.lines else set())
    named = set(re.findall(r"[`\"](\w+)[`\"]", GUIDE))

    assert fields - named == set()


def test_the_errors_that_the_guide_names_are_those_there_are():
    table = GUIDE[GUIDE.index("| error |") : GUIDE.index("## The company")]
    named = set(re.findall(r"`(\w+)`", table)) - {"message"}
    codes = {
        one.__new__(one).code
        for module in (refusals, decimals)
        for one in vars(module).values()
        if isinstance(one, type) and issubclass(one, Refused)
    }

    assert named <= codes
