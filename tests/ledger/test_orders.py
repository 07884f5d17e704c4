"""Orders are received in parts, and not beyond what was ordered."""

from decimal import Decimal

import pytest

from app.core.refusals import (
    OverReceipt,
)
from tests.ledger.conftest import line


def test_an_order_is_received_in_parts_and_not_beyond_what_was_ordered(company):
    number = company.post("purchase_order", line("TEA", 10, price=Decimal("2.50")))
    company.receive("TEA", 4, order=number)

    with pytest.raises(OverReceipt) as refusal:
        company.receive("TEA", 7, order=number)
    company.receive("TEA", 6, order=number, order_line=1)

    assert "still expects 6" in str(refusal.value)
    assert company.value("TEA") == (10, Decimal("25.00"))
    assert company.differences() == []
