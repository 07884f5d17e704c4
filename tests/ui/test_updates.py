from pathlib import Path

from app.ui.updates import Updates, updates


def test_whoever_shows_them_hears_how_a_look_ended(qapp):
    known, heard = Updates(), []
    known.changed.connect(lambda: heard.append((known.address, known.told, known.ready)))

    known.place("/share", is_fixed=True)
    known.tell("There is one.", Path("a.exe"))

    assert heard == [("/share", "", None), ("/share", "There is one.", Path("a.exe"))]
    assert known.is_fixed


def test_there_is_one_of_them(qapp):
    assert updates() is updates()
