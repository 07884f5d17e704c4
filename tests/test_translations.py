"""What is shipped in another language: nearly everything, and with the same figures in it."""

import ast
import re

import pytest
from PySide6.QtCore import QTranslator
from translations import ROOT, TRANSLATIONS, gather, read

from app.core.catalogue import LocationKind, PartnerKind, Tracking
from app.core.decimals import InvalidQuantity
from app.core.errors import Said
from app.core.refusals import LotMissing
from app.features.count_sheets.rules import SheetState
from app.ui.messages import message, translated

FILES = sorted(TRANSLATIONS.glob("stockroom_*.ts"))
BY_NAME = pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)


def figures(text):
    return set(re.findall(r"\{(\w+)", text))


def test_german_is_shipped():
    assert "stockroom_de" in [file.stem for file in FILES]


@BY_NAME
def test_a_translation_names_the_figures_of_its_original_and_no_others(file):
    for (_context, source), translation in read(file).items():
        assert figures(translation) <= figures(source), source
        missing = figures(source) - figures(translation)
        assert all(source.count(f"{{{name}") > 1 for name in missing), source


@BY_NAME
def test_nearly_everything_is_translated(file):
    known = read(file)
    texts = gather()

    assert sum(text in known for text in texts) >= 0.9 * len(texts)


@BY_NAME
def test_what_the_program_loads_is_made_of_it(qapp, file):
    translator = QTranslator()
    assert translator.load(str(file.with_suffix(".qm")))

    for (context, source), translation in read(file).items():
        assert translator.translate(context, source) == translation


NOT_TRANSLATED = {"cli", "demo", "tour", "bench"}
"""What is said on the command line and by our own tools is English."""

WORDS = re.compile(r"[A-Za-z]{2,}.*\s|\s.*[A-Za-z]{2,}")
"""A part of a sentence: letters and a space, unlike the end of a path or a mark."""


def modules():
    for path in sorted((ROOT / "app").rglob("*.py")):
        if path.relative_to(ROOT / "app").parts[0] not in NOT_TRANSLATED:
            yield path, ast.parse(path.read_text(encoding="utf-8"))


def name_of(function):
    return getattr(function, "attr", getattr(function, "id", ""))


def errors_of(trees):
    """The classes that are errors for the user, by what they are derived from."""
    bases = {
        node.name: {name_of(base) for base in node.bases}
        for tree in trees
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef)
    }
    found = {"AppError"}
    while more := {name for name, above in bases.items() if above & found} - found:
        found |= more
    return found


def said_in(call):
    """The f-strings with words in them that are an argument of a call."""
    for argument in (*call.args, *(keyword.value for keyword in call.keywords)):
        for node in ast.walk(argument):
            if isinstance(node, ast.JoinedStr):
                parts = [part.value for part in node.values if isinstance(part, ast.Constant)]
                if any(WORDS.search(part) for part in parts):
                    yield node


def test_no_message_is_put_together_where_it_cannot_be_translated():
    trees = dict(modules())
    messages = errors_of(trees.values()) | {"Problem", "Said", "marked", "problem", "warning"}
    wrong = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path, tree in trees.items()
        for call in ast.walk(tree)
        if isinstance(call, ast.Call) and name_of(call.func) in messages
        for node in said_in(call)
    ]

    assert wrong == []


def test_no_marked_text_is_filled_in_before_it_is_translated():
    """A constant, or `marked` itself, with .format behind it: `Said` keeps the template."""
    wrong = [
        f"{path.relative_to(ROOT)}:{call.lineno}"
        for path, tree in modules()
        if "migrations" not in path.parts
        for call in ast.walk(tree)
        if isinstance(call, ast.Call) and name_of(call.func) == "format"
        if isinstance(call.func, ast.Attribute)
        for filled in [call.func.value]
        if name_of(filled).isupper() or name_of(getattr(filled, "func", None)) == "marked"
    ]

    assert wrong == []


def test_words_of_choices_are_translated():
    known = read(TRANSLATIONS / "stockroom_de.ts")

    for word in (*Tracking, *LocationKind, *PartnerKind, *SheetState):
        assert known["errors", word.value]


@pytest.fixture
def german(qapp):
    translator = QTranslator(qapp)
    assert translator.load(str(TRANSLATIONS / "stockroom_de.qm"))
    qapp.installTranslator(translator)
    yield
    qapp.removeTranslator(translator)


def test_figures_and_words_inside_a_message_are_said_in_the_language_too(german):
    too_fine = InvalidQuantity(
        found="1,25", reason=Said("at most {decimals} decimals.", decimals=3)
    )

    assert "höchstens 3 Nachkommastellen" in message(too_fine)
    assert "welche Charge" in message(LotMissing(item="TEA", tracking=Tracking.LOT.value))
    assert translated(LotMissing(item="TEA", tracking="serial").said).endswith("Seriennummer.")


def test_what_keeps_strangers_out_is_called_in_german_as_windows_calls_it():
    text = TRANSLATIONS.joinpath("stockroom_de.ts").read_text(encoding="utf-8")

    assert "Kennwort" in text
    assert "passwort" not in text.replace("&amp;", "").lower()
