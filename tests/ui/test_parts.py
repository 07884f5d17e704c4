import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from app.ui.parts import (
    ActionButton,
    ElidedLabel,
    EmptyState,
    Mend,
    PlainLabel,
    SmallButton,
    hint,
    labelled,
)
from app.ui.theme import look


@pytest.fixture
def page(qtbot, qapp):
    look().dress(qapp, "light")
    page = QWidget()
    QVBoxLayout(page)
    qtbot.addWidget(page)
    page.resize(600, 200)
    with qtbot.waitActive(page):
        page.show()
    return page


def test_an_action_works_by_its_key_and_says_so(qtbot, page):
    button = ActionButton("Post", "Ctrl+Return", "post", main=True)
    page.layout().addWidget(button)
    qtbot.waitUntil(button.isVisible)

    with qtbot.waitSignal(button.clicked):
        qtbot.keyClick(page, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)

    assert button.key == "Ctrl+Enter"
    assert button.accessibleName() == "Post"
    assert button.height() >= 36


def test_an_action_may_change_its_verb_but_not_its_key(qtbot, page):
    button = ActionButton("Print", "Ctrl+P", "print", icon="print")
    page.layout().addWidget(button)
    qtbot.waitUntil(button.isVisible)
    button.say("Print 24 labels")

    with qtbot.waitSignal(button.clicked):
        qtbot.keyClick(page, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    assert button.accessibleName() == "Print 24 labels"


def test_a_held_action_is_off_whatever_it_is_told(qtbot):
    button = ActionButton("Post", "Ctrl+Return", "post")
    qtbot.addWidget(button)

    button.hold(True)
    button.setEnabled(True)
    assert not button.isEnabled()
    button.hold(False)
    assert button.isEnabled()

    button.hold(True)
    button.setEnabled(False)
    button.hold(False)
    assert not button.isEnabled()


def test_there_is_room_for_the_key_on_the_button(qtbot):
    with_key, without = ActionButton("Post", "Ctrl+Return", "a"), ActionButton("Post", "", "b")
    for button in (with_key, without):
        qtbot.addWidget(button)

    key = with_key.fontMetrics().horizontalAdvance("Ctrl+Enter")
    assert with_key.sizeHint().width() >= without.sizeHint().width() + key


@pytest.mark.parametrize("make", [PlainLabel, hint, ElidedLabel])
def test_text_is_shown_as_it_is(qtbot, make):
    label = make("<b>x</b>")
    qtbot.addWidget(label)

    assert label.textFormat() == Qt.TextFormat.PlainText


def test_a_long_line_ends_in_dots_and_the_whole_is_in_the_tooltip(qtbot, page):
    label = ElidedLabel("x" * 500)
    page.layout().addWidget(label)
    label.grab()
    assert label.toolTip() == "x" * 500

    label.setText("short")
    label.grab()
    assert label.toolTip() == ""


def test_an_empty_place_has_a_way_to_begin_only_if_there_is_one(qtbot):
    begun = []
    empty = EmptyState("Nothing yet", "Scan an item.", Mend("Begin", lambda: begun.append(1)))
    qtbot.addWidget(empty)
    empty.button.click()
    assert begun == [1]

    empty.say("Nothing here")
    assert empty.button.isHidden()


def test_a_label_leads_to_its_field(qtbot, page):
    field = QLineEdit()
    page.layout().addWidget(QLineEdit())
    page.layout().addWidget(labelled("&Lot", field))
    page.layout().itemAt(0).widget().setFocus()
    qtbot.waitUntil(field.isVisible)

    qtbot.keyClick(page, Qt.Key.Key_L, Qt.KeyboardModifier.AltModifier)

    assert field.hasFocus()


def test_a_small_button_can_be_heard(qtbot):
    button = SmallButton("✕", "close", "Close this message", "flat")
    qtbot.addWidget(button)

    assert button.accessibleName() == "Close this message"
    button.say("Again")
    assert button.accessibleName() == "Again"
