"""The usual packages on the same inputs, and beside them the plain code that somebody would write in an hour.

Each prepares outside the time what its user would keep (weights, prepared polygons) and imports its own
package.
"""

from __future__ import annotations

import os
import subprocess
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

import numpy as np
from peers_of_effects import cvxpy, plain_mixtures

Inputs = dict[str, np.ndarray]
Results = dict[str, np.ndarray | float]
Run = Callable[[], Results]


def esda(inputs: Inputs) -> Run:
    from esda import G_Local
    from libpysal.weights import lat2W
    from libpysal.weights.util import fill_diagonal

    permutations = int(inputs["permutations"])
    weights = lat2W(*inputs["y"].shape, rook=False)
    if not permutations:
        weights = fill_diagonal(weights, 1.0)
    weights.transform = "B"
    _ = weights.sparse
    # With permutations it takes the places themselves out of the weights it is given, so a second run on
    # filled ones would answer another question: it fills them itself.
    star = True if permutations else None

    def run() -> Results:
        found = G_Local(
            inputs["y"].ravel(), weights, transform="B", permutations=permutations, star=star, seed=1
        )
        return {"z": found.Zs, **({"p": found.p_sim} if permutations else {})}

    return run


def kdepy(inputs: Inputs) -> Run:
    from KDEpy import FFTKDE

    axis = inputs["axis"]
    nodes = np.stack(np.meshgrid(axis, axis, indexing="ij"), -1).reshape(-1, 2)

    def run() -> Results:
        found = FFTKDE(kernel="gaussian", bw=float(inputs["bandwidth"])).fit(inputs["points"]).evaluate(nodes)
        return {"z": found.reshape(axis.size, axis.size)}

    return run


def scikit_learn(inputs: Inputs) -> Run:
    from sklearn.neighbors import KernelDensity

    axis = inputs["axis"]
    nodes = np.stack(np.meshgrid(axis, axis, indexing="ij"), -1).reshape(-1, 2)

    def run() -> Results:
        tree = KernelDensity(bandwidth=float(inputs["bandwidth"]), rtol=1e-3, atol=1e-12).fit(
            inputs["points"]
        )
        return {"z": np.exp(tree.score_samples(nodes)).reshape(axis.size, axis.size)}

    return run


def plain_scan(inputs: Inputs) -> Run:
    """Every zone and window of every table, one logarithm each, in NumPy."""
    near, table = inputs["near"], inputs["counts"]
    share = inputs["people"] / inputs["people"].sum()
    mass = np.cumsum(share[near], axis=1)
    periods, total, ending_now = table.shape[1], float(table.sum()), bool(inputs["prospective"])

    def largest(counts: np.ndarray) -> float:
        sums = np.pad(np.cumsum(np.cumsum(counts[near], axis=1), axis=2), ((0, 0), (0, 0), (1, 0)))
        best = 0.0
        for length in range(1, 13):
            held = (
                sums[:, :, -1:] - sums[:, :, -1 - length : -length]
                if ending_now
                else sums[:, :, length:] - sums[:, :, :-length]
            )
            expected = (total * length / periods * mass)[:, :, None]
            with np.errstate(divide="ignore", invalid="ignore"):
                ratio = held * np.log(held / expected) + (total - held) * np.log(
                    (total - held) / (total - expected)
                )
            best = max(best, float(np.where(held > expected, ratio, 0).max()))
        return best

    def run() -> Results:
        rng = np.random.default_rng(8)
        chances = np.repeat(share / periods, periods)
        replications = int(inputs["replications"])
        drawn = [
            largest(rng.multinomial(int(total), chances).reshape(table.shape)) for _ in range(replications)
        ]
        found = largest(table)
        return {"ratio": found, "p": (1 + sum(one >= found for one in drawn)) / (1 + replications)}

    return run


def pointpats(inputs: Inputs) -> Run:
    import geopandas
    from pointpats import Knox

    where = geopandas.points_from_xy(inputs["points"][:, 0], inputs["points"][:, 1])
    frame = geopandas.GeoDataFrame({"t": inputs["times"].astype(int)}, geometry=where, crs=3006)

    def run() -> Results:
        np.random.seed(1)
        found = Knox.from_dataframe(
            frame, time_col="t", delta=200, tau=14, permutations=int(inputs["permutations"])
        )
        return {"observed": float(found.statistic_), "p": float(found.p_sim)}

    return run


def plain_knox(inputs: Inputs) -> Run:
    """Pairs from a k-d tree once, then one comparison of all pairs per shuffle, in NumPy."""
    from scipy.spatial import cKDTree

    def run() -> Results:
        pairs = cKDTree(inputs["points"]).query_pairs(200.0, output_type="ndarray")
        one, other, when = pairs[:, 0], pairs[:, 1], inputs["times"]
        observed = np.count_nonzero(np.abs(when[one] - when[other]) <= 14)
        rng = np.random.default_rng(1)
        drawn = []
        for _ in range(int(inputs["permutations"])):
            shuffled = rng.permutation(when)
            drawn.append(np.count_nonzero(np.abs(shuffled[one] - shuffled[other]) <= 14))
        return {"observed": observed, "p": (1 + (np.array(drawn) >= observed).sum()) / (1 + len(drawn))}

    return run


def _areas(points: int, left: np.ndarray, right: np.ndarray) -> Results:
    found = np.full(points, -1, dtype=np.int32)
    found[left] = right
    return {"area": found}


def shapely_prepared(inputs: Inputs) -> Run:
    """One question per area to the points of its box, which stand sorted."""
    import shapely

    shapes = [shapely.Polygon(ring) for ring in inputs["rings"]]
    shapely.prepare(shapes)

    def run() -> Results:
        order = np.argsort(inputs["points"][:, 0], kind="stable")
        x, y = inputs["points"][order].T
        found = np.full(x.size, -1, dtype=np.int32)
        for number, shape in enumerate(shapes):
            west, south, east, north = shape.bounds
            low, high = np.searchsorted(x, (west, east))
            inside = np.flatnonzero((y[low:high] >= south) & (y[low:high] <= north)) + low
            found[inside[shapely.contains_xy(shape, x[inside], y[inside])]] = number
        back = np.empty_like(found)
        back[order] = found
        return {"area": back}

    return run


def shapely_tree(inputs: Inputs) -> Run:
    import shapely

    tree = shapely.STRtree([shapely.Polygon(ring) for ring in inputs["rings"]])
    return lambda: _areas(
        len(inputs["points"]), *tree.query(shapely.points(inputs["points"]), predicate="intersects")
    )


def geopandas(inputs: Inputs) -> Run:
    import geopandas
    import shapely

    areas = geopandas.GeoDataFrame(geometry=[shapely.Polygon(ring) for ring in inputs["rings"]])

    def run() -> Results:
        where = geopandas.points_from_xy(inputs["points"][:, 0], inputs["points"][:, 1])
        joined = geopandas.GeoDataFrame(geometry=where).sjoin(areas, predicate="within", how="inner")
        return _areas(len(where), joined.index.to_numpy(), joined["index_right"].to_numpy())

    return run


def duckdb(inputs: Inputs) -> Run:
    import duckdb
    import pyarrow
    import shapely
    from duckdb_extensions import import_extension

    lake = duckdb.connect()
    import_extension("spatial", con=lake)
    lake.execute("LOAD spatial")
    lake.execute(f"SET threads={os.cpu_count()}")
    points, rings = inputs["points"], inputs["rings"]
    lake.register("p", pyarrow.table({"i": np.arange(len(points)), "x": points[:, 0], "y": points[:, 1]}))
    shapes = pyarrow.array(shapely.to_wkb([shapely.Polygon(ring) for ring in rings]))
    lake.register("q", pyarrow.table({"k": np.arange(len(rings)), "w": shapes}))
    lake.execute("create table areas as select k, ST_GeomFromWKB(w) g from q")
    question = "select i, k from p join areas on ST_Within(ST_Point(x, y), g)"

    def run() -> Results:
        found = lake.execute(question).fetchnumpy()
        return _areas(len(points), found["i"], found["k"])

    return run


def _full_table(table: np.ndarray) -> np.ndarray:
    for axis in range(table.ndim):
        table = np.concatenate([table, table.sum(axis, keepdims=True)], axis)
    return table


def tau_argus(inputs: Inputs) -> Run:
    """Optimal suppression by Tau-Argus with HiGHS, through its own batch files."""
    from pytauargus.engine import run_batch

    table, width = _full_table(inputs["y"]), float(inputs["width"])

    def code(place: int, size: int) -> str:
        return "T" if place == size - 1 else f"{place:03d}"

    def run() -> Results:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            lines = []
            for where, count in np.ndenumerate(table):
                small = 0 < count < 5
                codes = ";".join(code(place, size) for place, size in zip(where, table.shape, strict=True))
                need = f"{count:.0f};{max(0.0, width - count):.0f}" if small else "0;0"
                lines.append(f"{codes};{count:.0f};{'U' if small else 'S'};{need}\n")
            (folder / "t.tab").write_text("".join(lines))
            names = [f"D{place}" for place in range(table.ndim)]
            head = '   <SEPARATOR> ";"\n   <SAFE> "S"\n   <UNSAFE> "U"\n   <PROTECT> "P"\n'
            axes = "".join(f'{one}\n   <RECODEABLE>\n   <TOTCODE> "T"\n' for one in names)
            tail = "VAL\n   <NUMERIC>\n   <DECIMALS> 0\nSTAT\n   <STATUS>\n"
            tail += "LOWP\n   <NUMERIC> <LOWERPL>\nUPPP\n   <NUMERIC> <UPPERPL>\n"
            (folder / "t.rda").write_text(head + axes + tail)
            quoted = "".join(f'"{one}"' for one in names)
            (folder / "b.arb").write_text(
                f'<OPENTABLEDATA> "{folder}/t.tab"\n<OPENMETADATA> "{folder}/t.rda"\n'
                f'<SPECIFYTABLE> {quoted}|"VAL"||\n'
                f'<SAFETYRULE>\n<READTABLE> 1\n<SUPPRESS> OPT(1)\n<WRITETABLE> (1,5,SO+,"{folder}/out.tab")\n'
            )
            home = Path.cwd()
            os.chdir(folder)  # it writes its logs where it stands
            run_batch(str(folder / "b.arb"))
            os.chdir(home)
            hidden = (table > 0) & (table < 5)
            for line in (folder / "out.tab").read_text().splitlines():
                parts = [part.strip().strip('"') for part in line.replace(";", ",").split(",")]
                where = tuple(
                    size - 1 if part in ("T", "") else int(part)
                    for part, size in zip(parts, table.shape, strict=False)
                )
                if {"M", "D", "U", "X"} & {part.upper() for part in parts[table.ndim + 1 :]}:
                    hidden[where] = True
        extra = hidden & ~((table > 0) & (table < 5))
        return {"hidden": hidden.ravel(), "cost": float(table[extra].sum())}

    return run


def plain_audit(inputs: Inputs) -> Run:
    """Two programmes per small cell, each from the start, by SciPy."""
    from scipy import optimize, sparse

    table = _full_table(inputs["y"])
    index = np.arange(table.size).reshape(table.shape)
    values = table.ravel()
    lines = [
        line
        for axis in range(table.ndim)
        for line in np.moveaxis(index, axis, -1).reshape(-1, table.shape[axis])
    ]
    rows = np.repeat(np.arange(len(lines)), [line.size for line in lines])
    signs = np.concatenate([np.r_[np.ones(line.size - 1), -1.0] for line in lines])
    matrix = sparse.csr_matrix((signs, (rows, np.concatenate(lines))), shape=(len(lines), values.size))
    inside = np.flatnonzero(inputs["hidden"])

    def run() -> Results:
        part = sparse.csr_matrix(matrix[:, inside])
        part = part[np.flatnonzero(np.diff(part.indptr))]
        known = part @ values[inside]
        found = []
        for place, cell in enumerate(inside):
            if 0 < values[cell] < 5:
                aim = np.zeros(inside.size)
                aim[place] = 1.0
                low = optimize.linprog(aim, A_eq=part, b_eq=known, bounds=(0, None), method="highs")
                high = optimize.linprog(-aim, A_eq=part, b_eq=known, bounds=(0, None), method="highs")
                if high.status != 3 and -high.fun - low.fun < float(inputs["width"]) - 1e-6:
                    found.append(cell)
        return {"open": np.array(found, dtype=np.int64)}

    return run


def plain_series(inputs: Inputs, *, method: str) -> Run:
    """Rolling means or the running sum for all series at once, in NumPy."""
    counts = inputs["y"]
    first = counts.shape[1] - 24

    def run() -> Results:
        if method == "ears":
            windows = np.lib.stride_tricks.sliding_window_view(counts, 7, axis=1)[:, first - 7 : -1]
            upper = windows.mean(axis=2) + 3.090232306167813 * windows.std(axis=2, ddof=1)
            return {"alarms": float((counts[:, first:] > upper).sum()), "limits": float(upper.sum())}
        mean = counts[:, :first].mean(axis=1)
        running, alarms = np.zeros(len(counts)), 0
        for step in range(first, counts.shape[1]):
            y = counts[:, step]
            running = np.maximum(
                0, running + (y - 3 * mean + 2 * np.sqrt(y * mean)) / (2 * np.sqrt(mean)) - 1.04
            )
            alarms += int((running >= 2.26).sum())
        return {"alarms": float(alarms)}

    return run


def r_language(inputs: Inputs, *, question: str) -> Run:
    """A package of R: inputs as plain doubles, the answer and its seconds as ``name value`` lines."""
    here = Path(__file__).parent / "peers.R"

    def run() -> Results:
        with tempfile.TemporaryDirectory() as folder:
            for name, values in inputs.items():
                np.asarray(values, dtype=float).ravel().tofile(Path(folder) / name)
            shape = [str(size) for size in inputs["y" if "y" in inputs else "points"].shape]
            answer = subprocess.run(
                ["Rscript", str(here), question, folder, *shape], capture_output=True, text=True, check=True
            )
        lines = [line.split() for line in answer.stdout.splitlines() if len(line.split()) == 2]
        return {name: float(value) for name, value in lines}

    return run


SIDES: dict[str, Callable[[Inputs], Run]] = {
    "esda": esda,
    "KDEpy": kdepy,
    "scikit-learn": scikit_learn,
    "plain NumPy scan": plain_scan,
    "pointpats": pointpats,
    "plain NumPy pairs": plain_knox,
    "Shapely contains_xy": shapely_prepared,
    "Shapely STRtree": shapely_tree,
    "geopandas sjoin": geopandas,
    "DuckDB spatial": duckdb,
    "Tau-Argus OPT": tau_argus,
    "plain SciPy programmes": plain_audit,
    "plain NumPy ears": partial(plain_series, method="ears"),
    "plain NumPy cusum": partial(plain_series, method="cusum"),
    "cvxpy": cvxpy,
    "plain SciPy mixtures": plain_mixtures,
    "R spdep": partial(r_language, question="gi"),
    "R surveillance farrington": partial(r_language, question="farrington"),
    "R surveillance ears": partial(r_language, question="ears"),
    "R surveillance cusum": partial(r_language, question="cusum"),
}
VERSIONS: dict[str, tuple[str, ...]] = {
    "esda": ("esda", "libpysal"),
    "KDEpy": ("kdepy",),
    "scikit-learn": ("scikit-learn",),
    "plain NumPy scan": ("numpy",),
    "pointpats": ("pointpats",),
    "plain NumPy pairs": ("numpy",),
    "Shapely contains_xy": ("shapely",),
    "Shapely STRtree": ("shapely",),
    "geopandas sjoin": ("geopandas",),
    "DuckDB spatial": ("duckdb",),
    "Tau-Argus OPT": ("pytauargus",),
    "plain SciPy programmes": ("scipy",),
    "cvxpy": ("cvxpy", "clarabel"),
    "plain SciPy mixtures": ("scipy",),
    "plain NumPy ears": ("numpy",),
    "plain NumPy cusum": ("numpy",),
}
