"""The package for group policy: installed, replaced and removed by Windows itself."""

from pathlib import Path

from msi import product_code

from wine.building import changed_files
from wine.installed import Installed, all_users, one_user
from wine.rig import Rig, Version
from wine.table import Table, expect
from wine.working import close_window, open_screen

FAILED = {1603 % 256, 1627 % 256}
"""What is left of Windows' numbers when Wine ends with them; Windows itself says 1603 alone."""

LISTED = "HKLM\\Software\\Microsoft\\Windows\\CurrentVersion\\Uninstall"


class Msi:
    """The older version, the newer one in its place, and nothing."""

    def __init__(self, rig: Rig, older: Version, newer: Version) -> None:
        self._rig, self._older, self._newer = rig, older, newer
        self._program = Installed(rig.windows, all_users(rig.windows))

    def prove(self, table: Table) -> None:
        table.prove("MSI installation", self._install)
        table.prove("refused while running: MSI", self._refuse)
        table.prove("MSI upgrade to other files, data kept", self._upgrade)
        table.prove("MSI of an older version refused", self._refuse_older)
        table.prove("MSI removal, data kept", self._remove)

    def _install(self) -> str:
        self._run("/i", self._older)
        found = [name for name, file in self._shortcuts().items() if file.exists()]
        expect(found, "no shortcut")
        return f"{self._check(self._older)}, shortcut for {found[0]}"

    def _refuse(self) -> str:
        """Whether Windows would close the program before it asks the package, Wine cannot tell."""
        process = self._program.open()
        try:
            open_screen(self._rig.screen, "F4", "Transfer")
            before = self._program.data()
            for word, version in (("/i", self._newer), ("/x", self._older)):
                code = self._ask(word, version)
                expect(code in FAILED, f"msiexec {word} ended with {code}")
                expect(self._program.is_running(), "the program does not run any more")
            expect(self._program.data() == before, "the data is another")
            self._rig.screen.wait_for("Stockroom")  # the keys are with nobody by now
            close_window(self._program, self._rig.screen, process)
        finally:
            self._program.stop()
        return f"refused both times; {self._check(self._older)}"

    def _upgrade(self) -> str:
        before = self._program.data()
        self._run("/i", self._newer)
        expect(self._program.data() == before, "the package changed the data")
        expect(not self._listed(self._older), "the older one is still listed")
        differing = changed_files(self._older.bundle, self._newer.bundle)
        return f"{self._check(self._newer)}; {differing}"

    def _refuse_older(self) -> str:
        code = self._ask("/i", self._older)
        expect(code in FAILED, f"msiexec ended with {code}")
        return f"refused; {self._check(self._newer)}"

    def _remove(self) -> str:
        before = self._program.data()
        self._run("/x", self._newer)
        self._program.check_gone()
        expect(not self._listed(self._newer), "it is still listed")
        expect(
            not any(file.exists() for file in self._shortcuts().values()), "shortcut still there"
        )
        expect(before and self._program.data() == before, "the data is another")
        return "files, list and shortcut gone"

    def _check(self, version: Version) -> str:
        """Expect this version alone to be there, to be listed, and to work."""
        self._program.check_files(version.bundle)
        listed = self._listed(version).get("DisplayVersion", "")
        expect(listed.startswith(version.name), f"listed as {listed!r}")
        told = self._program.ask("--version").said.split()
        expect(told == ["stockroom", version.name], f"says it is {told}")
        self._program.check_works()
        return f"{version.name} listed and alone in Program Files, both programs work"

    def _listed(self, version: Version) -> dict[str, str]:
        return self._rig.windows.registry(f"{LISTED}\\{{{product_code(version.bundle)}}}")

    def _shortcuts(self) -> dict[str, Path]:
        """Return where it may be: unlike Windows, Wine heeds no ALLUSERS when it makes them."""
        windows = self._rig.windows
        scopes = {"all users": all_users(windows), "this user": one_user(windows)}
        return {name: scope.shortcut for name, scope in scopes.items()}

    def _run(self, word: str, version: Version) -> None:
        code = self._ask(word, version)
        expect(code == 0, f"msiexec {word} {version.msi.name} ended with {code}")

    def _ask(self, word: str, version: Version) -> int:
        return self._rig.windows.run(["msiexec", word, version.msi, "/qn"]).code
