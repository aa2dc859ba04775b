"""Who someone is today, and who the parties are."""

from collections.abc import Collection
from dataclasses import dataclass, field
from uuid import UUID

from django.conf import settings
from django.db.models import F, Q, QuerySet

from samsyn.core import clock
from samsyn.core.actors import Actor, Kind, Role
from samsyn.core.journal import SYSTEM_CHAIN, Entry, Head
from samsyn.core.thread import Place
from samsyn.parties.models import Appointment, Invitation, Membership, Organisation, Partnership, Title, User


@dataclass(frozen=True)
class Member(Actor):
    """Someone signed in, acting for one party in one partnership (or in all of the party's)."""

    partnership_id: UUID | None = None
    titles: tuple[Title, ...] = field(default=(), compare=False)  # the roles come from these

    def renewed(self) -> Actor:
        if self.user_id is None:
            raise TypeError("A member is somebody.")
        return _member(self.user_id, self.own_party, self.partnership_id)


def member(user: User, *, party: Organisation, partnership: Partnership | None = None) -> Actor:
    """The user as actor for a party, with the roles that hold today. Two queries."""
    return _member(user.pk, party.pk, partnership.pk if partnership else None)


def connector(party: Organisation, *, partnership: Partnership) -> Actor:
    """What fetches open data for a party and drafts from it, before anybody works there. No queries.

    Only the command line of whoever runs the installation, and its schedule, act as it: never a request.
    """
    return Actor(Kind.CONNECTOR, None, party.pk, frozenset({Role.EDITOR}), frozenset({partnership.pk}))


def _member(user_id: UUID, party_id: UUID, partnership_id: UUID | None) -> Actor:
    mine = set(Membership.objects.filter(organisation=party_id).values_list("partnership", flat=True))
    if partnership_id:
        mine &= {partnership_id}
    held = _in_force().filter(user=user_id, organisation=party_id, user__is_active=True)
    here = held.filter(Q(partnership=None) | Q(partnership__in=mine)) if partnership_id else held
    pairs = list(here.order_by("first_day").values_list("title", "partnership"))
    named = {partnership for _, partnership in pairs}
    scope = mine if None in named else mine & {one for one in named if one}
    titles = tuple(Title(title) for title, partnership in pairs if partnership in {None, *scope})
    roles = frozenset(str(Title(title).role) for title, _ in pairs)
    return Member(Kind.USER, user_id, party_id, roles, frozenset(scope), None, partnership_id, titles)


def _in_force() -> QuerySet[Appointment]:
    today = clock.today()
    return Appointment.objects.filter(first_day__lte=today).filter(Q(last_day=None) | Q(last_day__gte=today))


def parties_of(partnership: Partnership | UUID) -> list[Organisation]:
    """The parties that sign, municipality first. One query."""
    signing = Organisation.objects.filter(memberships__partnership=partnership, memberships__is_party=True)
    return sorted(signing, key=lambda one: (one.kind != Organisation.Kind.MUNICIPALITY, str(one.pk)))


def parties_here(actor: Actor, place: Place) -> list[Organisation]:
    """The parties that sign, once for all that a page asks of its rooms. One query."""
    return place.once(actor, "parties.parties", lambda: parties_of(place.id))


def members_of(partnership: Partnership) -> list[Organisation]:
    """All who work along: the parties that sign, municipality first, then the others by name. One query."""
    joined = Membership.objects.filter(partnership=partnership).select_related("organisation")
    ordered = sorted(
        joined,
        key=lambda one: (
            not one.is_party,
            one.organisation.kind != Organisation.Kind.MUNICIPALITY,
            one.organisation.name.casefold(),
        ),
    )
    return [one.organisation for one in ordered]


def holders_of(party: UUID, partnership: UUID, titles: Collection[Title]) -> list[User]:
    """Who has one of the titles in an organisation today, for mail. One query."""
    here = Q(partnership=None) | Q(partnership=partnership)
    held = _in_force().filter(here, organisation=party, title__in=titles, user__is_active=True)
    return list(User.objects.filter(pk__in=held.values("user")).order_by("email"))


def other_actors_of(partnership: Partnership) -> QuerySet[Organisation]:
    """Organisations involved when needed. One query."""
    return Organisation.objects.filter(
        memberships__partnership=partnership, memberships__is_party=False
    ).order_by("name")


@dataclass(frozen=True)
class Seat:
    """One party in one partnership where somebody holds titles today."""

    user_id: UUID
    partnership: Partnership
    party: Organisation
    titles: tuple[Title, ...]

    @property
    def member(self) -> Member:
        """Who sits there, as `member` would read it again from the database."""
        here = self.partnership.pk
        roles = frozenset(str(title.role) for title in self.titles)
        return Member(
            Kind.USER, self.user_id, self.party.pk, roles, frozenset({here}), None, here, self.titles
        )


def seats_of(user: User) -> list[Seat]:
    """Where the user has titles today, by the names of partnership and party. One query."""
    today = clock.today()
    held = Membership.objects.filter(  # one call, so that all is asked of the same appointment
        Q(organisation__appointments__last_day=None) | Q(organisation__appointments__last_day__gte=today),
        Q(organisation__appointments__partnership=None)
        | Q(organisation__appointments__partnership=F("partnership")),
        organisation__appointments__first_day__lte=today,
        organisation__appointments__user=user,
        organisation__appointments__user__is_active=True,
    )
    rows = (
        held.select_related("partnership", "organisation")
        .annotate(title=F("organisation__appointments__title"))
        .order_by("organisation__appointments__first_day")
    )
    found: dict[UUID, list[Membership]] = {}
    for row in rows:
        found.setdefault(row.pk, []).append(row)
    seats = [
        Seat(
            user.pk,
            same[0].partnership,
            same[0].organisation,
            tuple(Title(one.title) for one in same),  # type: ignore[attr-defined]  # annotated above
        )
        for same in found.values()
    ]
    return sorted(seats, key=lambda seat: (seat.partnership.name, seat.party.name))


def partnerships_of(user: User) -> list[tuple[Partnership, Organisation]]:
    """Where the user has a title today, with the party it is held for. One query."""
    return [(seat.partnership, seat.party) for seat in seats_of(user)]


def titles_of(actor: Actor) -> list[Title]:
    """The titles that the actor holds today for the party. They were read with the roles: no query."""
    return list(actor.titles) if isinstance(actor, Member) else []


def titles_held(actor: Actor) -> tuple[str, set[Title]]:
    """The kind of the actor's party, and the titles that somebody there holds today. One query."""
    here = Q(partnership=None) | Q(partnership__in=actor.partnership_ids)
    held = _in_force().filter(here, organisation=actor.party_id)
    pairs = list(held.values_list("organisation__kind", "title"))
    return (pairs[0][0] if pairs else ""), {Title(title) for _kind, title in pairs}


@dataclass(frozen=True)
class People:
    """Who has which title in one's own party, and who is asked."""

    now: list[Appointment]
    coming: list[Appointment]
    former: list[Appointment]
    invited: list[Invitation]


def people_of(actor: Actor) -> People:
    """The people of the actor's party, and the invitations that wait. Two queries."""
    today = clock.today()
    here = Q(partnership=None) | Q(partnership__in=actor.partnership_ids)
    held = list(
        Appointment.objects.visible_to(actor)
        .filter(here)
        .select_related("user")
        .order_by("user__name", "first_day")
    )
    former = [one for one in held if one.last_day and one.last_day < today]
    coming = [one for one in held if one.first_day > today and one not in former]
    now = [one for one in held if one not in former and one not in coming]
    invited = Invitation.objects.visible_to(actor).waiting().filter(here).select_related("organisation")
    return People(now, coming, former, list(invited.order_by("expires_at")))


def nobody_else_invites(appointment: Appointment) -> bool:
    """Whether this is the last title in the party, without an end, that lets somebody invite others."""
    if not Title(appointment.title).invites:
        return False
    others = _in_force().filter(organisation=appointment.organisation_id, last_day=None)
    return not others.exclude(pk=appointment.pk).filter(title__in=[t for t in Title if t.invites]).exists()


@dataclass(frozen=True)
class Anchor:
    """The last link of a journal, to be kept where nobody who runs the platform can change it."""

    name: str  # of whose journal it is; empty for the platform's own
    chain: UUID
    sequence: int
    hash: str


def anchored_this_month() -> bool:
    """Whether the anchors of this Swedish month are told. One query."""
    told = Entry.objects.filter(chain=SYSTEM_CHAIN, command="parties.record_anchor")
    return told.filter(day__gte=clock.today().replace(day=1)).exists()


def anchors_by_address() -> dict[str, list[Anchor]]:
    """Whom to tell what: administrators their own party's and partnerships' journals, without the other's.

    How long a party's own journal is tells how much it drafts, so not even its length goes to anybody else.
    Partnerships that only practise are left out.
    """
    heads = {head.chain: head for head in Head.objects.all()}
    members = Membership.objects.filter(is_party=True, partnership__is_exercise=False).select_related(
        "partnership", "organisation"
    )
    joint: dict[UUID, str] = {one.partnership_id: one.partnership.name for one in members}
    chains: dict[str, dict[UUID, str]] = {}
    for one in members:
        administrators = _in_force().filter(
            Q(partnership=None) | Q(partnership=one.partnership),
            organisation=one.organisation,
            title=Title.ADMINISTRATOR,
            user__is_active=True,
        )
        for address in administrators.values_list("user__email", flat=True):
            mine = chains.setdefault(address, {SYSTEM_CHAIN: ""})
            mine |= {one.partnership_id: one.partnership.name, one.organisation_id: one.organisation.name}
    for address in settings.ANCHOR_ADDRESSES if joint else ():
        chains[address] = chains.get(address, {SYSTEM_CHAIN: ""}) | joint
    return {
        address: [
            Anchor(name, chain, heads[chain].sequence, heads[chain].hash)
            for chain, name in theirs.items()
            if heads[chain].sequence
        ]
        for address, theirs in chains.items()
    }


def members_besides(party_id: UUID | None, partnership: Partnership) -> list[Organisation]:
    """The partnership's other organisations. One query."""
    others = Organisation.objects.filter(memberships__partnership=partnership)
    return list(others.exclude(pk__in=[party_id]).order_by("name"))


def invitation_of(token: str) -> Invitation | None:
    """What a link from a mail is about, if it can still be accepted. One query."""
    return (
        Invitation.objects.waiting()
        .filter(token_hash=Invitation.hash_of(token))
        .select_related("organisation", "partnership")
        .first()
    )
