"""Writing in the plan: one command per use case."""

from samsyn.plans.services.arriving import remember_column, say_columns, take_in_plan
from samsyn.plans.services.asking import (
    answer_request,
    ask_for_status,
    forget_addresses,
    remind_of_request,
    withdraw_request,
)
from samsyn.plans.services.bringing import (
    discard_measure_file,
    receive_measure_file,
    record_measure_file,
    take_in_file,
)
from samsyn.plans.services.causes import choose_causes
from samsyn.plans.services.columns import add_activity, count_activity, describe_measure, drop_activity
from samsyn.plans.services.deciding import (
    decide_plan,
    decide_police_part,
    endorse_plan,
    retract_decision,
    retract_police_part,
)
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
from samsyn.plans.services.plan import (
    answer_referral,
    drop_referral,
    open_plan,
    put_in_plan,
    refer_plan,
    rewrite_plan,
    take_out_of_plan,
)

__all__ = [
    "add_activity",
    "add_indicator",
    "answer_referral",
    "answer_request",
    "approve_evaluation",
    "ask_for_status",
    "begin_follow_up",
    "choose_causes",
    "count_activity",
    "decide_follow_up",
    "decide_plan",
    "decide_police_part",
    "describe_measure",
    "discard_measure_file",
    "drop_activity",
    "drop_indicator",
    "drop_referral",
    "end_indicator",
    "endorse_plan",
    "evaluate_measure",
    "forget_addresses",
    "open_plan",
    "propose_measure",
    "put_in_plan",
    "receive_measure_file",
    "record_measure_file",
    "refer_plan",
    "remember_column",
    "remind_of_request",
    "report_status",
    "report_value",
    "retract_decision",
    "retract_follow_up",
    "retract_police_part",
    "rewrite_evaluation",
    "rewrite_follow_up",
    "rewrite_indicator",
    "rewrite_measure",
    "rewrite_plan",
    "say_columns",
    "take_in_file",
    "take_in_plan",
    "take_out_of_plan",
    "value_from_figure",
    "withdraw_request",
]
