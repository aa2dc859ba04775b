"""Writing in the plan: one command per use case."""

from samsyn.plans.services.asking import (
    answer_request,
    ask_for_status,
    forget_addresses,
    remind_of_request,
    withdraw_request,
)
from samsyn.plans.services.columns import add_activity, count_activity, describe_measure, drop_activity
from samsyn.plans.services.measures import propose_measure, report_status, rewrite_measure

__all__ = [
    "add_activity",
    "answer_request",
    "ask_for_status",
    "count_activity",
    "describe_measure",
    "drop_activity",
    "forget_addresses",
    "propose_measure",
    "remind_of_request",
    "report_status",
    "rewrite_measure",
    "withdraw_request",
]
