import pytest
from PySide6.QtCore import Qt

from app.features.count_sheets.rules import SheetState

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def reviewing(clerk):
    """A clerk who looks at the review: tea one short, flour right."""
    clerk.open_new()
    clerk.type("9", "12.5")
    clerk.until(lambda: clerk.saved()["FLOUR"] is not None)
    clerk.view.tools.review.click()
    clerk.until(lambda: clerk.view.on(clerk.view.review_page))
    return clerk


def banner(clerk):
    return clerk.view.banner.text.text()


def test_nothing_counted_is_not_reviewed(clerk):
    clerk.open_new()

    clerk.view.tools.review.click()

    clerk.until(lambda: "Nothing is counted yet" in banner(clerk))
    assert clerk.view.on(clerk.view.page)


def test_a_reviewed_count_is_posted_by_its_key(qtbot, reviewing):
    view = reviewing.view
    qtbot.keyClick(view, Qt.Key.Key_Return, CTRL)

    reviewing.until(lambda: view.head is not None and view.head.state is SheetState.POSTED)

    assert "stock agrees with the count" in banner(reviewing)
    assert reviewing.room.on_hand("TEA", "MAIN/A/A-1") == 9
    assert view.head is not None
    with qtbot.waitSignal(view.document_wanted) as wanted:
        view.banner.button.click()
    assert wanted.args == [view.head.document]


def test_a_review_overtaken_by_events_is_shown_anew(reviewing):
    reviewing.room.take("TEA", "MAIN/A/A-1", 1)

    reviewing.view.tools.post.click()

    reviewing.until(lambda: "have changed since the review" in banner(reviewing))
    reviewing.until(lambda: reviewing.view.review_page.variances[0].now == 9)
    assert reviewing.view.review_page.variances[0].moved == -1
    reviewing.view.tools.post.click()
    reviewing.until(lambda: reviewing.room.on_hand("TEA", "MAIN/A/A-1") == 8)


def test_a_posted_count_is_reversed_after_its_consequence_was_told(reviewing):
    view = reviewing.view
    view.tools.post.click()
    reviewing.until(lambda: view.tools.reverse.isVisible() and view.tools.reverse.isEnabled())

    view.tools.reverse.click()
    reviewing.until(view.confirm.isVisible)
    assert "Value today" in view.confirm.accessibleDescription()
    assert "2 counted lines is taken back" in view.confirm.text.text()
    view.confirm.yes.click()

    reviewing.until(lambda: view.head is not None and view.head.state is SheetState.REVERSED)
    assert reviewing.room.on_hand("TEA", "MAIN/A/A-1") == 10
    assert "took the count back" in banner(reviewing)


def test_a_sheet_is_cancelled_after_its_consequence_was_told(clerk):
    clerk.open_new()
    clerk.type("9")

    clerk.view.tools.cancel.click()
    assert "Given up: 1 count of 4 lines." in clerk.view.confirm.text.text()
    clerk.view.confirm.yes.click()

    clerk.until(lambda: clerk.view.on(clerk.view.sheets))
    clerk.until(
        lambda: [head.state for head in clerk.view.sheets.sheets.rows()] == [SheetState.CANCELLED]
    )
