"""Files that lie where nothing can be written: SQLite needs room for its log beside them."""

import os
import sys
from pathlib import Path

from app.core.errors import Unavailable, marked


class FolderNotWritable(Unavailable):
    template = marked(
        "{place} cannot be opened to work on, because nothing can be written to its folder"
        " {folder}. Ask for the right to write there, or copy the file to a folder of your own and"
        " open the copy."
    )


class OnReadOnlyStorage(Unavailable):
    template = marked(
        "{place} lies where nothing can be written: it can be looked at, but not changed. Copy it"
        " to a folder of this PC to work on it."
    )


def may_be_looked_at(file: Path) -> bool:
    """Tell whether the file alone holds all there is, and cannot change while it is looked at."""
    if sys.platform == "win32" or not os.path.isfile(file):
        return False
    is_read_only = bool(os.statvfs(file).f_flag & os.ST_RDONLY)
    return is_read_only and not os.path.exists(f"{file}-wal")
