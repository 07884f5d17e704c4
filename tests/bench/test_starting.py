"""A start is measured with the real program in a process of its own."""

from app.bench import starting
from app.bench.run import run_bench


def test_each_thing_that_is_waited_for_comes_after_the_one_before(home, tmp_path, monkeypatch):
    monkeypatch.setattr(starting, "TIMES", 1)
    monkeypatch.setattr(starting, "SETTLING", 100)

    figures = run_bench("start", 0, 0, scratch=tmp_path)["figures"]

    waited = [figures[f"{what}_ms_p50"] for what in ("first_paint", "database_open")]
    assert waited == sorted(waited)
    assert figures["first_answer_ms_p50"] > figures["first_paint_ms_p50"]
    assert figures["ratio_first_answer"] > 1
