"""The areas of a published picture's maps as open data: with source and licence, and nothing that is not open."""

import json
from datetime import date
from typing import Any

import pytest
import shapely
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from pyproj import Transformer

from samsyn.core import limits, objects
from samsyn.core.errors import Refused
from samsyn.evidence import open_areas, queries, services
from samsyn.evidence.asking import Place, Question
from samsyn.evidence.models import Figure, Outlines
from samsyn.evidence.outlines import unpacked
from samsyn.evidence.readers.outlines import read_outlines
from samsyn.evidence.tests import build as figures
from samsyn.evidence.tests.test_questions import AREAS, made, of_areas
from samsyn.parties.tests.build import Town
from samsyn.pictures.models import Picture
from samsyn.pictures.services import retract_adoption
from samsyn.pictures.tests import build

CODES = {f"9902A00{place}0": name for place, name in enumerate(AREAS, start=1)}
UNUSED = "9902A0990"  # kept beside the others, on no map


def with_map(town: Town, *, is_open: bool) -> Figure:
    squares = {code: (place, 0) for place, code in enumerate((*CODES, UNUSED))}
    figures.outlines(town, squares, names={**CODES, UNUSED: "Vid sidan av"}, is_open=is_open)
    places = [Place("", name, people) for name, (_, people) in AREAS.items()]
    ground = queries.ground_of(town.coordinator, town.partnership, places)
    return made(town, of_areas(town), Question.BESIDE, ground=ground)


def picture_with_map(town: Town, *, is_open: bool = True) -> Picture:
    return build.adopted_picture(town, figure=with_map(town, is_open=is_open))


def addresses(picture: Picture) -> tuple[str, str]:
    assert picture.release
    key = picture.release.pk
    return f"/granvik/lagesbild/{key}/omraden.geojson", f"/en/granvik/picture/{key}/areas.geojson"


def fetched(client: Client, picture: Picture) -> dict[str, Any]:
    answer = client.get(addresses(picture)[0])
    assert answer.status_code == 200 and answer["Content-Type"] == "application/geo+json"
    assert not answer.cookies
    return json.loads(answer.content)  # type: ignore[no-any-return]


def test_what_the_maps_show_is_fetched_with_source_and_licence(town: Town, client: Client) -> None:
    picture = picture_with_map(town)

    for page, address in zip(
        ("/granvik/lagesbild/", "/en/granvik/picture/"), addresses(picture), strict=True
    ):
        assert (
            f'href="{address}"' in client.get(page).text and "Granviks kommun, CC0" in client.get(page).text
        )
        assert client.get(address).status_code == 200
    found = fetched(client, picture)

    assert found["type"] == "FeatureCollection" and "crs" not in found  # RFC 7946, section 4
    assert [one["properties"]["name"] for one in found["features"]] == list(CODES.values())
    assert {one["properties"]["licence"] for one in found["features"]} == {"CC0"}
    assert found["sources"][0]["source"] == "Granviks kommun" and "Vid sidan av" not in json.dumps(found)
    to_metres = Transformer.from_crs(4326, 3006, always_xy=True)
    (ring,) = found["features"][0]["geometry"]["coordinates"][0]
    corners = {(round(x), round(y)) for x, y in (to_metres.transform(*point) for point in ring)}
    assert corners == {(600_000 + x, 6_600_000 + y) for x in (0, 1000) for y in (0, 1000)}
    assert ring[0] == ring[-1] and shapely.LinearRing(ring).is_ccw


def test_what_nobody_has_opened_is_not_there(town: Town, client: Client) -> None:
    picture = picture_with_map(town, is_open=False)

    assert [client.get(one).status_code for one in addresses(picture)] == [404, 404]
    assert "geojson" not in client.get("/granvik/lagesbild/").text


def test_opened_and_closed_it_comes_and_goes_at_once(town: Town, client: Client) -> None:
    picture = picture_with_map(town, is_open=False)
    kept = Outlines.objects.get()

    services.open_outlines(kept, is_open=True, by=town.coordinator)
    assert client.get(addresses(picture)[0]).status_code == 200
    services.open_outlines(kept, is_open=False, by=town.officer)
    assert client.get(addresses(picture)[0]).status_code == 404


def test_out_of_use_they_stay_with_what_is_published(town: Town, client: Client) -> None:
    picture = picture_with_map(town)
    before = fetched(client, picture)

    services.drop_outlines(Outlines.objects.get(), by=town.coordinator)
    figures.outlines(town, dict.fromkeys(CODES, (7, 7)), names=CODES)

    assert fetched(client, picture) == before


def test_a_map_that_is_in_no_published_picture_is_nobodys(town: Town, client: Client) -> None:
    """Open outlines, a figure with a map of them, and a picture that shows another figure."""
    with_map(town, is_open=True)
    plain = figures.figure(town)
    assert isinstance(plain, Figure)
    picture = build.adopted_picture(town, figure=plain)

    assert client.get(addresses(picture)[0]).status_code == 404
    assert "omraden.geojson" not in client.get("/granvik/lagesbild/").text


def test_with_the_picture_its_areas_are_gone(town: Town, client: Client) -> None:
    picture = picture_with_map(town)
    here, there = addresses(picture)
    assert client.get(here.replace("granvik", "tallnas")).status_code == 404

    retract_adoption(picture, by=town.chair)

    assert [client.get(one).status_code for one in (here, there)] == [404, 404]


def test_who_fetches_areas_without_end_is_stopped(town: Town, client: Client) -> None:
    address = addresses(picture_with_map(town))[0]

    answers = [client.get(address).status_code for _ in range(limits.PUBLIC_FILE.tries + 1)]

    assert answers[-2:] == [200, 429]


def test_holes_and_islands_keep_their_place() -> None:
    """An area with a hole, an island in the hole, and another part beside it."""
    outer = [(0, 0), (9000, 0), (9000, 9000), (0, 9000)]
    hole = [(2000, 2000), (2000, 7000), (7000, 7000), (7000, 2000)]
    island, beside = [(3000, 3000), (3000, 5000), (5000, 5000)], [(10_000, 0), (12_000, 0), (12_000, 2000)]

    def ring(corners: list[tuple[int, int]]) -> list[list[int]]:
        return [[600_000 + x, 6_600_000 + y] for x, y in (*corners, corners[0])]

    shape = {
        "type": "MultiPolygon",
        "coordinates": [[ring(outer), ring(hole)], [ring(island)], [ring(beside)]],
    }
    area = {"type": "Feature", "properties": {"kod": "9902A0010"}, "geometry": shape}
    content = json.dumps({"type": "FeatureCollection", "features": [area]}).encode()
    kept = unpacked(read_outlines(content, name="a.geojson", areas={}, municipality="9902"))

    told = open_areas.geojson([queries.OpenAreas(kept, "Granvik", "CC0", date(2026, 3, 12))])

    found = shapely.from_geojson(json.dumps(told["features"][0]["geometry"]))
    assert found.is_valid and sorted(len(part.interiors) for part in found.geoms) == [0, 0, 1]
    for part in found.geoms:
        assert part.exterior.is_ccw and not any(one.is_ccw for one in part.interiors)
    to_metres = Transformer.from_crs(4326, 3006, always_xy=True).transform
    again = shapely.transform(
        found, lambda points: list(zip(*to_metres(points[:, 0], points[:, 1]), strict=True))
    )
    assert again.area == pytest.approx(9e6 * 9 - 25e6 + 2e6 + 2e6, rel=1e-4)


@given(st.floats(240_000, 950_000), st.floats(6_100_000, 7_700_000))
def test_places_are_where_proj_puts_them(east: float, north: float) -> None:
    """PROJ's own projection, which shares no line with ours; 1e-8 of a degree is a millimetre."""
    wanted = Transformer.from_crs(3006, 4326, always_xy=True).transform(east, north)

    assert open_areas.degrees(east, north) == pytest.approx(wanted, abs=1e-8)


def test_outlines_of_an_earlier_version_are_brought_again_to_be_opened(town: Town) -> None:
    kept = figures.outlines(town, {"9902A0010": (0, 0)})
    plain = json.loads(objects.get(kept.key))
    for one in plain["areas"]:
        del one["parts"]
    old = services.keep_outlines(
        town.partnership,
        read=services.OutlinesRead(json.dumps(plain).encode(), 1),
        terms=services.Terms("Granviks kommun", "CC0"),
        by=town.coordinator,
    )

    with pytest.raises(Refused, match="earlier version"):
        services.open_outlines(old, is_open=True, by=town.coordinator)
