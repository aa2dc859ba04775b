"""Looking back at a measure. What is approved is never changed: a later evaluation supersedes it."""

from dataclasses import asdict, dataclass

from django.db.models import prefetch_related_objects
from django.utils.translation import gettext as _

from samsyn.core import clock, door, journal
from samsyn.core.actors import Actor
from samsyn.core.commands import command
from samsyn.core.errors import Invalid, Refused
from samsyn.plans import evaluating, looking_back
from samsyn.plans.models import Evaluation, Measure, Outlook

TEXTS = ("done_text", "outcome_note", "side_effects", "learning", "reason")


@dataclass(frozen=True)
class LookBack:
    """What somebody says of a measure. `says_less`: “cannot say”, although the numbers allow more."""

    done: Evaluation.Done
    learning: str
    choice: Evaluation.Choice
    reason: str
    done_text: str = ""
    says_less: bool = False
    outcome_note: str = ""
    side_effects: str = ""


@command("plans.evaluate_measure")
def evaluate_measure(measure: Measure, *, said: LookBack, by: Actor) -> Evaluation:
    """Begin to look back at a measure: was it done, did it help, what was learned, what is chosen.

    What the counts and the indicators say is copied, and nobody can say more than that. Refused before the
    measure has begun, and while another evaluation of it is written.
    """
    if measure.starts > clock.today() and measure.state != Measure.State.CANCELLED:
        raise Refused(_("This measure has not begun, so there is nothing to look back at."))
    if measure.evaluations.filter(approved_on=None).exists():
        raise Refused(_("An evaluation of this measure is being written. Open that one."))
    evaluation = Evaluation(
        partnership_id=measure.partnership_id,
        measure=measure,
        supersedes=looking_back.approved_evaluation(measure),
        written_by_id=by.own_user,
        party_id=by.own_party,
        written_on=clock.today(),
    )
    _write(evaluation, said)
    journal.note(evaluation=evaluation.pk)
    return evaluation


@command("plans.rewrite_evaluation")
def rewrite_evaluation(evaluation: Evaluation, *, said: LookBack, seen: int, by: Actor) -> Evaluation:
    """Change it while it is written; the numbers are copied anew.

    Refused when a colleague saved meanwhile, and once it is approved.
    """
    evaluation.expect(seen, stored=evaluation.learning)
    _refuse_if_approved(evaluation)
    evaluation.written_by_id, evaluation.party_id = by.own_user, by.own_party
    evaluation.written_on = clock.today()
    _write(evaluation, said)
    return evaluation


def _write(evaluation: Evaluation, said: LookBack) -> None:
    for name in TEXTS:
        door.refuse_persons(getattr(said, name), field=name)
    if not said.learning.strip():
        raise Invalid(_("Write what you learned: that is what the next plan builds on."), field="learning")
    if not said.reason.strip():
        raise Invalid(_("Write why you choose this."), field="reason")
    measure = evaluation.measure
    is_cancelled = measure.state == Measure.State.CANCELLED
    if is_cancelled != (said.done == Evaluation.Done.CANCELLED):
        raise Invalid(
            _("This measure was cancelled: say so here.")
            if is_cancelled
            else _("This measure is not cancelled. Report that first, with the reason."),
            field="done",
        )
    if is_cancelled and said.choice not in Evaluation.OF_CANCELLED:
        raise Invalid(_("It stays cancelled, or is tried again in another way."), field="choice")
    facts = _facts(measure)
    if said.done == Evaluation.Done.AS_PLANNED and evaluating.counts_fall_short(facts):
        raise Invalid(
            _("The counts say that less was done than planned, or that nobody has counted."), field="done"
        )
    if said.says_less and not said.outcome_note.strip():
        raise Invalid(_("Write why you say less than the numbers do."), field="outcome_note")
    given = asdict(said)
    says_less = given.pop("says_less")
    for name, value in given.items():
        setattr(evaluation, name, value)
    evaluation.facts = facts
    evaluation.outcome = Outlook.CANNOT_SAY if says_less else Outlook(facts["outlook"])
    evaluation.save()
    journal.note(done=said.done, outcome=evaluation.outcome, choice=said.choice)


def _facts(measure: Measure) -> evaluating.Facts:
    prefetch_related_objects([measure], *looking_back.what_is_copied())
    return evaluating.facts_of(measure, clock.today())


@command("plans.approve_evaluation")
def approve_evaluation(evaluation: Evaluation, *, seen: int, by: Actor) -> Evaluation:
    """Stand behind an evaluation for the party that owns the measure. From now on nothing changes it.

    Refused when it was saved after the approver read it, once it is approved, and when counts, values or
    the state of the measure have changed since it was written: it would say what the numbers no longer do.
    """
    evaluation.expect(seen, stored=evaluation.learning)
    _refuse_if_approved(evaluation)
    was_cancelled = evaluation.measure.state == Measure.State.CANCELLED
    now = _facts(evaluation.measure)
    if was_cancelled != evaluation.is_of_cancelled or not evaluating.same_numbers(evaluation.facts, now):
        raise Refused(_("The numbers have changed since this was written. Open it, read them, and save it."))
    evaluation.approved_by_id, evaluation.approved_on = by.own_user, clock.today()
    evaluation.save()
    outcome, choice = Outlook(evaluation.outcome), Evaluation.Choice(evaluation.choice)
    journal.note(evaluation=evaluation.pk, measure=evaluation.measure_id, outcome=outcome, choice=choice)
    return evaluation


def _refuse_if_approved(evaluation: Evaluation) -> None:
    if evaluation.is_approved:
        raise Refused(_("This evaluation is approved and stands. Write a later one, which supersedes it."))
