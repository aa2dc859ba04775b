"""Questions and reminders, sent outside the request."""

from contextlib import suppress
from uuid import UUID

from django_tasks import task

from samsyn.core import clock, schedule
from samsyn.core.actors import SYSTEM, Actor
from samsyn.core.errors import Refused
from samsyn.core.mail import or_later
from samsyn.evidence import services as evidence
from samsyn.parties import queries as parties
from samsyn.parties.models import Organisation, Partnership, User
from samsyn.plans import mail, services
from samsyn.plans.models import MeasureFile, StatusRequest


@task()
def send_question(request_id: str) -> None:
    """Mail a question to all whom it has reached by now: a letter each."""
    if request := _waiting(request_id):
        for receiver in mail.receivers(request):
            send_letter.enqueue(request_id, receiver)


@task()
def send_letter(request_id: str, receiver: str, tried: int = 0) -> None:
    """One letter about a question, unless it was answered or withdrawn meanwhile."""
    if request := _waiting(request_id):
        with or_later(send_letter, request_id, receiver, tried=tried):
            mail.send_letter(request, mail.Receiver(receiver))


def _waiting(request_id: str) -> StatusRequest | None:
    found = StatusRequest.objects.filter(pk=UUID(request_id))
    request = found.select_related("measure", "partnership", "asked_by").first()
    return request if request and request.is_waiting else None


def ids_of(actor: Actor, partnership: Partnership) -> list[str]:
    """Whom a worker acts for. It asks again what that person may do: an appointment may have ended."""
    return [str(actor.user_id), str(actor.party_id), str(partnership.pk)]


@task()
def read_measure_file(file_id: str, user: str, party: str, partnership: str) -> None:
    """Read a file of measures in the sandbox. Nothing to do when it was thrown away meanwhile."""
    actor = parties.member(
        User.objects.get(pk=UUID(user)),
        party=Organisation.objects.get(pk=UUID(party)),
        partnership=Partnership.objects.get(pk=UUID(partnership)),
    )
    waiting = MeasureFile.objects.visible_to(actor).filter(state=MeasureFile.State.WAITING)
    if file := waiting.filter(pk=UUID(file_id)).first():
        outcome = evidence.cells_of(file.pk, owner=file.party_id, name=str(file.name))
        services.record_measure_file(file, outcome=outcome, by=actor)


@task()
def remind() -> None:
    """Remind of what waits: each step once, and the highest that is due when a day was missed."""
    for request in StatusRequest.objects.visible_to(SYSTEM).waiting().select_related("measure"):
        if request.measure.is_open and request.reminders < request.steps_due:
            with suppress(Refused):  # another worker was first
                services.remind_of_request(request, by=SYSTEM)
                send_question.enqueue(str(request.pk))


@task()
def forget() -> None:
    """Keep no address of somebody who was asked longer than its link could work."""
    for request in (
        StatusRequest.objects.visible_to(SYSTEM).filter(expires_at__lte=clock.now()).exclude(email="")
    ):
        services.forget_addresses(request, by=SYSTEM)


schedule.daily("plans.forget", forget, hour=3)
schedule.daily("plans.remind", remind, hour=7)
