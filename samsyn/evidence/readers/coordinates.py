"""Coordinates of events: which system they are in, and never a guess between two."""

from typing import TYPE_CHECKING, Final

from samsyn.evidence.readers.geography import SWEREF, WGS84, system_of
from samsyn.evidence.readers.table import Answers, Note, Question, Refusal

if TYPE_CHECKING:
    import polars as pl

    from samsyn.evidence.readers.incidents import Incidents

ZONES: Final = tuple(f"EPSG:{code}" for code in (SWEREF, WGS84, *range(3007, 3019)))


def placed(incidents: "Incidents", answers: Answers) -> None:
    """Add x and y: SWEREF 99 TM in Sweden, degrees elsewhere, nothing until the system is known."""
    import polars as pl

    plain = [
        pl.col(f"{axis}_text")
        .str.replace(",", ".", literal=True)
        .str.replace_all(r"[\s\u{a0}]", "")
        .cast(pl.Float64, strict=False)
        for axis in "xy"
    ]
    frame = incidents.frame.with_columns(plain[0].alias("x"), plain[1].alias("y"))
    frame = frame.with_columns(
        pl.when(
            pl.col("x").is_finite() & pl.col("y").is_finite() & ~((pl.col("x") == 0) & (pl.col("y") == 0))
        )
        .then(pl.col(axis))
        .alias(axis)
        for axis in "xy"
    )
    lost = frame["x"].null_count()
    if lost:
        incidents.notes.append(Note("without_place", {"rows": lost}))
    known = frame.filter(pl.col("x").is_not_null())
    if known.height == 0:
        incidents.frame = frame
        return
    top = int(known.group_by("x", "y").len()["len"].max() or 0)  # type: ignore[arg-type]
    if top >= 10:
        incidents.notes.append(Note("snapped_points", {"rows": top}))
    incidents.frame = _projected(frame, incidents, answers)


def _system(west: float, south: float, east: float, north: float, answers: Answers) -> tuple[int, bool, bool]:
    """The system (0: ask), whether the axes are swapped, and whether it was only concluded."""
    if asked := answers.get("crs"):
        code = system_of(str(asked))
        if code is None:
            raise Refusal("unknown_answer", key="crs", answer=str(asked)[:40])
        swapped = code != WGS84 and west > 6_000_000 > north
        return code, swapped, False
    if west >= -180 and east <= 180 and south >= -90 and north <= 90:
        return WGS84, False, True
    if west >= 240_000 and east <= 950_000 and south >= 6_100_000 and north <= 7_700_000:
        return SWEREF, False, True
    if south >= 240_000 and north <= 950_000 and west >= 6_100_000 and east <= 7_700_000:
        return SWEREF, True, True
    return 0, False, False


def _projected(frame: "pl.DataFrame", incidents: "Incidents", answers: Answers) -> "pl.DataFrame":
    import polars as pl

    # A few stray points (typing errors) must not decide the system: look at the middle of them.
    edges = [float(frame[axis].quantile(part) or 0) for part in (0.01, 0.99) for axis in "xy"]
    west, south, east, north = edges
    system, swapped, concluded = _system(west, south, east, north, answers)
    if not system:
        incidents.questions.append(Question("crs", ZONES, params={"x": f"{west:.0f}", "y": f"{south:.0f}"}))
        return frame.with_columns(pl.lit(None, pl.Float64).alias("x"), pl.lit(None, pl.Float64).alias("y"))
    incidents.notes.append(Note("system_assumed" if concluded else "system", {"epsg": system}))
    if swapped:
        incidents.notes.append(Note("axes_swapped"))
        frame = frame.with_columns(pl.col("y").alias("x"), pl.col("x").alias("y"))
    if system == SWEREF:
        incidents.metres = True
        return frame
    if system == WGS84 and not (west >= 10 and east <= 25 and south >= 55 and north <= 70):
        return frame
    from pyproj import Transformer

    moved = Transformer.from_crs(system, SWEREF, always_xy=True).transform(
        frame["x"].fill_null(float("nan")).to_numpy(), frame["y"].fill_null(float("nan")).to_numpy()
    )
    incidents.metres = True
    return frame.with_columns(
        pl.when(pl.col(axis).is_not_null() & pl.Series(values).is_finite())
        .then(pl.Series(values).round(1))
        .alias(axis)
        for axis, values in zip("xy", moved, strict=True)
    )
