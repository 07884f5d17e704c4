import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from app.ui.theme import DARK, LIGHT, ROW_HEIGHTS, Role, colour, contrast, look, part, style_sheet

GROUNDS = (
    Role.WINDOW,
    Role.SURFACE,
    Role.RAISED,
    Role.ACCENT_SURFACE,
    Role.GOOD_SURFACE,
    Role.ASK_SURFACE,
    Role.BAD_SURFACE,
)
PLAIN = GROUNDS[:3]
BOTH = pytest.mark.parametrize("roles", [LIGHT, DARK], ids=["light", "dark"])


@pytest.fixture
def dressed(qapp):
    look().dress(qapp, "light")
    yield look()
    look().choose_text_size(100)
    look().choose_rows("normal")
    look().choose_theme("light")


def test_contrast_is_that_of_the_guidelines():
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)
    assert contrast("#0B6BCB", "#0B6BCB") == 1


@BOTH
@pytest.mark.parametrize("ground", GROUNDS)
def test_text_can_be_read_on_every_ground(roles, ground):
    assert contrast(roles[Role.TEXT], roles[ground]) >= 4.5
    assert contrast(roles[Role.QUIET], roles[ground]) >= 4.5


@BOTH
@pytest.mark.parametrize("ground", PLAIN)
@pytest.mark.parametrize("ink", [Role.GOOD, Role.ASK, Role.BAD, Role.ACCENT])
def test_words_in_colour_can_be_read(roles, ink, ground):
    assert contrast(roles[ink], roles[ground]) >= 4.5


@BOTH
@pytest.mark.parametrize("tone", ["GOOD", "ASK", "BAD"])
def test_a_tone_can_be_read_on_its_own_ground_and_its_mark_seen_on_a_selected_row(roles, tone):
    assert contrast(roles[Role[tone]], roles[Role[f"{tone}_SURFACE"]]) >= 4.5
    assert contrast(roles[Role[tone]], roles[Role.ACCENT_SURFACE]) >= 3


@BOTH
def test_the_main_action_can_be_read(roles):
    assert contrast(roles[Role.ON_ACCENT], roles[Role.ACCENT]) >= 4.5


@BOTH
@pytest.mark.parametrize("ground", PLAIN)
def test_edges_of_fields_can_be_seen(roles, ground):
    assert contrast(roles[Role.EDGE], roles[ground]) >= 3


@BOTH
def test_the_style_sheet_has_every_role_and_size_put_in(roles):
    sheet = style_sheet(roles)

    assert "@" not in sheet
    assert roles[Role.ACCENT] in sheet
    assert "10pt" not in sheet.split("font-size: ")[0]
    assert "16pt" in sheet


def test_a_theme_can_be_forced(qapp, dressed):
    changes = []
    dressed.changed.connect(lambda: changes.append(dressed.is_dark))

    dressed.choose_theme("dark")
    assert colour(Role.WINDOW).name().upper() == DARK[Role.WINDOW]
    assert DARK[Role.WINDOW] in qapp.styleSheet()

    dressed.choose_theme("light")
    assert colour(Role.WINDOW).name().upper() == LIGHT[Role.WINDOW]
    assert changes[-1] is False
    assert True in changes


def test_it_follows_the_system_unless_told_otherwise(qapp, dressed):
    hints = qapp.styleHints()
    dressed.choose_theme("system")

    assert dressed.is_dark == (hints.colorScheme() == Qt.ColorScheme.Dark)


def test_a_forced_theme_stays_when_the_size_of_text_changes(dressed):
    dressed.choose_theme("dark")
    dressed.choose_text_size(130)

    assert dressed.is_dark


def test_text_grows_everywhere_and_rows_with_it(qapp, dressed):
    dressed.choose_text_size(130)

    assert qapp.font().pointSizeF() == pytest.approx(13)
    assert "20.8pt" in qapp.styleSheet()
    dressed.choose_rows("compact")
    assert dressed.row_height > ROW_HEIGHTS["compact"]


def test_figures_are_of_one_width(qapp, dressed):
    assert "tnum" in [tag.toString().data().decode() for tag in qapp.font().featureTags()]


def test_a_widget_says_what_it_is_and_is_dressed_so(qtbot, dressed):
    label = QLabel("12.5")
    qtbot.addWidget(label)
    label.ensurePolished()
    before = label.font().pointSizeF()

    part(label, "big")

    assert before == pytest.approx(10)
    assert label.font().pointSizeF() == pytest.approx(28)
