"""The words of states and rules, in the language that is active."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from samsyn.agreements.models import Change
from samsyn.agreements.validity import State

STATES: dict[State, str | Promise] = {
    State.UNSIGNED: _("Not signed"),
    State.NOT_STARTED: _("Signed, not begun"),
    State.IN_FORCE: _("In force"),
    State.PROLONGED: _("Prolonged"),
    State.EXPIRED: _("Expired"),
    State.REPLACED: _("Replaced"),
    State.TERMINATED: _("Terminated"),
}
RULES: dict[str, str | Promise] = {
    "a_party_has_not_signed": _("Every party must sign before it holds."),
    "before_first_day": _("It holds from its first day."),
    "within_its_days": _("The day lies between its first and its last day."),
    "no_last_day": _("No last day was agreed."),
    "signed_later_valid_from_before": _("It was signed later, and holds from the first day that it states."),
    "prolonged_by_months": _("No new agreement is in force, so it is prolonged by the period it states."),
    "prolonged_until_further_notice": _("No new agreement is in force, so it holds until further notice."),
    "after_last_day": _("Its last day has passed, and it has no clause on prolongation."),
    "notice_was_given": _("Notice was given, and its last day has passed."),
    "successor_in_force": _("A new agreement is in force."),
}
CHANGES: dict[Change.Kind, str | Promise] = {
    Change.Kind.AMENDMENT: _("Amendment of the agreement"),
    Change.Kind.PROLONGATION: _("Prolongation of the agreement"),
    Change.Kind.TERMINATION: _("End of the agreement"),
}
