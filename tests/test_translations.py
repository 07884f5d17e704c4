"""What is shipped in another language: nearly everything, and with the same figures in it."""

import re

import pytest
from PySide6.QtCore import QTranslator
from translations import TRANSLATIONS, gather, read

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
