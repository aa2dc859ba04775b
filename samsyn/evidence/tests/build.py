"""Datasets, population and figures, made through the real commands.

Tables written in a test are read in the process of the test, by the same readers: a second less each time. What
is about files from outside gives bytes, or goes through the pages, and meets the real sandbox.
"""

import io
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, nullcontext
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from unittest.mock import patch

from samsyn.core import clock
from samsyn.core.actors import Actor
from samsyn.evidence import queries, services, tasks
from samsyn.evidence.asking import Asked, Question
from samsyn.evidence.models import (
    Dataset,
    EvidenceRequest,
    Figure,
    FigureOrder,
    Outlines,
    Population,
    Upload,
)
from samsyn.evidence.readers.outlines import read_outlines
from samsyn.evidence.readers.parquet import read_into
from samsyn.evidence.readers.table import Reading
from samsyn.evidence.sandbox import Limits
from samsyn.evidence.services.files import Description
from samsyn.evidence.spans import year_before
from samsyn.parties.models import Organisation, Title
from samsyn.parties.tests.build import Town

SERIES = "Kommun;År;Antal anmälda cykelstölder\nGranvik;2021;310\nGranvik;2022;325\nGranvik;2023;300\nGranvik;2024;430\n"
BRA = (
    "Region;Brott;År;Period;Antal;/100 000 inv\n"
    "Umeå kommun;Totalt antal brott;2016 prel.;Dec;931;771;\n"
    "Umeå kommun;Våldsbrott;2016 prel.;Dec;75;62;\n"
)
SOURCE = "Brå, anmälda brott"
WHERE = ["9902", "Granvik"]


@contextmanager
def no_sandbox() -> Iterator[None]:
    def read(path: Path, *, name: str, into: Path, limits: Limits, **asked: Any) -> Reading:
        answers, source = asked.get("answers") or {}, asked.get("source")
        return read_into(into, path, name=name, source=source, answers=answers, shown=limits.shown)

    with patch("samsyn.evidence.reading.read_in_sandbox", read):
        yield


def upload(
    town: Town,
    text: str | bytes = BRA,
    *,
    name: str = "databasfil.txt",
    by: Actor | None = None,
    purpose: Upload.Purpose = Upload.Purpose.DATASET,
    source_name: str = "",
) -> Upload:
    """Received and read."""
    actor = by or town.coordinator
    party = Organisation.objects.get(pk=actor.own_party)
    content = text.encode("cp1252") if isinstance(text, str) else text
    made = services.receive_file(
        party, name=name, content=content, purpose=purpose, source_name=source_name, by=actor
    )
    with no_sandbox() if isinstance(text, str) else nullcontext():
        tasks.read_file.enqueue(str(made.pk), *tasks.ids_of(actor, town.partnership))
    return Upload.objects.get(pk=made.pk)


def dataset(
    town: Town,
    text: str | bytes = BRA,
    *,
    title: str = "Anmälda brott i december 2016",
    name: str = "databasfil.txt",
    by: Actor | None = None,
    supersedes: Dataset | None = None,
    origin: Dataset.Origin = Dataset.Origin.PUBLISHED,
) -> Dataset:
    """Kept; a party's own is looked through for small numbers, as its page has it done."""
    actor = by or town.coordinator
    described = Description(title, SOURCE, "Fri återanvändning", "Brottsförebyggande rådet", origin=origin)
    made = services.accept_dataset(
        upload(town, text, name=name, by=actor), described=described, supersedes=supersedes, by=actor
    )
    if made.is_own:
        tasks.protect_numbers.enqueue(*tasks.ids_of(actor, town.partnership))
    return made


def population(
    town: Town,
    *,
    code: str = "2480",
    name: str = "Umeå",
    number: int = 122_892,
    day: date = date(2016, 12, 31),
) -> Population:
    return services.enter_population(
        town.partnership,
        area_code=code,
        area_name=name,
        day=day,
        number=number,
        source="SCB, folkmängd",
        by=town.coordinator,
    )


def figure(
    town: Town,
    data: Dataset | None = None,
    *,
    question: Question = Question.RATE,
    by: Actor | None = None,
    measure: int = 0,
    place: str = "",
    period: int = 0,
) -> Figure | FigureOrder:
    """About the first area and the latest period of a dataset. An order, when it cannot be computed."""
    actor = by or town.coordinator
    data = data or dataset(town, by=actor)
    if question is Question.RATE and not Population.objects.exists():
        population(town)
    choices = queries.choices_in([data])
    (what, unit), areas = choices["measures"][measure], choices["areas"]
    level, code, name = next(one for one in areas if place in ("", one[2]))
    periods = [(date.fromisoformat(first), date.fromisoformat(last)) for first, last in choices["periods"]]
    asked = Asked(
        question=question,
        measure=what,
        unit=unit,
        level=level,
        code=code,
        name=name,
        start=periods[period][0],
        end=periods[period][1],
        before=year_before(periods[period], periods) if question is Question.CHANGE else None,
        population=queries.inhabitants_of(actor, town.partnership, code),
        source=str(data.source_name),
        events="reported",
    )
    party = Organisation.objects.get(pk=actor.own_party)
    ordered = services.order_figure(party, asked=asked, datasets=[data], by=actor)
    if isinstance(ordered, FigureOrder):
        tasks.make_figure.enqueue(str(ordered.pk), *tasks.ids_of(actor, town.partnership))
        return Figure.objects.filter(identity=ordered.identity).first() or FigureOrder.objects.get()
    return ordered


def word_template(*, foot: str = "Granviks kommun") -> bytes:
    """A Word document as a municipality has it: an example text, and its name in the foot of each page."""
    import docx

    made, out = docx.Document(), io.BytesIO()
    made.add_paragraph("Skriv din text här.")
    made.sections[0].footer.paragraphs[0].text = foot
    made.save(out)
    return out.getvalue()


def slide_template() -> bytes:
    """A presentation with an example slide, of an unusual size."""
    import pptx

    made, out = pptx.Presentation(), io.BytesIO()
    made.slide_width = 9_000_000
    made.slides.add_slide(made.slide_layouts[0]).shapes.title.text = "Exempel"
    made.save(out)
    return out.getvalue()


def polygons(
    areas: Mapping[str, list[list[int]]],
    *,
    code: str = "kod",
    kind: str = "Polygon",
    names: Mapping[str, str] | None = None,
) -> str:
    """GeoJSON in SWEREF 99 TM of corners counted from a place in Sweden."""
    features = []
    for key, corners in areas.items():
        ring: list[Any] = [[600_000 + x, 6_600_000 + y] for x, y in corners]
        coordinates = [[*ring, ring[0]]] if kind == "Polygon" else ring
        geometry = {"type": kind, "coordinates": coordinates}
        properties = {code: key, "namn": (names or {}).get(key, f"Om {key}")}
        features.append({"type": "Feature", "properties": properties, "geometry": geometry})
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::3006"}}
    return json.dumps({"type": "FeatureCollection", "crs": crs, "features": features})


def squares(
    areas: Mapping[str, tuple[int, int]], *, code: str = "kod", names: Mapping[str, str] | None = None
) -> str:
    """Areas of a square kilometre each, by column and row."""
    return polygons(
        {
            key: [
                [x * 1000, y * 1000],
                [x * 1000 + 1000, y * 1000],
                [x * 1000 + 1000, y * 1000 + 1000],
                [x * 1000, y * 1000 + 1000],
            ]
            for key, (x, y) in areas.items()
        },
        code=code,
        names=names,
    )


def outlines(
    town: Town,
    areas: Mapping[str, tuple[int, int]],
    *,
    names: Mapping[str, str] | None = None,
    is_open: bool = False,
) -> Outlines:
    """Kept, of square areas by column and row, read in the process of the test."""
    own = queries.areas_of(town.coordinator, town.partnership)
    file = squares(areas, names=names).encode()
    content = read_outlines(file, name="a.geojson", areas=own, municipality="9902")
    return services.keep_outlines(
        town.partnership,
        read=services.OutlinesRead(content, len(areas)),
        terms=services.Terms("Granviks kommun", "CC0", is_open),
        by=town.coordinator,
    )


def request(town: Town, *, by: Actor | None = None, days: int = 7, **given: Any) -> EvidenceRequest:
    """Asked of the municipality's coordinator by the kommunpolis, unless more is given."""
    told = {
        "party": town.municipality,
        "title": Title.COORDINATOR,
        "what": "Felanmälda lampor 2025, månad för månad",
        "due": clock.today() + timedelta(days=days),
    }
    return services.ask_for_evidence(town.partnership, by=by or town.officer, **(told | given))
