import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats
from shapely import Polygon, STRtree, points

from samsyn.analysis import Unusable, Verdict
from samsyn.analysis.places.areas import AreaIndex, points_in_areas
from samsyn.analysis.places.density import density, relative_risk
from samsyn.analysis.places.hotspots import Quadrant, Standing, gi_star, gi_star_grid, hot_spots, lisa
from samsyn.analysis.places.neighbours import nearest, on_grid, touching, within
from samsyn.analysis.places.patterns import concentration, hour_by_weekday
from samsyn.analysis.tests.data import column


def tessellation(side: int, seed: int, vertices: int = 6) -> list[np.ndarray]:
    """A square cut into side x side areas with crooked shared borders, 0 to 100 each way."""
    rng = np.random.default_rng(seed)
    x, y = np.meshgrid(np.arange(side + 1.0), np.arange(side + 1.0), indexing="ij")
    x[1:-1] += rng.uniform(-0.25, 0.25, (side - 1, side + 1))
    y[:, 1:-1] += rng.uniform(-0.25, 0.25, (side + 1, side - 1))

    def border(a: tuple[float, float], b: tuple[float, float], outer: bool) -> np.ndarray:
        t = np.linspace(0, 1, vertices)[:, None]
        line = np.array(a) + t * (np.array(b) - np.array(a))
        if not outer:
            line[1:-1] += rng.uniform(-0.05, 0.05, (vertices - 2, 2))
        return line

    across = {
        (i, j): border((x[i, j], y[i, j]), (x[i + 1, j], y[i + 1, j]), j in (0, side))
        for i in range(side)
        for j in range(side + 1)
    }
    along = {
        (i, j): border((x[i, j], y[i, j]), (x[i, j + 1], y[i, j + 1]), i in (0, side))
        for i in range(side + 1)
        for j in range(side)
    }
    return [
        np.vstack([across[i, j][:-1], along[i + 1, j][:-1], across[i, j + 1][::-1][:-1], along[i, j][::-1]])
        * (100 / side)
        for i in range(side)
        for j in range(side)
    ]


def test_points_lie_where_shapely_says() -> None:
    areas = tessellation(12, 1)
    asked = np.random.default_rng(2).uniform(-5, 105, (20_000, 2))

    found = points_in_areas(asked, areas)

    left, right = STRtree([Polygon(ring) for ring in areas]).query(points(asked), predicate="intersects")
    expected = np.full(len(asked), -1)
    expected[left] = right
    assert (found == expected).all()


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 2**32 - 1))
def test_every_point_on_a_border_lies_in_exactly_one_of_the_areas_that_share_it(seed: int) -> None:
    areas = tessellation(4, seed)
    corners = np.concatenate(areas)
    middles = np.concatenate([(ring[1:] + ring[:-1]) / 2 for ring in areas])
    shapes = [Polygon(ring) for ring in areas]

    for asked in (corners, middles):
        found = AreaIndex(areas).locate(asked)
        inner = (np.abs(asked - 50) < 50 - 1e-9).all(axis=1)
        assert (
            found[inner] >= 0
        ).all()  # total conserved: none is lost, and one number each means none is counted twice
        touched = [
            shapes[area].distance(point) < 1e-9
            for area, point in zip(found[inner], points(asked[inner]), strict=True)
        ]
        assert all(touched)


def test_the_corner_of_four_areas_belongs_to_one_and_outer_borders_belong_inside() -> None:
    square = [[[i, j], [i + 1, j], [i + 1, j + 1], [i, j + 1]] for i in (0, 1) for j in (0, 1)]

    found = points_in_areas([[1, 1], [0, 0], [2, 2], [2, 0.5], [0.5, 2], [1, 2], [2.001, 1]], square)

    assert (found[:6] >= 0).all()
    assert found[6] == -1


def test_a_hole_is_outside_and_an_island_inside() -> None:
    outer, hole, island = (
        [[0, 0], [9, 0], [9, 9], [0, 9]],
        [[2, 2], [6, 2], [6, 6], [2, 6]],
        [[20, 0], [21, 0], [21, 1]],
    )

    found = points_in_areas([[1, 1], [4, 4], [20.9, 0.5], [np.nan, 1]], [[outer, hole, island]])

    assert found.tolist() == [0, -1, 0, -1]


def test_a_ring_that_is_no_ring_is_refused() -> None:
    for areas in ([], [[[0, 0], [1, 1]]], [[[0, 0], [1, np.nan], [1, 1]]]):
        with pytest.raises(Unusable):
            AreaIndex(areas)


ORD_GETIS = column("getis_ord_grid", "x", "y", "value")


@pytest.mark.parametrize(
    ("distance", "star_136", "largest", "plain_120"),
    [
        (30, 1.67075, 4.31041, 1.22198),
        (60, 2.73245, 5.97681, 1.74810),
        (90, 3.93140, 7.91728, 1.98614),
        (120, 4.34187, 9.47962, 1.89337),
    ],
)
def test_gi_scores_are_those_of_ord_and_getis(
    distance: float, star_136: float, largest: float, plain_120: float
) -> None:
    near = within(ORD_GETIS[:, :2], distance + 1e-6)  # spdep on the same data

    star, plain = gi_star(ORD_GETIS[:, 2], near), gi_star(ORD_GETIS[:, 2], near, star=False)

    assert star.score[135] == pytest.approx(star_136, abs=1e-5)
    assert star.score.max() == pytest.approx(largest, abs=1e-5)
    assert plain.score[119] == pytest.approx(plain_120, abs=1e-5)


def test_the_grid_kernel_gives_the_scores_of_neighbour_lists_and_of_plain_numpy() -> None:
    table = np.random.default_rng(1).poisson(3.0, (17, 23)).astype(float)
    padded, ones = np.pad(table, 1), np.pad(np.ones_like(table), 1)
    sums = sum(padded[a : a + 17, b : b + 23] for a in range(3) for b in range(3))
    size = sum(ones[a : a + 17, b : b + 23] for a in range(3) for b in range(3))
    plain = (sums - table.mean() * size) / (
        table.std() * np.sqrt((table.size * size - size**2) / (table.size - 1))
    )

    assert gi_star_grid(table) == pytest.approx(plain)
    assert gi_star(table, on_grid(17, 23)).score.reshape(17, 23) == pytest.approx(plain)


def test_permutation_p_values_of_noise_are_even() -> None:
    shares = []
    for seed in range(40):
        noise = np.random.default_rng(seed).poisson(2.0, 100).astype(float)
        shares.append((gi_star(noise, on_grid(10, 10), permutations=999, seed=seed).p_value <= 0.05).mean())

    assert np.mean(shares) == pytest.approx(0.05, abs=0.015)  # esda gives .116


def test_shared_permutations_agree_with_shuffling_every_place_by_itself() -> None:
    rng = np.random.default_rng(3)
    values, near = rng.gamma(2.0, 1.0, 60), within(rng.uniform(0, 10, (60, 2)), 2.5)
    found = gi_star(values, near, permutations=9999, seed=5)

    for place in range(0, 60, 7):
        mine = near.near[near.first[place] : near.first[place + 1]]
        others = np.delete(values, place)
        sums = np.array([rng.choice(others, mine.size, replace=False).sum() for _ in range(4000)])
        tail = min((sums >= values[mine].sum()).mean(), (sums <= values[mine].sum()).mean())
        assert found.p_value[place] == pytest.approx(min(1, 2 * tail), abs=0.035)


def test_no_variation_and_no_neighbours_are_said_and_not_scored() -> None:
    even = gi_star([2.0, 2, 2, 2], on_grid(2, 2), permutations=99, seed=1)
    island = gi_star([1.0, 2, 3, 9], within([[0, 0], [1, 0], [2, 0], [90, 0]], 1.5), permutations=99, seed=1)

    assert (even.score == 0).all()
    assert (even.p_value == 1).all()
    assert (even.standing == Standing.NO_VARIATION).all()
    assert island.standing.tolist() == [0, 0, 0, Standing.NO_NEIGHBOURS]
    assert np.isnan(island.score[3])
    assert np.isnan(island.p_value[3])


def test_lisa_sums_to_the_global_moran() -> None:
    values = np.random.default_rng(4).normal(size=100)
    near = on_grid(10, 10)
    found = lisa(values, near, permutations=99, seed=1)

    z = (values - values.mean()) / values.std()
    rows = np.repeat(np.arange(100), near.counts)
    moran = (z[rows] * z[near.near] / near.counts[rows]).sum() / 100
    assert found.score.mean() == pytest.approx(moran)
    assert set(found.quadrant.tolist()) <= {int(one) for one in Quadrant}


def test_a_hot_spot_is_found_against_people_and_not_against_area() -> None:
    people = np.full(400, 100.0)
    people[190:195] = 2_000
    counts = np.random.default_rng(5).poisson(people * 0.05)
    near = on_grid(20, 20)

    assert Verdict.MORE not in hot_spots(counts, people, near).verdicts
    assert Verdict.MORE in hot_spots(counts, np.full(400, 100.0), near).verdicts
    counts[44] += 60
    assert hot_spots(counts, people, near).verdicts[44] is Verdict.MORE


def test_chance_is_seldom_called_a_hot_spot() -> None:
    rng = np.random.default_rng(6)
    wrong = [
        any(
            verdict in (Verdict.MORE, Verdict.FEWER)
            for verdict in hot_spots(rng.poisson(4, 225), np.ones(225), on_grid(15, 15)).verdicts
        )
        for _ in range(200)
    ]

    assert np.mean(wrong) <= 0.06


def test_neighbours_are_mutual_and_never_oneself() -> None:
    where = np.random.default_rng(7).uniform(0, 5, (50, 2))
    for near in (within(where, 1.0), on_grid(5, 10), touching(tessellation(4, 3))):
        rows = np.repeat(np.arange(near.first.size - 1), near.counts)
        pairs = set(zip(rows.tolist(), near.near.tolist(), strict=True))
        assert all((b, a) in pairs and a != b for a, b in pairs)
    assert (nearest(where, 4).counts == 4).all()
    assert (nearest(np.zeros((6, 2)), 3).counts == 3).all()  # all at one point


@pytest.mark.parametrize("bandwidth", [300.0, 1_000.0, 3_000.0, 40_000.0])
def test_one_point_keeps_its_mass_at_every_bandwidth_and_unit(bandwidth: float) -> None:
    metres = density([[5.0, -3.0]], bandwidth)
    kilometres = density([[0.005, -0.003]], bandwidth / 1000)

    assert metres.density.sum() * np.diff(metres.x)[0] * np.diff(metres.y)[0] == pytest.approx(1, abs=1e-3)
    assert metres.density * 1e6 == pytest.approx(kilometres.density, rel=1e-6, abs=1e-12)


def test_the_surface_is_that_of_the_exact_sum() -> None:
    rng = np.random.default_rng(8)
    where = rng.normal(0, 900, (3_000, 2))
    axis = np.linspace(-5_000, 5_000, 200)

    found = density(where, 300.0, x=axis, y=axis)

    for i, j in rng.integers(0, 200, (60, 2)):
        distance = (where[:, 0] - axis[i]) ** 2 + (where[:, 1] - axis[j]) ** 2
        exact = np.exp(-distance / (2 * 300**2)).sum() / (2 * np.pi * 300**2)
        assert found.density[i, j] == pytest.approx(exact, abs=0.002 * found.density.max())


def test_edge_correction_keeps_every_event_inside() -> None:
    axis = np.linspace(0, 10, 101)
    inside = np.ones((101, 101))
    where = np.random.default_rng(9).uniform(0.5, 9.5, (500, 2))

    found = density(where, 1.0, x=axis, y=axis, inside=inside)

    assert found.density.sum() * 0.1**2 == pytest.approx(500, rel=0.01)


def test_a_grid_that_is_too_coarse_is_refused_and_risk_needs_people() -> None:
    with pytest.raises(Unusable):
        density([[0, 0]], 1.0, x=[0, 10, 20], y=[0, 10, 20])
    with pytest.raises(Unusable):
        density(np.zeros((0, 2)), 1.0)
    rng = np.random.default_rng(1)
    risk = relative_risk(rng.normal(0, 1, (400, 2)), rng.normal(0, 1, (4000, 2)), 0.5)
    assert np.isnan(risk.density[0, 0])
    assert np.nanmedian(risk.density) == pytest.approx(1, abs=0.25)


def test_hours_of_an_even_week_do_not_stand_out() -> None:
    rng = np.random.default_rng(10)
    wrong = [hour_by_weekday(rng.uniform(0, 168, 400)).stands_out.any() for _ in range(200)]

    assert np.mean(wrong) <= 0.06


def test_a_stretch_is_spread_over_its_hours_and_wraps_over_sunday_night() -> None:
    found = hour_by_weekday([167.5] * 25, [169.5] * 25)

    assert found.counts[6, 23] == pytest.approx(25 * 0.25)
    assert found.counts[0, 0] == pytest.approx(25 * 0.5)
    assert found.counts.sum() == pytest.approx(25)
    assert hour_by_weekday([3.0] * 10).verdict is Verdict.TOO_FEW


def test_chance_alone_is_not_called_concentration() -> None:
    rng = np.random.default_rng(11)
    verdicts = [
        concentration(rng.multinomial(60, np.ones(500) / 500), seed=seed, draws=199).verdict
        for seed in range(60)
    ]
    clustered = concentration(np.concatenate([np.full(5, 30), np.ones(200)]), seed=1)

    assert sum(verdict is Verdict.MORE for verdict in verdicts) <= 4
    assert clustered.verdict is Verdict.MORE
    assert clustered.place_share < clustered.by_chance_low


def test_the_adjusted_gini_is_zero_when_no_place_has_two() -> None:
    found = concentration([1.0] * 30 + [0.0] * 70, seed=1)

    assert found.gini == pytest.approx(0)  # Bernasco and Steenbeek: fewer events than places
    assert stats.rankdata(
        [found.by_chance_low, found.by_chance, found.by_chance_high]
    ).tolist() == pytest.approx([1, 2, 3], abs=1)
