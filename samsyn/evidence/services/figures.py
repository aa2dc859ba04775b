"""Figures: ordered in a page, made by a worker, kept unchanged, checked whenever somebody asks."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from samsyn.core import canonical, clock, journal, objects
from samsyn.core.actors import Actor
from samsyn.core.canonical import Digest, Plain
from samsyn.core.commands import command
from samsyn.core.errors import Refused
from samsyn.evidence.asking import Asked, Question
from samsyn.evidence.making import in_order
from samsyn.evidence.models import Dataset, Figure, FigureInput, FigureOrder, OrderInput
from samsyn.evidence.readers.units import COUNT
from samsyn.parties.models import Organisation


@command("evidence.order_figure")
def order_figure(
    party: Organisation, *, asked: Asked, datasets: list[Dataset], by: Actor
) -> Figure | FigureOrder:
    """Ask for a figure. One that is made or ordered already is given back as it stands.

    Refused without data, of what is no count (a rate of a rate says nothing, and each method is one for
    counts), for a rate without a population, for a comparison without places, and for what gathers around a
    place without outlines.
    """
    if not datasets:
        raise Refused(_("Choose at least one dataset."))
    if asked.unit != COUNT:
        raise Refused(
            _(
                "“%(measure)s” is no count but already a share or a rate. A figure is made of counts: choose "
                "a measure that counts something."
            )
            % {"measure": asked.measure}
        )
    if asked.question is Question.RATE and not asked.population:
        raise Refused(
            _("Enter the population of %(area)s first. A rate is measured against it.") % {"area": asked.name}
        )
    if asked.question.is_of_places and not asked.places:
        raise Refused(_("Choose data about several areas: they are compared with each other."))
    if asked.question is Question.AROUND and asked.ground is None:
        raise Refused(
            _("Bring the outlines of all these areas first: they tell which lie beside each other.")
        )
    ordered = in_order(datasets)
    identity = asked.identity(party.pk, [one.content_hash for one in ordered])
    if made := Figure.objects.filter(party=party, identity=identity).first():
        return made
    order = FigureOrder.objects.filter(party=party, identity=identity).first()
    if order:
        order.refusal = ""
        order.save()
        return order
    order = FigureOrder(
        party=party,
        identity=identity,
        method=asked.question,
        method_version=asked.question.version,
        parameters=canonical.text(asked.plain),
        ordered_at=clock.now(),
        title=f"{asked.measure}, {asked.name}",
        refusal="",
    )
    order.save()
    for dataset in ordered:
        OrderInput(party=party, order=order, dataset=dataset).save()
    return order


@command("evidence.record_figure")
def record_figure(
    order: FigureOrder,
    *,
    content: Mapping[str, Plain],
    drawings: Mapping[str, Mapping[str, str]],
    by: Actor,
) -> Figure:
    """Keep what was computed, for good. A worker that comes second finds the figure of the first."""
    made = Figure.objects.filter(party=order.party_id, identity=order.identity).first()
    if made is None:
        made = _figure(order, content, drawings)
    order.delete()
    return made


def _figure(
    order: FigureOrder, content: Mapping[str, Plain], drawings: Mapping[str, Mapping[str, str]]
) -> Figure:
    text = canonical.text(content)
    sentences = content["sentence"]
    keys = {
        language: {width: objects.put(svg.encode(), owner=order.party_id) for width, svg in by_width.items()}
        for language, by_width in drawings.items()
    }
    figure = Figure(
        party_id=order.party_id,
        identity=order.identity,
        method=order.method,
        method_version=order.method_version,
        parameters=order.parameters,
        title=sentences["sv"] if isinstance(sentences, Mapping) else str(sentences),
        computed_at=clock.now(),
        result=text,
        result_hash=canonical.sha256(text),
        drawings=canonical.text(keys),
    )
    figure.save()
    for one in order.inputs.select_related("dataset"):
        FigureInput(
            party_id=order.party_id,
            figure=figure,
            dataset=one.dataset,
            content_hash=one.dataset.content_hash,
        ).save()
    journal.note(
        figure=figure.pk,
        result=Digest(figure.result_hash),
        identity=Digest(figure.identity),
        row=figure.frozen_digest,
    )
    return figure


@command("evidence.refuse_figure")
def refuse_figure(order: FigureOrder, *, code: str, params: Mapping[str, str | int], by: Actor) -> None:
    """Note why the figure cannot be computed, so that its page can say so."""
    order.refusal = canonical.text({"code": code, "params": params})
    order.save()


@command("evidence.discard_order")
def discard_order(order: FigureOrder, *, by: Actor) -> None:
    """Stop waiting for a figure."""
    order.delete()


@command("evidence.check_figure")
def check_figure(figure: Figure, *, agrees: bool, by: Actor) -> None:
    """Record that the figure was made again, and whether it came out the same."""
    journal.note(agrees=agrees, result=Digest(figure.result_hash))
