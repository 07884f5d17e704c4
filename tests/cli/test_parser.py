import pytest

from app import __version__
from app.cli.parser import build_parser, parse


@pytest.mark.parametrize(
    "words",
    [
        ["--db", "x.db", "--user", "kim", "--json", "stock", "--item", "TEA"],
        ["stock", "--db", "x.db", "--user", "kim", "--json", "--item", "TEA"],
        ["--db", "x.db", "stock", "--item", "TEA", "--json", "--user", "kim"],
    ],
)
def test_what_every_command_takes_may_stand_before_or_behind_it(words):
    options = build_parser().parse_args(words)

    assert (options.db, options.user, options.json) == ("x.db", "kim", True)
    assert (options.command, options.item) == ("stock", "TEA")


def test_it_may_stand_in_a_command_of_two_words_too():
    options = build_parser().parse_args(["count", "--json", "new", "--item", "A", "--item", "B"])

    assert (options.json, options.step, options.items) == (True, "new", ["A", "B"])


def test_it_tells_its_version(capsys):
    with pytest.raises(SystemExit) as ended:
        parse(["--version"])

    assert ended.value.code == 0
    assert capsys.readouterr().out == f"stockroom {__version__}\n"


def test_without_a_command_the_window_is_meant():
    options = build_parser().parse_args([])

    assert (options.command, options.demo, options.db, options.json) == (None, False, None, False)


def test_the_machinery_is_part_of_the_one_parser():
    parser = build_parser()

    assert parser.parse_args(["tour", "--out", "x"]).out.name == "x"
    assert parser.parse_args(["bench", "post", "--items", "10"]).items == 10
    assert parser.parse_args(["--demo"]).demo


@pytest.mark.parametrize(
    ("words", "option"),
    [
        (["export", "movements", "x.csv", "--at", "2026-01-01"], "--at"),
        (["export", "items", "x.csv", "--at", "2026-01-01"], "--at"),
        (["export", "variances", "x.csv", "--at", "2026-01-01"], "--at"),
        (["export", "stock", "x.csv", "--sheet", "1"], "--sheet"),
        (["import", "items", "x.csv", "--sheet", "1"], "--sheet"),
        (["import", "count", "x.xlsx", "--accept-good"], "--accept-good"),
        (["--demo", "stock"], "--demo"),
    ],
)
def test_options_that_would_go_for_nothing_are_refused(capsys, words, option):
    with pytest.raises(SystemExit) as stopped:
        parse(words)

    assert stopped.value.code == 2
    assert f"{option} " in capsys.readouterr().err.splitlines()[-1]


def test_options_that_are_heeded_are_taken():
    assert parse(["export", "value", "x.csv", "--at", "2026-01-01"]).at
    assert parse(["export", "variances", "x.csv", "--sheet", "1"]).sheet == 1
    assert parse(["import", "items", "x.csv", "--accept-good"]).accept_good
    assert parse(["--demo"]).demo


@pytest.mark.parametrize("number", [str(10**20), str(-(10**20)), "0", "-1"])
def test_a_count_sheet_has_a_number_from_1(capsys, number):
    with pytest.raises(SystemExit) as stopped:
        parse(["count", "review", number])

    assert stopped.value.code == 2
    assert "there is no sheet" in capsys.readouterr().err
