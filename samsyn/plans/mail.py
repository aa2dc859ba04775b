"""What is mailed about measures. Links lead to the configured address, whatever a client claimed."""

from enum import StrEnum

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from samsyn.plans.models import StatusRequest


class Receiver(StrEnum):
    PERSON = "person"
    MANAGER = "manager"
    ASKER = "asker"


def receivers(request: StatusRequest) -> list[Receiver]:
    """The person, from the second reminder the manager too, at the third whoever asked."""
    found = [Receiver.PERSON]
    if request.reminders >= 2 and request.manager_email:
        found.append(Receiver.MANAGER)
    if request.reminders >= len(StatusRequest.LADDER) and request.asked_by.is_active:
        found.append(Receiver.ASKER)
    return found


def send_letter(request: StatusRequest, receiver: Receiver) -> None:
    """To one of them, so that nobody reads another's address; to whoever asked in their own language."""
    asker = request.asked_by
    language = asker.language if receiver is Receiver.ASKER else request.language
    with translation.override(language):
        title = " ".join(request.measure.title.split())
        if receiver is Receiver.ASKER:
            address, template, link = asker.email, "plans/mail/unanswered.txt", _page(request)
            subject = _("No answer yet: %(title)s") % {"title": title}
        else:
            is_person = receiver is Receiver.PERSON
            address = request.email if is_person else request.manager_email
            template, link = "plans/mail/question.txt", answer_link(request)
            subject = _("How does it stand with “%(title)s”?") % {"title": title}
            if request.reminders:
                subject = _("Reminder: how does it stand with “%(title)s”?") % {"title": title}
        facts = {"request": request, "title": title, "link": link, "to_manager": receiver is Receiver.MANAGER}
        send_mail(
            subject=subject,
            message=render_to_string(template, facts),
            from_email=None,
            recipient_list=[address],
        )


def answer_link(request: StatusRequest) -> str:
    return settings.ORIGIN + reverse("plans-link:answer", args=[request.token])


def _page(request: StatusRequest) -> str:
    return settings.ORIGIN + reverse("plans:measure", args=[request.partnership.slug, request.measure_id])
