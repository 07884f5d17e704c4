"""All that support wants to know, in one file: versions, settings without secrets, logs, the
database looked over. It is made without changing anything, also where nothing works any more."""

import json
import os
import re
import zipfile
from collections.abc import Generator, Iterator
from contextlib import closing
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from app.core.errors import Refused, Unavailable, marked
from app.core.progress import Progress
from app.core.secrets import masked, without_secrets
from app.db.copying import gone_on_failure
from app.db.database import Database
from app.db.health import look_over
from app.db.migrations import LATEST, REVISIONS
from app.features.settings.surroundings import Facts, surroundings, tried
from app.ledger.verify import verify
from app.policy import policy_place, read_policy, update_address
from app.salvage import kept_aside, look_at_settings
from app.settings import (
    Settings,
    log_folder,
    preferences_file,
    settings_file,
    usual_database,
)

LOG_NAME = re.compile(r"stockroom[\w.-]*\.log(?:\.\d+)?", re.ASCII)
LOG_END = 2_000_000  # bytes of each log, the last ones
STEPS = 10
"""About so many steps there are; only how far it is hangs on it."""


class NoZip(Refused):
    template = marked("{file} does not end in .zip. Name the file so: stockroom.zip.")


class DiagnosticsNotWritten(Unavailable):
    template = marked(
        "The file for support cannot be written to {file} ({detail}). Choose another folder, or "
        "make room there."
    )


@dataclass(frozen=True, slots=True)
class Diagnosed:
    """The file that was written, and what is wrong at first sight."""

    file: Path
    findings: tuple[str, ...]


def write_diagnostics(file: Path, where: str = "") -> Generator[Progress, None, Diagnosed]:
    """Write all there is to know into a ZIP file; `where` is the database, "" the one that is set.

    Raises NoZip and DiagnosticsNotWritten, and nothing for what is broken: that is told in it.
    """
    if file.suffix.lower() != ".zip":
        raise NoZip(file=file)
    try:
        part = file.with_name(f"{file.name}.{os.getpid()}.part")
        with gone_on_failure(part):
            with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED) as archive:
                facts = yield from _write(archive, where)
            part.replace(file)
    except OSError as fault:
        raise DiagnosticsNotWritten(file=file, detail=fault.strerror or fault) from fault
    return Diagnosed(file, tuple(_findings(facts)))


def _write(archive: zipfile.ZipFile, where: str) -> Generator[Progress, None, Facts]:
    settings, trouble = look_at_settings(settings_file())
    where = where or settings.database or str(usual_database())
    facts: Facts = {
        "made_at": datetime.now().astimezone().isoformat(timespec="seconds"),
        **surroundings(where),
        "settings": {**asdict(settings), "trouble": str(trouble or "")},
        "updates": tried(lambda: _updates(settings)),
        "database": {"address": where},
    }
    for path in (settings_file(), kept_aside(settings_file()), preferences_file()):
        _add_text(archive, path.name, path)
    for log in _logs():
        _add_text(archive, f"logs/{log.name}", log)
    yield Progress(1, STEPS)
    for done, found in enumerate(_examined(where), start=2):
        facts["database"] |= found
        yield Progress(min(done, STEPS), STEPS)
    report = json.dumps(without_secrets(facts), indent=2, ensure_ascii=False, default=str)
    archive.writestr("report.json", report)
    return facts


def _updates(settings: Settings) -> Facts:
    """Tell where newer versions are looked for in the end, and who says so."""
    address, is_fixed = update_address(settings, read_policy())
    own = str(settings_file()) if address else ""
    return {"address": address, "said_by": policy_place() if is_fixed else own}


def _logs() -> list[Path]:
    try:
        files = sorted(log_folder().iterdir())
    except OSError:  # none was written, or not by this user
        return []
    return [file for file in files if LOG_NAME.fullmatch(file.name)]


def _add_text(archive: zipfile.ZipFile, name: str, path: Path) -> None:
    """Put a text in without its secrets, as far as it can be read; the last of a long one."""
    try:
        with path.open("rb") as file:
            file.seek(max(0, path.stat().st_size - LOG_END))
            text = file.read(LOG_END).decode("utf-8", "replace")
    except FileNotFoundError:
        return
    except OSError as fault:
        text = f"cannot be read: {fault}"
    archive.writestr(name, masked(text))


def _examined(where: str) -> Iterator[Facts]:
    """Look at the database, and prove its figures where it is whole and of this version."""
    try:
        database = Database(where)
    except Exception as fault:
        yield {"failed": masked(f"{type(fault).__name__}: {fault}")}
        return
    with closing(database):
        facts: Facts = {"place": database.place}
        yield facts
        for found in look_over(database):
            facts |= found
            yield found
        schema = facts.get("schema", {})
        if schema.get("found") == LATEST and facts.get("integrity", ["ok"]) == ["ok"]:
            yield {"verify": tried(lambda: _proven(database))}


def _proven(database: Database) -> Facts:
    with database.reading() as session:
        steps = verify(session)
        while True:
            try:
                next(steps)
            except StopIteration as end:
                return {check.name: list(check.differences[:20]) for check in end.value}


def _findings(facts: Facts) -> Iterator[str]:
    """Name what is wrong at first sight, in the words of the report."""
    if trouble := facts["settings"]["trouble"]:
        yield masked(f"settings: {trouble}")
    if failed := facts["updates"].get("failed"):
        yield f"updates: {failed}"
    yield from _of_database(facts["database"])
    for folder in facts["folders"]:
        if not folder.get("is_writable", True):
            yield f"{folder['what']}: {folder['path']} cannot be written to"


def _of_database(found: Facts) -> Iterator[str]:
    yield from (f"{name}: {what}" for name, what in _failures(found))
    if "failed" not in found and "schema" not in found:
        place = found["place"]
        is_folder = os.path.isdir(place)
        yield f"database: {place} is {'a folder, no file' if is_folder else 'not there'}"
    yield from _of_version(found.get("schema", {}))
    lists = {name: found.get(name) for name in ("integrity", "broken_references")}
    for name, told in {**lists, **found.get("verify", {})}.items():
        if isinstance(told, list) and told not in (["ok"], []):
            yield f"{name}: {told[0]}"


def _of_version(schema: Facts) -> Iterator[str]:
    found = schema.get("found", LATEST)
    if not found:
        yield "schema: there is no company in it yet"
    elif found in REVISIONS[:-1]:
        yield f"schema: of an older version ({found}, not yet {LATEST})"
    elif found != LATEST:
        yield f"schema: made by a newer version ({found}, this program knows {LATEST})"


def _failures(found: Facts) -> Iterator[tuple[str, str]]:
    for name, value in {"database": found, **found}.items():
        if isinstance(value, dict) and "failed" in value:
            yield name, value["failed"]
