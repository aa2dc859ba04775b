"""Giving people their titles, and taking them back."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from samsyn.core import clock, journal
from samsyn.core.actors import Actor, Kind
from samsyn.core.commands import command
from samsyn.core.errors import Invalid, Refused
from samsyn.parties import queries
from samsyn.parties.models import Appointment, Organisation, Partnership, Title, User


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
    user = account(email, name=name)
    day = since or clock.today()
    appointment = give_title(
        user, organisation=organisation, partnership=partnership, title=title, first_day=day, last_day=until
    )
    journal.note(day=day, title=title, user=user.pk)
    return appointment


@command("parties.end_appointment")
def end_appointment(appointment: Appointment, *, last_day: date, by: Actor) -> None:
    """The day after, commands on their way are refused too: the actor is read again under the lock.

    Today or earlier also signs the person out everywhere. Refused when it would make it longer, and for the
    party's last one who may invite others: nobody could let a successor in.
    """
    if appointment.last_day and last_day > appointment.last_day:
        raise Invalid(
            _("This title ends earlier already. Invite the person again instead."), field="last_day"
        )
    if by.kind is Kind.USER and queries.nobody_else_invites(appointment):
        raise Refused(_("Nobody of you could invite others then. Invite a successor first."))
    appointment.last_day = last_day
    appointment.save()
    if last_day <= clock.today():
        end_sessions(appointment.user)
    journal.note(day=last_day, user=appointment.user_id)


def account(email: str, *, name: str = "") -> User:
    """The account of an address; a new one has no way in before its owner sets one."""
    address = email.strip().lower()
    user = User.objects.filter(email=address).first()
    if user is None:
        user = User(email=address, name=name)
        user.set_unusable_password()
        user.save()
    return user


def give_title(
    user: User,
    *,
    organisation: Organisation,
    partnership: Partnership | None,
    title: Title,
    first_day: date,
    last_day: date | None = None,
) -> Appointment:
    """Another role is another person in the eyes of the rules: earlier sessions end."""
    appointment = Appointment(
        organisation=organisation,
        partnership=partnership,
        user=user,
        title=title,
        first_day=first_day,
        last_day=last_day,
    )
    appointment.save()
    end_sessions(user)
    return appointment


def end_sessions(user: User) -> None:
    """Sign the person out on every machine."""
    user.role_changes += 1
    user.save(update_fields=["role_changes"])
