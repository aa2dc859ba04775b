"""What is mailed about measures. Links lead to the configured address, whatever a client claimed."""

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from samsyn.plans.models import StatusRequest


def send_question(request: StatusRequest) -> None:
    """To the person, at the second reminder to the manager too, at the third to whoever asked."""
    step = request.reminders
    receivers = [request.email]
    if step >= 2 and request.manager_email:
        receivers.append(request.manager_email)
    for receiver in receivers:  # one mail each: nobody reads another's address
        _send(request, receiver, "plans/mail/question.txt", answer_link(request))
    if step >= len(StatusRequest.LADDER) and request.asked_by.is_active:
        page = reverse("plans:measure", args=[request.partnership.slug, request.measure_id])
        _send(request, request.asked_by.email, "plans/mail/unanswered.txt", settings.ORIGIN + page)


def answer_link(request: StatusRequest) -> str:
    return settings.ORIGIN + reverse("plans-link:answer", args=[request.token])


def _send(request: StatusRequest, receiver: str, template: str, link: str) -> None:
    with translation.override(request.language):
        title = " ".join(request.measure.title.split())
        if receiver == request.asked_by.email and template.endswith("unanswered.txt"):
            subject = _("No answer yet: %(title)s") % {"title": title}
        elif request.reminders:
            subject = _("Reminder: how does it stand with “%(title)s”?") % {"title": title}
        else:
            subject = _("How does it stand with “%(title)s”?") % {"title": title}
        send_mail(
            subject=subject,
            message=render_to_string(template, {"request": request, "title": title, "link": link}),
            from_email=None,
            recipient_list=[receiver],
        )
