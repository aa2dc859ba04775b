"""What pages and other rooms read of evidence. Private rows only as the actor may see them."""

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from cryptography.exceptions import InvalidTag
from django.db.models import QuerySet
from django_tasks_db.models import DBTaskResult

from samsyn.core import clock, journal, objects
from samsyn.core.actors import SYSTEM, Actor
from samsyn.core.canonical import Plain
from samsyn.core.errors import Sentence
from samsyn.core.sealing import KeyMissing
from samsyn.evidence import hiding, long_table, phrases
from samsyn.evidence.asking import Asked, Inhabitants, Place, nearest
from samsyn.evidence.connectors.catalogue import BY_KPI, CATALOGUE, Indicator
from samsyn.evidence.connectors.surveys import SURVEYS
from samsyn.evidence.models import (
    Dataset,
    DisclosurePattern,
    DisclosurePolicy,
    Figure,
    FigureOrder,
    FileTemplate,
    OpenSource,
    Population,
    Revision,
    SourceMapping,
    Upload,
)
from samsyn.evidence.open_areas import GEOJSON as GEOJSON
from samsyn.evidence.open_areas import OpenAreas as OpenAreas
from samsyn.evidence.open_areas import geojson as geojson
from samsyn.evidence.queries.areas import Happened as Happened
from samsyn.evidence.queries.areas import areas_of as areas_of
from samsyn.evidence.queries.areas import drawn_on as drawn_on
from samsyn.evidence.queries.areas import earlier_outlines as earlier_outlines
from samsyn.evidence.queries.areas import ground_of as ground_of
from samsyn.evidence.queries.areas import happened_to_outlines as happened_to_outlines
from samsyn.evidence.queries.areas import open_areas as open_areas
from samsyn.evidence.queries.areas import outlined as outlined
from samsyn.evidence.queries.areas import outlines_of as outlines_of
from samsyn.evidence.queries.areas import peopled_areas as peopled_areas
from samsyn.evidence.readers.units import COUNT
from samsyn.parties.models import Partnership
from samsyn.releases.models import Audience, Release


def figure_payload(figure: Figure) -> dict[str, Plain]:
    """The complete, self-contained content of a figure, drawings included, as a release freezes it.

    No queries; reads one object per drawing.
    """
    keys: Mapping[str, Mapping[str, str]] = figure.unpacked("drawings")
    drawings = {
        language: {width: objects.get(key, owner=figure.party_id).decode() for width, key in by_width.items()}
        for language, by_width in keys.items()
    }
    return {
        **figure.unpacked("result"),
        "svg": drawings.get("sv", {}),
        "svg_en": drawings.get("en", {}),
        "identity": figure.identity,
        "computed_at": figure.computed_at,
        "result_hash": figure.result_hash,
    }


class Verdict(StrEnum):
    """Whether a figure may be published."""

    OPEN = "open"
    HIDDEN = "hidden"  # it stands on a number that the pattern hides
    UNCHECKED = "unchecked"  # no pattern is made under the policy of today


def policy_of(partnership: Partnership) -> DisclosurePolicy:
    """The partnership's policy; an unsaved one, the default, while nobody decided. One query."""
    found = DisclosurePolicy.objects.filter(partnership=partnership).first()
    return found or DisclosurePolicy(partnership=partnership)


@dataclass(frozen=True)
class Disclosure:
    """Whether a figure may be published under a policy, and the patterns that say so."""

    verdict: Verdict
    is_own: bool
    policy: DisclosurePolicy
    patterns: tuple[str, ...] = ()

    @property
    def plain(self) -> dict[str, Plain]:
        return {
            "verdict": self.verdict,
            "own": self.is_own,
            "policy": self.policy.threshold_version,
            "threshold": self.policy.threshold,
            "patterns": list(self.patterns),
        }


def disclosure_of(figure: Figure, policy: DisclosurePolicy) -> Disclosure:
    """What the patterns of its datasets say of a figure. Two queries; one where all is published already."""
    inputs = figure.inputs.select_related("dataset").order_by("id")
    own = [one.dataset for one in inputs if one.dataset.is_own]
    if not own:
        return Disclosure(Verdict.OPEN, False, policy)
    patterns = list(_patterns_under(policy).filter(dataset__in=own).order_by("id"))
    hashes = tuple(one.hash for one in patterns)
    asked = Asked.of(figure.unpacked("parameters"))
    if len(patterns) < len(own) or asked.unit != COUNT:
        return Disclosure(Verdict.UNCHECKED, True, policy, hashes)
    hidden = any(hiding.hides(one.unpacked("content"), asked) for one in patterns)
    return Disclosure(Verdict.HIDDEN if hidden else Verdict.OPEN, True, policy, hashes)


def _patterns_under(policy: DisclosurePolicy) -> QuerySet[DisclosurePattern]:
    key = policy.partnership_id
    return DisclosurePattern.objects.filter(partnership_key=key, policy_version=policy.threshold_version)


def own_without_pattern(actor: Actor, policy: DisclosurePolicy) -> QuerySet[Dataset]:
    """The party's own datasets that are not looked through under this policy, oldest first. One query."""
    done = _patterns_under(policy).values("dataset")
    own = Dataset.objects.visible_to(actor).filter(origin=Dataset.Origin.OWN)
    return own.exclude(pk__in=done).order_by("received_on", "id")


def pattern_of(dataset: Dataset, policy: DisclosurePolicy) -> DisclosurePattern | None:
    """What is hidden of a dataset. One query."""
    return _patterns_under(policy).filter(dataset=dataset).first()


def earlier_patterns(dataset: Dataset) -> list[DisclosurePattern]:
    """All patterns over the same people: of the dataset, and of those it replaces. Two queries for each."""
    found = list(dataset.patterns.order_by("id"))
    return found + (earlier_patterns(dataset.supersedes) if dataset.supersedes else [])


def patterns_of_own(actor: Actor) -> QuerySet[DisclosurePattern]:
    """Every pattern of the party's own datasets, oldest first. One query."""
    own = Dataset.objects.visible_to(actor).filter(origin=Dataset.Origin.OWN)
    return DisclosurePattern.objects.filter(dataset__in=own).order_by("id")


def public_questions(patterns: Collection[str]) -> list[Asked]:
    """What the public has ever been shown under these patterns, also where it was withdrawn. One query."""
    if not patterns:
        return []
    shown = Release.objects.visible_to(SYSTEM).filter(audience=Audience.PUBLIC)
    return [
        Asked.of(figure["parameters"])
        for release in shown
        for figure in _figures_in(release.payload["content"])
        if set(figure["disclosure"]["patterns"]) & set(patterns)
    ]


def _figures_in(content: Any) -> Iterator[dict[str, Any]]:
    if isinstance(content, dict):
        if "disclosure" in content and "parameters" in content:
            yield content
        else:
            yield from (one for value in content.values() for one in _figures_in(value))
    elif isinstance(content, list):
        yield from (one for value in content for one in _figures_in(value))


def open_copy(payload: Mapping[str, Any]) -> dict[str, Any]:
    """A shared figure as the public gets it. No queries.

    Hashes over a whole table that is the party's own are left out: whoever knows all of it but a few small
    numbers could try these until the hash agrees.
    """
    if not payload.get("disclosure", {}).get("own"):
        return dict(payload)
    kept = {name: value for name, value in payload.items() if name not in ("identity", "result_hash")}
    if "revises" in kept:
        kept["revises"] = [{"how": one["how"]} for one in kept["revises"]]
    inputs = [
        {name: value for name, value in one.items() if name != "content_hash"} for one in payload["inputs"]
    ]
    return kept | {"inputs": inputs}


def datasets_of(actor: Actor) -> QuerySet[Dataset]:
    """The party's datasets that nothing replaces, newest first. One query."""
    return (
        Dataset.objects.visible_to(actor)
        .filter(superseded_by=None)
        .select_related("superseded_by")
        .order_by("-received_on", "-id")
    )


def figures_of(actor: Actor) -> QuerySet[Figure]:
    """The party's figures, newest first. One query."""
    return Figure.objects.visible_to(actor).order_by("-computed_at", "-id")


def outdated_figures(actor: Actor) -> list[Figure]:
    """Figures that rest on a dataset, be it one of several, which a newer one has replaced. One query."""
    found = Figure.objects.visible_to(actor).filter(inputs__dataset__superseded_by__isnull=False)
    return list(found.distinct().order_by("id"))


def revisions_of(actor: Actor) -> QuerySet[Revision]:
    """What newer numbers say of the party's figures, newest first. One query."""
    found = Revision.objects.visible_to(actor).select_related("figure", "successor")
    return found.order_by("-revised_on", "-id")


def orders_of(actor: Actor) -> QuerySet[FigureOrder]:
    """Figures that are being made, or could not be. One query."""
    return FigureOrder.objects.visible_to(actor).order_by("ordered_at")


def uploads_of(actor: Actor) -> QuerySet[Upload]:
    """Files whose hour is not over. One query."""
    since = clock.now() - timedelta(hours=1)
    return Upload.objects.visible_to(actor).filter(received_at__gte=since).order_by("received_at")


def sources_of(actor: Actor) -> list[str]:
    """Sources whose files are read as the last time. One query."""
    return sorted({str(one.source_name) for one in SourceMapping.objects.visible_to(actor)}, key=str.casefold)


def indicators() -> Sequence[Indicator]:
    """The first indicators of crime and safety, each with its trap. No queries."""
    return CATALOGUE


def traps() -> Mapping[str, Sentence]:
    """What to keep in mind of each of Kolada's indicators that is among the first, by its id. No queries."""
    return {kpi: indicator.trap for kpi, indicator in BY_KPI.items()}


def surveyed_indicators() -> frozenset[int]:
    """Numbers of the first indicators that a survey answers. No queries."""
    return frozenset(survey.indicator for survey in SURVEYS)


def survey_traps() -> list[Sentence]:
    """What to keep in mind of what the survey answers. No queries."""
    return [one.trap for one in CATALOGUE if one.number in surveyed_indicators()]


def left_out(source: OpenSource) -> list[str]:
    """Ids that were asked for and that the service has ended, or means something else by. No queries."""
    answers = source.dataset.unpacked("recipe")["answers"] if source.dataset else {}
    return sorted(set(source.unpacked("wanted")) - set(answers.get("titles", source.unpacked("wanted"))))


def templates_of(actor: Actor, partnership: Partnership) -> QuerySet[FileTemplate]:
    """The municipality's own templates, one for each form at most. One query."""
    return FileTemplate.objects.visible_to(actor).filter(partnership=partnership).order_by("form")


def method_said(payload: Mapping[str, Any]) -> str:
    """What the method of a frozen figure is called, in the language of the page. No queries."""
    return phrases.method(str(payload.get("method", "")))


def methods_said() -> Mapping[str, Sentence]:
    """What each method is called, for pages that show many figures. No queries."""
    return phrases.METHODS


def template_for(partnership: Partnership, form: str) -> bytes:
    """The template of a form; nothing where none is kept. One query, one object."""
    found = FileTemplate.objects.filter(partnership=partnership, form=form).first()
    return objects.get(found.key) if found else b""


def titles_in(dataset: Dataset) -> dict[str, str]:
    """Kolada's title of each id whose numbers the dataset holds. No queries."""
    return dict(dataset.unpacked("recipe")["answers"].get("titles", {}))


def open_sources_of(actor: Actor) -> QuerySet[OpenSource]:
    """The services that the party has fetched by themselves. One query."""
    return OpenSource.objects.visible_to(actor).select_related("dataset").order_by("service")


def rows_of(dataset: Dataset) -> list[list[str]]:
    """The rows that pages can show: of a long table the first. No queries; one object."""
    return long_table.unpacked_rows(objects.get(dataset.page_key, owner=dataset.party_id))


def population_of(actor: Actor, partnership: Partnership) -> QuerySet[Population]:
    """All that is entered, newest day first. One query."""
    return Population.objects.visible_to(actor).filter(partnership=partnership).order_by("area_name", "-day")


def inhabitants_of(actor: Actor, partnership: Partnership, code: str) -> tuple[Inhabitants, ...]:
    """The population of one area, oldest first, as figures use it. One query."""
    rows = population_of(actor, partnership).filter(area_code=code).order_by("day")
    return tuple(Inhabitants(row.day, row.number, row.source) for row in rows)


def places_in(
    actor: Actor, partnership: Partnership, datasets: list[Dataset], *, level: str, day: date
) -> tuple[Place, ...]:
    """All areas of a kind in the datasets, with those who live there on the nearest day known. One query."""
    known: dict[str, list[Inhabitants]] = {}
    for row in population_of(actor, partnership):
        one = Inhabitants(row.day, row.number, row.source)
        for key in (row.area_code, row.area_name):
            known.setdefault(key, []).append(one)
    found = {}
    for kind, code, name in choices_in(datasets)["areas"]:
        if kind == level:
            living = nearest(known.get(code or name, ()), day)
            found[code or name] = Place(code, name, living.number if living else 0)
    return tuple(found[key] for key in sorted(found))


@dataclass(frozen=True)
class Check:
    """When a figure was made again, and whether it agreed."""

    at: datetime
    agrees: bool


def last_check_of(actor: Actor, figure: Figure) -> Check | None:
    """The latest check. One query."""
    entry = (
        journal.Entry.objects.visible_to(actor)
        .filter(command="evidence.check_figure", object_id=figure.pk)
        .order_by("-sequence")
        .first()
    )
    return Check(entry.recorded_at, str(entry.facts["agrees"]).lower() == "true") if entry else None


def is_under_way(row_id: UUID) -> bool:
    """Whether a worker has, or will take, the work on this row. One query."""
    waiting = DBTaskResult.objects.filter(status__in=["READY", "RUNNING"])
    return any(str(row_id) in json.dumps(args) for args in waiting.values_list("args_kwargs", flat=True))


def choices_in(datasets: list[Dataset]) -> dict[str, Any]:
    """Measures, areas and periods of the datasets together, to choose a figure from. No queries."""
    measures: dict[tuple[str, ...], None] = {}
    areas: dict[tuple[str, ...], None] = {}
    periods: set[tuple[str, ...]] = set()
    for one in datasets:
        summary = one.unpacked("summary")
        measures |= dict.fromkeys(tuple(measure) for measure in summary["measures"])
        areas |= dict.fromkeys(tuple(area) for area in summary["areas"])
        periods |= {tuple(day[:10] for day in period) for period in summary["periods"]}
    return {"measures": list(measures), "areas": list(areas), "periods": sorted(periods, reverse=True)}


def _of_figures(rows: objects.Rows) -> Iterator[str | None]:
    """Those of a figure's drawings are sealed with all else about it."""
    for figure in rows.only("id", "party", "drawings").iterator():
        try:
            for by_width in figure.unpacked("drawings").values():
                yield from by_width.values()
        except (KeyMissing, InvalidTag):
            yield None


objects.named_by(Dataset, "table_key", "page_key", "raw_key")
objects.named_by(FileTemplate, "key")
objects.named_by(Figure, opened=_of_figures)
