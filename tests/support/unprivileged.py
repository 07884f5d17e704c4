"""Act without the rights of root, whom no file refuses anything."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def unprivileged() -> Iterator[None]:
    """Within the block the process is nobody, if it was root."""
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    if is_root:
        os.seteuid(65534)
    try:
        yield
    finally:
        if is_root:
            os.seteuid(0)


@contextmanager
def open_folder() -> Iterator[Path]:
    """A folder that everybody can reach, unlike those of pytest."""
    with tempfile.TemporaryDirectory(prefix="stockroom-") as name:
        folder = Path(name)
        folder.chmod(0o777)
        yield folder
        folder.chmod(0o777)


@contextmanager
def refusing_folder() -> Iterator[Path]:
    """A folder in which this process may make nothing."""
    with open_folder() as folder:
        if sys.platform == "win32":
            nobody_may_write = ["icacls", str(folder), "/deny", "*S-1-1-0:(WD)"]
            subprocess.run(nobody_may_write, check=False, capture_output=True)
        else:
            folder.chmod(0o555)
        with unprivileged():
            yield folder
