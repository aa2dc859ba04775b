"""Founding parties and partnerships, and appointing people."""

from datetime import date

from samsyn.core import clock, journal, sealing
from samsyn.core.actors import Actor
from samsyn.core.commands import command
from samsyn.parties.models import Appointment, Area, Membership, Organisation, Partnership, Title, User


@command("parties.found_organisation")
def found_organisation(
    name: str,
    *,
    kind: Organisation.Kind,
    by: Actor,
    code: str = "",
    visiting_address: str = "",
    postal_address: str = "",
    phone: str = "",
    email: str = "",
    web: str = "",
) -> Organisation:
    """Take in an organisation, with its key and its own chain."""
    organisation = Organisation(
        name=name,
        kind=kind,
        code=code,
        visiting_address=visiting_address,
        postal_address=postal_address,
        phone=phone,
        email=email,
        web=web,
    )
    sealing.make_key(organisation.pk)
    journal.open_chain(organisation.pk, kind=journal.Head.Kind.PARTY)
    organisation.save()
    journal.note(kind=kind)
    return organisation


@command("parties.found_partnership")
def found_partnership(
    name: str,
    *,
    slug: str,
    municipality_code: str,
    parties: list[Organisation],
    by: Actor,
    is_exercise: bool = False,
) -> Partnership:
    """Begin the cooperation of a municipality with its police, with a chain of its own."""
    partnership = Partnership(
        name=name,
        slug=slug,
        municipality_code=municipality_code,
        county_code=municipality_code[:2],
        is_exercise=is_exercise,
    )
    journal.open_chain(partnership.pk, kind=journal.Head.Kind.PARTNERSHIP)
    partnership.save()
    for party in parties:
        Membership(partnership=partnership, organisation=party).save()
    return partnership


@command("parties.add_member")
def add_member(
    partnership: Partnership, *, organisation: Organisation, is_party: bool, by: Actor
) -> Membership:
    """Let an organisation take part, as party that signs or as actor involved when needed."""
    membership = Membership(partnership=partnership, organisation=organisation, is_party=is_party)
    membership.save()
    journal.note(organisation=organisation.pk, is_party=is_party)
    return membership


@command("parties.add_area")
def add_area(
    partnership: Partnership, *, code: str, name: str, slug: str, kind: Area.Kind, by: Actor
) -> Area:
    """Name an area that the partnership covers."""
    area = Area(partnership=partnership, code=code, name=name, slug=slug, kind=kind)
    area.save()
    return area


@command("parties.appoint")
def appoint(
    organisation: Organisation,
    *,
    email: str,
    title: Title,
    by: Actor,
    name: str = "",
    partnership: Partnership | None = None,
    since: date | None = None,
    until: date | None = None,
) -> Appointment:
    """Give a person a title. One whom another party knows is linked silently: an error would tell."""
    user, _ = User.objects.get_or_create(email=email.lower(), defaults={"name": name})
    day = since or clock.today()
    appointment = Appointment(
        organisation=organisation,
        partnership=partnership,
        user=user,
        title=title,
        first_day=day,
        last_day=until,
    )
    appointment.save()
    journal.note(day=day, title=title, user=user.pk)
    return appointment


@command("parties.end_appointment")
def end_appointment(appointment: Appointment, *, last_day: date, by: Actor) -> None:
    """The day after, commands on their way are refused too: the actor is read again under the lock."""
    appointment.last_day = last_day
    appointment.save()
    journal.note(day=last_day)
