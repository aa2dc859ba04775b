"""Areas as GIS programs write them, from the page where they are brought to the map of a figure."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from samsyn.config.cli import main as samsyn
from samsyn.core.actors import SYSTEM
from samsyn.core.journal import Entry
from samsyn.evidence import quarantine, queries
from samsyn.evidence.asking import Place, Question
from samsyn.evidence.models import Figure, Outlines
from samsyn.evidence.readers.outlines import layers_to_choose, read_outlines
from samsyn.evidence.tests import build, gis
from samsyn.evidence.tests.gis import Made
from samsyn.evidence.tests.test_questions import AREAS as PEOPLE
from samsyn.evidence.tests.test_questions import made, of_areas
from samsyn.parties.models import Area
from samsyn.parties.services import add_area
from samsyn.parties.tests.build import Town, user_of

REAL = Path(__file__).resolve().parents[4] / "shared/real/geo"
NAMES = {f"9902A00{place}0": name for place, name in enumerate(PEOPLE, start=1)}
ROW = {code: (place, 0) for place, code in enumerate(NAMES)}
DESO = Made(ROW, NAMES)
COUNTIES = Made({"2480": (3, 40), "1280": (4, 41)}, {"2480": "Umeå", "1280": "Malmö"})
POINTS = Made(ROW, NAMES, kind="Point")


@pytest.fixture
def page(town: Town, client: Client) -> str:
    client.force_login(user_of(town.coordinator))
    client.cookies["language"] = "en"
    return reverse("evidence:outlines", args=[town.partnership.slug])


def bring(client: Client, page: str, content: bytes, name: str, **more: str) -> Any:
    terms = {"source": "Granviks kommun", "licence": "CC0", **more}
    return client.post(page, {"file": SimpleUploadedFile(name, content), **terms}, follow=True)


def mapped(town: Town, *, few: int = 9) -> str:
    """The wide drawing of a new figure that compares these areas; `few` makes it of other numbers."""
    places = [Place("", name, people) for name, (_, people) in PEOPLE.items()]
    ground = queries.ground_of(town.coordinator, town.partnership, places)
    payload = queries.figure_payload(made(town, of_areas(town, few=few), Question.BESIDE, ground=ground))
    return str(payload["svg"]["wide"])  # type: ignore[index, call-overload]


def drawn(town: Town) -> dict[str, Any]:
    kept = queries.outlines_of(town.coordinator, town.partnership)
    assert kept
    return {one.name: one for one in queries.outlined(kept)}


@pytest.mark.parametrize("system", [gis.SWEREF, gis.WGS84, "EPSG:3011"])
def test_a_geopackage_becomes_the_map_of_a_figure(
    town: Town, client: Client, page: str, tmp_path: Path, system: str
) -> None:
    made = Made(ROW, NAMES, code="stadsdelskod", system=system)
    answer = bring(client, page, gis.geopackage(tmp_path, deso=made), "omraden.gpkg")

    assert answer.status_code == 200 and "The outlines of 5 areas are kept" in answer.text
    west = min(x for ring in drawn(town)["Ek"].rings for x, _ in ring)
    assert abs(west - 600_000) <= 1 and drawn(town)["Fur"].beside == ("9902A0010", "9902A0030")
    assert mapped(town).count("<path") == len(PEOPLE) + 2  # the areas, north and the scale


@pytest.mark.parametrize(
    ("encoding", "without"), [("cp1252", ()), ("utf-8", ()), ("cp1252", ("cpg",)), ("cp1252", ("prj",))]
)
@pytest.mark.filterwarnings("ignore:Normalized/laundered field name")
def test_a_shapefile_becomes_the_map_of_a_figure(
    town: Town, client: Client, page: str, tmp_path: Path, encoding: str, without: tuple[str, ...]
) -> None:
    """A name of a column is cut at ten letters there, and letters are in the code page that .cpg names."""
    names = {**NAMES, "9902A0990": "Åhåga Ä Ö"}
    made = Made({**ROW, "9902A0990": (9, 0)}, names, code="stadsdelskod", name="stadsdelsnamn")
    content = gis.zipped_shapefiles(tmp_path, encoding=encoding, without=without, omraden=made)
    assert (tmp_path / "omraden.cpg").read_text().upper() in ("CP1252", "UTF-8")

    assert bring(client, page, content, "omraden.zip").status_code == 200

    assert {*drawn(town)} == {*names.values()}
    assert mapped(town).count("<path") == len(PEOPLE) + 2


@pytest.mark.parametrize("system", [gis.SWEREF, gis.WGS84, "EPSG:3011"])
def test_coordinates_the_other_way_round_are_asked_about(
    town: Town, client: Client, page: str, tmp_path: Path, system: str
) -> None:
    made = Made(ROW, NAMES, system=system, is_swapped=True)
    asked = bring(client, page, gis.geopackage(tmp_path, deso=made), "omraden.gpkg")
    address = asked.redirect_chain[-1][0]
    assert "The coordinates stand the other way round" in asked.text or "stands first" in asked.text
    assert not Outlines.objects.exists()

    kept = client.post(address, {"layers": ["deso"]}, follow=True)

    assert kept.status_code == 200 and Outlines.objects.get().areas == 5
    west, south = min(drawn(town)["Ek"].rings[0])
    assert abs(west - 600_000) <= 1 and abs(south - 6_600_000) <= 1


def test_latitude_first_in_a_geojson_is_asked_about(client: Client, page: str) -> None:
    ring = [[59.5, 16.8], [59.5, 16.9], [59.6, 16.9], [59.5, 16.8]]
    area = {"type": "Feature", "properties": {"kod": "9902A0010"}}
    area["geometry"] = {"type": "Polygon", "coordinates": [ring]}
    content = json.dumps({"type": "FeatureCollection", "features": [area]}).encode()

    asked = bring(client, page, content, "omraden.geojson")
    assert "The coordinates stand the other way round" in asked.text and 'name="layers"' not in asked.text
    client.post(asked.redirect_chain[-1][0])

    assert Outlines.objects.get().areas == 1


def test_of_several_layers_somebody_says_which_are_meant(
    town: Town, client: Client, page: str, tmp_path: Path, home: Path
) -> None:
    small = Made({code: ROW[code] for code in list(ROW)[:3]}, NAMES, more={"personnummer": ["1"] * 3})
    rest = Made({code: ROW[code] for code in list(ROW)[3:]}, NAMES)
    content = gis.geopackage(tmp_path, kommuner=COUNTIES, norra=small, sodra=rest, mitt=POINTS)

    asked = bring(client, page, content, "omraden.gpkg")
    address = asked.redirect_chain[-1][0]
    assert "kommuner: 2 areas, of which 0 yours" in asked.text
    assert "norra: 3 areas, of which 3 yours" in asked.text
    assert "<code>namn</code> Ek, Fur, Gran" in asked.text and "5 points or lines" in asked.text
    assert '<code>personnummer</code> <span class="muted">nothing to show' in asked.text
    assert 'value="mitt"' not in asked.text  # no map is drawn of points

    none, wrong, others = (
        client.post(address, given) for given in ({}, {"layers": ["mitt"]}, {"layers": ["kommuner"]})
    )
    assert (none.status_code, wrong.status_code, others.status_code) == (422, 422, 422)
    assert "Choose at least one of the layers" in none.text and "None of the codes" in others.text
    assert not Outlines.objects.exists()

    client.post(address, {"layers": ["norra", "sodra"]})

    assert {*drawn(town)} == {*PEOPLE} and not list((home / "quarantine").iterdir())
    assert mapped(town).count("<path") == len(PEOPLE) + 2
    gone = client.get(address, follow=True)
    assert "more than an hour" in gone.text


def test_a_waiting_file_is_its_partys(town: Town, client: Client, page: str, tmp_path: Path) -> None:
    asked = bring(client, page, gis.geopackage(tmp_path, ett=DESO, tva=COUNTIES), "omraden.gpkg")
    address = asked.redirect_chain[-1][0]
    client.force_login(user_of(town.officer))

    for answer in (client.get(address), client.post(address, {"layers": ["ett"]})):
        assert answer.status_code == 302 and answer["Location"] == page
    assert not Outlines.objects.exists()


def test_a_zip_with_several_shapefiles_and_a_topojson_with_several_objects_ask_too(
    client: Client, page: str, tmp_path: Path
) -> None:
    zipped = bring(client, page, gis.zipped_shapefiles(tmp_path, deso=DESO, kommuner=COUNTIES), "alla.zip")
    assert "deso: 5 areas, of which 5 yours" in zipped.text and "checked" in zipped.text

    arcs = [[[600_000 + x * 1000, 6_600_000], [601_000 + x * 1000, 6_600_000], [601_000 + x * 1000, 6_601_000]]
            for x in range(2)]  # fmt: skip
    closed = [[*arc, arc[0]] for arc in arcs]
    objects = {
        name: {"type": "Polygon", "arcs": [[place]], "properties": {"kod": code}}
        for place, (name, code) in enumerate((("deso", "9902A0010"), ("kommun", "2480")))
    }
    content = json.dumps({"type": "Topology", "arcs": closed, "objects": objects}).encode()
    asked = bring(client, page, content, "omraden.topojson")

    assert "deso: 1 area, of which 1 yours" in asked.text and "kommun: 1 area, of which 0" in asked.text


def test_a_broken_layer_beside_a_whole_one_is_told(tmp_path: Path) -> None:
    content = gis.geopackage(tmp_path, hel=DESO, punkter=POINTS)
    hurt = content.replace(b"GP\x00", b"XX\x00", 3)

    found = layers_to_choose(hurt, name="a.gpkg", areas=NAMES, municipality="9902")

    assert {one.refusal for one in found} == {"", "broken_geometry"}


def test_own_codes_are_found_among_many_of_others(tmp_path: Path) -> None:
    """Also where a program has numbered the rows from one, as codes of districts often are."""
    squares = {str(place): (place, 0) for place in (3, 1, 2, *range(40, 60))}
    content = gis.geopackage(tmp_path, alla=Made(squares, {}, code="distrikt_nr"))

    found = read_outlines(
        content, name="a.gpkg", areas={"9902": "Granvik", "1": "Ett", "2": "Två"}, municipality="9902"
    )

    wests = {one["name"]: min(x for x, _ in one["rings"][0]) for one in json.loads(found)["areas"]}
    assert wests == {"Ett": 601_000, "Två": 602_000}


def test_the_command_line_names_the_layers_and_says_which_it_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "alla.gpkg"
    file.write_bytes(gis.geopackage(tmp_path, deso=DESO, kommuner=COUNTIES))

    assert samsyn(["read", str(file)]) == 1
    told = capsys.readouterr().err
    assert "deso: 5 areas, 0 points or lines; columns: fid, kod, namn" in told and "--layer NAME" in told
    assert samsyn(["read", str(file), "--layer", "finns-inte"]) == 1
    assert "kommuner: 2 areas" in capsys.readouterr().err
    assert samsyn(["read", str(file), "--layer", "kommuner"]) == 0
    told = capsys.readouterr().out
    assert "The layer “kommuner” was read, and these were not: deso." in told and "Malmö" in told


def test_outlines_taken_out_of_use_leave_figures_and_come_back(
    town: Town, client: Client, page: str, tmp_path: Path
) -> None:
    bring(client, page, gis.geopackage(tmp_path, deso=DESO), "omraden.gpkg")
    before = mapped(town)
    first = Outlines.objects.get()
    assert "1 of your figures has a map drawn from them" in client.get(page).text

    gone = client.post(reverse("evidence:drop_outlines", args=["granvik", first.pk]), follow=True)
    assert "figures come without a map" in gone.text and "Taken out of use, " in gone.text
    figure = Figure.objects.get()
    assert str(queries.figure_payload(figure)["svg"]["wide"]) == before  # type: ignore[index, call-overload]
    assert "<path" not in mapped(town, few=8)
    assert client.post(reverse("evidence:drop_outlines", args=["granvik", first.pk])).status_code == 409

    build.outlines(town, {"9902A0010": (0, 0)})
    client.post(reverse("evidence:use_outlines", args=["granvik", first.pk]))

    kept = queries.outlines_of(town.coordinator, town.partnership)
    assert kept and kept.pk == first.pk and Outlines.objects.filter(is_used=True).count() == 1
    done = [one.command for one in queries.happened_to_outlines(town.coordinator, town.partnership)]
    assert done == [f"evidence.{verb}_outlines" for verb in ("use", "keep", "drop", "keep")]
    last = Entry.objects.filter(command="evidence.use_outlines").get()
    assert last.user_id == town.coordinator.user_id and last.object_id == first.pk
    assert client.post(reverse("evidence:use_outlines", args=["granvik", first.pk])).status_code == 409


def test_what_waits_too_long_is_told(client: Client, page: str, tmp_path: Path) -> None:
    asked = bring(client, page, gis.geopackage(tmp_path, ett=DESO, tva=COUNTIES), "omraden.gpkg")
    address = asked.redirect_chain[-1][0]
    for part in (quarantine.FILE, quarantine.PAGE):
        file = next(Path(quarantine._place(asked.context["waiting"].file, part)).parent.glob(f"*.{part}"))
        if part == quarantine.FILE:
            file.unlink()
            assert client.post(address, {"layers": ["ett"]}).status_code == 422


@pytest.mark.skipif(
    not REAL.exists(), reason="the real files (../shared/real/geo) are not beside this repository"
)
def test_real_municipalities_become_the_map_of_a_figure(town: Town, client: Client, page: str) -> None:
    """SCB's municipalities as GeoParquet; three of Västerbotten are places that this partnership speaks of."""
    near = {"2480": "Umeå", "2460": "Vännäs", "2404": "Vindeln"}
    for code, name in near.items():
        add_area(town.partnership, code=code, name=name, slug=name.lower(), kind=Area.Kind.PLACE, by=SYSTEM)
    content = (REAL / "kommun_geoparquet.parquet").read_bytes()

    assert "The outlines of 3 areas" in bring(client, page, content, "kommun.parquet").text

    lines = "".join(f"{name};2024;{count}\n" for name, count in zip(near.values(), (90, 12, 4), strict=True))
    data = build.dataset(town, f"Kommun;År;Antal stölder\n{lines}", name="nara.csv")
    places = [Place(code, name, 9000) for code, name in near.items()]
    ground = queries.ground_of(town.coordinator, town.partnership, places)
    figure = made(town, data, Question.BESIDE, ground=ground, places=places)
    drawing = str(queries.figure_payload(figure)["svg"]["wide"])  # type: ignore[index, call-overload]
    assert drawing.count("<path") == 3 + 2
    assert drawn(town)["Umeå"].beside == ("2404", "2460")  # Vännäs and Vindeln border on it
