"""Makes a figure from its order, and makes it again to check it. For workers; holds no lock."""

from collections.abc import Sequence
from dataclasses import dataclass

from samsyn.core import objects
from samsyn.core.canonical import Plain
from samsyn.evidence import computing, drawing, wording
from samsyn.evidence.asking import Asked
from samsyn.evidence.computing import CannotCompute
from samsyn.evidence.models import Dataset, Figure, FigureOrder
from samsyn.evidence.outlines import Outline, of_places, unpacked


@dataclass(frozen=True)
class Made:
    content: dict[str, Plain]
    drawings: dict[str, dict[str, str]]  # SVG by language and width


def make(order: FigureOrder) -> Made:
    """The complete content of the ordered figure and its drawings. Raises CannotCompute."""
    asked = Asked.of(order.unpacked("parameters"))
    datasets = in_order([one.dataset for one in order.inputs.select_related("dataset")])
    outlines = outlines_in(asked)
    computed = computing.compute(asked, tables(datasets), outlines)
    content = wording.content(
        asked,
        computed,
        inputs=[described(one) for one in datasets],
        areas_by=asked.ground.by if asked.ground else "",
    )
    ident = f"f{order.identity[:10]}"
    return Made(content, drawing.draw(asked, computed, ident=ident, outlines=outlines))


def outlines_in(asked: Asked) -> tuple[Outline, ...]:
    """The outline of each asked place, where the figure has a map. Refuses to draw on bytes that changed."""
    if asked.ground is None:
        return ()
    if not objects.is_whole(asked.ground.key):
        raise CannotCompute("damaged")
    return of_places(unpacked(objects.get(asked.ground.key)), asked.places)


def in_order(datasets: Sequence[Dataset]) -> list[Dataset]:
    """Oldest first, so that what came later counts where two speak of the same period."""
    return sorted(datasets, key=lambda one: (one.received_on, one.pk))


def tables(datasets: Sequence[Dataset]) -> list[bytes]:
    """The stored tables. Refuses to compute from bytes that have changed."""
    for one in datasets:
        if not objects.is_whole(one.table_key):
            raise CannotCompute("damaged")
    return [objects.get(one.table_key, owner=one.party_id) for one in datasets]


def described(dataset: Dataset) -> dict[str, Plain]:
    """What a figure says of a dataset it stands on."""
    return {
        "title": str(dataset.title),
        "source": dataset.cited_as,
        "licence": str(dataset.licence),
        "collected_by": str(dataset.collected_by),
        "received": dataset.received_on,
        "rows": dataset.rows,
        "content_hash": dataset.content_hash,
    }


def agrees_when_made_again(figure: Figure) -> bool:
    """Whether the same data and method give the same estimate today, within the method's tolerance.

    Raises CannotCompute when a dataset is damaged or the method is no longer the same version.
    """
    asked = Asked.of(figure.unpacked("parameters"))
    if asked.question.version != figure.method_version:
        raise CannotCompute("other_version", version=figure.method_version)
    datasets = in_order([one.dataset for one in figure.inputs.select_related("dataset")])
    again = computing.compute(asked, tables(datasets), outlines_in(asked))
    stored = figure.unpacked("result")["estimate"]
    return computing.agrees(
        stored, computing.plain_estimate(again.estimate), tolerance=asked.question.tolerance
    )
