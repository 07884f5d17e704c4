import random

from wine.killing import TIMES, moments


def test_every_part_of_the_installation_is_hit_once():
    found = moments(20.0, random.Random(1))

    assert [int(moment // 2) for moment in found] == list(range(TIMES))
