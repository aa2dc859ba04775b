from typing import Any

from samsyn.core.actors import Actor, Kind
from samsyn.core.permissions import predicate, register
from samsyn.parties.models import Membership, Organisation
from samsyn.parties.rules import (
    is_approver,
    is_contributor,
    is_editor,
    is_own_party,
    is_system,
    works_here,
)
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


def _is_of(actor: Actor, kind: Organisation.Kind) -> bool:
    return Organisation.objects.filter(pk__in=[actor.party_id], kind=kind).exists()


@predicate
def is_of_the_municipality(actor: Actor, target: Any) -> bool:
    return _is_of(actor, Organisation.Kind.MUNICIPALITY)


@predicate
def is_of_the_police(actor: Actor, target: Any) -> bool:
    return _is_of(actor, Organisation.Kind.LOCAL_POLICE_AREA)


PERMISSIONS = {
    "plans.see_measures": works_here | is_contributor,
    "plans.see_measure": works_here | (is_contributor & is_owner),
    "plans.propose_measure": is_editor,
    "plans.rewrite_measure": is_editor,
    "plans.describe_measure": is_editor,
    "plans.choose_causes": is_editor,
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
    "plans.receive_measure_file": is_editor & is_own_party,
    "plans.see_measure_file": is_editor,
    "plans.record_measure_file": is_editor,
    "plans.discard_measure_file": is_editor,
    "plans.take_in_file": is_editor,
    "plans.say_columns": is_editor,
    "plans.remember_column": is_editor,
    "plans.take_in_plan": is_editor,
    "plans.see_plans": works_here,
    "plans.open_plan": is_editor,
    "plans.rewrite_plan": is_editor,
    "plans.put_in_plan": is_editor,
    "plans.take_out_of_plan": is_editor,
    "plans.refer_plan": is_editor,
    "plans.answer_referral": is_editor,
    "plans.drop_referral": is_editor,
    "plans.endorse_plan": works_here,
    "plans.decide_plan": is_approver & is_of_the_municipality,
    "plans.retract_decision": is_approver & is_of_the_municipality,
    "plans.decide_police_part": is_approver & is_of_the_police,
    "plans.retract_police_part": is_approver & is_of_the_police,
}
register(PERMISSIONS)
