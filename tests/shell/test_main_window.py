import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from app.core.errors import Unavailable
from app.core.scans import Effect, Tone
from app.shell.main_window import MainWindow
from app.ui.parts import Mend
from tests.support.pages import PLACES, LabelsView, Nearby, ReceivingView, StockLookupView

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


def make(qtbot, jobs):
    Nearby.loaded.clear()
    window = MainWindow(jobs, PLACES)
    qtbot.addWidget(window)
    with qtbot.waitActive(window):
        window.show()
    qtbot.waitUntil(lambda: window.current_screen() is not None)
    return window


@pytest.fixture
def window(qtbot, jobs):
    return make(qtbot, jobs)


def test_it_is_painted_before_the_first_screen_is_loaded(qtbot, jobs):
    Nearby.loaded.clear()
    window = MainWindow(jobs, PLACES)
    qtbot.addWidget(window)
    order = []
    window.painted.connect(lambda: order.append(list(Nearby.loaded)))
    window.screen_changed.connect(lambda _: order.append(list(Nearby.loaded)))

    assert window.current_screen() is None
    window.show()

    qtbot.waitUntil(lambda: order == [[], ["receiving"]])


def test_the_first_screen_waits_for_the_database_only_so_long(qtbot, jobs):
    patient = MainWindow(jobs, PLACES, patience=60_000)
    impatient = MainWindow(jobs, PLACES, patience=50)
    for window in (patient, impatient):
        qtbot.addWidget(window)
        with qtbot.waitSignal(window.painted):
            window.show()

    qtbot.waitUntil(lambda: impatient.current_screen() is not None)
    assert patient.current_screen() is None
    patient.show_first()
    qtbot.waitUntil(lambda: patient.current_screen() is not None)


def test_a_screen_is_made_when_it_is_first_wanted_and_kept(window):
    first = window.current_screen()
    assert isinstance(first, ReceivingView)

    window.show_screen(1)
    window.show_screen(0)

    assert Nearby.loaded == ["receiving", "stock_lookup"]
    assert window.current_screen() is first


@pytest.mark.parametrize(
    ("key", "kind"), [("F2", ReceivingView), ("F3", StockLookupView), ("F6", LabelsView)]
)
def test_every_screen_has_its_key(qtbot, window, key, kind):
    window.show_screen(0 if key != "F2" else 1)

    qtbot.keyClick(window, getattr(Qt.Key, f"Key_{key}"))

    assert isinstance(window.current_screen(), kind)
    assert window.windowTitle() == f"{kind.title} – Stockroom"


@pytest.mark.parametrize(
    ("place", "company"), [("/home/kim/Bikes.v2.db", "Bikes.v2"), ("server/stockroom", "stockroom")]
)
def test_the_title_tells_the_windows_of_two_companies_apart(qtbot, window, place, company):
    assert window.windowTitle() == "Receiving – Stockroom"
    window.status.show_database(place, "Kim")
    window.show_title()
    assert window.windowTitle() == f"Receiving – {company} – Stockroom"

    qtbot.keyClick(window, Qt.Key.Key_F3)

    assert window.windowTitle() == f"Stock lookup – {company} – Stockroom"
    assert window.status.database.toolTip() == place


def test_the_rail_turns_the_pages_and_shows_which_is_in_front(qtbot, window):
    window.rail.buttons[2].click()

    assert isinstance(window.current_screen(), LabelsView)
    assert [button.isChecked() for button in window.rail.buttons] == [False, False, True]
    assert window.pages.currentWidget() is window.current_screen()


def test_which_screen_came_to_the_front_is_told_once(qtbot, window):
    came = []
    window.screen_changed.connect(came.append)

    window.show_screen(1)
    window.show_screen(1)

    assert came == [window.current_screen()]


def test_the_screen_of_the_last_time_is_there_again(qtbot, window, jobs):
    window.show_screen(2)

    assert isinstance(make(qtbot, jobs).current_screen(), LabelsView)


def test_what_a_screen_says_is_shown_below(window):
    window.current_screen().said.emit("3 lines left.")

    assert window.status.message.text() == "3 lines left."


def test_labels_wanted_anywhere_are_queued(window):
    window.current_screen().labels_wanted.emit(["GEL-7"])

    assert isinstance(window.current_screen(), LabelsView)
    assert window.current_screen().queued == ["GEL-7"]


def test_a_document_wanted_anywhere_is_opened_in_the_look_up(window):
    window.current_screen().document_wanted.emit("RC-1")
    assert window.current_screen().asked == ("document", "RC-1")

    window.show_screen(0)
    window.current_screen().lookup_wanted.emit("gel")
    assert isinstance(window.current_screen(), StockLookupView)
    assert window.current_screen().asked == ("text", "gel")


def test_a_posting_makes_older_scans_final(window):
    screen = window.current_screen()
    number = window.tape.begin("4012")
    window.tape.done(number, Effect("TEA +1", undo=screen.take_back), screen)

    screen.undo_expired.emit()
    window.tape.undo_last()

    assert screen.taken_back == []


def test_ctrl_z_takes_back_the_last_scan(qtbot, window):
    screen = window.current_screen()
    number = window.tape.begin("4012")
    window.tape.done(number, Effect("TEA +1", undo=screen.take_back))

    qtbot.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)

    assert screen.taken_back == ["undone"]


def test_every_scan_makes_its_sound(window, monkeypatch):
    tones = []
    monkeypatch.setattr(window.sounds, "play", tones.append)
    window.tape.done(window.tape.begin("x"), Effect("no", Tone.BAD))

    assert tones == [Tone.BAD]


def test_how_long_the_last_work_took_is_shown(qtbot, window, jobs):
    with qtbot.waitSignal(jobs.write(lambda _: None).finished):
        pass

    assert window.status.took.text().startswith("saved · ")


def test_trouble_with_the_whole_is_told_above_and_can_be_mended(qtbot, window):
    tried = []
    error = Unavailable("stock.db is locked.")
    window.show_trouble(error, Mend("Try again", lambda: tried.append(1)))
    assert window.notice.isVisible()
    assert window.notice.text.text() == "stock.db is locked."

    window.notice.button.click()
    assert tried == [1]


def test_which_database_and_who_is_shown(window):
    window.status.show_database("/home/kim/data/stock.db", "Kim")
    assert window.status.database.toolTip() == "/home/kim/data/stock.db"
    assert (window.status.database.text(), window.status.user.text()) == ("stock.db", "Kim")


def test_the_keys_of_a_screen_go_with_it(qtbot, window):
    window.show_screen(0)
    window.show_keys()
    window.show_screen(1)

    assert window.keys.isHidden()


def test_f1_lists_the_keys_of_the_screens_of_this_screen_and_of_the_frame(qtbot, window):
    qtbot.keyClick(window, Qt.Key.Key_F1)
    texts = [label.text() for label in window.keys.findChildren(type(window.status.user))]

    assert window.keys.isVisible()
    for expected in ("F2", "Stock lookup", "Ctrl+Enter", "Post", "Ctrl+Z", "Undo", "Ctrl+B"):
        assert expected in texts
    qtbot.keyClick(window, Qt.Key.Key_F1)
    assert window.keys.isHidden()


def test_the_theme_and_the_sound_are_chosen_in_a_menu_that_a_key_opens(qtbot, window):
    qtbot.keyClick(window, Qt.Key.Key_V, Qt.KeyboardModifier.AltModifier)

    qtbot.waitUntil(window.view_menu.isVisible)
    window.view_menu.close()
    window.view_menu.volume_chosen.emit(25)
    assert window.sounds.volume == 25


def test_when_it_is_closed_what_runs_is_ended(qtbot, window, jobs):
    begun = []
    window.close()

    jobs.perform(begun.append, 1)
    qtbot.wait(30)

    assert begun == []


def test_everything_one_can_act_on_has_a_name_to_be_heard_and_one_to_be_found(window):
    for kind in ("QAbstractButton", "QLineEdit"):
        for widget in window.findChildren(getattr(__import__("PySide6.QtWidgets").QtWidgets, kind)):
            if widget.isVisible():
                assert widget.accessibleName(), widget
                assert widget.objectName(), widget


def test_it_can_be_used_on_a_small_display(window):
    assert window.minimumSizeHint().width() <= 1024
    assert window.minimumSizeHint().height() <= 700
    assert QApplication.primaryScreen() is not None
