"""What somebody wrote, as a page shows it."""

import pytest

from samsyn.core.templatetags.words import prose


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("ungefär 10 900 per 100 000 invånare", "ungefär 10\u00a0900 per 100\u00a0000 invånare"),
        ("1 234 567 kronor", "1\u00a0234\u00a0567 kronor"),
        ("kl 7 12 barn, 3 1234", "kl 7 12 barn, 3 1234"),  # no thousands
        ("en\ntvå", "en<br>två"),
        ("<b>fet</b>", "&lt;b&gt;fet&lt;/b&gt;"),
    ],
)
def test_numbers_stay_whole_and_lines_are_kept(typed: str, shown: str) -> None:
    assert prose(typed) == shown
