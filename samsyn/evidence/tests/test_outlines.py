"""Maps: outlines come from files as municipalities have them, and say no more of an area than its table does."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from samsyn.analysis import comparison
from samsyn.analysis.places import hotspots
from samsyn.analysis.places.neighbours import on_grid
from samsyn.core.errors import Invalid, Refused
from samsyn.evidence import making, queries, services
from samsyn.evidence.asking import Place, Question
from samsyn.evidence.models import Figure, Outlines
from samsyn.evidence.readers.outlines import read_outlines
from samsyn.evidence.readers.table import Refusal
from samsyn.evidence.tests import build
from samsyn.evidence.tests.test_questions import AREAS as PEOPLE
from samsyn.evidence.tests.test_questions import made, of_areas
from samsyn.graphics.maps import AreaOnMap, Look, area_map
from samsyn.parties.tests.build import Town, user_of

AREAS = {"9902": "Granvik", "9902-1": "Ek", "9902-2": "Fur"}


def read(areas: str, **more: Any) -> list[dict[str, Any]]:
    content = read_outlines(areas.encode(), name="omraden.geojson", areas=AREAS, municipality="9902", **more)
    return json.loads(content)["areas"]  # type: ignore[no-any-return]


def test_own_codes_and_small_areas_of_the_municipality_are_taken_and_no_others() -> None:
    found = read(
        build.squares({"9902-1": (0, 0), "9902-2": (1, 0), "9902A0010": (3, 0), "2480A0010": (4, 0)})
    )

    assert [one["code"] for one in found] == ["9902-1", "9902-2", "9902A0010"]
    assert [one["beside"] for one in found] == [["9902-2"], ["9902-1"], []]
    assert found[0]["name"] == "Ek"  # as the partnership calls it, whatever the file says
    assert sorted(map(tuple, found[0]["rings"][0])) == [
        (600_000, 6_600_000),
        (600_000, 6_601_000),
        (601_000, 6_600_000),
        (601_000, 6_601_000),
    ]


def test_degrees_become_the_metres_of_sweref() -> None:
    # Lantmäteriet's test point for SWEREF 99 TM: 55° 00' N, 12° 45' E is N 6097106.672 E 356083.438. A degree
    # further north it lies in Sweden's box.
    ring = [[12.75, 56.0], [12.76, 56.0], [12.76, 56.01], [12.75, 56.0]]
    area = {"type": "Feature", "properties": {"kod": "9902-1"}}
    area["geometry"] = {"type": "Polygon", "coordinates": [ring]}

    (found,) = read(json.dumps({"type": "FeatureCollection", "features": [area]}))

    x, y = min(found["rings"][0])
    assert abs(x - 359_723) < 100 and abs(y - 6_208_301) < 400


def test_topojson_gives_areas_that_share_their_arc() -> None:
    arcs = [
        [[600_000, 6_601_000], [600_000, 6_600_000], [601_000, 6_600_000]],
        [[601_000, 6_600_000], [601_000, 6_601_000]],
        [[601_000, 6_600_000], [602_000, 6_600_000], [602_000, 6_601_000], [601_000, 6_601_000]],
        [[601_000, 6_601_000], [600_000, 6_601_000]],
    ]
    parts = [
        {"type": "Polygon", "arcs": [[0, 1, 3]], "properties": {"kod": "9902-1"}},
        {"type": "Polygon", "arcs": [[2, ~1]], "properties": {"kod": "9902-2"}},
    ]
    objects = {"omraden": {"type": "GeometryCollection", "geometries": parts}}
    content = json.dumps({"type": "Topology", "arcs": arcs, "objects": objects}).encode()

    found = json.loads(read_outlines(content, name="omraden.topojson", areas=AREAS, municipality="9902"))

    assert [one["name"] for one in found["areas"]] == ["Ek", "Fur"]
    assert [one["beside"] for one in found["areas"]] == [["9902-2"], ["9902-1"]]


def test_a_border_stays_whole_when_it_is_made_simpler() -> None:
    bends = [[1000 + (40 if step % 2 else 0), step * 10] for step in range(201)]
    west = [[0, 0], *bends, [0, 2000]]
    east = [[200_000, 0], [200_000, 2000], *bends[::-1]]
    found = read(build.polygons({"9902-1": west, "9902-2": east}))

    shared = [set(map(tuple, one["rings"][0])) for one in found]
    assert len(shared[0]) < 10 and len(shared[0] & shared[1]) >= 2  # no gap and no overlap along it


def test_districts_and_the_small_areas_in_them_come_in_one_file() -> None:
    bends = [[1000 + (40 if step % 2 else 0), step * 10] for step in range(201)]
    west, east = [[0, 0], *bends, [0, 2000]], [[200_000, 0], [200_000, 2000], *bends[::-1]]
    whole = [[0, 0], [0, 2000], [200_000, 2000], [200_000, 0]]
    found = read(build.polygons({"9902-1": whole, "9902A0010": west, "9902A0020": east}))

    shared = [set(map(tuple, one["rings"][0])) for one in found if one["code"] != "9902-1"]
    assert len(shared[0]) < 10 and len(shared[0] & shared[1]) >= 2


def test_population_is_entered_of_what_maps_are_drawn_of(client: Client, town: Town) -> None:
    build.outlines(town, THIRTY, names=NAMES)
    client.force_login(user_of(town.coordinator))
    page = reverse("evidence:population", args=[town.partnership.slug])
    given = {"area": "9902A0010", "day": "2024-12-31", "number": "1200", "source": "SCB"}

    assert "Ruta 00" in client.get(page).text
    assert client.post(page, given).status_code == 302
    assert queries.population_of(town.coordinator, town.partnership).get().area_name == "Ruta 00"


@pytest.mark.parametrize(
    ("areas", "code"),
    [
        (build.squares({"2480": (0, 0), "1280": (1, 0)}), "other_areas"),
        (build.squares({"9902-1": (0, 0), "9902-2": (1, 0)}, code="farg"), "no_code_column"),
        (build.squares({"9902-1": (0, 0), "9902-2": (900, 9000)}), "outside_sweden"),
        (build.polygons({"9902-1": [[0, 0], [5, 5]]}, kind="LineString"), "not_polygons"),
        ('{"a": 1}', "unknown_json"),
        ("Kommun;År;Antal\nGranvik;2024;1\n", "lies_about_its_type"),
    ],
)
def test_what_gives_no_map_is_refused(areas: str, code: str) -> None:
    if code == "no_code_column":
        areas = areas.replace("9902-1", "röd").replace("9902-2", "blå").replace("namn", "ton")
    with pytest.raises(Refusal) as refused:
        read(areas)

    assert refused.value.code == code


PLACES = {f"9902A00{place}0": name for place, name in enumerate(PEOPLE, start=1)}


def with_map(town: Town, question: Question, *, left_out: str = "") -> dict[str, Any]:
    squares = {code: (place, 0) for place, (code, name) in enumerate(PLACES.items()) if name != left_out}
    build.outlines(town, squares, names=PLACES)
    places = [Place("", name, people) for name, (_, people) in PEOPLE.items()]
    ground = queries.ground_of(town.coordinator, town.partnership, places)
    return queries.figure_payload(made(town, of_areas(town), question, ground=ground))


def test_a_comparison_has_a_map_that_says_what_its_table_says(town: Town) -> None:
    payload = with_map(town, Question.BESIDE)

    # Garwood (1936), as tabled: 95 % limits of 12, 9, 11, 10 and 60 events, beside a fifth of all 102
    low, high = (6.20, 4.12, 5.49, 4.80, 45.79), (20.96, 17.08, 19.68, 18.39, 77.23)
    mean = 102 / 5
    looks = ["more" if a > mean else "fewer" if b < mean else "like" for a, b in zip(low, high, strict=True)]
    assert looks == ["like", "fewer", "fewer", "fewer", "more"]
    drawing = payload["svg"]["wide"]
    assert drawing.count("<path") == len(PEOPLE) + 2  # the areas, north and the scale
    assert drawing.count("-fewer)") == 3 + 1  # three areas, and what the pattern means
    assert "högre än alla områden tillsammans" in drawing and ">1 km<" in drawing
    judged = {row[0]["sv"]: row[-1]["en"] for row in payload["table"]["rows"]}
    assert judged["Idegran"] == "higher than all areas together"
    assert judged["Ek"] == "cannot say that it differs"
    assert "lower than all areas together: Gran, Hassel and Fur" in payload["alt"]["en"]
    assert payload["source"]["en"].endswith("The areas of the map: Granviks kommun, CC0.")
    assert "no ranking" in str(payload["caveats"])


THIRTY = {f"9902A{place + 1:03}0": (place % 6, place // 6) for place in range(30)}
NAMES = {code: f"Ruta {place:02}" for place, code in enumerate(THIRTY)}
EVEN = [5, 6, 4, 7, 5, 4] * 5
GATHERED = [15 if place in (4, 5, 10, 11) else count for place, count in enumerate(EVEN)]  # in one corner


def of_squares(town: Town, *, places: int = 30, counts: Sequence[int] = GATHERED) -> Figure:
    build.outlines(town, THIRTY, names=NAMES)
    asked = [Place("", name, 1000) for name in NAMES.values()][:places]
    lines = "".join(f"{one.name};2024;{count}\n" for one, count in zip(asked, counts, strict=False))
    data = build.dataset(town, f"Område;År;Antal stölder\n{lines}", name="rutor.csv")
    ground = queries.ground_of(town.coordinator, town.partnership, asked)
    return made(town, data, Question.AROUND, ground=ground, places=asked)


def test_what_gathers_is_told_as_the_method_tells_it_of_squares(town: Town) -> None:
    figure = of_squares(town)

    people = [1000] * 30
    spread = comparison.funnel(GATHERED, people).dispersion
    # A grid's own neighbours, row by row: another way to tell who lies beside whom.
    found = hotspots.hot_spots(GATHERED, people, on_grid(5, 6), dispersion=spread)
    payload = queries.figure_payload(figure)
    assert payload["estimate"]["verdicts"] == [one.value for one in found.verdicts]
    assert [place for place, one in enumerate(found.verdicts) if one == "more"] == [4, 5, 10, 11]
    assert payload["sentence"]["en"].startswith(
        "More in and around Ruta 04, Ruta 05, Ruta 10 and Ruta 11 than"
    )
    assert "need not have many" in str(payload["caveats"]) and "<path" in payload["svg"]["narrow"]
    assert making.agrees_when_made_again(figure)


def test_even_numbers_gather_nowhere(town: Town) -> None:
    payload = queries.figure_payload(of_squares(town, counts=EVEN))

    assert payload["sentence"]["en"].startswith("It cannot be said that it gathers anywhere")


def test_with_few_areas_nothing_is_said_to_gather(town: Town) -> None:
    with pytest.raises(AssertionError, match="too_few_around"):
        of_squares(town, places=9)


def test_what_gathers_needs_outlines(town: Town) -> None:
    with pytest.raises(Refused, match="outlines"):
        made(town, of_areas(town), Question.AROUND)


def test_no_map_is_half(town: Town) -> None:
    payload = with_map(town, Question.FUNNEL, left_out="Gran")

    assert "<path" not in payload["svg"]["wide"] and "map" not in payload["alt"]["en"]
    assert "outlines" not in payload["parameters"]  # such a figure is the one that it always was


def test_newer_outlines_leave_a_figure_as_it_was_drawn(town: Town) -> None:
    before = with_map(town, Question.FUNNEL)
    build.outlines(town, dict.fromkeys(PLACES, (3, 3)))

    figure = Figure.objects.get()
    assert queries.figure_payload(figure) == before and making.agrees_when_made_again(figure)


def test_many_small_areas_are_named_where_something_is_said() -> None:
    areas = [
        AreaOnMap(
            f"Område {place}",
            [[(place * 100, 0), (place * 100 + 100, 0), (place * 100 + 100, 90)]],
            (place * 100 + 60, 20),
            Look.MORE if place == 7 else Look.LIKE,
        )
        for place in range(40)
    ]
    words = {Look.MORE: "fler", Look.LIKE: "kan inte säga"}
    piece = area_map(areas, width=360, ident="m", legend=words, length_said=lambda metres: f"{metres} m")

    assert "1  Område 7" in piece.markup and "Område 8" not in piece.markup
    assert "1000 m" in piece.markup and piece.height < 400  # the round number in a quarter of four kilometres


def sent(client: Client, town: Town, content: str, *, who: str = "coordinator") -> Any:
    client.force_login(user_of(getattr(town, who)))
    address = reverse("evidence:outlines", args=[town.partnership.slug])
    file = SimpleUploadedFile("omraden.geojson", content.encode())
    return client.post(address, {"file": file, "source": "Granviks kommun", "licence": "CC0"}, follow=True)


def test_outlines_are_brought_seen_and_replaced(town: Town, client: Client) -> None:
    for squares in ({"9902A0010": (0, 0)}, {"9902A0010": (0, 0), "9902A0020": (1, 0)}):
        answer = sent(client, town, build.squares(squares))
        assert answer.status_code == 200

    assert "9902A0020" in answer.text and "Granviks kommun" in answer.text
    assert [one.areas for one in Outlines.objects.order_by("id")] == [1, 2]


def test_a_refused_file_is_told_in_a_sentence_and_not_kept(town: Town, client: Client, home: Path) -> None:
    answer = sent(client, town, build.squares({"2480": (0, 0)}))

    assert answer.status_code == 422 and "2480" in answer.text and not Outlines.objects.exists()
    assert not list((home / "quarantine").iterdir())


def test_a_chair_sees_the_areas_and_brings_none(town: Town, client: Client) -> None:
    build.outlines(town, {"9902A0010": (0, 0)})

    assert sent(client, town, build.squares({"9902A0010": (0, 0)}), who="chair").status_code == 403
    seen = client.get(reverse("evidence:outlines", args=[town.partnership.slug])).text
    assert "9902A0010" in seen and '<form method="post" enctype' not in seen


def test_a_file_that_is_too_large_is_refused_before_it_is_kept(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(services.outlines, "MOST_BYTES", 10)

    with pytest.raises(Invalid, match="megabytes"):
        services.read_outlines(
            town.partnership,
            b"x" * 11,
            name="a.geojson",
            terms=services.Terms("Granviks kommun", "CC0"),
            owner=town.municipality.pk,
            by=town.coordinator,
        )
