"""Dialogues and themes as nodes; answers that wait as tasks."""

from collections.abc import Iterable

from django.db.models import Count, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samsyn.core.actors import Actor, Role
from samsyn.core.paths import path
from samsyn.core.thread import Node, Place, Task, thread
from samsyn.dialogue.models import Dialogue, Theme, Voice


def nodes(actor: Actor, place: Place) -> Iterable[Node]:
    """Two queries."""
    for dialogue in Dialogue.objects.visible_to(actor).filter(partnership=place.id).order_by("opens"):
        yield Node("dialogue", dialogue.pk, dialogue.question, _url(place, dialogue))
    for theme in Theme.objects.visible_to(actor).filter(partnership=place.id).select_related("dialogue"):
        yield Node(
            "theme",
            theme.pk,
            theme.title,
            _url(place, theme.dialogue),
            (theme.dialogue_id,),
            text=theme.summary,
        )


def tasks(actor: Actor, place: Place) -> Iterable[Task]:
    """Answers that nobody has read. One query."""
    if Role.EDITOR not in actor.roles:
        return
    waiting = Count("voices", filter=Q(voices__state=Voice.State.RECEIVED))
    dialogues = Dialogue.objects.visible_to(actor).filter(partnership=place.id).annotate(waiting=waiting)
    for dialogue in dialogues.filter(Q(waiting__gt=0) | Q(release=None)):
        count: int = dialogue.waiting  # type: ignore[attr-defined]  # annotated above
        if count:
            said = ngettext("Read %(count)d answer", "Read %(count)d answers", count)
            yield Task(said % {"count": count}, _url(place, dialogue), dialogue.question)
        if dialogue.release_id is None:
            yield Task(_("Publish the question"), _url(place, dialogue), dialogue.question)


def _url(place: Place, dialogue: Dialogue) -> str:
    return path("dialogue:dialogue", place.slug, dialogue.pk)


thread.register("dialogue", nodes, kinds={"dialogue": [], "theme": ["dialogue"]}, tasks=tasks)
