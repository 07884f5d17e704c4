"""Plays recorded key strokes to the classifier and notes what would come out of the window."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from app.core.scanner import Decode, ScannerProfile
from app.scanning.classifier import Classifier
from app.scanning.decisions import Decision, Fate, Outcome
from app.scanning.keys import Key

DATA = Path(__file__).parent / "data"


def wedge_vectors() -> list[dict[str, Any]]:
    return json.loads((DATA / "wedge_vectors.json").read_text("utf-8"))["vectors"]


def profile_of(vector: dict[str, Any]) -> ScannerProfile:
    """The scanner of a vector; a separator of its own needs no setting here."""
    known = {entry.name for entry in fields(ScannerProfile)}
    given = {name: value for name, value in vector["profile"].items() if name in known}
    if "decode" in given:
        given["decode"] = Decode(given["decode"])
    return ScannerProfile(**given)


def keys_of(vector: dict[str, Any]) -> list[Key]:
    """The strokes at the moments the system says they were pressed."""
    times = vector["native_times"] or [event[0] for event in vector["events"]]
    return [
        Key(time, text, name, scancode, mods, autorepeat)
        for time, (_, name, text, mods, scancode, autorepeat) in zip(
            times, vector["events"], strict=True
        )
    ]


@dataclass
class Heard:
    """`typed` is what a field with the focus would have received."""

    typed: str = ""
    passed: list[Key] = field(default_factory=list)
    complete: list[str] = field(default_factory=list)
    repeated: list[str] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)

    def note(self, key: Key | None, decision: Decision) -> None:
        for given_back in decision.resend:
            self._receive(given_back)
        if decision.scan:
            kinds = {
                Outcome.COMPLETE: self.complete,
                Outcome.REPEATED: self.repeated,
                Outcome.BROKEN: self.broken,
            }
            kinds[decision.scan.outcome].append(decision.scan.text)
        if key and decision.fate == Fate.PASS:
            self._receive(key)

    def _receive(self, key: Key) -> None:
        self.passed.append(key)
        if not set(key.mods) & {"C", "A"}:
            self.typed += key.text


def replay(
    keys: Iterable[Key], profile: ScannerProfile | None = None, *, raw: bool = False
) -> Heard:
    classifier = Classifier(profile)
    heard = Heard()
    for key in keys:
        heard.note(None, classifier.catch_up(key.t_ms))
        kept = classifier.keeps(key, raw=raw)
        decision = classifier.press(key, raw=raw)
        assert kept == (decision.fate != Fate.PASS), "what stops a shortcut must be foreseen"
        heard.note(key, decision)
    while classifier.deadline is not None:
        heard.note(None, classifier.expire())
    return heard
