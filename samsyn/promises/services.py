"""From an idea to words that both stand behind, and to an honest answer about whether they were kept."""

from datetime import date

from django.utils.translation import gettext as _

from samsyn.core import clock, door, journal
from samsyn.core.actors import Actor
from samsyn.core.commands import command
from samsyn.core.errors import Invalid, Refused
from samsyn.council.models import Decision
from samsyn.dialogue.models import Theme
from samsyn.parties.models import Area, Partnership
from samsyn.plans.models import Measure
from samsyn.promises import queries
from samsyn.promises.models import (
    Approval,
    NoPromise,
    Outcome,
    Promise,
    PromiseMeasure,
    PromiseTheme,
    Report,
)
from samsyn.releases import services as releases
from samsyn.releases.models import Audience, Release


@command("promises.write_promise")
def write_promise(
    partnership: Partnership,
    *,
    text: str,
    how_often: str,
    how_seen: str,
    area: Area,
    starts: date,
    ends: date,
    contact: str,
    measures: list[Measure],
    themes: list[Theme],
    by: Actor,
) -> Promise:
    """Draft a promise. Refused when it rests on no measure, or ends before it starts."""
    _check(text, how_often, how_seen, starts, ends)
    if not measures:
        raise Invalid(_("Choose the measure that this promise rests on."), field="measures")
    promise = Promise(
        partnership=partnership,
        text=text,
        how_often=how_often,
        how_seen=how_seen,
        area=area,
        starts=starts,
        ends=ends,
        contact=contact,
    )
    promise.save()
    for measure in measures:
        PromiseMeasure(partnership=partnership, promise=promise, measure=measure).save()
    for theme in themes:
        PromiseTheme(partnership=partnership, promise=promise, theme=theme).save()
    journal.note(promise=promise.pk, measures=len(measures), themes=len(themes))
    return promise


def _check(text: str, how_often: str, how_seen: str, starts: date, ends: date) -> None:
    if ends < starts:
        raise Invalid(_("Choose a last day that is not before the first."), field="ends")
    for field, said in (("text", text), ("how_often", how_often), ("how_seen", how_seen)):
        door.refuse_persons(said, field=field)


@command("promises.rewrite_promise")
def rewrite_promise(
    promise: Promise,
    *,
    text: str,
    how_often: str,
    how_seen: str,
    starts: date,
    ends: date,
    contact: str,
    seen: int,
    by: Actor,
) -> Promise:
    """Change the words; both must approve again. Refused once published: the words are frozen."""
    promise.expect(seen, stored=promise.text)
    if promise.is_published:
        raise Refused(_("This promise is published. Its words stand; report how it goes instead."))
    _check(text, how_often, how_seen, starts, ends)
    promise.text, promise.how_often, promise.how_seen = text, how_often, how_seen
    promise.starts, promise.ends, promise.contact = starts, ends, contact
    promise.save()
    for approval in promise.approvals.all():
        approval.delete()
    return promise


@command("promises.approve_promise")
def approve_promise(promise: Promise, *, by: Actor) -> Approval:
    """Stand behind the words for one's own party. Refused twice, and once published."""
    if promise.is_published:
        raise Refused(_("This promise is published already."))
    if promise.approvals.filter(party=by.own_party).exists():
        raise Refused(_("Your party has approved this already."))
    approval = Approval(
        partnership_id=promise.partnership_id,
        promise=promise,
        party_id=by.own_party,
        approved_on=clock.today(),
    )
    approval.save()
    journal.note(party=by.own_party)
    return approval


@command("promises.publish_promise")
def publish_promise(promise: Promise, *, by: Actor) -> Release:
    """Show it to everybody. Refused until every party has approved the words."""
    if missing := queries.not_approved_by(promise):
        raise Refused(_("%(party)s has not approved the words yet.") % {"party": missing[0].name})
    journal.note(themes=promise.themes.count(), until=promise.ends)
    return _show(promise, by)


def _show(promise: Promise, by: Actor) -> Release:
    promise.release = releases.freeze(
        promise.partnership,
        kind="promises.promise",
        content=queries.promise_content(promise),
        proof={"secrecy": "none"},
        audience=Audience.PUBLIC,
        object_id=promise.pk,
        replaces=promise.release,
        by=by,
    )
    promise.save()
    return promise.release


@command("promises.report_promise")
def report_promise(
    promise: Promise, *, outcome: Outcome, done: str, why: str, next_step: str, by: Actor
) -> Report:
    """Say whether it was kept, and show it. Refused without a why when it was not."""
    if not promise.is_published:
        raise Refused(_("Publish the promise before you report on it."))
    if outcome in (Outcome.NOT_KEPT, Outcome.PARTLY, Outcome.WITHDRAWN) and not why.strip():
        raise Invalid(_("Write why. Everybody will read it."), field="why")
    for field, said in (("done", done), ("why", why), ("next_step", next_step)):
        door.refuse_persons(said, field=field)
    report = Report(
        partnership_id=promise.partnership_id,
        promise=promise,
        outcome=outcome,
        done=done,
        why=why,
        next_step=next_step,
        reported_on=clock.today(),
    )
    report.save()
    promise.outcome = outcome
    promise.save()
    _show(promise, by)
    journal.note(outcome=outcome)
    return report


@command("promises.withdraw_promise")
def withdraw_promise(promise: Promise, *, why: str, by: Actor) -> Report:
    """Take a promise back, in public and with the reason. It stays on the page as withdrawn."""
    if not promise.is_published:
        raise Refused(_("This promise is not published; there is nothing to take back."))
    if not why.strip():
        raise Invalid(_("Write why. Everybody will read it."), field="why")
    door.refuse_persons(why, field="why")
    report = Report(
        partnership_id=promise.partnership_id,
        promise=promise,
        outcome=Outcome.WITHDRAWN,
        done="",
        why=why,
        reported_on=clock.today(),
    )
    report.save()
    promise.outcome = Outcome.WITHDRAWN
    promise.save()
    _show(promise, by)
    return report


@command("promises.decide_no_promise")
def decide_no_promise(measure: Measure, *, decision: Decision, why: str, by: Actor) -> NoPromise:
    """Record that nothing is promised here, by the council's decision.

    Refused when a promise exists, and when the reason points out a person.
    """
    door.refuse_persons(why, field="why")
    if measure.promises.exists():
        raise Refused(_("There is a promise that rests on this measure."))
    if NoPromise.objects.filter(measure=measure).exists():
        raise Refused(_("This is recorded already."))
    absence = NoPromise(partnership_id=measure.partnership_id, measure=measure, decision=decision, why=why)
    absence.save()
    journal.note(day=decision.day, decision=decision.pk)
    return absence
