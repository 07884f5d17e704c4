"""Puts off loading modules that libraries import at once and this program may never use."""

import sys
from collections.abc import Mapping
from importlib import import_module
from types import ModuleType
from typing import Any


class _Later(ModuleType):
    """Stands for a module until somebody asks for more of it than is known already."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__") and name != "__path__":
            raise AttributeError(name)  # who looks at all modules there are wants nothing of it
        return getattr(_load(self), name)


def load_later(name: str, known: Mapping[str, Any] | None = None) -> None:
    """Let imports of a module pass without loading it, unless it is loaded by now.

    `known` are parts of it that are there without loading it.
    """
    if name in sys.modules:
        return
    later = _Later(name)
    later.__dict__.update(known or {})
    sys.modules[name] = later
    parent, _, own = name.rpartition(".")
    if parent:
        setattr(import_module(parent), own, later)


def _load(later: ModuleType) -> ModuleType:
    name = later.__name__
    if sys.modules.get(name) is later:
        del sys.modules[name]
    return import_module(name)
