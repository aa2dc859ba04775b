"""Days read the same way in both languages: day, month, year."""

from datetime import date

import pytest
from django.utils.formats import date_format
from django.utils.translation import override


@pytest.mark.parametrize(("language", "said"), [("sv", "5 september 2026"), ("en", "5 September 2026")])
def test_the_day_comes_before_the_month(language: str, said: str) -> None:
    with override(language):
        assert date_format(date(2026, 9, 5)) == said
