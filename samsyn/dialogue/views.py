from typing import Any

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samsyn.core.errors import Invalid, Refused
from samsyn.core.forms import Form, point_out
from samsyn.core.web import ActorRequest, needs
from samsyn.dialogue import queries, services
from samsyn.dialogue.forms import DialogueForm, RefuseForm, SortForm, SummaryForm, ThemeForm
from samsyn.dialogue.models import Dialogue, Voice
from samsyn.parties.models import Area, Partnership

VOICES = 25  # on a page: a dialogue may hold thousands


@needs("dialogue.see_dialogues")
def index(request: ActorRequest, partnership: Partnership) -> HttpResponse:
    dialogues = queries.dialogues_of(request.actor, partnership)
    return render(request, "dialogue/index.html", {"dialogues": dialogues})


@needs("dialogue.open_dialogue")
def new(request: ActorRequest, partnership: Partnership) -> HttpResponse:
    areas = Area.objects.visible_to(request.actor).filter(partnership=partnership).order_by("name")
    form = DialogueForm(request.POST or None, areas=areas)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data | {"about": Dialogue.About(form.cleaned_data["about"])}
        try:
            dialogue = services.open_dialogue(partnership, by=request.actor, **given)
        except (Invalid, Refused) as error:
            point_out(form, error)
        else:
            return redirect("dialogue:dialogue", partnership.slug, dialogue.pk)
    return render(request, "dialogue/new.html", {"form": form}, status=422 if form.errors else 200)


@needs("dialogue.see_dialogues", Dialogue)
def dialogue(request: ActorRequest, dialogue: Dialogue) -> HttpResponse:
    return _page(request, dialogue)


def _page(
    request: ActorRequest,
    dialogue: Dialogue,
    *,
    status: int = 200,
    refused: tuple[Voice, Form] | None = None,
    **forms: Form,
) -> HttpResponse:
    """With a form that was refused in its place; `refused` is one that stands under an answer."""
    themes = list(queries.themes_of(dialogue))
    state = Voice.State
    about, bound = refused or (None, None)

    def page(name: str, voices: QuerySet[Voice]) -> Page[Voice]:
        return Paginator(voices, VOICES).get_page(request.GET.get(name, ""))

    def formed(name: str, voices: QuerySet[Voice], kind: type[Form], **given: Any) -> Page[Any]:
        """A page of answers, each with its form; the one that was refused is always there."""
        shown: Page[Any] = page(name, voices)
        pairs = [(one, kind(auto_id=_ids(one), **given)) for one in shown.object_list if one != about]
        shown.object_list = [(about, bound), *pairs] if isinstance(bound, kind) else pairs
        return shown

    accepted = queries.with_themes(queries.voices_of(dialogue, state.ACCEPTED))
    content = {
        "dialogue": dialogue,
        "themes": themes,
        "waiting": formed("vantar", queries.voices_of(dialogue, state.RECEIVED), RefuseForm),
        "accepted": formed("raknas", accepted, SortForm, themes=themes),
        "set_aside": page("undan", queries.voices_of(dialogue, state.REFUSED, state.WITHDRAWN)),
        "refused": bound,
        "theme_form": ThemeForm(),
        "summary_form": SummaryForm(initial={"not_heard": dialogue.not_heard}),
    }
    return render(request, "dialogue/dialogue.html", content | forms, status=status)


def _ids(voice: Voice) -> str:
    return f"answer-{voice.pk}-%s"


@require_POST
@needs("dialogue.publish_dialogue", Dialogue)
def publish(request: ActorRequest, dialogue: Dialogue) -> HttpResponse:
    services.publish_dialogue(dialogue, by=request.actor)
    messages.success(request, _("The question is on the public site."))
    return redirect("dialogue:dialogue", request.partnership.slug, dialogue.pk)


@require_POST
@needs("dialogue.accept_voice", Voice)
def accept(request: ActorRequest, voice: Voice) -> HttpResponse:
    services.accept_voice(voice, by=request.actor)
    return redirect("dialogue:dialogue", request.partnership.slug, voice.dialogue_id)


@require_POST
@needs("dialogue.refuse_voice", Voice)
def refuse(request: ActorRequest, voice: Voice) -> HttpResponse:
    form = RefuseForm(request.POST, auto_id=_ids(voice))
    if form.is_valid():
        try:
            services.refuse_voice(voice, reason=Voice.Reason(form.cleaned_data["reason"]), by=request.actor)
        except (Invalid, Refused) as error:
            point_out(form, error)
        else:
            return redirect("dialogue:dialogue", request.partnership.slug, voice.dialogue_id)
    return _page(request, voice.dialogue, status=422, refused=(voice, form))


@require_POST
@needs("dialogue.sort_voice", Voice)
def sort(request: ActorRequest, voice: Voice) -> HttpResponse:
    form = SortForm(request.POST, auto_id=_ids(voice), themes=queries.themes_of(voice.dialogue))
    if form.is_valid():
        try:
            services.sort_voice(voice, by=request.actor, **form.cleaned_data)
        except (Invalid, Refused) as error:
            point_out(form, error)
        else:
            return redirect("dialogue:dialogue", request.partnership.slug, voice.dialogue_id)
    return _page(request, voice.dialogue, status=422, refused=(voice, form))


@require_POST
@needs("dialogue.add_theme", Dialogue)
def add_theme(request: ActorRequest, dialogue: Dialogue) -> HttpResponse:
    form = ThemeForm(request.POST)
    if form.is_valid():
        try:
            services.add_theme(dialogue, by=request.actor, **form.cleaned_data)
        except (Invalid, Refused) as error:
            point_out(form, error)
        else:
            return redirect("dialogue:dialogue", request.partnership.slug, dialogue.pk)
    return _page(request, dialogue, status=422, theme_form=form)


@require_POST
@needs("dialogue.summarise", Dialogue)
def summarise(request: ActorRequest, dialogue: Dialogue) -> HttpResponse:
    form = SummaryForm(request.POST)
    if form.is_valid():
        try:
            services.summarise(dialogue, by=request.actor, **form.cleaned_data)
        except (Invalid, Refused) as error:
            point_out(form, error)
        else:
            messages.success(request, _("The summary is on the public site."))
            return redirect("dialogue:dialogue", request.partnership.slug, dialogue.pk)
    return _page(request, dialogue, status=422, summary_form=form)
