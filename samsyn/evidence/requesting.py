"""What a request for evidence may be about, what may be shown in answer, whom it reaches, and how it stands.

Evidence knows no findings, measures or duties: they stand above it. What is chosen comes from the thread.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from samsyn.core.actors import Actor, Role
from samsyn.core.errors import Invalid
from samsyn.core.thread import Node, Place, thread
from samsyn.evidence.models import EvidenceReply, EvidenceRequest
from samsyn.parties.models import Organisation, Partnership, Title, User
from samsyn.parties.queries import holders_of, members_of

ABOUT = ("finding", "measure", "duty")
SHOWN = ("picture", "finding", "measure", "evaluation")
ANSWERING = (Role.EDITOR, Role.APPROVER, Role.CONTRIBUTOR)  # a reader is asked for nothing
ON_A_PAGE = 40


def chosen_from(actor: Actor, partnership: Partnership, kinds: Collection[str]) -> list[Node]:
    """What the actor may name, in the order of the kinds. As many queries as the rooms above need."""
    place = Place(partnership.pk, partnership.slug, with_links=False)
    order = list(kinds)
    found = [node for node in thread.nodes(actor, place, kinds=kinds) if not node.absent]
    return sorted(found, key=lambda node: order.index(node.kind))


def chosen(actor: Actor, partnership: Partnership, key: UUID, kinds: Collection[str], *, field: str) -> Node:
    """The one with this key. Refused when the actor may not see it, or it is of another kind."""
    for node in chosen_from(actor, partnership, kinds):
        if node.id == key:
            return node
    raise Invalid(_("Choose something from the list. What you chose is not there any more."), field=field)


@dataclass(frozen=True)
class Asked:
    """Somebody who can be asked: a title in an organisation."""

    party: Organisation
    title: Title

    @property
    def key(self) -> str:
        return f"{self.party.pk}:{self.title}"


def may_be_asked(partnership: Partnership) -> list[Asked]:
    """The titles that answer here, organisation by organisation, the parties first. One query."""
    return [
        Asked(party, title)
        for party in members_of(partnership)
        for title in party.titles
        if title.role in ANSWERING
    ]


def open_requests(actor: Actor, partnership: Partnership) -> QuerySet[EvidenceRequest]:
    """Those that wait for an answer, the first to be due first. One query."""
    return _seen(actor, partnership).filter(state=EvidenceRequest.State.OPEN).order_by("due", "id")


def closed_requests(actor: Actor, partnership: Partnership, page: str) -> Page[EvidenceRequest]:
    """Those that were answered, could not be or are withdrawn, newest first. Two queries."""
    over = _seen(actor, partnership).exclude(state=EvidenceRequest.State.OPEN)
    return Paginator(over.order_by("-asked_on", "-id"), ON_A_PAGE).get_page(page)


def _seen(actor: Actor, partnership: Partnership) -> QuerySet[EvidenceRequest]:
    found = EvidenceRequest.objects.visible_to(actor).filter(partnership=partnership)
    return found.select_related("asker", "party")


def replies_of(request: EvidenceRequest) -> QuerySet[EvidenceReply]:
    """Newest first. One query."""
    return request.replies.select_related("said_by").order_by("-id")


def waits_for(request: EvidenceRequest, actor: Actor, titles: Sequence[Title]) -> bool:
    """Whether this person should see to it: one's own title, or an editor of the party that is asked."""
    is_ours = request.is_open and request.party_id == actor.party_id
    return is_ours and (Role.EDITOR in actor.roles or request.title in titles)


def receivers(request: EvidenceRequest) -> list[User]:
    """Who has the title that is asked; while nobody has, those who coordinate there. One or two queries."""
    asked = holders_of(request.party_id, request.partnership_id, [Title(request.title)])
    if asked:
        return asked
    return holders_of(request.party_id, request.partnership_id, [t for t in Title if t.role is Role.EDITOR])
