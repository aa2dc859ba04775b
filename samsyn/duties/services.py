"""Telling by hand what met a duty, taking it back, and deciding how the law is read here."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from samsyn.core import clock, door, journal
from samsyn.core.actors import Actor
from samsyn.core.commands import command
from samsyn.core.errors import Invalid, Refused
from samsyn.core.journal import Entry
from samsyn.council.models import Body, Decision
from samsyn.duties.kinds import ASKS, NOTHING_MISSING, Asks
from samsyn.duties.models import Event, EventKind, LocalPolicy, Tick
from samsyn.parties.models import Organisation, Partnership


@dataclass(frozen=True)
class Told:
    """What somebody tells of something that was done elsewhere."""

    day: date
    until: date | None = None
    title: str = ""
    months: int | None = None
    first_due: date | None = None
    body: str = ""
    reference: str = ""
    note: str = ""
    share: int | None = None
    actor: str = ""
    ticks: tuple[str, ...] = ()


@command("duties.record_event")
def record_event(
    partnership: Partnership,
    *,
    kind: EventKind,
    told: Told,
    by: Actor,
    decision: Decision | None = None,
    duty: Event | None = None,
) -> Event:
    """Record by hand what met a duty.

    Refused for a day to come, without the decision where a body decides, when the council is said to decide,
    when it ends before it begins, when a duty of one's own is not named, and twice.
    """
    asks = ASKS[kind]
    _check(asks, told, decision)
    if asks.done and (duty is None or duty.kind != EventKind.LOCAL_DUTY):
        raise Invalid(_("Choose which of your own duties was done."), field="duty")
    same = Event.objects.filter(partnership=partnership, kind=kind, day=told.day, retracted_why="")
    if same.filter(actor=told.actor, duty=duty, title=told.title).exists():
        raise Refused(_("This is recorded on that day already. Take it back to record it anew."))
    event = Event(
        partnership=partnership,
        kind=kind,
        decision=decision,
        duty=duty,
        **{name: getattr(told, name) for name in Told.__dataclass_fields__ if name != "ticks"},
        ticks=[Tick(one).value for one in told.ticks if one in asks.ticks],
    )
    event.save()
    journal.note(day=told.day, kind=kind, event=event.pk, **_facts(event))
    return event


def _check(asks: Asks, told: Told, decision: Decision | None) -> None:
    if told.day > clock.today():
        raise Invalid(_("Choose a day that has been: this is recorded when it is done."), field="day")
    if told.until and told.until < told.day:
        raise Invalid(_("Choose a last day that is not before the first."), field="until")
    if asks.own and not (told.title.strip() and told.months and told.first_due):
        raise Invalid(_("Say what you have decided, how often, and by when the first time."), field="title")
    for field in ("title", "reference", "note"):
        door.refuse_persons(getattr(told, field), field=field)
    if not asks.is_decided:
        return
    if decision is None and not (told.body and told.reference.strip()):
        raise Invalid(_("Choose the decision, or say which body decided and its section."), field="decision")
    if decision is not None and decision.kind != Decision.Kind.DECIDE:
        raise Invalid(_("Choose a decision by which a body decided."), field="decision")
    if told.body == Body.Kind.COUNCIL:
        raise Invalid(_("The council advises. Choose the body that decided."), field="body")


def _facts(event: Event) -> dict[str, Any]:
    """What the rules read of it. What is not stated is left out: the rules then say unknown."""
    body = event.decision.body.kind if event.decision else event.body
    given: dict[str, Any] = {
        "until": event.until,
        "months": event.months,
        "first_due": event.first_due,
        "share": event.share,
        "decision": event.decision_id,
        "about": event.duty_id,
        "body": Body.Kind(body) if body else None,
        "actor": Organisation.Kind(event.actor) if event.actor else None,
    }
    ticked = {
        NOTHING_MISSING.get(Tick(one), one): 0 if one in NOTHING_MISSING else True for one in event.ticks
    }
    return {name: value for name, value in given.items() if value is not None} | ticked


@command("duties.end_event")
def end_event(event: Event, *, last_day: date, by: Actor) -> None:
    """Say when a seat, a function or a plan ended.

    Refused for what cannot end, what is taken back or ended already, and for a day before it began.
    """
    if event.is_retracted:
        raise Refused(_("This is taken back already."))
    if event.ended_on or not ASKS.get(EventKind(event.kind), Asks()).can_end:
        raise Refused(_("This has no end that can be set."))
    if last_day < event.day:
        raise Invalid(_("Choose a last day that is not before the first."), field="last_day")
    event.ended_on = last_day
    event.save()
    journal.note(day=last_day)


@command("duties.retract_event")
def retract_event(event: Event, *, why: str, by: Actor) -> None:
    """Take back what was recorded wrongly. What was known in between stays readable.

    Refused twice, and without a why.
    """
    if event.is_retracted:
        raise Refused(_("This is taken back already."))
    if not why.strip():
        raise Invalid(_("Write why: it stays in the record."), field="why")
    door.refuse_persons(why, field="why")
    event.retracted_why = why
    event.save()
    told = Entry.objects.filter(
        chain=event.chain_id, command__in=("duties.record_event", "duties.declare_complete")
    )
    journal.note(retracts=told.get(facts__event=str(event.pk)).pk)


@command("duties.declare_complete")
def declare_complete(partnership: Partnership, *, since: date, note: str, by: Actor) -> Event:
    """Say that all that met a duty since a day is recorded: what is missing then is not done.

    Refused for a day to come, and when it is said already from that day or an earlier one.
    """
    if since > clock.today():
        raise Invalid(_("Choose a day that has been."), field="since")
    door.refuse_persons(note, field="note")
    earlier = Event.objects.filter(
        partnership=partnership, kind=EventKind.COMPLETE, day__lte=since, retracted_why=""
    )
    if earlier.exists():
        raise Refused(_("The record is said to be complete from an earlier day already."))
    event = Event(partnership=partnership, kind=EventKind.COMPLETE, day=since, note=note)
    event.save()
    journal.note(day=since, event=event.pk)
    return event


@command("duties.set_policy")
def set_policy(
    partnership: Partnership,
    *,
    since: date,
    reading: LocalPolicy.Reading,
    unchanged_counts: bool,
    picture_body: Body.Kind,
    plan_body: Body.Kind,
    report_months: int,
    reference: str,
    by: Actor,
) -> LocalPolicy:
    """Decide how the law is read, from a day on. A second decision of the same day replaces the first.

    Refused for a day to come, and when the council or the police are said to decide for the municipality.
    """
    if since > clock.today():
        raise Invalid(_("Choose a day that has been: record it when it is decided."), field="since")
    for field, body in (("picture_body", picture_body), ("plan_body", plan_body)):
        if body in (Body.Kind.COUNCIL, Body.Kind.POLICE):
            raise Invalid(_("The municipality decides: choose one of its bodies."), field=field)
    door.refuse_persons(reference, field="reference")
    policy = LocalPolicy(
        partnership=partnership,
        since=since,
        reading=reading,
        unchanged_counts=unchanged_counts,
        picture_body=picture_body,
        plan_body=plan_body,
        report_months=report_months,
        reference=reference,
    )
    policy.save()
    before = Entry.objects.filter(chain=partnership.pk, command="duties.set_policy", day=since)
    last = before.order_by("sequence").last()
    journal.note(
        day=since,
        retracts=last.pk if last else None,
        policy=policy.pk,
        reading=reading,
        unchanged_counts=unchanged_counts,
        picture_body=picture_body,
        plan_body=plan_body,
        report_months=report_months,
    )
    return policy
