import pytest

from app.cli.parser import build_parser


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


def test_without_a_command_the_window_is_meant():
    options = build_parser().parse_args([])

    assert (options.command, options.demo, options.db, options.json) == (None, False, None, False)


def test_the_machinery_is_part_of_the_one_parser():
    parser = build_parser()

    assert parser.parse_args(["tour", "--out", "x"]).out.name == "x"
    assert parser.parse_args(["bench", "post", "--items", "10"]).items == 10
    assert parser.parse_args(["--demo"]).demo
