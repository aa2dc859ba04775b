"""The figures on the pages of the methods, drawn from what their own examples give: `make reference-figures`.

A page shows `![what it says](../figures/METHOD.svg)` in the section of a method that has a function here; the
example's variables are what the function draws. `tests/test_method_figures.py` holds the files to the pages.
"""

import doctest
import re
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

from samsyn.analysis import METHODS
from tests import charts_of_places, charts_of_series
from tests.charts import PLACE, Example, Spec, svg

METHOD_PAGES = PLACE.parent / "methods"
FIGURES: dict[str, Callable[[Example], Spec]] = {
    "rates": charts_of_places.rates,
    "trend": charts_of_series.trend,
    "change_points": charts_of_series.change_points,
    "forecast": charts_of_series.forecast,
    "farrington": charts_of_series.farrington,
    "ears": charts_of_series.farrington,
    "cusum": charts_of_series.cusum,
    "funnel": charts_of_places.funnel,
    "rank_places": charts_of_places.rank_places,
    "hot_spots": charts_of_places.hot_spots,
    "knox": charts_of_places.knox,
    "scan": charts_of_places.scan,
    "hour_by_weekday": charts_of_places.hour_by_weekday,
    "concentration": charts_of_places.concentration,
    "interrupted_series": charts_of_series.interrupted_series,
    "difference_in_differences": charts_of_series.difference_in_differences,
    "synthetic_control": charts_of_series.synthetic_control,
}


def section(name: str) -> str:
    page = (METHOD_PAGES / METHODS[name].page).read_text()
    return page.partition(f"\n## {name}\n")[2].partition("\n## ")[0]


def alternative(name: str) -> str:
    """What the page says the figure shows; empty when it shows none."""
    found = re.search(rf"^!\[([^\]]+)\]\(\.\./figures/{name}\.svg\)$", section(name), re.MULTILINE)
    return found[1] if found else ""


def example(name: str) -> Example:
    """The variables that the example of the section leaves behind."""
    left: dict[str, Any] = {}
    for code in re.findall(r"^```python\n(.*?)^```$", section(name), re.MULTILINE | re.DOTALL):
        for step in doctest.DocTestParser().get_examples(code):
            exec(step.source, left)
    return SimpleNamespace(**left)


def draw(name: str) -> str:
    return svg(FIGURES[name](example(name)), title=METHODS[name].question, description=alternative(name))


def main() -> None:
    for name in FIGURES:
        (PLACE / f"{name}.svg").write_text(draw(name))


if __name__ == "__main__":
    main()
