"""Signs Windows files where a command for it is set; without one they stay unsigned.

STOCKROOM_SIGN holds the command. `{file}` in it is the file; a tool that writes another one has
`{out}` for that. Paths in it have slashes: a backslash would have to be doubled.

osslsigncode sign -certs c.pem -key k.pem -h sha256 -in {file} -out {out}
"""

import os
import shlex
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from told import CannotGoOn

VARIABLE = "STOCKROOM_SIGN"


def sign(files: Sequence[Path], variables: Mapping[str, str]) -> bool:
    """Sign files in place; False where no command is set."""
    command = variables.get(VARIABLE, "").strip()
    if not command:
        return False
    for file in files:
        out = file.with_name(f"{file.name}.signed")
        words = [
            word.replace("{file}", str(file)).replace("{out}", str(out))
            for word in shlex.split(command)
        ]
        if subprocess.run(words, check=False).returncode:
            raise CannotGoOn(f"{file.name} could not be signed.")
        if out.exists():
            out.replace(file)
    return True


def defines(variables: Mapping[str, str]) -> list[str]:
    """Return what tells the installer's script to sign the uninstaller too."""
    if not variables.get(VARIABLE, "").strip():
        return []
    return [f'SIGN="{sys.executable}" "{Path(__file__).resolve()}"']


if __name__ == "__main__":
    sign([Path(word) for word in sys.argv[1:]], os.environ)
