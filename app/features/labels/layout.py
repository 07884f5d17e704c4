"""A label with every text and barcode in its place, in whole dots of the printer."""

from collections.abc import Callable
from dataclasses import dataclass

from app.core.errors import Refused, marked
from app.core.labels import Label
from app.core.media import LabelStock, Resolution
from app.core.symbols import Symbol, Symbology
from app.features.labels.rules import as_matrix, choose_symbology, module_size
from app.features.labels.templates import (
    Align,
    Box,
    BoxKind,
    Fit,
    Template,
    TooWide,
    fields_of,
    fill,
)
from app.features.labels.typesetting import (
    BASELINE,
    LINE,
    Face,
    Measure,
    Room,
    Setting,
    set_text,
)

MakeSymbol = Callable[[Symbology, str], Symbol]

HRI_POINTS = (6.0, 9.0)
"""The smallest and largest type in which a barcode's data is written beside it."""

MOST_HRI_LINES = 3
_SHORTEST_BARS = 4.0  # millimetres
_BEARER = 2
"""Modules that the bars above and below an ITF-14 are thick (GS1 5.3: at least twice X)."""


class BarcodeTooWide(Refused):
    template = marked(
        "The label of {label} cannot be printed on {stock}: the barcode of “{content}” has no room"
        " there with bars that scanners can read. Choose larger labels."
    )


class TextTooLong(Refused):
    template = marked(
        "The label of {label} cannot be printed on {stock}: “{text}” has no room there in letters"
        " that can be read. Choose larger labels."
    )


@dataclass(frozen=True, slots=True)
class TextLine:
    """One line of text; `x` is its left end, `y` what its letters stand on, `size` in dots."""

    text: str
    x: int
    y: int
    size: int
    face: Face


@dataclass(frozen=True, slots=True)
class Bars:
    """A barcode in its place. `height` is that of linear bars; squares are `module` high."""

    symbol: Symbol
    x: int
    y: int
    module: int
    height: int

    @property
    def width(self) -> int:
        return self.symbol.width * self.module

    @property
    def row_height(self) -> int:
        return self.module if self.symbol.symbology.is_matrix else self.height

    def surroundings(self) -> tuple[int, int, int, int]:
        """Return left, top, right and bottom of the barcode with the white that belongs to it."""
        left, right = (quiet * self.module for quiet in self.symbol.symbology.quiet)
        above = left if self.symbol.symbology.is_matrix else 0
        bottom = self.y + self.height + above
        return self.x - left, self.y - above, self.x + self.width + right, bottom


@dataclass(frozen=True, slots=True)
class Block:
    """A black rectangle."""

    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Composition:
    """A label ready to be painted, or written as commands. Whatever does that, does only that."""

    label: Label
    width: int
    height: int
    texts: tuple[TextLine, ...]
    bars: tuple[Bars, ...]
    blocks: tuple[Block, ...] = ()


@dataclass(frozen=True, slots=True)
class Frame:
    """A box in dots."""

    x: int
    y: int
    width: int
    height: int


class Compositor:
    """Lays out labels of one stock at one resolution."""

    def __init__(
        self, stock: LabelStock, resolution: Resolution, measure: Measure, make: MakeSymbol
    ) -> None:
        self._stock = stock
        self._resolution = resolution
        self._measure = measure
        self._make = make

    def compose(self, label: Label, template: Template) -> Composition:
        """Put the label's fields into the template's boxes, stretched over the stock."""
        known = fields_of(label)
        texts: list[TextLine] = []
        bars: list[Bars] = []
        blocks: list[Block] = []
        for box in template.boxes:
            if box.when and not known[box.when]:
                continue
            frame = self._frame(box, template)
            value = fill(box.value, known, label.title)
            if box.kind is BoxKind.TEXT:
                texts.extend(self._text(value, box, frame, label))
                continue
            placed, written = self._barcode(value, box, frame, label)
            bars.append(placed)
            texts.extend(written)
            blocks.extend(_bearers(placed))
        width, height = (self._resolution.dots(side) for side in self._size)
        return Composition(label, width, height, tuple(texts), tuple(bars), tuple(blocks))

    @property
    def _size(self) -> tuple[float, float]:
        return self._stock.width, self._stock.height

    def _frame(self, box: Box, template: Template) -> Frame:
        margin = template.margin
        wide = (self._stock.width - 2 * margin) / (template.width - 2 * margin)
        high = (self._stock.height - 2 * margin) / (template.height - 2 * margin)
        dots = self._resolution.dots
        left, top = dots(margin + box.x * wide), dots(margin + box.y * high)
        right, bottom = dots(margin + (box.x + box.w) * wide), dots(margin + (box.y + box.h) * high)
        return Frame(left, top, right - left, bottom - top)

    def _text(self, value: str, box: Box, frame: Frame, label: Label) -> list[TextLine]:
        text = " ".join("".join(c if c.isprintable() else " " for c in value).split())
        if not text:
            return []
        points = self._resolution.points
        room = Room(frame.width, frame.height, box.lines, points(box.min_pt), points(box.max_pt))
        face = Face.BOLD if box.bold else Face.TEXT
        setting = set_text(text, face, room, self._measure)
        if not setting.is_whole and box.fit is Fit.WHOLE:
            raise TextTooLong(label=label.title, stock=self._stock.name, text=text)
        return self._placed(setting, face, frame, box.align)

    def _placed(self, setting: Setting, face: Face, frame: Frame, align: Align) -> list[TextLine]:
        lines: list[TextLine] = []
        for number, text in enumerate(setting.lines):
            spare = frame.width - round(self._measure(text, face) * setting.size)
            shift = {Align.LEFT: 0, Align.CENTER: spare // 2, Align.RIGHT: spare}[align]
            y = frame.y + round((number * LINE + BASELINE) * setting.size)
            lines.append(TextLine(text, frame.x + max(shift, 0), y, setting.size, face))
        return lines

    def _barcode(
        self, content: str, box: Box, frame: Frame, label: Label
    ) -> tuple[Bars, list[TextLine]]:
        wanted = _wanted(content, box, is_gs1=label.is_gs1)
        placed = self._bars(self._make(wanted, content), box, frame)
        if placed is None and box.on_too_wide is TooWide.DATAMATRIX and not wanted.is_matrix:
            placed = self._bars(self._make(as_matrix(wanted), content), box, frame)
        if placed is None:
            raise BarcodeTooWide(label=label.title, stock=self._stock.name, content=content)
        return placed

    def _bars(self, symbol: Symbol, box: Box, frame: Frame) -> tuple[Bars, list[TextLine]] | None:
        """Place a barcode and the writing beside it; None if there is no room for both."""
        if symbol.symbology.is_matrix:
            return self._squares(symbol, box, frame)
        module = self._module(symbol, box, frame.width)
        if not module:
            return None
        setting = self._hri(symbol, box, Frame(0, 0, frame.width, frame.height // 2))
        if setting is None:
            return None
        written = round(len(setting.lines) * LINE * setting.size)
        height = frame.height - written
        if height < self._resolution.dots(_SHORTEST_BARS):
            return None
        left = symbol.symbology.quiet[0] * module
        spare = (frame.width - symbol.full_width * module) // 2
        bars = Bars(symbol, frame.x + spare + left, frame.y, module, height)
        below = Frame(frame.x, frame.y + height, frame.width, written)
        return bars, self._placed(setting, Face.CODE, below, Align.CENTER)

    def _squares(
        self, symbol: Symbol, box: Box, frame: Frame
    ) -> tuple[Bars, list[TextLine]] | None:
        """Place a matrix at the left, what it says to the right of it."""
        module = self._module(symbol, box, min(frame.width, frame.height))
        if not module:
            return None
        quiet, side = symbol.symbology.quiet[0] * module, symbol.full_width * module
        beside = Frame(frame.x + side, frame.y, frame.width - side, frame.height)
        setting = self._hri(symbol, box, beside)
        if setting is None:
            return None
        spare = (frame.width - side) // 2 if not box.hri and box.align is Align.CENTER else 0
        bars = Bars(
            symbol, frame.x + spare + quiet, frame.y + quiet, module, len(symbol.rows) * module
        )
        return bars, self._placed(setting, Face.CODE, beside, Align.LEFT)

    def _module(self, symbol: Symbol, box: Box, room: int) -> int:
        needed = max(symbol.full_width, symbol.full_height)
        if isinstance(box.module, int):
            return box.module if box.module * needed <= room else 0
        return module_size(symbol.symbology, needed, room, self._resolution)

    def _hri(self, symbol: Symbol, box: Box, frame: Frame) -> Setting | None:
        """Set what the barcode says; None if there is no room for all of it."""
        if not box.hri:
            return Setting((), 0)
        smallest, largest = (self._resolution.points(size) for size in HRI_POINTS)
        room = Room(frame.width, frame.height, MOST_HRI_LINES, smallest, largest)
        if frame.width < smallest or frame.height < smallest * LINE:
            return None
        setting = set_text(symbol.content, Face.CODE, room, self._measure)
        return setting if setting.is_whole else None


def _wanted(content: str, box: Box, *, is_gs1: bool) -> Symbology:
    """Return the kind of barcode the template asks for, as GS1 where the data is a GS1 message."""
    if box.symbology == "auto":
        return choose_symbology(content, is_gs1=is_gs1)
    stated = Symbology(box.symbology)
    return as_matrix(Symbology.GS1_128) if is_gs1 and stated.is_matrix else stated


def _bearers(bars: Bars) -> list[Block]:
    """Frame an ITF-14 above and below, so that a slanted scan cannot read half of it."""
    if bars.symbol.symbology is not Symbology.ITF14:
        return []
    thick = _BEARER * bars.module
    top = Block(bars.x, bars.y, bars.width, thick)
    return [top, Block(bars.x, bars.y + bars.height - thick, bars.width, thick)]
