from datetime import date

import pytest

from app.features.settings.rules import language_of, usual_closing


@pytest.mark.parametrize(
    ("closed", "usual"),
    [
        (None, date(2026, 10, 31)),
        (date(2026, 9, 30), date(2026, 10, 31)),
        (date(2026, 10, 31), None),
        (date(2026, 11, 5), None),
    ],
)
def test_the_end_of_the_last_month_is_closed_next(closed, usual):
    assert usual_closing(date(2026, 11, 29), closed) == usual


@pytest.mark.parametrize(
    ("code", "language"), [("", ""), ("de", "de"), ("de_CH", "de"), ("en_GB", "en"), ("cy", "")]
)
def test_a_setting_means_one_of_the_languages(code, language):
    assert language_of(code) == language
