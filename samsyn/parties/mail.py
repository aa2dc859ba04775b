"""What the platform writes to people. Links lead to the configured address, whatever a client claimed."""

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from samsyn.core import clock
from samsyn.parties.models import Invitation
from samsyn.parties.queries import Anchor


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


def send_anchors(address: str, anchors: list[Anchor]) -> None:
    """The last link of each journal, for a keeper outside. In Swedish, as archives are."""
    with translation.override(settings.LANGUAGE_CODE):
        send_mail(
            subject=_("The journals in Samsyn, %(day)s") % {"day": clock.today().isoformat()},
            message=render_to_string(
                "parties/mail/anchor.txt", {"anchors": anchors, "origin": settings.ORIGIN}
            ),
            from_email=None,
            recipient_list=[address],
        )
