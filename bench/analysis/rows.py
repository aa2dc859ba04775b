"""The rows of the table: inputs, who runs, what must agree, what no program can beat, and the target."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import inputs
import numpy as np
from inputs import Inputs, Maker

Machine = dict[str, float]
Results = dict[str, np.ndarray]


@dataclass(frozen=True)
class Agreement:
    """Whether two answers agree, how far they are apart, and the tolerance that was asked."""

    holds: bool
    text: str


Compare = Callable[[Inputs, Results, Results], Agreement]


@dataclass(frozen=True)
class Row:
    """One size of one question."""

    question: str
    size: str
    n: int
    make: Maker
    ours: str
    peers: tuple[str, ...]
    compare: Compare
    bound: Callable[[Inputs, Machine], float] | None = None
    target: float | None = None  # seconds
    fewer: int = 1  # the peers get this many times fewer replications, and their time is multiplied
    slow: bool = False
    also: dict[str, Any] = field(default_factory=dict)


def within(name: str, tolerance: float, *, relative: bool = False) -> Compare:
    def compare(_: Inputs, ours: Results, peer: Results) -> Agreement:
        scale = float(np.abs(peer[name]).max()) if relative else 1.0
        apart = float(np.abs(ours[name] - peer[name]).max()) / max(scale, 1e-300)
        return Agreement(apart <= tolerance, f"{name} {apart:.1e} (≤ {tolerance:g})")

    return compare


def every(*compares: Compare) -> Compare:
    def compare(given: Inputs, ours: Results, peer: Results) -> Agreement:
        found = [one(given, ours, peer) for one in compares]
        return Agreement(all(one.holds for one in found), ", ".join(one.text for one in found))

    return compare


def scores(given: Inputs, ours: Results, peer: Results) -> Agreement:
    """Place by place; R only hands back the sum and the largest, which come in another order of adding."""
    if "z" in peer:
        return within("z", 1e-9)(given, ours, peer)
    apart = max(abs(ours["z"].sum() - peer["z_sum"]) / ours["z"].size, abs(ours["z"].max() - peer["z_max"]))
    return Agreement(bool(apart <= 1e-6), f"z {apart:.1e} (≤ 1e-06)")


def two_sided(_: Inputs, ours: Results, peer: Results) -> Agreement:
    """Twice esda's p-value of the nearer tail, within four standard errors of both, for 99 % of places."""
    expected = np.minimum(2 * peer["p"], 1.0)
    allowed = 4 * np.sqrt(2 * np.maximum(expected, 0.004) / 1000) + 0.004
    share = float((np.abs(ours["p"] - expected) <= allowed).mean())
    return Agreement(share >= 0.99, f"p alike in {share:.1%} (≥ 99 %)")


def exact_surface(given: Inputs, ours: Results, peer: Results) -> Agreement:
    """Both against the exact sum at two hundred nodes, as a share of the peak: only ours must hold."""
    axis, width = given["axis"], float(given["bandwidth"])
    nodes = np.column_stack([axis[given["probe"][:, 0]], axis[given["probe"][:, 1]]])
    exact = np.array(
        [np.exp(-((given["points"] - node) ** 2).sum(axis=1) / (2 * width**2)).mean() for node in nodes]
    ) / (2 * np.pi * width**2)
    at = tuple(given["probe"].T)
    wrong = [float(np.abs(side["z"][at] - exact).max() / exact.max()) for side in (ours, peer)]
    return Agreement(wrong[0] <= 1e-3, f"error of ours {wrong[0]:.2%} (≤ 0.1 %), of the peer {wrong[1]:.2%}")


def patterns(given: Inputs, ours: Results, peer: Results) -> Agreement:
    """Two safe patterns may differ: the cost is compared, and ours may not be dearer."""
    return Agreement(
        bool(ours["cost"] <= peer["cost"]), f"cost of ours {ours['cost']:.0f}, of the peer {peer['cost']:.0f}"
    )


def same(name: str) -> Compare:
    def compare(_: Inputs, ours: Results, peer: Results) -> Agreement:
        equal = ours[name].shape == peer[name].shape and bool(np.all(ours[name] == peer[name]))
        return Agreement(equal, f"{name} {'identical' if equal else 'differs'}")

    return compare


def sums(_: Inputs, ours: Results, peer: Results) -> Agreement:
    """Alarms equal and the sum of limits within a hundred-thousandth."""
    equal = bool(ours["alarms"] == peer["alarms"])
    text = f"alarms {float(ours['alarms']):.0f} and {float(peer['alarms']):.0f}"
    if "limits" in peer:
        apart = abs(float(ours["limits"]) / float(peer["limits"]) - 1)
        return Agreement(equal and apart <= 1e-5, f"{text}, limits {apart:.1e} (≤ 1e-05)")
    return Agreement(equal, text)


def _close_in_space(given: Inputs) -> int:
    from scipy.spatial import cKDTree

    tree = cKDTree(given["points"])
    return int((tree.count_neighbors(tree, 200.0) - len(given["points"])) // 2)


def _scan_bound(given: Inputs, machine: Machine) -> float:
    zones, cases, window = given["near"].size, float(given["counts"].sum()), 12
    windows = zones * window * (1 if given["prospective"] else given["counts"].shape[1])
    each = windows * 2 * machine["compare"] + cases * 2 * machine["draw"]
    return float(given["replications"]) * each / machine["cores"]


def _knox_bound(given: Inputs, machine: Machine) -> float:
    shuffles = float(given["permutations"])
    each = _close_in_space(given) * machine["compare"] + len(given["points"]) * machine["draw"]
    return shuffles * each / machine["cores"]


def _kde_bound(given: Inputs, machine: Machine) -> float:
    n = len(given["points"])
    return n * 16 * machine["byte"] + n * 4 * machine["scatter"] + 4 * 500**3 * machine["flop"]


def _grid_row(n: int, target: float | None = None) -> Row:
    return Row(
        "Gi*, grid",
        f"{n:,} cells",
        n,
        inputs.grid,
        "gi_star_grid",
        ("esda", "R spdep") if n <= 100_000 else ("esda",),
        scores,
        lambda given, machine: 24 * given["y"].size * machine["byte"],
        target,
        slow=n > 100_000,
    )


def _list_row(n: int, target: float | None = None) -> Row:
    return Row(
        "Gi*, any neighbours",
        f"{n:,} places",
        n,
        inputs.grid,
        "gi_star",
        ("esda",),
        scores,
        lambda given, machine: (8 * 4 + 5 * 8) * given["y"].size * machine["byte"],
        target,
        slow=n > 100_000,
    )


def _permuted_row(n: int, *, whole: bool, target: float | None = None) -> Row:
    kind = "counts" if whole else "decimals"
    return Row(
        f"Gi*, 999 permutations, {kind}",
        f"{n:,} places",
        n,
        partial(inputs.grid, permutations=999, whole=whole),
        "gi_star",
        ("esda",),
        scores if whole else every(scores, two_sided),
        lambda given, machine: 999 * 9 * machine["draw"] + 24 * given["y"].size * machine["byte"],
        target,
        slow=n > 10_000,
    )


def _surface_row(n: int, *, inside: bool = False, target: float | None = None) -> Row:
    peers = ("KDEpy", "scikit-learn") if n <= 10_000 else ("KDEpy",)
    return Row(
        "density, 500 x 500" + (", edge corrected" if inside else ""),
        f"{n:,} points",
        n,
        inputs.events,
        "density inside" if inside else "density",
        () if inside else peers,
        exact_surface,
        _kde_bound,
        target,
        slow=n <= 10_000,
    )


def _scan_row(
    n: int, replications: int, *, prospective: bool = False, fewer: int = 1, target: float | None = None
) -> Row:
    name = "scan, prospective" if prospective else "scan"
    return Row(
        name,
        f"{n:,} areas, {replications} replications",
        n,
        partial(inputs.areas_over_time, replications=replications, prospective=prospective),
        "scan",
        ("plain NumPy scan",),
        within("ratio", 1e-6, relative=True),
        _scan_bound,
        target,
        fewer=fewer,
        slow=n > 1_000,
    )


def _knox_row(n: int, peers: tuple[str, ...], target: float | None = None) -> Row:
    return Row(
        "near repeats, 999 shuffles",
        f"{n:,} events",
        n,
        inputs.burglaries,
        "knox",
        peers,
        every(within("observed", 0), within("p", 0.07)),
        _knox_bound,
        target,
        slow="pointpats" in peers and n > 5_000,
    )


AREA_PEERS = ("Shapely contains_xy", "Shapely STRtree", "geopandas sjoin", "DuckDB spatial")


def _area_row(n: int, target: float | None = None) -> Row:
    return Row(
        "point in 5,929 areas",
        f"{n:,} points",
        n,
        inputs.tessellation,
        "AreaIndex.locate",
        AREA_PEERS,
        same("area"),
        lambda given, machine: n * (20 * machine["byte"] + 3 * machine["gather"] / machine["cores"]),
        target,
    )


def _pattern_row(shape: tuple[int, ...], mean: float, target: float | None = None) -> Row:
    size = " x ".join(str(one) for one in shape)
    return Row(
        "suppression",
        size,
        1,
        partial(inputs.table, shape=shape, mean=mean),
        "suppress",
        ("Tau-Argus OPT",),
        patterns,
        None,
        target,
        slow=len(shape) > 2,
    )


def _proof_row(shape: tuple[int, ...], mean: float, target: float | None = None) -> Row:
    size = " x ".join(str(one) for one in shape)
    return Row(
        "audit of a pattern",
        size,
        1,
        partial(inputs.table, shape=shape, mean=mean),
        "audit",
        ("plain SciPy programmes",),
        same("open"),
        None,
        target,
        slow=len(shape) > 2,
        also={"hidden by": "suppress"},
    )


def _series_row(method: str, n: int, peers: tuple[str, ...], target: float | None = None) -> Row:
    fits = 24 * 10 * 21 if method == "farrington" else 0
    return Row(
        method,
        f"{n:,} series x 24 months",
        n,
        inputs.series,
        method,
        peers,
        sums,
        lambda given, machine: (
            n * (fits * machine["exponential"] / machine["cores"] + 31 * 8 * machine["byte"])
        ),
        target,
        slow=n > 1_000 and method == "farrington",
    )


def _mixture_row(n: int, target: float | None = None) -> Row:
    return Row(
        "synthetic control, all placebos",
        f"{n:,} places x 30 periods",
        n,
        inputs.panel,
        "synthetic_control",
        ("plain SciPy mixtures", "cvxpy"),
        every(within("gap", 2e-3), within("p", 0.01)),
        # as many steps as a mixture has places, at most 20, each one pass over the others' values before
        lambda given, machine: n * 20 * given["y"][:, :20].size * 2 * machine["flop"],
        target,
    )


ROWS = [
    _grid_row(10_000),
    _grid_row(100_000),
    _grid_row(1_000_000, 0.010),
    _list_row(10_000),
    _list_row(100_000),
    _list_row(1_000_000, 0.060),
    _permuted_row(2_500, whole=False),
    _permuted_row(10_000, whole=False),
    _permuted_row(100_000, whole=True, target=0.1),
    _permuted_row(100_000, whole=False, target=2.0),
    _surface_row(10_000),
    _surface_row(100_000),
    _surface_row(1_000_000),
    _surface_row(1_000_000, inside=True, target=0.025),
    _scan_row(500, 99),
    _scan_row(500, 999, fewer=27, target=2.0),
    _scan_row(6_000, 999, fewer=333, target=15.0),
    _scan_row(6_000, 999, prospective=True, fewer=111, target=5.0),
    _knox_row(2_000, ("pointpats", "plain NumPy pairs")),
    _knox_row(20_000, ("pointpats", "plain NumPy pairs"), 0.2),
    _knox_row(200_000, (), 4.0),
    _area_row(10_000),
    _area_row(100_000),
    _area_row(1_000_000, 0.1),
    Row(
        "index of 5,929 areas",
        "592,900 edges",
        1,
        inputs.tessellation,
        "AreaIndex",
        (),
        same("area"),
        lambda given, machine: given["rings"].nbytes * 4 * machine["byte"],
        0.1,
    ),
    _pattern_row((10, 10), 30.0),
    _pattern_row((50, 50), 150.0, 1.0),
    _pattern_row((20, 20, 10), 150.0, 20.0),
    _proof_row((50, 50), 150.0, 0.2),
    _proof_row((20, 20, 10), 150.0),
    _series_row("farrington", 100, ("R surveillance farrington",)),
    _series_row("farrington", 1_000, ("R surveillance farrington",)),
    _series_row("farrington", 10_000, (), 1.0),
    _series_row("ears", 10_000, ("plain NumPy ears", "R surveillance ears"), 0.02),
    _series_row("cusum", 10_000, ("plain NumPy cusum", "R surveillance cusum"), 0.02),
    _mixture_row(40),
    _mixture_row(290, 0.1),
]
