"""What becomes of one's own draft, once the joint picture is adopted."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from samsyn.core.errors import Invalid, Refused
from samsyn.core.forms import point_out
from samsyn.core.web import ActorRequest, needs
from samsyn.pictures import queries, services, settling
from samsyn.pictures.forms.pictures import WeedForm
from samsyn.pictures.models import DraftFinding, PrivateDraft


@needs("pictures.weed_draft", PrivateDraft)
def weed(request: ActorRequest, draft: PrivateDraft) -> HttpResponse:
    """The choice between weeding out and archiving, with what is found elsewhere and what is not."""
    found = settling.findings_of(request.actor, draft)
    alone = [one.finding.pk for one in found if not one.is_elsewhere]
    offered = DraftFinding.objects.visible_to(request.actor).filter(pk__in=alone).order_by("id")
    dialogues = queries.own_staff_dialogues(request.actor, draft).prefetch_related(None)
    given = request.POST if request.method == "POST" else None
    form = WeedForm(given, findings=offered, dialogues=dialogues)
    if form.is_valid():
        try:
            count = services.weed_draft(
                draft,
                also=list(form.cleaned_data.get("also", ())),
                dialogues=list(form.cleaned_data.get("dialogues", ())),
                by=request.actor,
            )
        except (Invalid, Refused) as error:
            point_out(form, error)
        else:
            said = ngettext("%(count)d finding is emptied.", "%(count)d findings are emptied.", count)
            messages.success(request, said % {"count": count})
            return redirect("pictures:draft", request.partnership.slug, draft.pk)
    content: dict[str, Any] = {
        "draft": draft,
        "elsewhere": [one.finding for one in found if one.is_elsewhere],
        "alone": alone,
        "form": form,
        "is_ready": not draft.is_settled and settling.is_adopted(request.actor, draft),
    }
    return render(request, "pictures/settle.html", content, status=422 if form.errors else 200)


@require_POST
@needs("pictures.archive_draft", PrivateDraft)
def archive(request: ActorRequest, draft: PrivateDraft) -> HttpResponse:
    services.archive_draft(draft, by=request.actor)
    messages.success(request, _("The draft is kept as it is."))
    return redirect("pictures:draft", request.partnership.slug, draft.pk)
