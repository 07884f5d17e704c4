"""Tells a barcode scanner's keys from typing, by their pace. Plain Python: no window, no clock.

The first keys are held back. If they prove to be typing they are given back, complete and in
order, before anything else; if they prove to be a scan nothing but the code is left of them.
"""

from dataclasses import replace
from enum import Enum, auto
from math import inf

from app.core.scanner import SUFFIXES, ScannerProfile
from app.scanning.burst import Burst, Repeats
from app.scanning.decisions import Decision, Fate, Outcome, Scan
from app.scanning.keys import (
    EDITING,
    GS,
    LOCKS,
    MODIFIERS,
    Key,
    character,
    is_alt_digit,
    is_line_feed,
    is_text,
)

FEWEST_STROKES = 3
"""So many keys show a pace."""

SHORTEST_LOSS = 6
"""Fewer characters at a scanner's pace, with nothing behind them, are given back as typing."""

CLEARLY_SLOWER = 1.25
"""A burst this much slower than its profile, seven keys long, is typing after all."""

CLOCK_JUMP_MS = 10_000
"""Keys this much older than the last: the clock has started over."""


class _State(Enum):
    IDLE = auto()
    CANDIDATE = auto()
    BURST = auto()
    FRAME = auto()


class Classifier:
    """Decides key by key. Call `expire` when `deadline` is over, in the keys' own clock."""

    def __init__(self, profile: ScannerProfile | None = None) -> None:
        self._profile = profile or ScannerProfile()
        self._hold_ms, self._avg_ms, self._min_len = self._profile.limits()
        self._state = _State.IDLE
        self._burst = Burst(self._profile.decode)
        self._repeats = Repeats()
        self._now = -inf
        self._guard_until = -inf
        self._lost_until = -inf
        self._lost = ""
        self._is_other_half = False
        self._last = ""
        self._last_end = -inf
        self._began = -inf
        self.deadline: float | None = None

    @property
    def is_holding(self) -> bool:
        return bool(self._burst.keys)

    def press(self, key: Key, *, raw: bool = False) -> Decision:
        """Decide on a key. `raw`: whatever has the focus wants its keys as they are."""
        key = self._in_order(key)
        before = self.catch_up(key.t_ms)
        is_repeat = self._repeats.is_real(key)
        self._repeats.note(key)
        char = character(key, self._profile.decode)
        if self._state == _State.IDLE:
            after = self._begin(key, char, raw or is_repeat)
        elif self._state == _State.FRAME:
            after = self._frame(key, char)
        else:
            after = self._go_on(key, char, is_repeat)
        return Decision(after.fate, before.resend + after.resend, before.scan or after.scan)

    def keeps(self, key: Key, *, raw: bool = False) -> bool:
        """Tell whether the key would be held or swallowed, without pressing it."""
        key = self._in_order(key)
        char = character(key, self._profile.decode)
        is_repeat = self._repeats.is_real(key)
        if self._state == _State.IDLE:
            is_wanted = self._starts(key, char) and not (raw or is_repeat)
            return is_wanted or self._is_echo(key, char)
        if self._state == _State.FRAME:
            return True
        if self._is_typing(key, char, is_repeat):
            return False
        if self._ends(char):
            return self._is_scan(key.t_ms) or self._is_late_half(key.t_ms)
        return True

    def catch_up(self, now_ms: float) -> Decision:
        """Let time pass up to a moment."""
        if self.deadline is None or now_ms <= self.deadline:
            return Decision()
        return self.expire()

    def expire(self) -> Decision:
        """Decide on what is held: nothing came behind it in time."""
        burst = self._burst
        is_whole = self._state == _State.FRAME and burst.text
        if is_whole or (self._state == _State.BURST and self._is_sure()):
            if self._profile.endings:
                return self._break_off()
            return self._deliver(self._unframed(), burst.last_ms)
        if self._state == _State.BURST and self._is_late_half():
            self._rest()
            return Decision()
        return self._give_back(Fate.SWALLOW)

    def interrupt(self) -> Decision:
        """Give back what may still be typing: the mouse was pressed, another window came up."""
        if self._state == _State.CANDIDATE:
            return self._give_back(Fate.SWALLOW)
        return Decision()

    # Where nothing is held

    def _begin(self, key: Key, char: str, as_it_is: bool) -> Decision:
        if self._is_echo(key, char):
            if key.t_ms > self._guard_until:
                self._lost_until = -inf
            return Decision(Fate.SWALLOW)
        if as_it_is or not self._starts(key, char):
            return Decision(Fate.PASS)
        self._began = key.t_ms
        self._is_other_half = key.t_ms <= self._lost_until
        if self._opens_frame(char):
            self._state = _State.FRAME
            self._burst.hold(key)
            self.deadline = key.t_ms + self._profile.frame_ms
            return Decision(Fate.HOLD)
        self._state = _State.CANDIDATE
        return self._add(key, char)

    def _is_echo(self, key: Key, char: str) -> bool:
        """A second Enter behind a scan, or the Enter of one that broke off."""
        if key.t_ms <= self._guard_until:
            return is_line_feed(key, char)
        return key.t_ms <= self._lost_until and self._ends(char)

    def _starts(self, key: Key, char: str) -> bool:
        if self._opens_frame(char) or is_alt_digit(key) or is_text(char):
            return True
        return (char == GS and key.text == GS) or (key.key == "Alt" and "C" not in key.mods)

    def _opens_frame(self, char: str) -> bool:
        """A prefix that can be typed must show a scanner's pace first."""
        return char != "" and char == self._profile.prefix and not is_text(char)

    # Where something is

    def _go_on(self, key: Key, char: str, is_repeat: bool) -> Decision:
        if self._is_typing(key, char, is_repeat):
            return self._give_back(Fate.PASS)
        if self._ends(char):
            return self._end(key.t_ms)
        return self._add(key, char)

    def _frame(self, key: Key, char: str) -> Decision:
        if char and char in self._profile.endings:
            text = self._unframed()
            return self._deliver(text, key.t_ms) if text else self._break_off()
        return self._add(key, char)

    def _is_typing(self, key: Key, char: str, is_repeat: bool) -> bool:
        """Once there is a pace, anything that keeps it is part of the scan."""
        if key.key in EDITING:
            return True
        if self._ends(char):
            return False
        if self._state == _State.BURST:
            is_long = self._burst.strokes > SHORTEST_LOSS
            return is_long and self._burst.mean_ms(key.t_ms) > self._avg_ms * CLEARLY_SLOWER
        is_part = is_text(char) or char == GS or is_alt_digit(key)
        return is_repeat or not (is_part or key.key in MODIFIERS | LOCKS)

    def _add(self, key: Key, char: str) -> Decision:
        if key.key in MODIFIERS | LOCKS:
            self._burst.hold(key)
        elif is_alt_digit(key):
            self._burst.count(key)
        else:  # a key that means nothing, at a scanner's pace, is its idea of a separator
            self._burst.spell(key, char or GS)
        self._look_at_pace(key.t_ms)
        return Decision(Fate.HOLD)

    def _look_at_pace(self, now_ms: float) -> None:
        profile, burst = self._profile, self._burst
        if self._state == _State.CANDIDATE:
            if burst.strokes >= FEWEST_STROKES and burst.mean_ms() <= self._avg_ms:
                is_framed = profile.prefix and burst.text.startswith(profile.prefix)
                self._state = _State.FRAME if is_framed else _State.BURST
                self.deadline = self._began + profile.frame_ms
            else:
                self.deadline = now_ms + self._hold_ms
        if self._state == _State.BURST and profile.endings:
            patience = max(profile.gap_ms, profile.stall_ms) if self._is_sure() else profile.gap_ms
            self.deadline = now_ms + patience
        elif self._state in (_State.BURST, _State.FRAME) and not profile.endings:
            self.deadline = now_ms + profile.silence_ms

    def _end(self, now_ms: float) -> Decision:
        if self._is_scan(now_ms):
            return self._deliver(self._unframed(), now_ms)
        if self._is_late_half(now_ms):
            self._rest()
            self._lost_until = -inf
            return Decision(Fate.SWALLOW)
        return self._give_back(Fate.PASS)

    def _ends(self, char: str) -> bool:
        return char != "" and (char in SUFFIXES["any"] or char in self._profile.endings)

    def _is_scan(self, now_ms: float) -> bool:
        text = self._burst.text
        shortest = self._min_len
        if self._profile.prefix and text.startswith(self._profile.prefix):
            shortest = len(self._profile.prefix) + 1
        return len(text) >= shortest and self._burst.mean_ms(now_ms) <= self._avg_ms

    def _is_late_half(self, now_ms: float | None = None) -> bool:
        return self._is_other_half and self._burst.mean_ms(now_ms) <= self._avg_ms

    def _is_sure(self) -> bool:
        """So many keys so fast are a scan, or part of one."""
        is_long = len(self._burst.text) >= SHORTEST_LOSS
        return is_long and self._burst.mean_ms() <= self._avg_ms

    def _unframed(self) -> str:
        return self._burst.text.removeprefix(self._profile.prefix)

    # How it ends

    def _deliver(self, text: str, end_ms: float) -> Decision:
        in_place = self._burst.in_place()
        self._rest()
        self._guard_until = end_ms + max(self._profile.guard_ms, self._profile.gap_ms)
        self._lost_until = -inf
        if self._is_other_half and not text.startswith(self._lost):
            return Decision(Fate.SWALLOW)
        is_again = text == self._last and self._began - self._last_end <= self._profile.repeat_ms
        self._last, self._last_end = text, end_ms
        outcome = Outcome.REPEATED if is_again else Outcome.COMPLETE
        return Decision(Fate.SWALLOW, scan=Scan(text, outcome, in_place))

    def _break_off(self) -> Decision:
        self._lost = self._unframed()
        self._lost_until = self._burst.last_ms + self._profile.lost_ms
        self._rest()
        return Decision(scan=Scan(self._lost, Outcome.BROKEN))

    def _give_back(self, fate: Fate) -> Decision:
        keys = tuple(self._burst.keys)
        self._rest()
        return Decision(fate, resend=keys)

    def _rest(self) -> None:
        self._burst = Burst(self._profile.decode)
        self._state = _State.IDLE
        self.deadline = None

    def _in_order(self, key: Key) -> Key:
        """Times never run backwards, but when the system's clock has gone once around."""
        if key.t_ms < self._now - CLOCK_JUMP_MS:
            self._guard_until = self._lost_until = self._last_end = -inf
            self._now = key.t_ms
            if self.deadline is not None:
                self.deadline = key.t_ms
        self._now = max(self._now, key.t_ms)
        return key if key.t_ms == self._now else replace(key, t_ms=self._now)
