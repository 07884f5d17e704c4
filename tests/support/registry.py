"""What an administrator sets in the registry of Windows, for this process alone."""

import ctypes
import sys
from collections.abc import Iterator
from contextlib import contextmanager

if sys.platform == "win32":
    import winreg

    OWN = r"Software\Stockroom of the tests"

    @contextmanager
    def own_machine() -> Iterator[None]:
        """Within the block a key of the user's is taken for that of the whole machine."""
        machine = ctypes.c_void_p(winreg.HKEY_LOCAL_MACHINE)
        override = ctypes.windll.advapi32.RegOverridePredefKey
        with winreg.CreateKey(winreg.HKEY_CURRENT_USER, OWN) as key:
            assert override(machine, ctypes.c_void_p(key.handle)) == 0
            try:
                yield
            finally:
                override(machine, None)
                _delete(OWN)

    def set_for_all(place: str, name: str, value: str | int) -> None:
        kind = winreg.REG_SZ if isinstance(value, str) else winreg.REG_DWORD
        with winreg.CreateKey(winreg.HKEY_LOCAL_MACHINE, place) as key:
            winreg.SetValueEx(key, name, 0, kind, value)

    def _delete(place: str) -> None:
        with winreg.OpenKey(winreg.HKEY_CURRENT_USER, place) as key:
            inner = [winreg.EnumKey(key, at) for at in range(winreg.QueryInfoKey(key)[0])]
        for name in inner:
            _delete(rf"{place}\{name}")
        winreg.DeleteKey(winreg.HKEY_CURRENT_USER, place)
