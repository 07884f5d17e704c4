"""Measures the program against the bare library doing the same durable work (goals.md)."""

import json
from argparse import Namespace


def main(options: Namespace) -> int:
    """Run the benchmark the command line names, or all of them, and print the figures."""
    from app.bench.run import BENCHES, run_bench  # noqa: PLC0415 - loads every part of the program

    for name in [options.name] if options.name else list(BENCHES):
        answer = run_bench(name, options.items, options.movements, options.url or options.db or "")
        if options.json:
            print(json.dumps(answer), flush=True)
            continue
        size = f"{answer['items']} items, {answer['movements']} movements"
        print(f"{name}, {answer['engine']}, {size}")
        for figure, value in answer["figures"].items():
            print(f"  {figure:<40} {value:>14,.3f}", flush=True)
    return 0
