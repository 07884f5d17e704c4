"""One document or two of every kind that the ledger knows, with late ones and reversals."""

from datetime import date
from decimal import Decimal

from app.core.catalogue import Costing
from app.core.documents import Build
from tests.ledger.conftest import Company, line

DAY = date(2026, 3, 2)


def post_all_kinds(company: Company, clock) -> None:
    """Leave something behind in every derived table: promises, layers, shortages, differences."""
    company.allow_negative("SHOP")
    rum, sold = _post_goods(company, clock)
    _post_changes_of_value(company, clock, rum, sold)
    sales = company.post("sales_order", line("TEA", 6))
    company.post("allocate", order=sales)
    company.issue("TEA", 2, order=sales)


def _post_goods(company: Company, clock) -> tuple[str, str]:
    """Post a day of goods; return a receipt and an issue that others can name."""
    order = company.post("purchase_order", line("TEA", 30))
    company.receive("TEA", 20, "2.00", order=order, at=clock(8))
    rum = company.receive("RUM", 10, "9.99", at=clock(8))
    company.receive("GIN", 10, "3.33", at=clock(8))
    company.receive("GIN", 10, "4.44", at=clock(9))
    company.receive("MILK", 12, "0.80", lot="L1", expiry=date(2030, 1, 1), at=clock(8))
    company.receive("SAW", 1, "50.00", lot="S1", at=clock(8))
    sold = company.issue("RUM", 3, at=clock(9))
    company.issue("GIN", 6, at=clock(10))
    company.move("GIN", 1, "MAIN/A-1", "MAIN/A-2", at=clock(10))
    company.issue("GIN", 1, "MAIN/A-2", at=clock(11))
    company.issue("FLOUR", 5, source="SHOP/S-1", at=clock(10))
    company.count("TEA", 19, at=clock(11))
    company.move("TEA", 4, "MAIN/A-1", "MAIN/A-2", at=clock(12))
    company.receive("TEA", 1, "2.40", at=clock(9))
    company.reverse(company.receive("TEA", 5, "7.00", at=clock(13)))
    return rum, sold


def _post_changes_of_value(company: Company, clock, rum: str, sold: str) -> None:
    """Close that day, and let come to light what it cost."""
    company.post("close_period", until=DAY)
    company.post("landed_cost", names=rum, amount=Decimal("5.00"), by="value")
    company.receive("FLOUR", 8, "1.10", target="SHOP/S-1", at=clock(40))
    company.post("customer_return", line("RUM", 1, target="MAIN/A-1"), names=sold, at=clock(41))
    made = Build(product="SAW", quantity=Decimal(1), location="MAIN/A-1", lot="S2")
    company.post("build", line("TEA", 2), line("RUM", 1), build=made, at=clock(42))
    company.post("revaluation", line("GIN", 0, unit_cost=Decimal("4.00")), at=clock(43))
    company.post("costing_change", item="RUM", costing=Costing.AVERAGE, at=clock(44))
    company.issue("RUM", 1, at=clock(45))


DAMAGE = {  # the check that finds it, the table that is wrong, how it came to be
    "a balance too high": (
        "double_entry",
        "balance",
        "UPDATE balance SET on_hand = on_hand + 1000000 WHERE on_hand > 0",
    ),
    "empty balances gone": ("balances", "balance", "DELETE FROM balance WHERE on_hand = 0"),
    "balances gone": ("balances", "balance", "DELETE FROM balance WHERE on_hand > 0"),
    "too much allocated": (
        "allocations",
        "balance",
        "UPDATE balance SET allocated = allocated + 1000000 WHERE on_hand > 3000000",
    ),
    "an order line forgotten": (
        "orders",
        "stock_order_line",
        "UPDATE stock_order_line SET done = 0",
    ),
    "values too high": (
        "values",
        "movement_value",
        "UPDATE movement_value SET value = value + 10000",
    ),
    "a value gone": (
        "values",
        "movement_value",
        "DELETE FROM movement_value WHERE movement_id = (SELECT min(id) FROM movement)",
    ),
    "a move between own places worth something": (
        "values",
        "movement_value",
        "INSERT INTO movement_value (movement_id, value) SELECT id, 10000 FROM movement"
        " WHERE from_id IN (SELECT id FROM location WHERE kind = 'storage')"
        " AND to_id IN (SELECT id FROM location WHERE kind = 'storage')",
    ),
    "revaluations too high": (
        "values",
        "entry_value",
        "UPDATE entry_value SET value = value + 10000",
    ),
    "a closed period's difference too high": (
        "values",
        "period_difference",
        "UPDATE period_difference SET value = value + 10000",
    ),
    "a closed period's differences forgotten": (
        "values",
        "period_difference",
        "DELETE FROM period_difference",
    ),
    "a pool too dear": ("layers", "pool", "UPDATE pool SET value = value + 10000"),
    "a pool gone": ("layers", "pool", "DELETE FROM pool"),
    "a pool's last cost forgotten": ("layers", "pool", "UPDATE pool SET last_costed_id = NULL"),
    "layers too dear": ("layers", "layer", "UPDATE layer SET value = value + 10000"),
    "layers out of order": ("layers", "layer", "UPDATE layer SET sequence = sequence + 1"),
    "layers gone": ("layers", "layer", "DELETE FROM layer"),
    "a checkpoint of other goods": (
        "values",
        "checkpoint",
        'UPDATE checkpoint SET state = replace(state, \'"value": \', \'"value": "1", "was": \')',
    ),
    "an item valued otherwise": (
        "costing",
        "item",
        "UPDATE item SET costing = 'lifo' WHERE sku = 'RUM'",
    ),
    "a period opened by hand": (
        "periods",
        "setting",
        "UPDATE setting SET value = '' WHERE name = 'closed_before'",
    ),
}
