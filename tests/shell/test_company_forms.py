from PySide6.QtCore import Qt

from app.core.companies import Kind
from app.shell.company_forms import JoinForm, NewForm, free_name


def test_an_address_is_taken_apart_and_its_password_hidden(qtbot):
    form = JoinForm()
    qtbot.addWidget(form)
    form.host.setText("postgresql://kim:s%40crit@server:5433/stock")

    with qtbot.waitSignal(form.wanted) as told:
        form.go.click()

    (wanted,) = told.args
    assert (wanted.where, wanted.password) == ("postgresql://kim@server:5433/stock", "s@crit")
    assert "s@crit" not in repr(wanted)


def test_a_name_that_is_not_taken_is_proposed(qtbot, tmp_path):
    (tmp_path / "stock.db").touch()
    (tmp_path / "stock-2.db").touch()
    form = NewForm(tmp_path / "stock.db")
    qtbot.addWidget(form)
    form.propose(free_name(tmp_path / "stock.db"))

    with qtbot.waitSignal(form.wanted) as told:
        form.go.click()

    assert told.args[0].kind == Kind.NEW
    assert told.args[0].where == str(tmp_path / "stock-3.db")


def test_a_name_that_was_typed_stays(qtbot, tmp_path):
    form = NewForm(tmp_path / "stock.db")
    qtbot.addWidget(form)
    form.show()
    form.name.selectAll()
    qtbot.keyClicks(form.name, "bikes")

    form.propose("stock-2.db")

    assert form.name.text() == "bikes"


def test_an_address_can_be_typed_letter_by_letter_and_keeps_its_options(qtbot):
    form = JoinForm()
    qtbot.addWidget(form)
    form.show()
    qtbot.keyClicks(form.host, "postgresql://kim@server/stock?sslmode=require")

    with qtbot.waitSignal(form.wanted) as told:
        qtbot.keyClick(form.host, Qt.Key.Key_Return)

    assert (form.host.text(), form.database.text()) == ("server", "stock")
    assert form.options.text() == "sslmode=require"
    assert told.args[0].where == "postgresql://kim@server:5432/stock?sslmode=require"


def test_a_file_is_not_shown_as_a_server(qtbot):
    form = JoinForm()
    qtbot.addWidget(form)
    form.show_address("/srv/stock.db")

    assert not form.host.text()
