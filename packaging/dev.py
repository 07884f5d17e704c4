"""Sets up what Stockroom needs in this checkout, then runs, tests or builds it.

python packaging/dev.py run [arguments of the program]
python packaging/dev.py test [arguments of pytest]
python packaging/dev.py build [linux|windows|all|trial|pack]
python packaging/dev.py prove-windows     # as root on Debian: builds and drives it under Wine
"""

import sys

if sys.version_info < (3, 11):  # noqa: UP036 - said before anything newer is read
    sys.exit("Stockroom needs Python 3.11 or newer; this is " + sys.version.split()[0])

import argparse
import io
import os
import shutil
import subprocess
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import artefacts
import debian
import environment
from bundle import build, built, version
from checks import run_steps, steps
from finish import moment_of
from nsis import Bundle, check_script
from told import CannotGoOn, report
from wine.apart import check_rights
from wine.prove import build_apart, prove_apart

STOPPED = 130
HERE = "windows" if sys.platform == "win32" else "linux"


def run(arguments: Sequence[str]) -> int:
    """Open the sample company; without a display take the tour and say where its pictures are.

    Any arguments but `--out` go to the program instead.
    """
    python = environment.prepare()
    showing = has_display(os.environ)
    if sys.platform == "linux":
        debian.provide(environment.VENV, with_display=showing)
    out, words = program_words(arguments, showing=showing)
    settings = dict(os.environ)
    if not showing:
        settings.setdefault("QT_QPA_PLATFORM", "offscreen")
    program = [str(python), str(environment.ROOT / "main.py"), *words]
    done = subprocess.run(program, check=False, env=settings)
    if out is not None and done.returncode == 0:
        report(f"No display here, so the tour was taken. Its pictures are in {out.resolve()}")
    return done.returncode


def program_words(arguments: Sequence[str], *, showing: bool) -> tuple[Path | None, list[str]]:
    """Return where the tour's pictures go, if it is taken, and the program's arguments."""
    parser = argparse.ArgumentParser("dev.py run", add_help=False)
    parser.add_argument("--out", type=Path)
    known, others = parser.parse_known_args(arguments)
    if others:
        return None, list(arguments)
    if showing and known.out is None:
        return None, ["--demo"]
    out = known.out or environment.ROOT / "build" / "tour"
    return out, ["tour", "--out", str(out)]


def has_display(variables: Mapping[str, str], platform: str = sys.platform) -> bool:
    """Tell whether a window can be shown here."""
    if platform in ("win32", "darwin"):
        return True
    return bool(variables.get("DISPLAY") or variables.get("WAYLAND_DISPLAY"))


def test(arguments: Sequence[str]) -> int:
    """Check style, types, layers and behaviour; 0 only if all of it passed."""
    python = environment.prepare(["dev", "build"])
    if sys.platform == "linux":
        debian.provide(environment.VENV, with_display=False)
        debian.provide_for_tests()
    return run_steps(python, steps(arguments))


def freeze(arguments: Sequence[str]) -> int:
    """Build what is given out, for this system, the other one, or both.

    Each time the program is tried where there is nothing else. `trial` leaves it at that, and at
    seeing that the installer's script can be compiled; `pack` goes on from there, so that what
    signs is known to that part alone.
    """
    what = arguments[0] if arguments else HERE
    if len(arguments) > 1 or what not in ("linux", "windows", "all", "trial", "pack"):
        raise CannotGoOn("dev.py build [linux|windows|all|trial|pack]")
    moment = moment_of(os.environ)
    if what == "pack":
        bundle = built()
        shutil.rmtree(artefacts.RELEASE, ignore_errors=True)
        give_out(HERE, bundle, moment)
        artefacts.write_release_sums(artefacts.RELEASE)
        return 0
    if sys.platform == "linux":
        debian.provide_for_bundle()
    if what == "trial":
        build(moment)
        if sys.platform == "linux":  # on Windows the release makes the installer itself
            try_installer_script()
        return 0
    shutil.rmtree(artefacts.RELEASE, ignore_errors=True)
    for platform in ("linux", "windows") if what == "all" else (what,):
        bundle = build(moment) if platform == HERE else bundle_from_elsewhere(platform)
        give_out(platform, bundle, moment)
    artefacts.write_release_sums(artefacts.RELEASE)
    return 0


def give_out(platform: str, bundle: Bundle, moment: int) -> None:
    """Make of a bundle what is given out for "linux" or "windows"."""
    make = artefacts.make_linux if platform == "linux" else artefacts.make_windows
    make(bundle, artefacts.RELEASE, environment.ROOT / "build" / platform, moment)


def try_installer_script() -> None:
    """Compile the installer's script with a dummy."""
    if not shutil.which("makensis"):
        debian.install(["nsis"])
    check_script(environment.ROOT / "build" / "nsis")


def bundle_from_elsewhere(platform: str) -> Bundle:
    """Return a finished bundle for the other system: Wine builds one for Windows, to be tried."""
    if platform != "windows":
        raise CannotGoOn(f"The bundle for {platform} cannot be made on this system.")
    check_rights()
    python = environment.prepare(["dev"])
    folder = environment.ROOT / "dist" / "windows" / "stockroom"
    shutil.rmtree(folder, ignore_errors=True)
    build_apart(python, folder)
    report("Built under Wine, with a Python put together for that: to be tried, not given out.")
    return Bundle(folder, version())


def prove_windows(_arguments: Sequence[str]) -> int:
    """Build the program for Windows here, install it under Wine, drive it, and print a table."""
    check_rights()
    python = environment.prepare(["dev"])
    debian.provide(environment.VENV, with_display=False)
    return prove_apart(python)


COMMANDS: dict[str, Callable[[Sequence[str]], int]] = {
    "run": run,
    "test": test,
    "build": freeze,
    "prove-windows": prove_windows,
}


def main(arguments: Sequence[str]) -> int:
    """Do what the first word says and return the exit status."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")  # a console of Windows cannot show all we say
    if not arguments or arguments[0] not in COMMANDS:
        print(__doc__)
        return 0 if arguments[:1] in ([], ["-h"], ["--help"]) else 2
    try:
        return COMMANDS[arguments[0]](arguments[1:])
    except CannotGoOn as reason:
        print(reason, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return STOPPED


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
