"""Asking somebody for evidence by a day, and what they answer."""

from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from samsyn.core import clock, door, journal
from samsyn.core.actors import Actor
from samsyn.core.commands import command
from samsyn.core.errors import Invalid, Refused
from samsyn.evidence import requesting
from samsyn.evidence.models import EvidenceReply, EvidenceRequest
from samsyn.evidence.models.requests import Outcome
from samsyn.parties.models import Organisation, Partnership, Title
from samsyn.parties.queries import members_of


@command("evidence.ask_for_evidence")
def ask_for_evidence(
    partnership: Partnership,
    *,
    party: Organisation,
    title: Title,
    what: str,
    due: date,
    by: Actor,
    text: str = "",
    about: UUID | None = None,
) -> EvidenceRequest:
    """Ask a title in one's own or another organisation for something, by a day.

    Refused for a day that has been, for who takes no part here or only reads, for what is not in the thread
    as one may see it, and when a text points out a person: both parties read it.
    """
    if due < clock.today():
        raise Invalid(_("Choose today or a day to come."), field="due")
    if party not in members_of(partnership) or title not in party.titles:
        raise Invalid(_("Choose somebody who takes part in this cooperation."), field="whom")
    if title.role not in requesting.ANSWERING:
        raise Invalid(_("Whoever only reads is asked for nothing. Choose another title."), field="whom")
    door.refuse_persons(what, field="what")
    door.refuse_persons(text, field="text")
    made = EvidenceRequest(
        partnership=partnership,
        asker_id=by.own_party,
        asked_by_id=by.own_user,
        asked_on=clock.today(),
        party=party,
        title=title,
        what=what.strip(),
        text=text.strip(),
        due=due,
    )
    if about:
        node = requesting.chosen(by, partnership, about, requesting.ABOUT, field="about")
        made.about_kind, made.about_id, made.about_title = node.kind, node.id, str(node.title)[:300]
    made.save()
    journal.note(request=made.pk, party=party.pk, title=title, due=due)
    if about:
        journal.note(about=about)
    return made


@command("evidence.reply_to_request")
def reply_to_request(
    request: EvidenceRequest,
    *,
    outcome: Outcome,
    by: Actor,
    text: str = "",
    missing: str = "",
    shown: UUID | None = None,
    link: str = "",
) -> EvidenceReply:
    """Answer, say which part of it there is, or say why it cannot be answered.

    A later answer adds to the ones before. Refused once it is withdrawn, for an answer without content, for a
    part without what is missing, for a no without a reason, for what is not in the thread as one may see it,
    and when a text points out a person.
    """
    if request.is_withdrawn:
        raise Refused(_("This is withdrawn: nobody waits for an answer any more."))
    if outcome == Outcome.CANNOT and not text.strip():
        raise Invalid(_("Write why it cannot be answered."), field="text")
    if outcome != Outcome.CANNOT and not (text.strip() or shown or link):
        raise Invalid(_("Write the answer, or say where it is."), field="text")
    if outcome == Outcome.PARTLY and not missing.strip():
        raise Invalid(_("Write what is missing."), field="missing")
    if outcome != Outcome.PARTLY and missing.strip():
        raise Invalid(_("Leave this empty, or choose that a part of it is missing."), field="missing")
    door.refuse_persons(text, field="text")
    door.refuse_persons(missing, field="missing")
    reply = EvidenceReply(
        partnership_id=request.partnership_id,
        request=request,
        outcome=outcome,
        text=text.strip(),
        missing=missing.strip(),
        link=link,
        said_by_id=by.own_user,
        said_on=clock.today(),
    )
    if shown:
        node = requesting.chosen(by, request.partnership, shown, requesting.SHOWN, field="shown")
        reply.shown_id, reply.shown_title = node.id, str(node.title)[:300]
    reply.save()
    request.state = EvidenceRequest.State(outcome)
    request.save()
    journal.note(reply=reply.pk, outcome=outcome, day=reply.said_on)
    return reply


@command("evidence.withdraw_request")
def withdraw_request(request: EvidenceRequest, *, why: str, by: Actor) -> None:
    """Say that it is not needed any more. Refused without a reason, once it is answered, and twice."""
    if request.is_withdrawn:
        raise Refused(_("This is withdrawn already."))
    if request.state == EvidenceRequest.State.ANSWERED:
        raise Refused(_("This is answered already, so there is nothing to withdraw."))
    if not why.strip():
        raise Invalid(_("Write why it is not needed any more."), field="why")
    door.refuse_persons(why, field="why")
    request.state, request.why_withdrawn = EvidenceRequest.State.WITHDRAWN, why.strip()
    request.withdrawn_on = clock.today()
    request.save()
    journal.note(day=request.withdrawn_on)


@command("evidence.remind_of_request")
def remind_of_request(request: EvidenceRequest, *, by: Actor) -> None:
    """Count a reminder, before its mail. Refused when none is due: two workers send one."""
    if not request.is_open or request.reminders >= request.steps_due:
        raise Refused(_("No reminder is due."))
    request.reminders = request.steps_due
    request.save()
    journal.note(step=request.reminders)
