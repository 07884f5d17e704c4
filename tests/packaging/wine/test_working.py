from wine.working import differences


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
