"""Writing in the plan: one command per use case."""

from samsyn.plans.services.asking import (
    answer_request,
    ask_for_status,
    forget_addresses,
    remind_of_request,
    withdraw_request,
)
from samsyn.plans.services.columns import add_activity, count_activity, describe_measure, drop_activity
from samsyn.plans.services.evaluating import approve_evaluation, evaluate_measure, rewrite_evaluation
from samsyn.plans.services.following_up import (
    begin_follow_up,
    decide_follow_up,
    retract_follow_up,
    rewrite_follow_up,
)
from samsyn.plans.services.indicators import (
    add_indicator,
    drop_indicator,
    end_indicator,
    report_value,
    rewrite_indicator,
    value_from_figure,
)
from samsyn.plans.services.measures import propose_measure, report_status, rewrite_measure

__all__ = [
    "add_activity",
    "add_indicator",
    "answer_request",
    "approve_evaluation",
    "ask_for_status",
    "begin_follow_up",
    "count_activity",
    "decide_follow_up",
    "describe_measure",
    "drop_activity",
    "drop_indicator",
    "end_indicator",
    "evaluate_measure",
    "forget_addresses",
    "propose_measure",
    "remind_of_request",
    "report_status",
    "report_value",
    "retract_follow_up",
    "rewrite_evaluation",
    "rewrite_follow_up",
    "rewrite_indicator",
    "rewrite_measure",
    "value_from_figure",
    "withdraw_request",
]
