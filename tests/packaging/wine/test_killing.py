import random

from wine.killing import AT_THE_SWITCH, TIMES, moments


def test_every_part_of_the_installation_is_hit_and_the_switch_most_of_all():
    found = moments(20.0, random.Random(1))

    assert len(found) == TIMES
    from_the_start = [each.seconds for each in found if not each.is_at_the_switch]
    at_the_switch = [each.seconds for each in found if each.is_at_the_switch]
    assert {int(seconds // 4) for seconds in from_the_start} == set(range(5))
    assert {int(seconds * 5 / AT_THE_SWITCH) for seconds in at_the_switch} == set(range(5))


def test_a_moment_tells_what_it_is_counted_from():
    first, *_, last = moments(20.0, random.Random(1))

    assert str(first).endswith("s after the start")
    assert str(last).endswith("s after the copying")
