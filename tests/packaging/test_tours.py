import os
import sys

import pytest
from told import CannotGoOn
from tours import differences, failed_steps, take_tour_with


def step(name, **found):
    return {"name": name, "ok": True, "problem": "", "milliseconds": len(found), "found": found}


def test_two_tours_are_the_same_whatever_time_they_took_and_wherever_they_were():
    one = {"steps": [step("open", database="C:\\x.db"), step("receive", receipt="RC-1")]}
    other = {"steps": [step("open", database="/tmp/x.db"), step("receive", receipt="RC-1")]}

    assert differences(one, other) == []


def test_another_result_or_a_step_that_only_one_took_is_told():
    one = {"steps": [step("receive", receipt="RC-1"), step("count")]}
    other = {"steps": [step("receive", receipt="RC-2"), step("verify")]}

    assert [found.partition(":")[0] for found in differences(one, other)] == [
        "receive",
        "count",
        "verify",
    ]


def test_a_step_that_did_not_go_well_is_named():
    summary = {"steps": [{"name": "Receive", "ok": True}, {"name": "Count", "ok": False}]}

    assert failed_steps(summary) == ["Count"]


def test_a_program_that_takes_no_tour_is_told_with_what_it_said(tmp_path):
    program = [sys.executable, "-c", "import sys; print('no tour'); sys.exit(3)"]

    with pytest.raises(CannotGoOn, match=r"ended with 3\.\nno tour"):
        take_tour_with(program, tmp_path, os.environ)
