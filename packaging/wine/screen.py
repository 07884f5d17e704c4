"""A screen nobody sees, and a keyboard that types on it as a scanner does."""

import subprocess
from pathlib import Path
from time import monotonic, sleep

from told import CannotGoOn

SIZE = "1360x860x24"
SCANNER_PACE = 2  # milliseconds between two keys


class Screen:
    """A virtual screen with a window manager: without one no window would have the keyboard."""

    def __init__(self) -> None:
        command = ["Xvfb", "-displayfd", "1", "-screen", "0", SIZE, "-nolisten", "tcp"]
        self._server = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        )
        assert self._server.stdout
        number = self._server.stdout.readline().strip()
        if not number:
            raise CannotGoOn("Xvfb did not start.")
        self.display = f":{number}"
        self._manager = subprocess.Popen(
            ["openbox", "--sm-disable"],
            env=self._variables(),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def close(self) -> None:
        for process in (self._manager, self._server):
            process.terminate()
            process.wait()

    def use_layout(self, name: str) -> None:
        """Type from now on as on a keyboard of a country: us, de, …"""
        self._do(["setxkbmap", name])

    def wait_for(self, title: str, patience: float = 60.0) -> str:
        """Return the number of the window with a title, when it is there, and give it the keys."""
        end = monotonic() + patience
        while monotonic() < end:
            found = self._ask(["search", "--onlyvisible", "--name", title])
            if found:
                self._do(["xdotool", "windowactivate", "--sync", found[-1]])
                return found[-1]
            sleep(0.1)
        raise LookupError(f"No window called {title} in {patience:.0f} s")

    def titles(self) -> list[str]:
        """Return the titles of all windows."""
        numbers = self._ask(["search", "--onlyvisible", "--name", "."])
        return [" ".join(self._ask(["getwindowname", number])) for number in numbers]

    def scan(self, code: str) -> None:
        """Type a code as a scanner does, and Enter after it."""
        self._do(["xdotool", "type", "--delay", str(SCANNER_PACE), code])
        self.key("Return")

    def key(self, name: str) -> None:
        """Press a key by its name: F2, ctrl+Return, alt+F4."""
        self._do(["xdotool", "key", "--clearmodifiers", name])

    def picture(self, file: Path) -> None:
        """Keep what is on the screen."""
        file.parent.mkdir(parents=True, exist_ok=True)
        self._do(["import", "-window", "root", str(file)])

    def _ask(self, words: list[str]) -> list[str]:
        done = subprocess.run(
            ["xdotool", *words], check=False, capture_output=True, text=True, env=self._variables()
        )
        return done.stdout.split("\n")[:-1]

    def _do(self, words: list[str]) -> None:
        subprocess.run(words, check=True, env=self._variables(), capture_output=True)

    def _variables(self) -> dict[str, str]:
        return {"DISPLAY": self.display, "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"}
