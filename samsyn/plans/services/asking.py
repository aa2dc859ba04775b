"""Asking by mail how a measure stands, and the answer that needs no account."""

from django.utils.translation import gettext as _

from samsyn.core import clock, journal
from samsyn.core.actors import Actor
from samsyn.core.commands import command
from samsyn.core.errors import Invalid, Missing, Refused
from samsyn.plans.models import Measure, StatusReport, StatusRequest
from samsyn.plans.services.measures import save_report


@command("plans.ask_for_status")
def ask_for_status(
    measure: Measure, *, email: str, by: Actor, manager_email: str = "", language: str = "sv"
) -> StatusRequest:
    """Ask somebody by mail how a measure stands.

    Refused when the measure is over, when that address has a question that waits, and when the manager is
    the same person.
    """
    if not measure.is_open:
        raise Refused(_("This measure is over; its last report stands."))
    address, manager = email.strip().lower(), manager_email.strip().lower()
    if manager == address:
        raise Invalid(_("Write another address for the manager, or leave it empty."), field="manager_email")
    if StatusRequest.objects.waiting().filter(measure=measure, email=address).exists():
        raise Invalid(_("This address has been asked already and is reminded by itself."), field="email")
    request = StatusRequest(
        partnership_id=measure.partnership_id,
        measure=measure,
        email=address,
        manager_email=manager,
        language=language,
        asked_by_id=by.own_user,
        asked_on=clock.today(),
        expires_at=clock.now() + StatusRequest.LASTS,
    )
    request.token_hash = StatusRequest.hash_of(request.token)
    request.save()
    journal.note(request=request.pk)
    return request


@command("plans.answer_request")
def answer_request(request: StatusRequest, *, state: Measure.State, text: str, by: Actor) -> StatusReport:
    """Say how the measure stands, with the link alone.

    Missing when it was answered, withdrawn or is older than 60 days. Refused as any report is.
    """
    if not request.is_waiting:
        raise Missing
    report = save_report(request.measure, state=state, text=text)
    request.answered_at = clock.now()
    request.save()
    journal.note(measure=request.measure_id, state=state)
    return report


@command("plans.withdraw_request")
def withdraw_request(request: StatusRequest, *, by: Actor) -> None:
    """Make the link useless and stop its reminders. Refused when it was answered."""
    if request.answered_at:
        raise Refused(_("The question was answered already."))
    if request.revoked_at is None:
        request.revoked_at = clock.now()
        request.save()


@command("plans.remind_of_request")
def remind_of_request(request: StatusRequest, *, by: Actor) -> None:
    """Count a reminder, before its mail. Refused when none is due: two workers send one."""
    if not request.is_waiting or not request.measure.is_open or request.reminders >= request.steps_due:
        raise Refused(_("No reminder is due."))
    request.reminders = request.steps_due
    request.save()
    journal.note(step=request.reminders)


@command("plans.forget_addresses")
def forget_addresses(request: StatusRequest, *, by: Actor) -> None:
    """Take the addresses from a question that is over. Refused while its link works."""
    if request.is_waiting or not request.email:
        raise Refused(_("There is no address to forget."))
    request.erase("email", "manager_email")
