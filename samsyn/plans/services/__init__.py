"""Writing in the plan: one command per use case."""

from samsyn.plans.services.columns import add_activity, count_activity, describe_measure, drop_activity
from samsyn.plans.services.measures import propose_measure, report_status, rewrite_measure

__all__ = [
    "add_activity",
    "count_activity",
    "describe_measure",
    "drop_activity",
    "propose_measure",
    "report_status",
    "rewrite_measure",
]
