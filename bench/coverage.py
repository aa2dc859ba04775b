"""How often the intervals hold the truth: `make bench-coverage`.

Rewrites the tables of docs/reference/coverage.md and its figure. Where counts have a few thousand outcomes
nothing is simulated: the probabilities of the outcomes whose interval holds the truth are added up.
`tests/test_coverage.py` holds the page to what the code gives.
"""

import re
import sys
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path

import numpy as np
from scipy import stats

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from samsyn.analysis.rates import Limits, poisson_limits, rate_ratio, share
from samsyn.analysis.standardised import standardised_rate
from samsyn.analysis.trends import change, trend
from samsyn.analysis.verdicts import Verdict
from tests import charts

PAGE = charts.PLACE.parent / "coverage.md"
FIGURE = charts.PLACE / "coverage.svg"
LEVEL = 0.95
BANDS = ((0.5, 1.0), (1.0, 2.0), (2.0, 5.0), (5.0, 10.0), (10.0, 20.0), (20.0, 50.0), (50.0, 100.0))
EXPECTED = (0.5, 1, 2, 5, 10, 20, 50, 100)
ANSWERS = (10, 20, 50, 100, 200, 500)
RATIOS = (1.0, 2.0, 5.0)
DISPERSIONS = (1.0, 1.5, 3.0)
PER_PERIOD = (2, 5, 10, 20, 50, 100)
REST = 1e-10  # outcomes in a tail this small are left out
DRAWS, SEED = 2_000, 1936
Outcome = tuple[int, ...]


def count_coverage(means: np.ndarray, kind: Limits) -> np.ndarray:
    """The probability that the interval of a Poisson count holds its mean, for each mean. Exact."""
    counts = np.arange(int(stats.poisson.isf(REST, means.max())) + 2)
    low, high = poisson_limits(counts, level=LEVEL, limits=kind)
    holds = (low[:, None] <= means) & (means <= high[:, None])
    return np.asarray((stats.poisson.pmf(counts[:, None], means) * holds).sum(axis=0))


def share_coverage(shares: np.ndarray, whole: int) -> np.ndarray:
    """The same for a share of so many answers."""
    found = [share(part, whole, level=LEVEL) for part in range(whole + 1)]
    low, high = (np.array([getattr(one, name) for one in found])[:, None] for name in ("low", "high"))
    holds = (low <= shares) & (shares <= high)
    return np.asarray((stats.binom.pmf(np.arange(whole + 1)[:, None], whole, shares) * holds).sum(axis=0))


def around(limits: Iterable[np.ndarray], first: float, last: float) -> np.ndarray:
    """Where coverage is least or most: just beside every limit, and evenly between (on the log scale)."""
    edges = np.concatenate([*limits, [first, last]])
    beside = np.concatenate([edges * (1 - 1e-9), edges * (1 + 1e-9)])
    return np.asarray(np.unique(beside[(beside >= first) & (beside <= last)]))


def count_band(first: float, last: float, kind: Limits) -> tuple[float, float]:
    """The least coverage between two means, and the mean of it."""
    counts = np.arange(int(stats.poisson.isf(REST, last)) + 2)
    means = around(poisson_limits(counts, level=LEVEL, limits=kind), first, last)
    even = np.geomspace(first, last, 400)
    return float(count_coverage(means, kind).min()), float(count_coverage(even, kind).mean())


def share_band(whole: int, first: float, last: float) -> tuple[float, float]:
    found = [share(part, whole, level=LEVEL) for part in range(whole + 1)]
    limits = [np.array([one.low for one in found]), np.array([one.high for one in found])]
    points = around(limits, first, last)
    return float(share_coverage(points, whole).min()), float(
        share_coverage(np.linspace(first, last, 400), whole).mean()
    )


def summed(
    parts: list[tuple[np.ndarray, np.ndarray]], holds: Callable[[Outcome], bool]
) -> tuple[float, float]:
    """The probability that it holds, over all outcomes of independent counts, and that of those looked at.

    `parts` are the possible counts of each with their probabilities.
    """
    total, weight = 0.0, 0.0
    grids = np.meshgrid(*(counts for counts, _ in parts), indexing="ij")
    chances = np.ones(grids[0].shape)
    for place, (_, chance) in enumerate(parts):
        chances = chances * chance.reshape([-1 if one == place else 1 for one in range(len(parts))])
    for flat, chance in zip(
        zip(*(grid.ravel().tolist() for grid in grids), strict=True), chances.ravel(), strict=True
    ):
        if chance > REST:
            total += chance * holds(flat)
            weight += chance
    return total, weight


def poisson(mean: float) -> tuple[np.ndarray, np.ndarray]:
    counts = np.arange(int(stats.poisson.ppf(REST, mean)), int(stats.poisson.isf(REST, mean)) + 1)
    return counts, stats.poisson.pmf(counts, mean)


def bunched(mean: float, dispersion: float) -> tuple[np.ndarray, np.ndarray]:
    """Counts with so many times the variance of Poisson counts."""
    if dispersion <= 1:
        return poisson(mean)
    spread = stats.nbinom(mean / (dispersion - 1), 1 / dispersion)
    counts = np.arange(int(spread.isf(REST)) + 1)
    return counts, spread.pmf(counts)


@cache
def ratio_limits(here: int, there: int) -> tuple[float, float]:
    found = rate_ratio(here, 1.0, there, 1.0, level=LEVEL)
    return found.low, found.high


def ratio_coverage(expected: float, ratio: float) -> float:
    """Two places of one size, `expected` events in the second, `ratio` times as many in the first. Exact."""

    def holds(outcome: Outcome) -> bool:
        low, high = ratio_limits(*outcome)
        return low <= ratio <= high

    total, weight = summed([poisson(expected * ratio), poisson(expected)], holds)
    return total / weight


PEOPLE, STANDARD = np.array([6_000.0, 3_000.0, 1_000.0]), np.array([3_000.0, 4_000.0, 3_000.0])
RISKS = np.array([5.0, 3.0, 2.0])  # of the three ages: a young place beside an old standard


def standard_coverage(expected: float) -> float:
    """A place with so many events in all; one among its few old weighs as six among its young. Exact."""
    means = expected * PEOPLE * RISKS / (PEOPLE @ RISKS)
    truth = float(STANDARD / STANDARD.sum() @ (means / PEOPLE))

    def holds(outcome: Outcome) -> bool:
        found = standardised_rate(outcome, PEOPLE, STANDARD, per=1.0, level=LEVEL)
        return found.low <= truth <= found.high

    total, weight = summed([poisson(mean) for mean in means], holds)
    return total / weight


@cache
def change_limits(before: int, after: int) -> tuple[float, float, Verdict]:
    found = change(before, 1.0, after, 1.0, level=LEVEL)
    return found.low, found.high, found.verdict


def change_coverage(expected: float, dispersion: float) -> tuple[float, float]:
    """Nothing has changed: how often the interval holds 1, and how often “more” or “fewer” is said. Exact."""
    part = bunched(expected, dispersion)
    holds, weight = summed([part, part], lambda o: change_limits(*o)[0] <= 1.0 <= change_limits(*o)[1])
    said, _ = summed([part, part], lambda o: change_limits(*o)[2] in (Verdict.MORE, Verdict.FEWER))
    return holds / weight, said / weight


def drawn(mean: np.ndarray, dispersion: float, draws: int) -> np.ndarray:
    """So many series of counts; the same seed each time."""
    rng, size = np.random.default_rng(SEED), (draws, mean.size)
    if dispersion <= 1:
        return rng.poisson(mean, size=size)
    return rng.negative_binomial(mean / (dispersion - 1), 1 / dispersion, size=size)


def history_coverage(expected: float, dispersion: float, *, draws: int = DRAWS) -> tuple[float, float]:
    """As `change_coverage`, when the eight years before these two are told. Simulated."""
    holds = said = 0
    for *history, before, after in drawn(np.full(10, float(expected)), dispersion, draws):
        found = change(before, 1.0, after, 1.0, level=LEVEL, history=history)
        holds += found.low <= 1.0 <= found.high
        said += found.verdict in (Verdict.MORE, Verdict.FEWER)
    return holds / draws, said / draws


def trend_coverage(expected: float, dispersion: float, *, draws: int = DRAWS) -> float:
    """Twelve years with five per cent more each year: how often the interval holds 1.05. Simulated."""
    series = drawn(expected * 1.05 ** (np.arange(12) - 5.5), dispersion, draws)
    found = [trend(row, level=LEVEL) for row in series]
    told = [one for one in found if one.verdict is not Verdict.TOO_FEW]
    return float(np.mean([one.low <= 1.05 <= one.high for one in told]))


def percent(value: float) -> str:
    return f"{100 * value:.1f}"


def count_rows(bands: Iterable[tuple[float, float]] = BANDS) -> list[str]:
    rows = []
    for first, last in bands:
        found = [count_band(first, last, kind) for kind in Limits]
        cells = " | ".join(f"{percent(mean)} | {percent(least)}" for least, mean in found)
        rows.append(f"| {first:g} to {last:g} | {cells} |")
    return rows


def share_rows(answers: Iterable[int] = ANSWERS) -> list[str]:
    rows = []
    for whole in answers:
        (least, mean), (rare, _) = share_band(whole, 0.1, 0.9), share_band(whole, 0.05 / whole, 0.1)
        rows.append(f"| {whole} | {percent(mean)} | {percent(least)} | {percent(rare)} |")
    return rows


def ratio_rows(expected: Iterable[float] = EXPECTED) -> list[str]:
    return [
        f"| {mean:g} | {' | '.join(percent(ratio_coverage(mean, ratio)) for ratio in RATIOS)} |"
        for mean in expected
    ]


def standard_rows(expected: Iterable[float] = EXPECTED) -> list[str]:
    return [f"| {mean:g} | {percent(standard_coverage(mean))} |" for mean in expected]


def change_rows(expected: Iterable[float] = EXPECTED) -> list[str]:
    rows = []
    for mean in expected:
        found = [change_coverage(mean, dispersion) for dispersion in DISPERSIONS]
        found.append(history_coverage(mean, DISPERSIONS[-1]))
        rows.append(f"| {mean:g} | {' | '.join(f'{percent(a)} | {percent(b)}' for a, b in found)} |")
    return rows


def trend_rows(expected: Iterable[float] = PER_PERIOD) -> list[str]:
    return [
        f"| {mean:g} | {' | '.join(percent(trend_coverage(mean, one)) for one in DISPERSIONS)} |"
        for mean in expected
    ]


def figure() -> charts.Spec:
    """Coverage against the expected count, a panel per interval."""
    means = np.geomspace(0.5, 100, 300)
    panels = []
    for kind, name in zip(Limits, ("exact", "mid-P", "Byar"), strict=True):
        rows = [
            {"mean": round(float(mean), 3), "coverage": round(100 * float(one), 2)}
            for mean, one in zip(means, count_coverage(means, kind), strict=True)
        ]
        x = charts.axis(
            "mean",
            "expected events",
            scale={"type": "log", "domain": [0.5, 100]},
            values=[1, 5, 20, 100],
        )
        y = charts.axis(
            "coverage",
            "holds the truth, per cent" if not panels else None,
            scale={"domain": [90, 100]},
            values=[90, 92, 94, 96, 98, 100],
        )
        line = charts.layer(rows, "line", style={"color": charts.INK, "strokeWidth": 1.5}, x=x, y=y)
        promised = charts.layer(
            [{"coverage": 95}], "rule", style={"color": charts.MARK, "strokeDash": [5, 4]}, y=y
        )
        panels.append(charts.chart(promised, line, width=175, height=190) | {"title": name})
    return {"hconcat": panels, "spacing": 22}


def alternative(page: str) -> str:
    """What the page says of its figure stands inside the figure too."""
    found = re.search(rf"!\[([^\]]+)\]\(figures/{FIGURE.name}\)", page)
    if not found:
        raise SystemExit(f"{PAGE.name} shows no {FIGURE.name}.")
    return found[1]


def filled(page: str) -> str:
    """The page with the rows below each table's head made anew; a table is named in a comment before it."""
    for name, rows in TABLES.items():
        table = re.compile(rf"(<!-- {name} -->\n\n\|[^\n]+\n\|[-:|]+\n)(?:\|[^\n]+\n)*")
        page, times = table.subn(lambda found, made=rows: found[1] + "\n".join([*made(), ""]), page)
        if times != 1:
            raise SystemExit(f"{PAGE.name} has no table named {name}.")
    return page


TABLES: dict[str, Callable[[], list[str]]] = {
    "counts": count_rows,
    "shares": share_rows,
    "ratios": ratio_rows,
    "standardised": standard_rows,
    "changes": change_rows,
    "trends": trend_rows,
}


def main() -> None:
    charts.PLACE.mkdir(exist_ok=True)
    page = filled(PAGE.read_text())
    title = "How often the interval of a count holds its mean"
    FIGURE.write_text(charts.svg(figure(), title=title, description=alternative(page)))
    PAGE.write_text(page)


if __name__ == "__main__":
    main()
