"""What the platform writes to people. Links lead to the configured address, whatever a client claimed."""

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from samsyn.parties.models import Invitation


def send_invitation(invitation: Invitation) -> None:
    """In the receiver's language, with the link that accepts. The secret is made here and kept nowhere."""
    link = settings.ORIGIN + reverse("parties:invitation", args=[invitation.token])
    with translation.override(invitation.language):
        send_mail(
            subject=_("Invitation to Samsyn for %(organisation)s")
            % {"organisation": " ".join(invitation.organisation.name.split())},
            message=render_to_string("parties/mail/invitation.txt", {"invitation": invitation, "link": link}),
            from_email=None,
            recipient_list=[invitation.email],
        )
