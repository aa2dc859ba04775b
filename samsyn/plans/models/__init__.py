"""What is done: measures that answer findings and serve priorities, with owner, days and reports."""

from samsyn.plans.models.asking import StatusRequest
from samsyn.plans.models.bringing import MeasureFile, RememberedColumn
from samsyn.plans.models.causes import MeasureCause
from samsyn.plans.models.columns import MeasureActivity, MeasureBlock, MeasurePartner
from samsyn.plans.models.evaluation import Evaluation
from samsyn.plans.models.follow_up import FollowUp
from samsyn.plans.models.indicators import Indicator, IndicatorValue, Outlook
from samsyn.plans.models.measures import (
    SIGNS,
    Measure,
    MeasurePoint,
    MeasurePriority,
    MeasureSubAim,
    StatusReport,
)
from samsyn.plans.models.plan import Plan, PlanMeasure, Referral

__all__ = [
    "SIGNS",
    "Evaluation",
    "FollowUp",
    "Indicator",
    "IndicatorValue",
    "Measure",
    "MeasureActivity",
    "MeasureBlock",
    "MeasureCause",
    "MeasureFile",
    "MeasurePartner",
    "MeasurePoint",
    "MeasurePriority",
    "MeasureSubAim",
    "Outlook",
    "Plan",
    "PlanMeasure",
    "Referral",
    "RememberedColumn",
    "StatusReport",
    "StatusRequest",
]
