import pytest

from app.ui.posted import PostedStrip


@pytest.fixture
def strip(qtbot):
    strip = PostedStrip()
    qtbot.addWidget(strip)
    return strip


def test_it_is_seen_only_once_something_was_posted(strip):
    assert strip.isHidden()

    strip.show_posted("RC-000007", "2 lines received.", labels=24)

    assert not strip.isHidden()
    assert strip.number.text() == "RC-000007"
    assert strip.labels.text() == "Print 24 labels"


def test_what_takes_no_labels_offers_none(strip):
    strip.show_posted("TR-000007", "Moved.")

    assert strip.labels.isHidden()


def test_its_buttons_name_the_document(qtbot, strip):
    strip.show_posted("RC-000007", "Received.", labels=1)
    for button, signal in (
        (strip.number, strip.opened),
        (strip.labels, strip.labels_wanted),
        (strip.undo, strip.undo_wanted),
    ):
        with qtbot.waitSignal(signal) as told:
            button.click()
        assert told.args == ["RC-000007"]


def test_what_was_undone_cannot_be_undone_again(strip):
    strip.show_posted("RC-000007", "Received.", labels=1)
    strip.show_undone("Taken back by RV-000008.")

    assert not strip.undo.isEnabled()
    assert strip.labels.isHidden()
    strip.show_posted("RC-000009", "Received.")
    assert strip.undo.isEnabled()
