"""The follow-up report: written over a period, frozen when a body has dealt with it."""

from datetime import date

from django.utils.translation import gettext as _

from samsyn.core import clock, door, journal
from samsyn.core.actors import Actor
from samsyn.core.canonical import Plain
from samsyn.core.commands import command
from samsyn.core.errors import Invalid, Refused
from samsyn.core.journal import Entry
from samsyn.council.models import Body, Decision
from samsyn.council.queries import decision_facts
from samsyn.evidence.queries import policy_of
from samsyn.parties.models import Partnership
from samsyn.parties.queries import parties_of
from samsyn.plans import looking_back, report
from samsyn.plans.models import FollowUp
from samsyn.releases import services as releases
from samsyn.releases.models import Audience, Release


@command("plans.begin_follow_up")
def begin_follow_up(partnership: Partnership, *, starts: date, ends: date, by: Actor) -> FollowUp:
    """Begin a report over a period that has been. Refused while another one is not decided."""
    if ends < starts:
        raise Invalid(_("Choose a last day that is not before the first."), field="ends")
    if ends > clock.today():
        raise Invalid(
            _("Choose a last day that has been: what is to come cannot be followed up."), field="ends"
        )
    if FollowUp.objects.filter(partnership=partnership, release=None).exists():
        raise Refused(_("There is a follow-up that is not decided yet. Finish that one first."))
    follow_up = FollowUp(partnership=partnership, starts=starts, ends=ends)
    follow_up.save()
    journal.note(follow_up=follow_up.pk, starts=starts, ends=ends)
    return follow_up


@command("plans.rewrite_follow_up")
def rewrite_follow_up(follow_up: FollowUp, *, learned: str, seen: int, by: Actor) -> FollowUp:
    """Write what was learned in all. Refused when a colleague saved meanwhile, and once it is frozen."""
    follow_up.expect(seen, stored=follow_up.learned)
    _refuse_if_decided(follow_up)
    door.refuse_persons(learned, field="learned")
    follow_up.learned = learned
    follow_up.save()
    return follow_up


@command("plans.decide_follow_up")
def decide_follow_up(follow_up: FollowUp, *, decision: Decision, is_open: bool, by: Actor) -> Release:
    """Freeze the report as the body dealt with it, and show it to everybody.

    Refused once it is frozen; for a decision by which a council stands behind something, or from before the
    period was over; without a decision on secrecy; without a word on what was learned; and for a period in
    which there was no measure.
    """
    _refuse_if_decided(follow_up)
    if decision.kind == Decision.Kind.ENDORSE:
        raise Invalid(_("Choose the decision by which a body decided or took note."), field="decision")
    if decision.day < follow_up.ends:
        raise Invalid(_("That decision was made before the period was over."), field="decision")
    if not is_open:
        raise Invalid(_("Decide on secrecy first: everybody will read this."), field="is_open")
    if not follow_up.learned.strip():
        raise Refused(_("Write what you learned in all: that is what the next plan builds on."))
    measures = looking_back.measures_in(by, follow_up)
    if not measures:
        raise Refused(_("There was no measure in this period, so there is nothing to follow up."))
    names = [party.name for party in parties_of(follow_up.partnership)]
    content = report.content_of(follow_up, measures, parties=names, today=clock.today())
    threshold = policy_of(follow_up.partnership).threshold
    facts = decision_facts(decision)
    proof: dict[str, Plain] = {"secrecy": "none", "decision": facts, "disclosure": {"threshold": threshold}}
    follow_up.release = releases.freeze(
        follow_up.partnership,
        kind="plans.follow_up",
        content=report.guarded(content, threshold) | {"decision": facts},
        proof=proof,
        audience=Audience.PUBLIC,
        object_id=follow_up.pk,
        by=by,
    )
    follow_up.decision = decision
    follow_up.save()
    journal.note(
        day=decision.day,
        follow_up=follow_up.pk,
        decision=decision.pk,
        body=Body.Kind(decision.body.kind),
        release=follow_up.release.pk,
        starts=follow_up.starts,
        ends=follow_up.ends,
        measures=len(measures),
        without_verdict=report.without_verdict(content),
    )
    return follow_up.release


@command("plans.retract_follow_up")
def retract_follow_up(follow_up: FollowUp, *, by: Actor) -> None:
    """Take back a decision that was recorded wrongly. What was known in between stays readable.

    Refused while nothing is decided, and while another report is written.
    """
    if follow_up.release is None:
        raise Refused(_("No body has decided on this follow-up."))
    if FollowUp.objects.filter(partnership=follow_up.partnership_id, release=None).exists():
        raise Refused(_("There is a follow-up that is not decided yet. Finish that one first."))
    mistake = Entry.objects.filter(object_id=follow_up.pk, command="plans.decide_follow_up").latest(
        "sequence"
    )
    releases.withdraw(follow_up.release, by=by)
    follow_up.release = follow_up.decision = None
    follow_up.save()
    journal.note(retracts=mistake.pk)


def _refuse_if_decided(follow_up: FollowUp) -> None:
    if follow_up.is_decided:
        raise Refused(_("This follow-up is decided and frozen. Begin the next one."))
