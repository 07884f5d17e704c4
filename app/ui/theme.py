"""How everything looks: roles instead of colours, light and dark, from one style sheet."""

import re
from collections.abc import Mapping
from enum import StrEnum

from PySide6.QtCore import QDir, QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from app.core.resources import resource
from app.core.tones import Tone
from app.ui.preferences import preferences


class Role(StrEnum):
    """What a colour is for."""

    WINDOW = "window"
    SURFACE = "surface"
    RAISED = "raised"
    TEXT = "text"
    QUIET = "quiet"
    LINE = "line"
    EDGE = "edge"
    ACCENT = "accent"
    ON_ACCENT = "on-accent"
    ACCENT_SURFACE = "accent-surface"
    GOOD = "good"
    ASK = "ask"
    BAD = "bad"
    GOOD_SURFACE = "good-surface"
    ASK_SURFACE = "ask-surface"
    BAD_SURFACE = "bad-surface"


def _roles(colours: str) -> Mapping[Role, str]:
    return dict(zip(Role, colours.split(), strict=True))


LIGHT = _roles(
    "#F6F7F9 #FFFFFF #FFFFFF #1B1F24 #57606A #D8DEE4 #808A94 #0B6BCB #FFFFFF #E4F0FC"
    " #1A7F37 #9A6700 #CF222E #E6F6EA #FFF6DB #FFECEB"
)
DARK = _roles(
    "#16181C #1E2126 #272B31 #E6EAEF #9BA6B2 #363C44 #77818C #5AA9F8 #10141A #1C3450"
    " #4AC26B #E3B341 #FF7B72 #14301C #33290F #3A1A1A"
)

TONES = {Tone.GOOD: Role.GOOD, Tone.ASK: Role.ASK, Tone.BAD: Role.BAD}
TONE_SURFACES = {
    Tone.GOOD: Role.GOOD_SURFACE,
    Tone.ASK: Role.ASK_SURFACE,
    Tone.BAD: Role.BAD_SURFACE,
}

POINTS = {"status": 9, "text": 10, "part": 12, "document": 16, "big": 28}
"""Sizes of text in points, by what is written in them."""

TEXT_SIZES = (90, 100, 115, 130)  # per cent
ROW_HEIGHTS = {"compact": 22, "normal": 28, "comfortable": 36}  # pixels

THEMES = {
    "system": Qt.ColorScheme.Unknown,
    "light": Qt.ColorScheme.Light,
    "dark": Qt.ColorScheme.Dark,
}


class Look(QObject):
    """The look in force. Whoever paints by hand repaints when it has `changed`."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.is_dark = False
        self._colours = _as_colours(LIGHT)
        self._theme = "system"
        self._application: QApplication | None = None
        self._is_dressed = False

    def colour(self, role: Role) -> QColor:
        return self._colours[role]

    @property
    def text_size(self) -> int:
        """Per cent of the normal size of text."""
        return preferences().get("look/text_size", 100)

    @property
    def rows(self) -> str:
        return preferences().get("look/rows", "normal")

    @property
    def row_height(self) -> int:
        """Pixels of a row in a table, enough for its text."""
        return max(ROW_HEIGHTS.get(self.rows, 28), round(self.points("text") * 2.05))

    def points(self, use: str) -> float:
        return POINTS[use] * self.text_size / 100

    def prepare(self, application: QApplication, theme: str = "system") -> None:
        """Choose the colours, and keep following the system if it says so. It costs nothing."""
        if self._application is None:
            application.styleHints().colorSchemeChanged.connect(self._follow)
        self._application = application
        self.choose_theme(theme)

    def dress(self, application: QApplication, theme: str = "system") -> None:
        """Give the application this theme in full: style, font, palette, style sheet."""
        self._is_dressed = True
        application.setStyle("Fusion")
        self.prepare(application, theme)

    def choose_theme(self, theme: str) -> None:
        self._theme = theme if theme in THEMES else "system"
        if self._application:
            self._application.styleHints().setColorScheme(THEMES[self._theme])
            self._refresh()

    def choose_text_size(self, per_cent: int) -> None:
        preferences().put("look/text_size", per_cent)
        self._refresh()

    def choose_rows(self, rows: str) -> None:
        preferences().put("look/rows", rows)
        self.changed.emit()

    def _follow(self) -> None:
        if self._theme == "system":
            self._refresh()

    def _refresh(self) -> None:
        if self._application is None:
            return
        scheme = THEMES[self._theme]
        if scheme == Qt.ColorScheme.Unknown:
            scheme = self._application.styleHints().colorScheme()
        self.is_dark = scheme == Qt.ColorScheme.Dark
        roles = DARK if self.is_dark else LIGHT
        self._colours = _as_colours(roles)
        if self._is_dressed:
            self._application.setFont(self._font())
            self._application.setPalette(_palette(self._colours))
            # Under a name of its own: a style sheet does not bear every name of a folder.
            QDir.setSearchPaths("icons", [str(resource("icons"))])
            self._application.setStyleSheet(style_sheet(roles, self.text_size))
        self.changed.emit()

    def _font(self) -> QFont:
        font = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont)
        font.setPointSizeF(self.points("text"))
        font.setFeature(QFont.Tag("tnum"), 1)  # figures of one width, so that columns line up
        return font


class _Current:
    look: Look | None = None


def look() -> Look:
    """Return the look in force."""
    if _Current.look is None:
        _Current.look = Look()
    return _Current.look


def colour(role: Role) -> QColor:
    return look().colour(role)


def part(widget: QWidget, use: str) -> None:
    """Say what a widget is (`heading`, `quiet`, `card`): the style sheet does the rest."""
    if widget.property("part") != use:
        widget.setProperty("part", use)
        restyle(widget)


def restyle(widget: QWidget) -> None:
    """Apply the style sheet again after a property it looks at has changed.

    A widget that it was never applied to will see the property then.
    """
    if not widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):
        return
    widget.style().unpolish(widget)
    widget.style().polish(widget)
    widget.update()


def style_sheet(roles: Mapping[Role, str], text_size: int = 100) -> str:
    """Return resources/style.qss with its `@names` put in: roles and sizes of text."""
    words: dict[str, str] = {role.value: value for role, value in roles.items()}
    for use, points in POINTS.items():
        words[f"pt-{use}"] = f"{points * text_size / 100:g}pt"
    words["shade"] = "dark" if roles is DARK else "light"
    template = resource("style.qss").read_text(encoding="utf-8")
    return re.sub(r"@([a-z-]+)", lambda found: words[found[1]], template)


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours (#RRGGBB) by WCAG 2.2, from 1 to 21."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    """Relative luminance of an sRGB colour, as WCAG 2.2 defines it."""
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _as_colours(roles: Mapping[Role, str]) -> dict[Role, QColor]:
    return {role: QColor(value) for role, value in roles.items()}


def _palette(colours: Mapping[Role, QColor]) -> QPalette:
    palette = QPalette()
    for group, role in (
        (QPalette.ColorRole.Window, Role.WINDOW),
        (QPalette.ColorRole.Base, Role.SURFACE),
        (QPalette.ColorRole.AlternateBase, Role.WINDOW),
        (QPalette.ColorRole.Button, Role.SURFACE),
        (QPalette.ColorRole.ToolTipBase, Role.RAISED),
        (QPalette.ColorRole.Highlight, Role.ACCENT),
        (QPalette.ColorRole.HighlightedText, Role.ON_ACCENT),
        (QPalette.ColorRole.Link, Role.ACCENT),
        (QPalette.ColorRole.PlaceholderText, Role.QUIET),
        (QPalette.ColorRole.Text, Role.TEXT),
        (QPalette.ColorRole.WindowText, Role.TEXT),
        (QPalette.ColorRole.ButtonText, Role.TEXT),
        (QPalette.ColorRole.ToolTipText, Role.TEXT),
    ):
        palette.setColor(group, colours[role])
    for group in (QPalette.ColorRole.Text, QPalette.ColorRole.WindowText):
        palette.setColor(QPalette.ColorGroup.Disabled, group, colours[Role.QUIET])
    return palette
