"""The whole day, step by step, in the real window, on the sample company."""

import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QApplication

from app import __version__
from app.core.companies import Kind, Wanted
from app.core.logs import close_log
from app.demo.opening import opening_demo
from app.ledger.verify import verify
from app.settings import Settings
from app.shell.crash import forget_last_words
from app.shell.frame import Frame
from app.shell.program import Asking, Program
from app.tour.counting import Counting
from app.tour.printing import Printing
from app.tour.report import Report
from app.tour.stage import SIZE, THEMES, Stage
from app.tour.warehouse import Warehouse
from app.ui.preferences import keep_preferences
from app.ui.theme import look

Step = tuple[str, Callable[[], dict[str, Any] | None]]


def take_tour(folder: Path, *, as_json: bool = False) -> int:
    """Take the tour, leave pictures, workbook, labels and summary.json in the folder.

    Returns 0 if every step went well, 1 otherwise. Settings and preferences of the user are
    neither read nor changed.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="stockroom-tour-") as scratch:
        report = _tour(folder.resolve(), Path(scratch))
    summary = folder / "summary.json"
    print(summary.read_text("utf-8") if as_json else _told(report, summary))
    return 0 if report.ok else 1


def _tour(folder: Path, scratch: Path) -> Report:
    application = QApplication.instance() or QApplication(["stockroom"])
    assert isinstance(application, QApplication)
    keep_preferences(scratch / "preferences.ini")
    look().dress(application, THEMES[0])
    settings = Settings(user="tour", theme=THEMES[0])
    frame = Frame()
    frame.resize(*SIZE)
    frame.show()
    asking = Asking(partial(_open_sample, scratch / "company.db"))
    program = Program(settings, None, file=scratch / "settings.toml", log=scratch, asking=asking)
    program.keep_watch()
    frame.fill(program.window)
    report = Report(folder)
    stage = Stage(application, program, frame, folder)
    try:
        report.run(_steps(stage))
    finally:
        frame.close()
        program.close()
        close_log(scratch)
        forget_last_words()
        report.write(
            version=__version__, platform=application.platformName(), pictures=stage.pictures
        )
    return report


def _open_sample(file: Path, wanted: Wanted) -> Any:
    """Open a sample company of the tour's own, whatever lies at the user's places."""
    assert wanted.kind == Kind.SAMPLE
    return opening_demo(file)


def _steps(stage: Stage) -> list[Step]:
    warehouse, printing, counting = Warehouse(stage), Printing(stage), Counting(stage)
    return [
        ("choose a company", warehouse.choose_company),
        ("open the sample company", warehouse.open_company),
        ("receive a purchase order", warehouse.receive),
        ("queue labels", printing.queue),
        ("print labels and read them back", printing.save),
        ("look stock up", warehouse.look_up),
        ("transfer by scanning", warehouse.transfer),
        ("make and export a count sheet", counting.make),
        ("import counts with a slip", counting.fill_in),
        ("import the mended counts", counting.mend),
        ("review the count", counting.review),
        ("post the count", counting.post),
        ("enter a transfer late", warehouse.enter_late),
        ("look at the catalogue", partial(_look_at_catalogue, stage)),
        ("look at the settings", partial(_look_at_settings, stage)),
        ("verify the ledger", partial(_verify, stage)),
    ]


def _look_at_catalogue(stage: Stage) -> dict[str, Any]:
    stage.open_by_key("F9")
    stage.picture("catalogue")
    stage.open_by_key("F1")
    stage.picture("keys")
    return {}


def _look_at_settings(stage: Stage) -> dict[str, Any]:
    stage.open_by_key("F10")
    stage.picture("settings")
    return {}


def _verify(stage: Stage) -> dict[str, Any]:
    checks = stage.program.database.run(verify)
    wrong = [difference for check in checks for difference in check.differences]
    assert not wrong, "; ".join(wrong)
    return {"checks": [check.name for check in checks]}


def _told(report: Report, summary: Path) -> str:
    lines = [
        f"{'ok  ' if step.ok else 'FAIL'} {step.milliseconds:>8.0f} ms  {step.name} {step.problem}"
        for step in report.steps
    ]
    return "\n".join([*lines, str(summary)])
