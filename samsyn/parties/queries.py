"""Who someone is today, and who the parties are."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet

from samsyn.core import clock
from samsyn.core.actors import Actor, Kind
from samsyn.parties.models import Appointment, Membership, Organisation, Partnership, Title, User


@dataclass(frozen=True)
class Member(Actor):
    """Someone signed in, acting for one party in one partnership (or in all of the party's)."""

    partnership_id: UUID | None = None

    def renewed(self) -> Actor:
        if self.user_id is None:
            raise TypeError("A member is somebody.")
        return _member(self.user_id, self.own_party, self.partnership_id)


def member(user: User, *, party: Organisation, partnership: Partnership | None = None) -> Actor:
    """The user as actor for a party, with the roles that hold today. Two queries."""
    return _member(user.pk, party.pk, partnership.pk if partnership else None)


def _member(user_id: UUID, party_id: UUID, partnership_id: UUID | None) -> Actor:
    mine = set(Membership.objects.filter(organisation=party_id).values_list("partnership", flat=True))
    if partnership_id:
        mine &= {partnership_id}
    held = _in_force().filter(user=user_id, organisation=party_id, user__is_active=True)
    here = held.filter(Q(partnership=None) | Q(partnership__in=mine)) if partnership_id else held
    pairs = list(here.values_list("title", "partnership"))
    roles = frozenset(str(Title(title).role) for title, _ in pairs)
    named = {partnership for _, partnership in pairs}
    scope = mine if None in named else mine & {one for one in named if one}
    return Member(Kind.USER, user_id, party_id, roles, frozenset(scope), None, partnership_id)


def _in_force() -> QuerySet[Appointment]:
    today = clock.today()
    return Appointment.objects.filter(first_day__lte=today).filter(Q(last_day=None) | Q(last_day__gte=today))


def parties_of(partnership: Partnership) -> list[Organisation]:
    """The parties that sign, municipality first. One query."""
    signing = Organisation.objects.filter(memberships__partnership=partnership, memberships__is_party=True)
    return sorted(signing, key=lambda one: (one.kind != Organisation.Kind.MUNICIPALITY, str(one.pk)))


def other_actors_of(partnership: Partnership) -> QuerySet[Organisation]:
    """Organisations involved when needed. One query."""
    return Organisation.objects.filter(
        memberships__partnership=partnership, memberships__is_party=False
    ).order_by("name")


def partnerships_of(user: User) -> list[tuple[Partnership, Organisation]]:
    """Where the user has a title today, with the party it is held for. Two queries."""
    held = list(_in_force().filter(user=user, user__is_active=True).select_related("organisation"))
    memberships = Membership.objects.filter(
        organisation__in={one.organisation_id for one in held}
    ).select_related("partnership")
    found = {
        (membership.partnership_id, one.organisation_id): (membership.partnership, one.organisation)
        for membership in memberships
        for one in held
        if one.organisation_id == membership.organisation_id
        and one.partnership_id in (None, membership.partnership_id)
    }
    return sorted(found.values(), key=lambda pair: (pair[0].name, pair[1].name))


def titles_of(actor: Actor) -> list[Title]:
    """The titles that the actor holds today for the party. One query."""
    held = _in_force().filter(user=actor.user_id, organisation=actor.party_id)
    named = held.filter(Q(partnership=None) | Q(partnership__in=actor.partnership_ids))
    return [Title(title) for title in named.order_by("first_day").values_list("title", flat=True)]
