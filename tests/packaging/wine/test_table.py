import pytest
from told import CannotGoOn
from wine.table import NotSo, Table, expect


def refuse():
    raise NotSo("ended with 3")


def break_down():
    raise OSError("no such file")


def test_a_row_that_holds_says_what_was_seen(capsys):
    table = Table()

    assert table.prove("silent installation", lambda: "85 MB")
    assert table.is_ok
    (line,) = capsys.readouterr().out.splitlines()
    assert line.startswith("ok ")
    assert "silent installation" in line
    assert line.endswith("85 MB")


def test_after_a_row_that_does_not_hold_the_others_are_still_tried():
    table = Table()
    table.prove("first", refuse)
    table.prove("second", break_down)
    table.prove("third", lambda: "")

    assert [row.is_ok for row in table.rows] == [False, False, True]
    assert not table.is_ok
    assert "NOT OK" in str(table.rows[0])
    assert table.rows[0].detail == "ended with 3"
    assert table.rows[1].detail == "OSError: no such file"
    assert "2 of 3 rows not ok" in str(table)


def test_a_table_without_rows_proves_nothing():
    assert not Table().is_ok


def test_what_the_person_has_to_mend_ends_it_all():
    def stop():
        raise CannotGoOn("Unmount first")

    with pytest.raises(CannotGoOn):
        Table().prove("first", stop)


def test_what_holds_is_no_news():
    expect(True, "never said")

    with pytest.raises(NotSo, match="found 2"):
        expect(False, "found 2")
