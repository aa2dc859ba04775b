"""A drawing of days: every row is there in words, nothing in it is markup, and it fits where it is shown."""

import re
from datetime import date, timedelta
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samsyn.graphics.timeline import Look, Span, timeline_svg

DAYS = st.dates(min_value=date(2015, 1, 1), max_value=date(2040, 12, 31))
SPANS = st.builds(
    lambda name, look, day, length: Span(name, "Pågår", day, day + timedelta(days=length), look),
    st.text(min_size=1, max_size=150).filter(lambda text: text.isprintable()),
    st.sampled_from(Look),
    DAYS,
    st.integers(0, 2000),
)


def texts(svg: str) -> list[str]:
    return [one.text or "" for one in ElementTree.fromstring(svg).iter("{http://www.w3.org/2000/svg}text")]


@given(st.lists(SPANS, min_size=1, max_size=12), DAYS, st.sampled_from([340, 900]))
def test_every_row_is_drawn_inside_the_drawing(spans: list[Span], today: date, width: int) -> None:
    svg = timeline_svg(spans, today=today, today_word="i dag", width=width)

    bars = re.findall(r'<rect x="([\d.]+)" y="\d+" width="([\d.]+)"', svg)
    assert len(bars) == len(spans)
    assert all(float(x) >= 0 and float(x) + float(long) <= width + 3 for x, long in bars)
    assert sum(text.endswith(" · Pågår") for text in texts(svg)) == len(spans)


def test_what_somebody_wrote_is_text_and_what_is_too_long_is_cut() -> None:
    spans = [
        Span("<script>x</script> & co", "Klart", date(2025, 1, 1), date(2025, 6, 1), Look.DONE),
        Span("Lång " * 30, "Pausad", date(2025, 1, 1), date(2025, 6, 1), Look.STOPPED),
    ]

    svg = timeline_svg(spans, today=date(2025, 3, 1), today_word="i dag", width=340)

    assert "<script" not in svg
    written = texts(svg)
    assert "<script>x</script> & co · Klart" in written and "i dag" in written and "2025" in written
    assert any(text.endswith("… · Pausad") and len(text) < 60 for text in written)


def test_a_year_of_a_few_days_has_no_number_over_the_next() -> None:
    one = Span("Lampor", "Klart", date(2024, 12, 28), date(2030, 1, 1), Look.PLANNED)

    years = texts(timeline_svg([one], today=date(2025, 3, 1), today_word="i dag"))

    assert "2024" in years and "2025" not in years and "2026" in years


def test_a_timeline_of_nothing_is_not_drawn() -> None:
    with pytest.raises(ValueError, match="at least one row"):
        timeline_svg([], today=date(2025, 1, 1), today_word="i dag")
