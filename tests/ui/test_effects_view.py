"""What an entry changes, told in numbers."""

from datetime import UTC, datetime
from decimal import Decimal

from app.core.effects import CostChange, CountChange, Effects, ValueChange
from app.ui.effects_view import EffectsView, details_of, groups_of, in_short
from app.ui.parts import PlainLabel

AT = datetime(2026, 5, 31, 12, 2, tzinfo=UTC)


def cost(number):
    return CostChange(f"IS-{number}", "RUM", AT, Decimal(8), Decimal("2.5"))


COUNT = CountChange("CT-1", "GEL", "L1", "MAIN/A/A-1", AT, Decimal(4), Decimal(-3))
RUM = ValueChange("RUM", Decimal(12), Decimal(23), Decimal("-5"))
SAME = ValueChange("TEA", Decimal(7), Decimal(7), Decimal(0))
ALL = Effects(AT, is_late=True, costs=(cost(1),), counts=(COUNT,), values=(RUM, SAME))


def test_every_kind_of_change_has_its_numbers():
    assert {group.heading: group.lines for group in groups_of(ALL)} == {
        "Later costs": (("IS-1 · RUM", "8.00", "→ 2.50"),),
        "Value today": (("RUM", "12.00", "→ 23.00"),),
        "Later counts: results stay": (("CT-1 · GEL L1 · A-1", "-3", "counted 4"),),
        "Booked after the closed period": (("RUM", "-5.00", ""),),
    }


def test_a_handful_is_listed_and_the_rest_is_counted():
    (group,) = groups_of(Effects(AT, is_late=True, costs=tuple(map(cost, range(7)))))

    assert len(group.lines) == 4
    assert group.more == "and 3 more"


def test_it_is_told_in_a_sentence():
    assert in_short(ALL) == (
        "1 later cost changes. 1 later count is adjusted anew, its result stays."
        " -5.00 of it is booked after the closed period."
    )
    many = Effects(AT, is_late=True, costs=(cost(1), cost(2)), counts=(COUNT, COUNT))
    assert in_short(many) == (
        "2 later costs change. 2 later counts are adjusted anew, their results stay."
    )


def test_it_is_shown_and_said_to_who_cannot_see(qtbot):
    view = EffectsView(ALL)
    qtbot.addWidget(view)
    texts = [label.text() for label in view.findChildren(PlainLabel)]

    assert "→ 23.00" in texts
    assert "IS-1 · RUM 8.00 → 2.50" in view.accessibleDescription().splitlines()


def test_nothing_is_shown_of_nothing(qapp):
    assert details_of(Effects(AT, is_late=False, values=(SAME,))) is None
