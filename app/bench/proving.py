"""Verify: all derived tables worked out again from the movements."""

from time import perf_counter

from sqlalchemy import text

from app.bench.big_file import big_database
from app.bench.timing import Figures, Task, clocked
from app.ledger.verify import verify


def bench_verify(task: Task) -> Figures:
    """Measure the whole verify beside one statement that adds up all movements."""
    figures = Figures()
    database = big_database(task.url, task.items, task.movements)
    floor = text(
        "SELECT count(*) FROM (SELECT item_id, place, sum(change) FROM ("
        "SELECT item_id, to_id AS place, quantity AS change FROM movement"
        " UNION ALL SELECT item_id, from_id, -quantity FROM movement) AS moved"
        " GROUP BY item_id, place) AS summed"
    )
    with database.reading() as session:
        figures.times("floor_verify", [clocked(lambda: session.scalar(floor))])
    start = perf_counter()
    checks = database.run(verify)
    figures.times("verify", [(perf_counter() - start) * 1000])
    figures.ratio("verify")
    figures.set("differences", sum(len(check.differences) for check in checks))
    figures.memory()
    database.close()
    return figures
