from app.ui.choices import Choices


def test_what_is_chosen_is_told_and_holds(qtbot):
    choices = Choices()
    choices.show({"language": "en"})
    with qtbot.waitSignal(choices.chosen) as chosen:
        choices.put("language", "de")

    assert chosen.args == ["language", "de"]
    assert choices.get("language") == "de"
    assert choices.get("nothing") == ""
