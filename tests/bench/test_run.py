"""Every benchmark runs, small, on both engines, and answers in the agreed form."""

import json

import pytest

from app.bench.run import BENCHES, run_bench

SMALL = {"items": 50, "movements": 500}


@pytest.fixture
def address(request, tmp_path):
    if request.param == "sqlite":
        return ""
    return request.getfixturevalue("postgres_url")


@pytest.mark.parametrize("address", ["sqlite", "postgresql"], indirect=True)
@pytest.mark.parametrize("name", ["post", "lookup", "count", "late", "verify"])
def test_a_benchmark_answers_with_its_figures_beside_the_floor(name, address, tmp_path):
    answer = run_bench(name, **SMALL, url=address, scratch=tmp_path)

    assert answer["engine"] == ("postgresql" if address else "sqlite")
    assert answer["figures"]
    assert all(value >= 0 for value in answer["figures"].values())
    assert {"stockroom", "python", "sqlalchemy"} <= answer["versions"].keys()
    assert json.loads(json.dumps(answer)) == answer


def test_all_that_the_command_line_offers_can_be_run():
    assert set(BENCHES) >= {"post", "lookup", "count", "late", "verify", "start"}
