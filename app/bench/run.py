"""The benchmarks by name, and the one answer they all give (interchange.md)."""

import gc
import platform
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from typing import Any

from platformdirs import user_cache_path

from app import __version__
from app.bench.labels import bench_labels
from app.bench.lookup import bench_lookup
from app.bench.posting import bench_count, bench_late, bench_post
from app.bench.proving import bench_verify
from app.bench.scanning import bench_scan
from app.bench.starting import bench_start
from app.bench.timing import Figures, Task

BENCHES: dict[str, Callable[[Task], Figures]] = {
    "post": bench_post,
    "lookup": bench_lookup,
    "late": bench_late,
    "scan": bench_scan,
    "count": bench_count,
    "labels": bench_labels,
    "verify": bench_verify,
    "start": bench_start,
}
LIBRARIES = ("sqlalchemy", "psycopg", "pyside6-essentials", "openpyxl")


def run_bench(
    name: str, items: int, movements: int, url: str = "", scratch: Path | None = None
) -> dict[str, Any]:
    """Measure and return name, engine, sizes, figures and versions.

    Without an address the data lie in a file of the scratch folder, kept for the next time.
    """
    folder = scratch or user_cache_path("Stockroom") / "bench"
    folder.mkdir(parents=True, exist_ok=True)
    sizes = (1, movements) if name == "late" else (items, movements)
    where = url or str(folder / f"{sizes[0]}-{sizes[1]}.db")
    task = Task(name, items, movements, where, str(folder))
    gc.collect()
    gc.disable()  # as in the window, which collects when nobody is waiting
    try:
        figures = BENCHES[name](task)
    finally:
        gc.enable()
    return {
        "name": name,
        "engine": "postgresql" if "://" in where and "sqlite" not in where else "sqlite",
        "items": sizes[0],
        "movements": movements,
        "figures": figures.values,
        "versions": {
            "stockroom": __version__,
            "python": platform.python_version(),
            **{library: version(library) for library in LIBRARIES},
        },
    }
