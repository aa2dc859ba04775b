from samsyn.core.actors import Actor, Kind
from samsyn.core.permissions import predicate, register
from samsyn.parties.models import Membership
from samsyn.parties.rules import is_approver, is_contributor, is_editor, is_system, reads_here, works_here
from samsyn.plans.models import Evaluation, Indicator, Measure, MeasureActivity, StatusRequest


@predicate
def is_owner(actor: Actor, measure: Measure) -> bool:
    return isinstance(measure, Measure) and actor.party_id == measure.owner_id


@predicate
def owns_its_measure(actor: Actor, part: MeasureActivity | Indicator | Evaluation) -> bool:
    return (
        isinstance(part, MeasureActivity | Indicator | Evaluation) and actor.party_id == part.measure.owner_id
    )


@predicate
def answers_for_its_measure(actor: Actor, evaluation: Evaluation) -> bool:
    """One's own party's measure; of an outside owner, who has no approver here, any party's approver."""
    if not isinstance(evaluation, Evaluation):
        return False
    owner = evaluation.measure.owner_id
    parties = Membership.objects.filter(partnership=evaluation.partnership_id, is_party=True)
    return actor.party_id == owner or not parties.filter(organisation=owner).exists()


@predicate
def holds_the_link(actor: Actor, request: StatusRequest) -> bool:
    return actor.kind is Kind.LINK and actor.object_id == request.pk


PERMISSIONS = {
    "plans.see_measures": reads_here | is_contributor,
    "plans.see_measure": works_here | (is_contributor & is_owner),
    "plans.propose_measure": is_editor,
    "plans.rewrite_measure": is_editor,
    "plans.describe_measure": is_editor,
    "plans.add_activity": is_editor,
    "plans.count_activity": is_editor | (is_contributor & owns_its_measure),
    "plans.drop_activity": is_editor,
    "plans.see_indicator": works_here | (is_contributor & owns_its_measure),
    "plans.add_indicator": is_editor,
    "plans.rewrite_indicator": is_editor,
    "plans.drop_indicator": is_editor,
    "plans.end_indicator": is_editor,
    "plans.report_value": is_editor | (is_contributor & owns_its_measure),
    "plans.value_from_figure": is_editor,
    "plans.report_status": is_editor | (is_contributor & is_owner),
    "plans.see_evaluation": works_here | (is_contributor & owns_its_measure),
    "plans.evaluate_measure": is_editor | (is_contributor & is_owner),
    "plans.rewrite_evaluation": is_editor | (is_contributor & owns_its_measure),
    "plans.approve_evaluation": is_approver & answers_for_its_measure,
    "plans.see_follow_ups": works_here,
    "plans.begin_follow_up": is_editor,
    "plans.rewrite_follow_up": is_editor,
    "plans.decide_follow_up": is_approver,
    "plans.retract_follow_up": is_approver,
    "plans.ask_for_status": is_editor,
    "plans.withdraw_request": is_editor,
    "plans.answer_request": holds_the_link,
    "plans.remind_of_request": is_system,
    "plans.forget_addresses": is_system,
}
register(PERMISSIONS)
