from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from samsyn.core.forms import Form
from samsyn.council.models import Body, Decision
from samsyn.duties.kinds import ASKS
from samsyn.duties.models import Event, EventKind, LocalPolicy, Tick
from samsyn.duties.services import Told
from samsyn.parties.models import Organisation

BODIES = [(one.value, one.label) for one in Body.Kind if one not in (Body.Kind.COUNCIL, Body.Kind.POLICE)]


def _day(label: Any, *, required: bool = True, help_text: Any = "") -> forms.DateField:
    return forms.DateField(label=label, required=required, help_text=help_text, widget=forms.DateInput())


def _picker() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date", "class": "ds-input"}, format="%Y-%m-%d")


class EventForm(Form):
    """What one kind asks for: the fields that it does not are taken away."""

    title = forms.CharField(label=_("What you have decided to do"), max_length=150)
    day = _day(_("Day"), help_text=_("The day it was done or decided, not the day you write this."))
    months = forms.IntegerField(label=_("How often, in months"), min_value=1, max_value=120)
    first_due = _day(_("The first time by"))
    duty = forms.ModelChoiceField(label=_("What was done"), queryset=Event.objects.none())
    decision = forms.ModelChoiceField(
        label=_("Decision"),
        queryset=Decision.objects.none(),
        required=False,
        help_text=_("If it is recorded under The council."),
    )
    body = forms.ChoiceField(label=_("Body"), required=False)
    reference = forms.CharField(
        label=_("Reference"),
        max_length=150,
        required=False,
        help_text=_("Section and registration number, such as § 88, KS-2024/00008."),
    )
    actor = forms.ChoiceField(label=_("Actor"), choices=Organisation.Kind.choices)
    share = forms.IntegerField(label=_("Per cent of full time"), min_value=1, max_value=500)
    ticks = forms.MultipleChoiceField(
        label=_("What can be said of it"), required=False, widget=forms.CheckboxSelectMultiple
    )
    until = _day(_("Last day"), required=False, help_text=_("If one is decided."))
    note = forms.CharField(
        label=_("Note"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )

    def __init__(
        self, *args: Any, kind: EventKind, decisions: QuerySet[Decision], own: QuerySet[Event], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        asks = ASKS[kind]
        wanted = {
            **dict.fromkeys(("title", "months", "first_due"), asks.own),
            "duty": asks.done,
            "body": asks.is_decided,
            "actor": asks.actor,
            "share": asks.share,
            "ticks": bool(asks.ticks),
            "until": asks.can_end,
        }
        for name, is_wanted in wanted.items():
            if not is_wanted:
                del self.fields[name]
        fields: dict[str, Any] = self.fields
        fields["decision"].queryset = decisions
        if asks.is_decided:
            fields["body"].choices = [("", _("As in the decision above")), *BODIES]
        if asks.ticks:
            fields["ticks"].choices = [(one.value, Tick(one).label) for one in asks.ticks]
        if asks.done:
            fields["duty"].queryset = own

    @property
    def told(self) -> Told:
        given = {name: value for name, value in self.cleaned_data.items() if name not in ("decision", "duty")}
        return Told(**given | {"ticks": tuple(given.get("ticks", ()))})


class RetractForm(Form):
    why = forms.CharField(label=_("Why"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))


class EndForm(Form):
    last_day = _day(_("Last day"))


class CompleteForm(Form):
    since = _day(_("Complete from"), help_text=_("All that met a duty on or after this day is recorded."))
    note = forms.CharField(
        label=_("Note"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )


class PolicyForm(Form):
    since = _day(_("From"), help_text=_("The decision does not reach back before this day."))
    reading = forms.ChoiceField(
        label=_("“At least every second year” means"),
        choices=LocalPolicy.Reading.choices,
        widget=forms.RadioSelect,
    )
    unchanged_counts = forms.BooleanField(
        label=_("A review that changed nothing counts as an update of the picture"),
        required=False,
        help_text=_("This is a reading of 6 §, not its words."),
    )
    picture_body = forms.ChoiceField(label=_("Who adopts the picture"), choices=BODIES)
    plan_body = forms.ChoiceField(label=_("Who decides the plan"), choices=BODIES)
    report_months = forms.IntegerField(
        label=_("Months between reports to kommunfullmäktige"), min_value=1, max_value=48
    )
    reference = forms.CharField(label=_("Decision"), max_length=150, required=False)


class DayForm(Form):
    """For which day the board is asked, and as known when."""

    is_sent_once = False

    pa = forms.DateField(label=_("On the day"), required=False, widget=_picker())
    kant = forms.DateField(label=_("As known on"), required=False, widget=_picker())
