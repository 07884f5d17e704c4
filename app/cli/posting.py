"""`post`: documents of a JSON Lines file, each whole or refused whole, answered one by one."""

import sys
from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

from app.cli.answers import complain, say, say_json
from app.cli.documents import Stated, key_of, parse_document
from app.core.documents import Posted
from app.core.errors import AppError, Refused, Unavailable, marked
from app.db.database import Database
from app.ledger.posting import post

STANDARD_INPUT = "-"
BLANK = b" \t\r\n\xef\xbb\xbf"


class UnreadableFile(Unavailable):
    template = marked("{file} cannot be read ({detail}). Check its name and your right to read it.")


def post_file(database: Database, options: Namespace) -> int:
    """Post every document of the file; 0 if all are posted, 1 if some were refused.

    An answer is written only when its document is on disk.
    """
    refused = 0
    with _lines(options.file) as lines:
        for number, line in enumerate(lines, start=1):
            if not line.strip(BLANK):
                continue
            answer = _post_line(database, line, options.user)
            _say(answer, number, json_wanted=options.json)
            if isinstance(answer, Refusal):
                refused += 1
                if options.stop or isinstance(answer.error, Unavailable):
                    break
    return 1 if refused else 0


class Refusal:
    """A document that was not posted, and why."""

    def __init__(self, key: str | None, error: AppError) -> None:
        self.key = key
        self.error = error


def _post_line(database: Database, line: bytes, user: str) -> Posted | Refusal:
    try:
        stated = parse_document(line)
        posted = database.run(lambda session: post(session, stated.document, user=user))
    except (Refused, Unavailable) as error:
        return Refusal(key_of(line), error)
    return _with_warnings(posted, stated)


def _with_warnings(posted: Posted, stated: Stated) -> Posted:
    warnings = (*stated.warnings, *posted.warnings)
    return Posted(posted.key, posted.number, warnings, posted.again)


def _say(answer: Posted | Refusal, number: int, *, json_wanted: bool) -> None:
    if json_wanted:
        say_json(_as_json(answer))
    elif isinstance(answer, Posted):
        again = " (posted before)" if answer.again else ""
        say(f"{answer.number}{again}  {answer.key}  {' '.join(answer.warnings)}".rstrip())
    else:
        where = f", line {answer.error.line}" if answer.error.line else ""
        complain(f"Document {number}{where}: {answer.error}")


def _as_json(answer: Posted | Refusal) -> dict[str, Any]:
    if isinstance(answer, Posted):
        warnings = list(answer.warnings)
        return {"key": answer.key, "ok": True, "number": answer.number, "warnings": warnings}
    return {
        "key": answer.key,
        "ok": False,
        "error": answer.error.code,
        "message": str(answer.error),
        "line": answer.error.line,
    }


@contextmanager
def _lines(file: str) -> Iterator[BinaryIO]:
    """Open the file; what cannot be read, at its start or further on, is `UnreadableFile`."""
    try:
        if file == STANDARD_INPUT:
            yield sys.stdin.buffer
        else:
            with Path(file).open("rb") as opened:
                yield opened
    except BrokenPipeError:
        raise
    except OSError as fault:
        raise UnreadableFile(file=file, detail=fault.strerror) from fault
