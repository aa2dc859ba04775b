"""A picture written elsewhere: upload, look at its findings, then take them in or share the file as it is."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from samsyn.core import downloads, limits, submissions
from samsyn.core.errors import Invalid, Refused
from samsyn.core.forms import point_out
from samsyn.core.limits import limited
from samsyn.core.web import ActorRequest, needs
from samsyn.evidence import services as evidence
from samsyn.evidence.queries import is_under_way
from samsyn.parties.models import Organisation, Partnership
from samsyn.parties.queries import parties_of
from samsyn.pictures import blank, queries, services, tasks
from samsyn.pictures.arriving import arrival_of
from samsyn.pictures.forms.arriving import PictureFileForm, ShareFileForm, TakeForm
from samsyn.pictures.models import PictureFile

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@limited(limits.UPLOAD)
@needs("pictures.see_picture_files")
def new(request: ActorRequest, partnership: Partnership) -> HttpResponse:
    form = PictureFileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        party = Organisation.objects.visible_to(request.actor).get(pk=request.actor.own_party)
        try:
            made = services.receive_picture_file(party, name=file.name, content=file.read(), by=request.actor)
        except (Invalid, Refused) as error:
            point_out(form, error)
        else:
            if not submissions.is_repeated():
                tasks.read_picture_file.enqueue(str(made.pk), *tasks.ids_of(request.actor, partnership))
            return redirect("pictures:arrived", partnership.slug, made.pk)
    here = PictureFile.objects.visible_to(request.actor).order_by("-received_at")
    content = {"form": form, "files": here}
    return render(request, "pictures/bring.html", content, status=422 if form.errors else 200)


@needs("pictures.see_picture_file", PictureFile)
def arrived(request: ActorRequest, file: PictureFile) -> HttpResponse:
    """The findings of the file, what stands in their way, and numbers that name no source."""
    content: dict[str, Any] = {"file": file}
    status = 200
    if file.state == PictureFile.State.WAITING:
        content["is_under_way"] = is_under_way(file.pk)
    elif file.state == PictureFile.State.REFUSED:
        content["refusal"] = evidence.refusal_said(file.content["refusal"])
    else:
        found = arrival_of(file.content)
        fit = [one for one in found.fit if not one.is_held_back]
        form = TakeForm(
            request.POST if request.method == "POST" else None,
            initial={"chosen": [one.number for one in fit]},
            drafts=queries.own_drafts(request.actor).filter(fate=""),
            findings=fit,
        )
        if form.is_valid():
            draft = form.cleaned_data["draft"]
            try:
                made = services.take_into_draft(
                    draft, file=file, chosen=form.cleaned_data["chosen"], by=request.actor
                )
            except (Invalid, Refused) as error:
                point_out(form, error)
            else:
                said = ngettext("%(n)d finding is taken in.", "%(n)d findings are taken in.", made)
                messages.success(request, said % {"n": made})
                return redirect("pictures:draft", request.partnership.slug, draft.pk)
        status = 422 if form.errors else 200
        content |= {"found": found, "form": form, "fit": fit}
    return render(request, "pictures/arrived.html", content, status=status)


@needs("pictures.share_file", PictureFile)
def share(request: ActorRequest, file: PictureFile) -> HttpResponse:
    """The file as it is, without a draft here: the party's text enters at the share."""
    found = arrival_of(file.content)
    others = [party.pk for party in parties_of(request.partnership) if party.pk != file.party_id]
    form = ShareFileForm(
        request.POST if request.method == "POST" else None,
        receivers=Organisation.objects.visible_to(request.actor).filter(pk__in=others),
        initial={
            "receiver": others[0] if others else None,
            "title": found.title,
            "period": found.period,
        },
    )
    if form.is_valid():
        given = {
            name: form.cleaned_data[name] for name in ("receiver", "period", "title", "purpose", "ground")
        }
        try:
            services.share_file(file, partnership=request.partnership, by=request.actor, **given)
        except (Invalid, Refused) as error:
            point_out(form, error)
        else:
            messages.success(request, _("The picture is handed over as it stood in the file."))
            return redirect("pictures:index", request.partnership.slug)
    content = {"form": form, "file": file, "found": found}
    return render(request, "pictures/share_file.html", content, status=422 if form.errors else 200)


@require_POST
@needs("pictures.discard_picture_file", PictureFile)
def discard(request: ActorRequest, file: PictureFile) -> HttpResponse:
    services.discard_picture_file(file, by=request.actor)
    return redirect("pictures:drafts", request.partnership.slug)


@limited(limits.DOWNLOAD)
@needs("pictures.see_picture_files")
def template_json(request: ActorRequest, partnership: Partnership) -> HttpResponse:
    return downloads.attachment("lagesbild-mall.json", blank.form_json(), "application/json")


@limited(limits.DOWNLOAD)
@needs("pictures.see_picture_files")
def template_docx(request: ActorRequest, partnership: Partnership) -> HttpResponse:
    return downloads.attachment("lagesbild-mall.docx", blank.form_docx(), WORD)
