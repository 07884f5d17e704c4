"""The words of the command line. What they do stands in the modules beside this one."""

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from app import __version__

DESCRIPTION = "Keeps stock right: receiving, look-up, transfer, counting and labels."
_ONLY_FOR: dict[str, dict[str, tuple[str, ...]]] = {
    "import": {"sheet": ("count",)},
    "export": {"at": ("stock", "value"), "sheet": ("count", "variances")},
}
"""By command, the options that only some kinds of table heed."""

BENCHES = ("post", "lookup", "late", "scan", "count", "labels", "start", "verify")


def parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    """Return what the words mean; words that would go for nothing are refused with status 2."""
    parser = build_parser()
    options = parser.parse_args(arguments)
    for name, where in _ONLY_FOR.get(options.command, {}).items():
        if getattr(options, name) and options.kind not in where:
            option = name.replace("_", "-")
            parser.error(
                f"--{option} is of no use with {options.kind}, only with: {', '.join(where)}"
            )
    if options.demo and options.command:
        parser.error(f"--demo opens the window; it is of no use with {options.command}")
    if options.command == "import" and options.kind == "count" and options.accept_good:
        parser.error("--accept-good is of no use with count: its good rows are always taken")
    return options


def build_parser() -> argparse.ArgumentParser:
    """Return the parser of every command. Without a command the window is meant.

    `db`, `user` and `json` may stand before the command or behind it.
    """
    parser = argparse.ArgumentParser("stockroom", description=DESCRIPTION)
    parser.add_argument("--version", action="version", version=f"%(prog)s {__version__}")
    parser.add_argument("--demo", action="store_true", help="open a fresh sample company")
    _add_common(parser, None)
    parser.set_defaults(command=None)
    commands = parser.add_subparsers(dest="command", title="commands", metavar="COMMAND")
    for add in (
        _add_post,
        _add_import,
        _add_export,
        _add_questions,
        _add_verify,
        _add_backup,
        _add_diagnostics,
        _add_count,
        _add_machinery,
    ):
        add(commands)
    return parser


def _sheet(text: str) -> int:
    """Read the number of a count sheet, as far as any can be numbered."""
    number = int(text)
    if not 0 < number < 2**63:
        raise argparse.ArgumentTypeError(f"there is no sheet {text[:60]}")
    return number


def _add_common(parser: argparse.ArgumentParser, default: Any) -> None:
    """Add what every command takes. Behind a command, what is not given leaves it be."""
    behind = default is argparse.SUPPRESS
    parser.add_argument(
        "--db",
        metavar="FILE-or-URL",
        default=default,
        help="the stock database; a new file is made",
    )
    parser.add_argument("--user", metavar="NAME", default=default, help="who it is done by")
    parser.add_argument(
        "--json",
        action="store_true",
        default=argparse.SUPPRESS if behind else False,
        help="answer as JSON",
    )


def _command(commands: Any, name: str, about: str) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = commands.add_parser(name, help=about, description=about)
    _add_common(parser, argparse.SUPPRESS)
    return parser


def _add_post(commands: Any) -> None:
    post = _command(commands, "post", "post documents from a JSON Lines file")
    post.add_argument("file", help="one document a line; - is the standard input")
    post.add_argument("--stop", action="store_true", help="stop at the first refusal")


def _add_import(commands: Any) -> None:
    bring = _command(commands, "import", "bring in a table from CSV or Excel")
    bring.add_argument(
        "kind",
        help="items, barcodes, units, locations, suppliers, customers, supplier-items, bom"
        " (a file states the whole bill of materials of each product it names), orders, count",
    )
    bring.add_argument("file", type=Path)
    bring.add_argument("--dry-run", action="store_true", help="only say what would happen")
    bring.add_argument(
        "--accept-good",
        action="store_true",
        help="bring in the good rows, write the others to a file beside",
    )
    bring.add_argument("--sheet", type=_sheet, help="which count sheet the counts belong to")


def _add_export(commands: Any) -> None:
    write = _command(commands, "export", "write a table as CSV or Excel, by the file's ending")
    write.add_argument("kind", help="the kinds of import, stock, movements, value, variances, …")
    write.add_argument("file", type=Path)
    write.add_argument("--sheet", type=_sheet, help="the count sheet to write, or its variances")
    write.add_argument("--at", metavar="TIME", help="as it was at that time")


def _add_questions(commands: Any) -> None:
    stock = _command(commands, "stock", "tell what is on hand, allocated and available")
    stock.add_argument("--item", metavar="SKU")
    stock.add_argument("--location", metavar="PATH")
    stock.add_argument("--lot")
    stock.add_argument("--at", metavar="TIME")
    stock.add_argument("--below", action="store_true", help="all places inside the location too")
    value = _command(commands, "value", "tell what the owned stock is worth")
    value.add_argument("--item", metavar="SKU")
    value.add_argument("--at", metavar="TIME")
    history = _command(commands, "history", "list every movement of an item in order")
    history.add_argument("--item", metavar="SKU", required=True)
    layers = _command(commands, "layers", "list the open cost layers of an item")
    layers.add_argument("--item", metavar="SKU", required=True)


def _add_verify(commands: Any) -> None:
    _command(commands, "verify", "prove balances and values by the movements")
    _command(commands, "rebuild", "make balances and values anew from the movements")


def _add_backup(commands: Any) -> None:
    backup = _command(commands, "backup", "copy the database into a folder")
    backup.add_argument("folder", type=Path)
    restore = _command(commands, "restore", "put a backup in the place of the database")
    restore.add_argument("file", type=Path)


def _add_diagnostics(commands: Any) -> None:
    write = _command(commands, "diagnostics", "write all that support wants to know into one file")
    write.add_argument("file", type=Path, help="FILE.zip; passwords are left out")


def _add_count(commands: Any) -> None:
    count = _command(commands, "count", "make, review, post and list count sheets")
    steps = count.add_subparsers(dest="step", metavar="STEP", required=True)
    new = _command(steps, "new", "make a count sheet")
    new.add_argument("--location", metavar="PATH", default="")
    new.add_argument("--item", metavar="SKU", action="append", default=[], dest="items")
    new.add_argument("--blind", action="store_true", help="do not show what is expected")
    for name, about in (
        ("review", "tell where the counts differ from the ledger"),
        ("post", "post the counts of a sheet"),
    ):
        _command(steps, name, about).add_argument("sheet", type=_sheet)
    _command(steps, "list", "list the count sheets")


def _add_machinery(commands: Any) -> None:
    tour = _command(commands, "tour", "drive the window through the main job, leaving pictures")
    tour.add_argument("--out", metavar="DIR", type=Path, required=True)
    bench = _command(commands, "bench", "measure the program against the bare libraries")
    bench.add_argument("name", nargs="?", choices=BENCHES)
    bench.add_argument("--items", type=int, default=100_000)
    bench.add_argument("--movements", type=int, default=1_000_000)
    bench.add_argument("--url", help="the database to measure on")
