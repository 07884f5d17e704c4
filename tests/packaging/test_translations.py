import ast

import pytest
from PySide6.QtCore import QCoreApplication, QObject, QTranslator
from translations import gather, read, release, texts_of, update

MODULE = """
from app.core.errors import marked

class Lost(Refused):
    template = marked("{item} is lost."
        " Look again.")

class View(Screen):
    def show(self):
        self.say(self.tr("Put away"))
        self.say(self.tr("Put away"))
        self.say(self.tr(text))

def _tr(text):
    return QCoreApplication.translate("words", text)

NAME = _tr("bin")
OTHER = QCoreApplication.translate("formats", "Today")
tr = QCoreApplication.translate
HEADING = tr("SheetList", "Sheet")
painter.translate(1, 2)
"x".translate("y")
"""

TEXTS = [("View", "Put away"), ("errors", "{item} is lost.")]


def test_every_text_is_found_with_its_context():
    assert texts_of(ast.parse(MODULE)) == [
        ("errors", "{item} is lost. Look again."),
        ("View", "Put away"),
        ("words", "bin"),
        ("formats", "Today"),
        ("SheetList", "Sheet"),
    ]


def test_a_text_passed_on_by_a_function_of_another_module_is_found():
    module = ast.parse("from app.words import say as tell\ntell('bin')\nother('x')")

    assert texts_of(module, {"app.words": {"say": "words"}}) == [("words", "bin")]


def test_the_texts_of_the_program_are_found():
    texts = gather()

    assert ("errors", "Receiving") in texts
    assert ("formats", "Today") in texts
    assert len(texts) == len(set(texts))


def test_known_translations_stay_and_texts_that_are_gone_go(tmp_path):
    assert update("de", tmp_path, [*TEXTS, ("View", "Old")]) == 3
    file = tmp_path / "stockroom_de.ts"
    text = file.read_text(encoding="utf-8")
    file.write_text(
        text.replace('<translation type="unfinished" />', "<translation>X</translation>", 1),
        encoding="utf-8",
    )

    assert update("de", tmp_path, TEXTS) == 1
    assert read(file) == {TEXTS[0]: "X"}


@pytest.fixture
def spoken(qapp, tmp_path):
    """A language in which one text of a class and one of the core are known."""
    update("de", tmp_path, TEXTS)
    file = tmp_path / "stockroom_de.ts"
    text = file.read_text(encoding="utf-8")
    for words in ("Einlagern", "{item} ist verloren."):
        text = text.replace(
            '<translation type="unfinished" />', f"<translation>{words}</translation>", 1
        )
    file.write_text(text, encoding="utf-8")
    (made,) = release(tmp_path)
    translator = QTranslator(qapp)
    assert translator.load(str(made))
    QCoreApplication.installTranslator(translator)
    yield
    QCoreApplication.removeTranslator(translator)


def test_what_is_released_is_spoken_by_the_program_also_by_what_inherits(spoken):
    class View(QObject):
        pass

    class SpecialView(View):
        pass

    assert View().tr("Put away") == "Einlagern"
    assert SpecialView().tr("Put away") == "Einlagern"
    assert QCoreApplication.translate("errors", "{item} is lost.") == "{item} ist verloren."
    assert QCoreApplication.translate("errors", "GEL-7") == "GEL-7"
