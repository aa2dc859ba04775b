"""Whether datasets and figures are still what they were: bytes, content, journal, and made again.

Run by whoever runs the platform, over all parties. It names what is wrong and shows nothing of what is right.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from cryptography.exceptions import InvalidTag

from samsyn.core import canonical, journal, objects
from samsyn.core.sealing import KeyMissing
from samsyn.evidence import long_table, making
from samsyn.evidence.computing import CannotCompute
from samsyn.evidence.models import Dataset, Figure, SealedJson

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Finding:
    """One thing that is not as it was stored."""

    kind: str
    id: UUID
    what: str


@dataclass(frozen=True)
class Verified:
    """How many rows were looked at, and all that is wrong with them."""

    checked: int
    findings: list[Finding]


def verify(progress: Progress | None = None) -> Verified:
    """Check everything; `progress` hears how many of how many. A few seconds per million rows."""
    datasets, figures = list(Dataset.objects.order_by("id")), list(Figure.objects.order_by("id"))
    noted_datasets = _noted("evidence.accept_dataset", "dataset")
    origins = _origins()
    noted_figures = _noted("evidence.record_figure", "figure")
    found: list[Finding] = []
    faults: list[tuple[SealedJson, Iterator[str]]] = [
        (one, _dataset_faults(one, noted_datasets.get(str(one.pk)), origins.get(str(one.pk))))
        for one in datasets
    ]
    faults += [(one, _figure_faults(one, noted_figures.get(str(one.pk)))) for one in figures]
    for done, (row, wrong) in enumerate(faults, 1):
        found += _guarded(row, wrong)
        if progress:
            progress(done, len(faults))
    found += _gone("dataset", noted_datasets, datasets) + _gone("figure", noted_figures, figures)
    return Verified(len(faults), found)


def _noted(command: str, kind: str) -> dict[str, dict[str, Any]]:
    """What the journal says of each row when it was made."""
    facts = journal.Entry.objects.filter(command=command).values_list("facts", flat=True)
    return {one[kind]: one for one in facts if kind in one}


def _origins() -> dict[str, str]:
    """Whose numbers each dataset last said it holds: the one of its facts that may be corrected."""
    told = journal.Entry.objects.filter(command__in=("evidence.accept_dataset", "evidence.state_origin"))
    facts = told.order_by("chain", "sequence").values_list("facts", flat=True)
    return {one["dataset"]: one["origin"] for one in facts if {"dataset", "origin"} <= set(one)}


def _gone(kind: str, noted: dict[str, Any], rows: list[Any]) -> list[Finding]:
    here = {str(row.pk) for row in rows}
    return [Finding(kind, UUID(key), "it is gone") for key in noted if key not in here]


def _guarded(row: SealedJson, faults: Iterator[str]) -> list[Finding]:
    """The faults of one row; what cannot be opened is a fault too, and stops no other check."""
    kind, found = row._meta.model_name or "", list[Finding]()
    try:
        for what in faults:
            found.append(Finding(kind, row.pk, what))
    except InvalidTag:
        found.append(Finding(kind, row.pk, "its sealed text has changed"))
    except KeyMissing:
        found.append(Finding(kind, row.pk, "cannot be checked: the key of its party is not here"))
    return found


def _dataset_faults(dataset: Dataset, noted: dict[str, Any] | None, origin: str | None) -> Iterator[str]:
    if noted is None:
        yield "the journal does not know it"
    elif noted["row"] != dataset.frozen_digest or origin not in (None, dataset.origin):
        yield "its row says something else than the journal"
    for name, key in (
        ("table", dataset.table_key),
        ("first rows", dataset.page_key),
        ("raw file", dataset.raw_key),
    ):
        if key and not objects.is_whole(key):
            yield f"the stored bytes of its {name} have changed or are gone"
    if objects.is_whole(dataset.table_key):
        summary = long_table.summarise(objects.get(dataset.table_key, owner=dataset.party_id))
        if (summary.content_hash, summary.rows) != (dataset.content_hash, dataset.rows):
            yield "its numbers are not those that were taken in"
    if objects.is_whole(dataset.page_key):
        long_table.unpacked_rows(objects.get(dataset.page_key, owner=dataset.party_id))
    for name in ("title", "source_name", "licence", "collected_by", "quality"):
        getattr(dataset, name)
    for name in ("notes", "recipe", "summary"):
        dataset.unpacked(name)


def _figure_faults(figure: Figure, noted: dict[str, Any] | None) -> Iterator[str]:
    if noted is None:
        yield "the journal does not know it"
    elif noted["row"] != figure.frozen_digest:
        yield "its row says something else than the journal"
    if canonical.sha256(str(figure.result)) != figure.result_hash:
        yield "its result has changed"
    for one in figure.inputs.select_related("dataset"):
        if one.content_hash != one.dataset.content_hash:
            yield "it stands on other numbers than it was made of"
    for by_width in figure.unpacked("drawings").values():
        for key in by_width.values():
            if not objects.is_whole(key):
                yield "the stored bytes of a drawing have changed or are gone"
    try:
        if not making.agrees_when_made_again(figure):
            yield "made again it comes out otherwise"
    except CannotCompute as why:
        if why.code != "other_version":  # its hash holds; the numbers stand as that version gave them
            yield f"it cannot be made again ({why.code})"
