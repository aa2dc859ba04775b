"""Invitations: offered by mail, accepted with a button, once."""

from uuid import UUID

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from samsyn.core import clock, journal
from samsyn.core.actors import Actor, Kind
from samsyn.core.commands import command
from samsyn.core.errors import Invalid, Missing, NotAllowed, Refused
from samsyn.parties.models import Appointment, Invitation, Organisation, Partnership, Title, User
from samsyn.parties.services.appointing import account, give_title


@command("parties.invite")
def invite(
    organisation: Organisation,
    *,
    email: str,
    title: Title,
    by: Actor,
    partnership: Partnership | None = None,
    language: str = "sv",
    sender_id: UUID | None = None,
) -> Invitation:
    """Offer a person a title. The answer is the same for addresses that have an account and those without.

    `sender_id` is for the system, which invites in somebody's name at set-up: that person may withdraw it.
    Refused: a title that the organisation does not have; oneself; and as first one of another party anybody
    from one's own, who would then stand on both sides of the wall.
    """
    address = email.strip().lower()
    if by.kind is Kind.USER:
        if partnership is None or partnership.pk not in by.partnership_ids:
            raise NotAllowed  # whoever has a title in one partnership cannot give one in all
        _refuse_crossing_the_wall(organisation, address, by)
    offered = first_titles(organisation) if organisation.pk != by.party_id else organisation.titles
    if by.kind is Kind.USER and title not in offered:
        raise Invalid(_("Choose a title that this organisation has."), field="title")
    invitation = Invitation(
        organisation=organisation,
        partnership=partnership,
        email=address,
        title=title,
        language=language,
        sent_by_id=sender_id if by.kind is Kind.SYSTEM else by.user_id,
        expires_at=clock.now() + Invitation.LASTS,
    )
    invitation.token_hash = Invitation.hash_of(invitation.token)
    invitation.save()
    journal.note(invitation=invitation.pk, title=title)
    return invitation


def first_titles(organisation: Organisation) -> list[Title]:
    """Whom another party's first invitation can be for: somebody who can invite the others."""
    inviting = [title for title in organisation.titles if title.invites]
    return inviting or organisation.titles


def _refuse_crossing_the_wall(organisation: Organisation, address: str, by: Actor) -> None:
    if User.objects.filter(pk__in=[by.user_id], email=address).exists():
        raise Refused(_("You cannot give yourself a title. Ask a colleague who may."))
    if organisation.pk == by.party_id:
        return
    ours = Appointment.objects.filter(organisation=by.party_id, user__email=address)
    if ours.exists():
        raise Invalid(
            _("This person works for your own organisation. Invite somebody of theirs."), field="email"
        )


@command("parties.accept_invitation")
def accept_invitation(
    invitation: Invitation, *, by: Actor, name: str = "", password: str = ""
) -> Appointment:
    """Take the title that the link offers.

    A new person chooses name and password here. Whoever has an account must be signed in with it: the link
    alone, perhaps forwarded, opens no account. Missing when it was used, withdrawn or is older than 7 days.
    """
    if not invitation.is_waiting:
        raise Missing
    user = account(invitation.email)
    if user.can_sign_in:
        if by.user_id != user.pk:
            raise Refused(_("Sign in with %(email)s first, then accept.") % {"email": invitation.email})
    else:
        _begin(user, name=name, password=password)
    appointment = give_title(
        user,
        organisation=invitation.organisation,
        partnership=invitation.partnership,
        title=Title(invitation.title),
        first_day=clock.today(),
    )
    invitation.used_at = clock.now()
    invitation.save()
    journal.note(title=Title(invitation.title), user=user.pk)
    return appointment


def _begin(user: User, *, name: str, password: str) -> None:
    if not name.strip():
        raise Invalid(_("Write your name."), field="name")
    user.name = name.strip()
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise Invalid(" ".join(error.messages), field="password") from None
    user.set_password(password)
    user.save()


@command("parties.revoke_invitation")
def revoke_invitation(invitation: Invitation, *, by: Actor) -> None:
    """Withdraw an invitation. Refused when it was accepted: end the appointment instead."""
    if invitation.used_at:
        raise Refused(_("The invitation was accepted already. End the person's title instead."))
    if invitation.revoked_at is None:
        invitation.revoked_at = clock.now()
        invitation.save()
