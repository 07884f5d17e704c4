import sys
from pathlib import Path

from checks import Step, run_steps, steps

PYTHON = Path(sys.executable)


def test_every_kind_of_check_is_there_and_pytest_gets_its_arguments():
    todo = steps(["tests/core", "-x"])

    assert [step.name for step in todo] == [
        "ruff check",
        "ruff format",
        "mypy",
        "import layers",
        "pytest",
    ]
    assert todo[-1].words[-2:] == ("tests/core", "-x")


def test_one_check_that_does_not_pass_is_enough_and_the_others_still_run(capfd):
    todo = [
        Step("first", ("-c", "raise SystemExit('so it is')")),
        Step("second", ("-c", "print('only told where it does not pass')")),
    ]

    assert run_steps(PYTHON, todo) == 1
    told = capfd.readouterr().out
    assert "so it is" in told
    assert "first         DID NOT PASS in" in told
    assert "second        passed in" in told
    assert "only told" not in told


def test_all_passed_is_nought(capfd):
    assert run_steps(PYTHON, [Step("only", ("-c", "print('shown')"), is_shown=True)]) == 0
    assert "shown" in capfd.readouterr().out


def test_checks_run_without_a_display(capfd):
    look = "import os; raise SystemExit(os.environ['QT_QPA_PLATFORM'] != 'offscreen')"

    assert run_steps(PYTHON, [Step("look", ("-c", look))]) == 0
