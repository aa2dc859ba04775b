"""What is mailed about requests for evidence. Links lead to the configured address and to no other."""

from enum import StrEnum

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from samsyn.evidence import requesting
from samsyn.evidence.models import EvidenceRequest
from samsyn.parties.models import User


class Letter(StrEnum):
    ASKED = "asked"
    REMINDED = "reminded"
    UNANSWERED = "unanswered"  # to whoever asked, with the last reminder
    ANSWERED = "answered"
    WITHDRAWN = "withdrawn"


TO_WHOEVER_ASKED = (Letter.UNANSWERED, Letter.ANSWERED)
WHILE_IT_WAITS = (Letter.ASKED, Letter.REMINDED, Letter.UNANSWERED)


def receivers(request: EvidenceRequest, letter: Letter) -> list[User]:
    """Who gets it. Nobody whose account is closed."""
    if letter in TO_WHOEVER_ASKED:
        return [request.asked_by] if request.asked_by.is_active else []
    return requesting.receivers(request)


def still_holds(request: EvidenceRequest, letter: Letter) -> bool:
    """Whether the letter is still true: nobody is asked for what is answered or withdrawn meanwhile."""
    if letter in WHILE_IT_WAITS:
        return request.is_open
    return request.is_withdrawn == (letter is Letter.WITHDRAWN)


def send_letter(request: EvidenceRequest, letter: Letter, to: User) -> None:
    """To one person, in their own language. What was answered stands on the page alone."""
    with translation.override(to.language):
        what = " ".join(request.what.split())
        facts = {"request": request, "letter": letter.value, "what": what, "link": _page(request)}
        send_mail(
            subject=str(_subject(letter)) % {"what": what},
            message=render_to_string("evidence/mail/request.txt", facts),
            from_email=None,
            recipient_list=[to.email],
        )


def _subject(letter: Letter) -> str:
    match letter:
        case Letter.ASKED:
            return _("You are asked for: %(what)s")
        case Letter.REMINDED:
            return _("Reminder: you are asked for: %(what)s")
        case Letter.UNANSWERED:
            return _("No answer yet: %(what)s")
        case Letter.ANSWERED:
            return _("You have an answer: %(what)s")
        case Letter.WITHDRAWN:
            return _("Not needed any more: %(what)s")


def _page(request: EvidenceRequest) -> str:
    return settings.ORIGIN + reverse("evidence:request", args=[request.partnership.slug, request.pk])
