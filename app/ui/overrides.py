"""Lets a bug in a method that Qt calls be admitted, instead of taking the process with it.

PySide 6.9 on Python 3.11 crashes when an exception raised by C code (`int("x")`, `[][0]`) leaves
a method that overrides one of Qt's: it takes for an exception what Python makes into one only
when it is caught. So every such method is wrapped in something that catches it and lets it go on.
"""

import functools
import sys
from collections.abc import Callable, Iterator
from types import FunctionType
from typing import Any

from PySide6.QtCore import QObject

IS_NEEDED = sys.version_info < (3, 12)
MARK = "_is_guarded"


def guard_overrides() -> None:
    """Wrap the overrides of all classes of this program that were loaded so far."""
    if IS_NEEDED:
        for kind in set(_heirs(QObject)):
            _guard(kind)


def _heirs(kind: type) -> Iterator[type]:
    heirs: list[type] = kind.__subclasses__()
    for heir in heirs:
        if heir.__module__.startswith("app."):
            yield heir
        yield from _heirs(heir)


def _guard(kind: type) -> None:
    qt = [base for base in kind.__mro__ if base.__module__.startswith("PySide6")]
    for name, method in list(vars(kind).items()):
        is_override = isinstance(method, FunctionType) and any(name in vars(base) for base in qt)
        if is_override and name != "__init__" and not hasattr(method, MARK):
            setattr(kind, name, _guarded(method))


def _guarded(method: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(method)
    def call(*args: Any) -> Any:
        try:
            return method(*args)
        except Exception:
            raise  # now it is an exception in earnest

    setattr(call, MARK, True)
    return call
