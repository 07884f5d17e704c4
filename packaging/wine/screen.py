"""A screen nobody sees, and a keyboard that types on it as a scanner does."""

import subprocess
from pathlib import Path
from time import monotonic, sleep

from told import CannotGoOn

SIZE = "1360x860x24"
SCANNER_PACE = 2  # milliseconds between two keys
TYPIST_PACE = 80


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

    def write(self, text: str) -> None:
        """Type as a person does."""
        self._do(["xdotool", "type", "--delay", str(TYPIST_PACE), text])

    def front(self) -> str:
        """Return the title of the window that has the keyboard."""
        return " ".join(self._ask(["getactivewindow", "getwindowname"]))

    def minimize(self, number: str) -> None:
        """Put a window away, as its button does."""
        self._do(["xdotool", "windowminimize", "--sync", number])

    def wait_to_read(self, *texts: str, patience: float = 30.0) -> str:
        """Return what is on the screen once all of these stand there, however they are broken."""
        end = monotonic() + patience
        while True:
            found = self.read()
            missing = [text for text in texts if squeezed(text) not in squeezed(found)]
            if not missing:
                return found
            if monotonic() > end:
                raise LookupError(f"not on the screen: {missing}; there stands: {found[:400]}")

    def read(self) -> str:
        """Return the words on the screen, as far as a machine can read them from the picture."""
        variables = {**self._variables(), "OMP_THREAD_LIMIT": "1"}
        seen = subprocess.run(
            ["import", "-window", "root", "-resize", "200%", "png:-"],
            check=True,
            env=variables,
            capture_output=True,
        )
        told = subprocess.run(
            ["tesseract", "stdin", "stdout", "-l", "eng", "--psm", "11"],
            check=True,
            env=variables,
            input=seen.stdout,
            capture_output=True,
        )
        return told.stdout.decode("utf-8")

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


def squeezed(text: str) -> str:
    """Return a text's letters and figures alone: blanks and dots are read this way or that."""
    return "".join(letter for letter in text.casefold() if letter.isalnum())
