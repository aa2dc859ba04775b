"""Forms for asking somebody for evidence, and for the answer."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from samsyn.core.errors import Sentence
from samsyn.core.forms import Form, unchosen
from samsyn.core.thread import Node
from samsyn.evidence.models.requests import Outcome
from samsyn.evidence.requesting import Asked

KINDS: Mapping[str, Sentence] = {
    "picture": _("The joint picture"),
    "finding": _("Findings"),
    "measure": _("Measures"),
    "evaluation": _("Evaluations"),
    "duty": _("What the law asks"),
}
LONGEST = 90  # characters of a title in a list to choose from
GONE = unchosen(_("Choose something from the list. What you chose is not there any more."))


class AskForEvidenceForm(Form):
    what = forms.CharField(
        label=_("What do you ask for?"),
        max_length=200,
        help_text=_("In one line, such as “Reported bicycle thefts 2025, month by month”."),
    )
    text = forms.CharField(
        label=_("More exactly"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Which years, which area, in which form, and what it is for. Nothing about persons."),
    )
    whom = forms.ChoiceField(
        label=_("Of whom?"),
        error_messages=unchosen(_("Choose who is asked.")),
        help_text=_("A title, in the other party or in your own. Whoever has it gets a mail."),
    )
    due = forms.DateField(label=_("By which day?"), help_text=_("The day counts to its end."))
    about = forms.ChoiceField(
        label=_("What is it for?"),
        required=False,
        error_messages=GONE,
        help_text=_("A finding, a measure or a duty; or nothing of these."),
    )

    def __init__(self, *args: Any, asked: Sequence[Asked], nodes: Sequence[Node], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._asked = {one.key: one for one in asked}
        self.fields["whom"].choices = [("", _("Choose one")), *_whom(asked)]  # type: ignore[attr-defined]
        self.fields["about"].choices = _nodes(nodes)  # type: ignore[attr-defined]

    @property
    def given(self) -> dict[str, Any]:
        """As the command takes it."""
        told = dict(self.cleaned_data)
        asked, about = self._asked[told.pop("whom")], told.pop("about")
        return told | {"party": asked.party, "title": asked.title, "about": UUID(about) if about else None}


class ReplyForm(Form):
    outcome = forms.ChoiceField(
        label=_("Your answer"),
        choices=Outcome.choices,
        widget=forms.RadioSelect,
        error_messages=unchosen(_("Choose what you answer.")),
    )
    text = forms.CharField(
        label=_("What you can say, or why it cannot be answered"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Numbers, where they come from and what to keep in mind. Nothing about persons."),
    )
    missing = forms.CharField(
        label=_("What is missing"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Only when you answer a part of it."),
    )
    shown = forms.ChoiceField(
        label=_("Where it stands here"),
        required=False,
        error_messages=GONE,
        help_text=_(
            "A finding of the joint picture with its figures, a measure or an evaluation: what both see. "
            "A figure that only your party has is shared by citing it in a draft that you share."
        ),
    )
    link = forms.URLField(
        label=_("Where it is published"),
        required=False,
        max_length=500,
        assume_scheme="https",
        help_text=_("An address on the web that everybody can open, such as a table at Brå or SCB."),
    )

    def __init__(self, *args: Any, nodes: Sequence[Node], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["shown"].choices = _nodes(nodes)  # type: ignore[attr-defined]

    @property
    def given(self) -> dict[str, Any]:
        """As the command takes it."""
        told = dict(self.cleaned_data)
        shown = told.pop("shown")
        return told | {"outcome": Outcome(told["outcome"]), "shown": UUID(shown) if shown else None}


class WithdrawRequestForm(Form):
    why = forms.CharField(
        label=_("Why is it not needed any more?"),
        max_length=500,
        help_text=_("Whoever was asked reads it. Nothing about persons."),
    )


def _whom(asked: Sequence[Asked]) -> Iterable[tuple[str, list[tuple[str, Sentence]]]]:
    for party, titles in groupby(asked, key=lambda one: one.party):
        yield party.name, [(one.key, one.title.label) for one in titles]


def _nodes(nodes: Sequence[Node]) -> list[tuple[Any, Any]]:
    """Grouped by what they are; nothing comes first."""
    grouped = [
        (KINDS[kind], [(str(one.id), _short(str(one.title))) for one in same])
        for kind, same in groupby(nodes, key=lambda one: one.kind)
    ]
    return [("", _("None of them")), *grouped]


def _short(title: str) -> str:
    return title if len(title) <= LONGEST else f"{title[: LONGEST - 1]}…"
