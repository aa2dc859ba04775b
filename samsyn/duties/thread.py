"""Duties that are late or due soon, as things that wait for somebody; and as things to be found."""

from collections.abc import Iterable
from uuid import UUID, uuid5

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samsyn.core import clock, permissions
from samsyn.core.actors import Actor, Role
from samsyn.core.paths import path
from samsyn.core.thread import Node, Place, Task, thread
from samsyn.duties import queries, sentences, wording
from samsyn.duties.board import FIXED
from samsyn.duties.judging import Source
from samsyn.duties.links import steps_of
from samsyn.parties.models import Organisation
from samsyn.parties.queries import parties_here

SPACE = UUID("0196a1b0-0000-7000-8000-000000002023")  # a duty has one key in each partnership


def nodes(actor: Actor, place: Place) -> Iterable[Node]:
    """The law's duties, to be found by their words. No queries: how they stand is said on their page."""
    if not permissions.allowed("duties.see_duties", actor, None):
        return
    address = path("duties:index", place.slug)
    for duty in FIXED:
        if duty.source is Source.LAW:
            words = wording.WORDS[duty.id]
            key = uuid5(SPACE, f"{place.id}{duty.id}")
            title = _("%(section)s §: %(title)s") % {"section": duty.section, "title": words.title}
            yield Node("duty", key, title, f"{address}#{duty.id}", text=f"{duty.id} {words.asks}")


def tasks(actor: Actor, place: Place) -> Iterable[Task]:
    """For who coordinates in the municipality. At most three queries, and one for each late duty."""
    if Role.EDITOR not in actor.roles or not _is_the_municipality(actor, place):
        return
    waiting = queries.waiting_for(actor, place.id, clock.today())
    address = path("duties:index", place.slug)
    for finding in waiting.urgent:
        said = {"title": queries.title_of(finding, actor), "state": sentences.STATES[finding.state][0]}
        reason = _("%(title)s. %(state)s.") % said
        step = next(iter(steps_of(finding.duty, actor, place.slug, by_hand=True)), None)
        here = f"{address}#{finding.duty.id}"
        yield Task(step.word if step else said["title"], step.url if step else here, reason, finding.due)
    if waiting.owed:
        words = ngettext("%(number)s duty is not met", "%(number)s duties are not met", waiting.owed)
        yield Task(words % {"number": waiting.owed}, address, _("See which, and what meets them."))
    if waiting.unknown:
        title = _("Go through what the law asks, and say from when the record is complete")
        yield Task(title, address, _("Until then, what is missing is unknown and not late."))


def _is_the_municipality(actor: Actor, place: Place) -> bool:
    """As the rule of `duties.record_event` asks, with the parties that the page has read already."""
    ours = [one for one in parties_here(actor, place) if one.pk == actor.party_id]
    return any(one.kind == Organisation.Kind.MUNICIPALITY for one in ours)


thread.register("duties", nodes, kinds={"duty": []}, tasks=tasks)
