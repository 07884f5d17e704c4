import random

from wine.killing import TIMES, moments


def test_every_part_of_the_installation_is_hit_and_its_end_most_of_all():
    found = moments(20.0, random.Random(1))

    assert found == sorted(found)
    assert len(found) == TIMES
    assert {int(moment // 4) for moment in found} == set(range(5))
    assert sum(moment >= 15 for moment in found) >= TIMES // 2
