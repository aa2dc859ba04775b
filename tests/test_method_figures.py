"""The figures of the methods are on their pages, say what they show, and are those that the examples give."""

import re
from html import unescape

import pytest

from samsyn.analysis import METHODS
from tests import charts
from tests.method_figures import FIGURES, METHOD_PAGES, alternative, draw
from tests.test_method_pages import COMPILED

DRAWN = [
    pytest.param(name, marks=[pytest.mark.slow] if METHODS[name].page in COMPILED else []) for name in FIGURES
]


def luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """WCAG 2.2, 1.4.3."""
    dark, light = sorted(map(luminance, (one, other)))
    return (light + 0.05) / (dark + 0.05)


def test_every_page_shows_its_figures_and_no_other() -> None:
    shown = [
        name
        for page in METHOD_PAGES.glob("*.md")
        for name in re.findall(r"\]\(\.\./figures/(\w+)\.svg\)", page.read_text())
    ]

    assert sorted(shown) == sorted(FIGURES)
    assert {file.stem for file in charts.PLACE.iterdir()} == {*FIGURES, "coverage"}


@pytest.mark.parametrize("name", FIGURES)
def test_a_figure_is_told_in_words_on_its_page_and_in_the_file(name: str) -> None:
    said, kept = alternative(name), (charts.PLACE / f"{name}.svg").read_text()

    assert len(said) > 80
    assert said.endswith(".")
    assert [unescape(one) for one in re.findall("<desc>(.*?)</desc>", kept)] == [said]
    assert [unescape(one) for one in re.findall("<title>(.*?)</title>", kept)] == [METHODS[name].question]


@pytest.mark.parametrize("file", sorted(charts.PLACE.iterdir()), ids=lambda file: file.name)
def test_a_figure_is_small_and_keeps_to_itself_and_to_the_palette(file: charts.Path) -> None:
    kept = file.read_text()
    drawn = kept.partition("</style>")[2]

    assert len(kept) < charts.MOST_BYTES
    assert 'role="img"' in kept
    assert "prefers-color-scheme:dark" in kept
    assert set(re.findall(r"(?:https?:|data:|url\()[^\"' )]*", kept)) <= {
        "http://www.w3.org/2000/svg",
        "http://www.w3.org/1999/xlink",
    }
    colours = set(re.findall(r'(?:fill|stroke)="([^"]+)"', drawn)) - {"none", "transparent"}
    assert colours <= set(charts.DARK)


@pytest.mark.parametrize("dark", [False, True])
def test_the_colours_can_be_told_from_the_paper(dark: bool) -> None:
    paper, text, *marks = (
        charts.DARK[one] if dark else one
        for one in (charts.PAPER, charts.TEXT, charts.INK, charts.DOT, charts.MARK)
    )

    assert contrast(paper, text) >= 4.5
    assert min(contrast(paper, one) for one in marks) >= 3  # WCAG 2.2, 1.4.11


@pytest.mark.parametrize("name", DRAWN)
def test_a_figure_is_the_one_that_the_example_gives(name: str) -> None:
    kept = (charts.PLACE / f"{name}.svg").read_text()

    assert charts.alike(kept, draw(name)), "Run `make reference-figures`."
