"""Dialogues with one's own staff: written down, cited, and the guides to print and hold them with."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samsyn.core.errors import Invalid, Refused
from samsyn.core.forms import Attempt, attempt, point_out
from samsyn.core.web import ActorRequest, needs
from samsyn.parties.models import Partnership
from samsyn.pictures import guides, queries, services
from samsyn.pictures.forms.staff import RestsOnStaffForm, StaffDialogueForm
from samsyn.pictures.models import DraftFinding, PrivateDraft, StaffDialogue
from samsyn.pictures.views.drafts import finding_page


def _findings(request: ActorRequest, draft: PrivateDraft) -> Any:
    return DraftFinding.objects.visible_to(request.actor).filter(draft=draft).order_by("id")


@needs("pictures.record_staff_dialogue", PrivateDraft)
def record(request: ActorRequest, draft: PrivateDraft) -> HttpResponse:
    given = request.POST if request.method == "POST" else None
    form = StaffDialogueForm(given, findings=_findings(request, draft))
    if request.method == "POST" and form.is_valid():
        try:
            services.record_staff_dialogue(
                draft, held=form.held, findings=list(form.cleaned_data["findings"]), by=request.actor
            )
        except (Invalid, Refused) as error:
            point_out(form, error)
        else:
            messages.success(request, _("The dialogue is written down. Only your own party sees it."))
            return redirect("pictures:draft", request.partnership.slug, draft.pk)
    content = {"form": form, "draft": draft}
    return render(request, "pictures/staff_dialogue.html", content, status=422 if form.errors else 200)


def _form(request: ActorRequest, dialogue: StaffDialogue, given: QueryDict | None) -> StaffDialogueForm:
    names = ("day", "group", "participants", "led_by", "guide", "summary")
    initial = {name: getattr(dialogue, name) for name in names} | {
        "seen": dialogue.version,
        "findings": [one.finding_id for one in dialogue.citations.all()],
    }
    return StaffDialogueForm(given, initial=initial, findings=_findings(request, dialogue.draft))


@needs("pictures.rewrite_staff_dialogue", StaffDialogue)
def rewrite(request: ActorRequest, dialogue: StaffDialogue) -> HttpResponse:
    form = _form(request, dialogue, request.POST if request.method == "POST" else None)
    tried = Attempt()
    if request.method == "POST":
        tried = attempt(
            form,
            dialogue,
            request.actor,
            lambda: services.rewrite_staff_dialogue(
                dialogue,
                held=form.held,
                findings=list(form.cleaned_data["findings"]),
                seen=form.cleaned_data["seen"],
                by=request.actor,
            ),
        )
        if tried.is_done:
            return redirect("pictures:draft", request.partnership.slug, dialogue.draft_id)
    content = {"form": form, "draft": dialogue.draft, "dialogue": dialogue, "stored": tried.stored}
    return render(request, "pictures/staff_dialogue.html", content, status=tried.status)


@require_POST
@needs("pictures.drop_staff_dialogue", StaffDialogue)
def drop(request: ActorRequest, dialogue: StaffDialogue) -> HttpResponse:
    draft_id = dialogue.draft_id
    services.drop_staff_dialogue(dialogue, by=request.actor)
    return redirect("pictures:draft", request.partnership.slug, draft_id)


@require_POST
@needs("pictures.cite_staff_dialogues", DraftFinding)
def cite(request: ActorRequest, finding: DraftFinding) -> HttpResponse:
    form = RestsOnStaffForm(request.POST, dialogues=queries.own_staff_dialogues(request.actor, finding.draft))
    if form.is_valid():
        try:
            services.cite_staff_dialogues(
                finding, dialogues=list(form.cleaned_data["dialogues"]), by=request.actor
            )
        except (Invalid, Refused) as error:
            point_out(form, error)
        else:
            messages.success(request, _("Saved. The source line follows with a shared copy."))
            return redirect("pictures:rewrite_finding", request.partnership.slug, finding.pk)
    return finding_page(request, finding, status=422, staff_form=form)


@needs("pictures.see_drafts")
def guide(request: ActorRequest, partnership: Partnership, name: str) -> HttpResponse:
    """A guide to print and take along. It holds nothing of anybody's draft."""
    if name not in guides.GUIDES:
        raise Http404
    return render(request, "pictures/guide.html", {"guide": guides.GUIDES[name], "name": name})
