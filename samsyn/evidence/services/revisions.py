"""What newer numbers say of a figure."""

from collections.abc import Mapping
from typing import Any

from samsyn.core import canonical, clock, journal
from samsyn.core.actors import Actor
from samsyn.core.commands import command
from samsyn.core.errors import Missing
from samsyn.evidence.models import Figure, Revision


@command("evidence.record_revision")
def record_revision(
    figure: Figure,
    *,
    successor: Figure | None,
    how: Revision.How,
    refusal: Mapping[str, Any] | None = None,
    by: Actor,
) -> Revision:
    """Note how a figure stands against newer numbers; the latest note replaces the one before.

    Refused for a figure as its own successor.
    """
    if successor == figure:
        raise Missing
    revision = Revision.objects.filter(figure=figure).first() or Revision(
        party_id=figure.party_id, figure=figure
    )
    revision.successor = successor
    revision.revised_on = clock.today()
    revision.outcome = canonical.text({"how": how, "refusal": refusal or {}})
    revision.save()
    if successor:
        journal.note(successor=successor.pk)
    journal.note(how=how)
    return revision
