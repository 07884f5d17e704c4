"""Modules fit in the head, and each has its test in the same place."""

from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
MODULES = sorted(path for path in (ROOT / "app").rglob("*.py") if path.name != "__init__.py")
SCRIPTS = sorted((ROOT / "packaging").glob("*.py"))
REVISIONS = ROOT / "app" / "db" / "migrations"

LONGEST = 300  # lines

DECLARATIONS = {  # nothing in them that could go wrong alone
    "app/core/catalogue.py",
    "app/core/companies.py",
    "app/core/documents.py",
    "app/core/effects.py",
    "app/core/paging.py",
    "app/core/progress.py",
    "app/core/refusals.py",
    "app/core/scans.py",
    "app/core/tones.py",
    "app/db/tables/base.py",
    "app/db/tables/catalogue.py",
    "app/db/tables/counts.py",
    "app/db/tables/ledger.py",
    "app/db/tables/orders.py",
    "app/db/tables/stock.py",
    "app/db/tables/values.py",
    "app/db/tables/work.py",
    "app/features/count_sheets/refusals.py",
    "app/scanning/content.py",
    "app/scanning/decisions.py",
}

TESTED_THROUGH = {  # parts that only work together, and the test of the door they stand behind
    "app/adapters/update_source.py": "tests/adapters/test_updates.py",
    "app/core/history.py": "tests/ledger/test_history.py",
    "app/ledger/assemblies.py": "tests/ledger/test_builds.py",
    "app/ledger/checks.py": "tests/ledger/test_verify.py",
    "app/ledger/derivation.py": "tests/ledger/test_periods.py",
    "app/ledger/happenings.py": "tests/ledger/test_replay.py",
    "app/ledger/heads.py": "tests/ledger/test_posting.py",
    "app/ledger/mending.py": "tests/ledger/test_rebuild.py",
    "app/ledger/moves.py": "tests/ledger/test_posting.py",
    "app/ledger/naming.py": "tests/ledger/test_returns.py",
    "app/ledger/planners.py": "tests/ledger/test_posting.py",
    "app/ledger/planning_builds.py": "tests/ledger/test_builds.py",
    "app/ledger/planning_returns.py": "tests/ledger/test_returns.py",
    "app/ledger/planning_values.py": "tests/ledger/test_landed_costs.py",
    "app/ledger/quick_pools.py": "tests/ledger/test_quick_proof.py",
    "app/ledger/revaluing.py": "tests/ledger/test_periods.py",
    "app/ledger/rows.py": "tests/ledger/test_posting.py",
    "app/ledger/states.py": "tests/ledger/test_costs.py",
    "app/ledger/valuing.py": "tests/ledger/test_replay.py",
    "app/ledger/verify_stock.py": "tests/ledger/test_verify.py",
    "app/ledger/verify_values.py": "tests/ledger/test_verify.py",
    "app/shell/crossings.py": "tests/shell/test_main_window.py",
    "app/scanning/elements.py": "tests/scanning/test_reading.py",
    "app/scanning/item_scans.py": "tests/scanning/test_meaning.py",
    "app/scanning/lookups.py": "tests/scanning/test_meaning.py",
    "app/scanning/reasons.py": "tests/scanning/test_meaning.py",
    "app/scanning/trade_numbers.py": "tests/scanning/test_reading.py",
}
DOORS = {  # the same for whole folders
    "app/bench": "tests/bench/test_run.py",
    "app/tour": "tests/tour/test_tour.py",
}


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("path", [*MODULES, *SCRIPTS], ids=name)
def test_a_module_fits_in_the_head(path):
    assert len(path.read_text("utf-8").splitlines()) <= LONGEST


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_a_module_has_a_test_in_the_same_place(path):
    """Or is listed above: as a mere declaration, or with the test that goes through it."""
    if REVISIONS in path.parents or name(path) in DECLARATIONS:
        return

    assert any((ROOT / test).exists() for test in proofs_of(path))


def proofs_of(path: Path) -> list[Path | str]:
    """Return where a module may be tested; a part of a screen, through the screen too."""
    tests: list[Path | str] = [mirror(path)]
    if name(path) in TESTED_THROUGH:
        tests.append(TESTED_THROUGH[name(path)])
    if name(path.parent) in DOORS:
        tests.append(DOORS[name(path.parent)])
    if path.parent.parent == ROOT / "app" / "features" and "PySide6" in path.read_text("utf-8"):
        tests.append(mirror(path.with_name("view.py")))
    return tests


def mirror(path: Path) -> Path:
    return Path("tests", path.relative_to(ROOT / "app")).with_name(f"test_{path.name}")


@pytest.mark.parametrize("listed", sorted([*DECLARATIONS, *TESTED_THROUGH]))
def test_the_lists_above_name_what_is_there_and_has_no_test_of_its_own(listed):
    path = ROOT / listed

    assert path.exists()
    assert not (ROOT / mirror(path)).exists()
