import pytest

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


def shown(view):
    tools = view.tools
    names = (
        *("make", "create", "back", "bring", "cancel", "reverse", "review", "post"),
        *("excel", "paper", "labels"),
    )
    return {name for name in names if getattr(tools, name).isVisible()}


def test_each_page_offers_what_can_be_done_there(clerk):
    view = clerk.view
    assert shown(view) == {"make", "bring"}

    view.tools.make.click()
    assert shown(view) == {"create", "back"}

    clerk.open_new()
    assert shown(view) == {"back", "bring", "cancel", "review", "excel", "paper", "labels"}

    clerk.type("9")
    view.tools.review.click()
    clerk.until(lambda: view.on(view.review_page))
    assert shown(view) == {"back", "post"}

    view.tools.post.click()
    clerk.until(view.tools.reverse.isVisible)
    assert shown(view) == {"back", "reverse", "excel", "paper", "labels"}


def test_a_review_with_a_line_that_cannot_be_posted_holds_the_posting(clerk):
    clerk.open_new()
    clerk.type("2")
    clerk.until(lambda: clerk.saved()["TEA"] == 2)
    clerk.room.take("TEA", "MAIN/A/A-1", 5)

    clerk.view.tools.review.click()

    clerk.until(lambda: clerk.view.on(clerk.view.review_page))
    assert not clerk.view.tools.post.isEnabled()


def test_every_action_has_a_key_and_a_name(clerk):
    for button in (*clerk.view.footer.buttons, clerk.view.tools.cancel, clerk.view.tools.excel):
        assert not button.shortcut().isEmpty()
        assert button.accessibleName()
        assert button.objectName()
