"""Taking away what the platform knows of a person who has left."""

from uuid import uuid4

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.utils.translation import gettext_lazy as _

from samsyn.core import clock, journal
from samsyn.core.actors import Actor
from samsyn.core.commands import command
from samsyn.core.errors import Missing, Refused
from samsyn.parties.models import Appointment, Invitation, Organisation, User


@command("parties.erase_account")
def erase_account(*, email: str, organisations: list[Organisation], by: Actor) -> User:
    """Erase name, address and every way to sign in. What the person did stays, under a number that is nobody.

    `organisations` are those where the person is or was invited: the address goes from the invitations too.
    Refused while the person has a title, today or to come: that is ended first.
    """
    user = User.objects.filter(email=email).first()
    if user is None:
        raise Missing
    held = Appointment.objects.filter(user=user)
    if held.filter(last_day=None).exists() or held.filter(last_day__gte=clock.today()).exists():
        raise Refused(_("This person has a title still. End it first, with yesterday as the last day."))
    for organisation in organisations:
        forget_invitations(organisation, email=email, by=by)
    for kept in (EmailAddress, Authenticator, SocialAccount, UserSession):
        kept.objects.filter(user=user).delete()
    user.email, user.name = f"{uuid4().hex}@erased.invalid", ""
    user.set_unusable_password()
    user.is_active, user.last_login = False, None
    user.role_changes += 1  # signed out everywhere
    user.save()
    journal.note(user=user.pk)
    return user


@command("parties.forget_invitations")
def forget_invitations(organisation: Organisation, *, email: str, by: Actor) -> None:
    """Take an address from invitations that were sent; one that waits does not work any more."""
    found = Invitation.objects.filter(organisation=organisation, email=email)
    for invitation in found:
        if invitation.is_waiting:
            invitation.revoked_at = clock.now()
        invitation.erase("email")
    journal.note(invitations=len(found))
