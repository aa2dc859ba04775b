"""What is measured of ours: the functions a figure is made with, not their kernels alone."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import numpy as np

from samsyn.analysis.disclosure.audit import audit
from samsyn.analysis.disclosure.cells import CellSystem, cube, total_axis
from samsyn.analysis.disclosure.policy import Policy
from samsyn.analysis.disclosure.suppression import suppress
from samsyn.analysis.effects.synthetic import synthetic_control
from samsyn.analysis.places.areas import AreaIndex
from samsyn.analysis.places.density import density
from samsyn.analysis.places.hotspots import gi_star, gi_star_grid
from samsyn.analysis.places.knox import knox
from samsyn.analysis.places.neighbours import on_grid
from samsyn.analysis.places.scan import scan
from samsyn.analysis.surveillance import cusum, ears, farrington

Inputs = dict[str, np.ndarray]
Results = dict[str, np.ndarray | float]
Run = Callable[[], Results]
# the peers' programme takes zeros for unknown, so the comparison does too
POLICY = Policy(threshold=5, width=5.0, zeros_shown=False)


def scores_on_grid(inputs: Inputs) -> Run:
    return lambda: {"z": gi_star_grid(inputs["y"]).ravel()}


def scores_on_lists(inputs: Inputs) -> Run:
    near = on_grid(*inputs["y"].shape)
    values = inputs["y"].ravel()
    permutations = int(inputs["permutations"])

    def run() -> Results:
        found = gi_star(values, near, permutations=permutations, seed=1)
        return {"z": found.score, "p": found.p_value}

    return run


def surface(inputs: Inputs, *, inside: bool) -> Run:
    flags = np.ones((inputs["axis"].size,) * 2) if inside else None
    axis, bandwidth = inputs["axis"], float(inputs["bandwidth"])

    def run() -> Results:
        found = density(inputs["points"], bandwidth, x=axis, y=axis, inside=flags)
        return {"z": found.density / inputs["points"].shape[0]}

    return run


def cluster(inputs: Inputs) -> Run:
    def run() -> Results:
        found = scan(
            inputs["counts"],
            inputs["people"],
            inputs["points"],
            seed=1,
            most_areas=50,
            largest_share=1.0,
            longest=12,
            prospective=bool(inputs["prospective"]),
            replications=int(inputs["replications"]),
        ).clusters[0]
        return {"ratio": found.likelihood_ratio, "p": found.p_value}

    return run


def repeats(inputs: Inputs) -> Run:
    def run() -> Results:
        found = knox(inputs["points"], inputs["times"], distance=200, days=14, seed=1)
        return {"observed": found.observed, "p": found.p_value}

    return run


def areas_asked(inputs: Inputs) -> Run:
    index = AreaIndex(list(inputs["rings"]))
    return lambda: {"area": index.locate(inputs["points"])}


def areas_indexed(inputs: Inputs) -> Run:
    rings = list(inputs["rings"])

    def run() -> Results:
        AreaIndex(rings)
        return {}

    return run


def system_of(inputs: Inputs) -> CellSystem:
    return cube(inputs["y"], [total_axis(str(place), size) for place, size in enumerate(inputs["y"].shape)])


def pattern(inputs: Inputs) -> Run:
    system = system_of(inputs)

    def run() -> Results:
        found = suppress(system, POLICY)
        return {"hidden": found.hidden, "cost": float(system.values[found.complementary].sum())}

    return run


def proof(inputs: Inputs) -> Run:
    system = system_of(inputs)

    def run() -> Results:
        found = audit(system, inputs["hidden"], POLICY, whole_numbers=False)
        return {"open": np.array(sorted(one.cell for one in found.open_cells), dtype=np.int64)}

    return run


def limits(inputs: Inputs, *, method: str) -> Run:
    counts = inputs["y"]

    def run() -> Results:
        if method == "cusum":
            sums = cusum(counts, reset=False, exact_below=0)
            return {"alarms": float(sums.alarm.sum())}
        found = (
            farrington(counts, exact_below=0, quiet=0)
            if method == "farrington"
            else ears(counts, exact_below=0)
        )
        return {"alarms": float(found.alarm.sum()), "limits": float(np.minimum(found.upper, 1e6).sum())}

    return run


def mixtures(inputs: Inputs) -> Run:
    def run() -> Results:
        found = synthetic_control(inputs["y"], 0, int(inputs["at"]))
        return {"gap": found.gap, "p": found.p_ratio}

    return run


SIDES: dict[str, Callable[[Inputs], Run]] = {
    "gi_star_grid": scores_on_grid,
    "gi_star": scores_on_lists,
    "density": partial(surface, inside=False),
    "density inside": partial(surface, inside=True),
    "scan": cluster,
    "knox": repeats,
    "AreaIndex.locate": areas_asked,
    "AreaIndex": areas_indexed,
    "suppress": pattern,
    "audit": proof,
    "farrington": partial(limits, method="farrington"),
    "ears": partial(limits, method="ears"),
    "cusum": partial(limits, method="cusum"),
    "synthetic_control": mixtures,
}
VERSIONS: dict[str, tuple[str, ...]] = {}
