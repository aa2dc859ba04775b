from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samsyn.core import downloads, limits, objects, permissions, submissions
from samsyn.core.errors import Invalid, Missing, Refused
from samsyn.core.forms import point_out
from samsyn.core.limits import limited
from samsyn.core.web import ActorRequest, needs
from samsyn.evidence import quarantine, queries, sentences, services, tasks
from samsyn.evidence.forms import AcceptForm, AnswersForm, OriginForm, PopulationFileForm, UploadForm
from samsyn.evidence.models import Dataset, Upload
from samsyn.evidence.readers.table import COLUMNS
from samsyn.parties.models import Organisation, Partnership

ROWS_SHOWN = 50


def own_party(request: ActorRequest) -> Organisation:
    return Organisation.objects.visible_to(request.actor).get(pk=request.actor.own_party)


@limited(limits.UPLOAD)
@needs("evidence.receive_file")
def new_file(request: ActorRequest, partnership: Partnership) -> HttpResponse:
    """Take in a file, for figures or for population."""
    wanted = request.GET.get("for", "")
    purpose = Upload.Purpose.POPULATION if wanted == Upload.Purpose.POPULATION else Upload.Purpose.DATASET
    form = UploadForm(request.POST or None, request.FILES or None, sources=queries.sources_of(request.actor))
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            upload = services.receive_file(
                own_party(request),
                name=file.name,
                content=file.read(),
                purpose=purpose,
                source_name=form.cleaned_data["source_name"],
                by=request.actor,
            )
        except (Invalid, Refused) as error:
            point_out(form, error)
        else:
            _let_read(request, upload)
            return redirect("evidence:file", partnership.slug, upload.pk)
    status = 422 if form.errors else 200
    return render(request, "evidence/new_file.html", {"form": form, "purpose": purpose}, status=status)


def _let_read(request: ActorRequest, upload: Upload) -> None:
    if submissions.is_repeated():
        return
    tasks.read_file.enqueue(str(upload.pk), *tasks.ids_of(request.actor, request.partnership))


@needs("evidence.see_evidence", Upload)
def file(request: ActorRequest, upload: Upload) -> HttpResponse:
    return _page(request, upload)


def _page(request: ActorRequest, upload: Upload, *, status: int = 200, **forms: Any) -> HttpResponse:
    """Where the file stands: being read, refused, or read and waiting to be looked at."""
    content: dict[str, Any] = {"upload": upload}
    if upload.state == Upload.State.WAITING:
        content["is_under_way"] = queries.is_under_way(upload.pk)
        content["is_gone"] = not quarantine.holds(upload.pk)
    elif upload.state == Upload.State.REFUSED:
        content["refusal"] = sentences.refusal(upload.refusal)
    else:
        content |= _understood(request, upload) | forms
    template = "evidence/_file.html" if request.htmx else "evidence/file.html"
    return render(request, template, content, status=status)


def _understood(request: ActorRequest, upload: Upload) -> dict[str, Any]:
    outcome = upload.unpacked("outcome")
    reading = outcome["reading"]
    return {
        "rows": [_row(row) for row in reading["rows"]],
        "row_count": outcome["row_count"],
        "notes": [said for note in reading["notes"] if (said := sentences.note(note))],
        "has_questions": bool(reading["questions"]),
        "answers_form": AnswersForm(upload=upload),
        "accept_form": AcceptForm(upload=upload, datasets=queries.datasets_of(request.actor)),
        "population_form": PopulationFileForm(upload=upload),
    }


def _row(cells: list[str]) -> dict[str, str]:
    row = dict(zip(COLUMNS, cells, strict=True))
    return row | {
        "unit": sentences.word(row["unit"]),
        "status": str(sentences.STATUSES.get(row["status"], "")),
    }


@limited(limits.COMPUTE)
@require_POST
@needs("evidence.answer_questions", Upload)
def interpret(request: ActorRequest, upload: Upload) -> HttpResponse:
    """Answer the reader's questions, or say what a column is, and read again."""
    if upload.state != Upload.State.READ:
        return redirect("evidence:file", request.partnership.slug, upload.pk)
    form = AnswersForm(request.POST, upload=upload)
    if not form.is_valid():
        return _page(request, upload, status=422, answers_form=form)
    try:
        services.answer_questions(upload, answers=form.answers, by=request.actor)
    except (Refused, Invalid) as error:
        point_out(form, error)
        return _page(request, upload, status=422, answers_form=form)
    _let_read(request, upload)
    return redirect("evidence:file", request.partnership.slug, upload.pk)


@limited(limits.COMPUTE)
@require_POST
@needs("evidence.receive_file", Upload)
def retry(request: ActorRequest, upload: Upload) -> HttpResponse:
    """Read again what a worker that died left unread."""
    if upload.state == Upload.State.WAITING and not queries.is_under_way(upload.pk):
        _let_read(request, upload)
    return redirect("evidence:file", request.partnership.slug, upload.pk)


@require_POST
@needs("evidence.accept_dataset", Upload)
def accept(request: ActorRequest, upload: Upload) -> HttpResponse:
    form = AcceptForm(request.POST, upload=upload, datasets=queries.datasets_of(request.actor))
    if form.is_valid():
        try:
            dataset = services.accept_dataset(
                upload,
                described=form.described,
                supersedes=form.cleaned_data["supersedes"],
                by=request.actor,
            )
        except (Refused, Invalid) as error:
            point_out(form, error)
        else:
            messages.success(request, _("The figures are kept. Make a figure of them."))
            if dataset.supersedes_id:
                tasks.revise_figures.enqueue(*tasks.ids_of(request.actor, request.partnership))
                messages.info(request, _("Figures on the older numbers are made anew and compared."))
            if dataset.is_own:
                tasks.protect_numbers.enqueue(*tasks.ids_of(request.actor, request.partnership))
            return redirect("evidence:dataset", request.partnership.slug, dataset.pk)
    return _page(request, upload, status=422, accept_form=form)


@require_POST
@needs("evidence.import_population")
def take_population(request: ActorRequest, partnership: Partnership, pk: str) -> HttpResponse:
    upload = Upload.objects.visible_to(request.actor).filter(pk=pk).first()
    if upload is None:
        raise Missing
    form = PopulationFileForm(request.POST, upload=upload)
    if form.is_valid():
        try:
            taken = services.import_population(
                partnership,
                upload=upload,
                areas=queries.peopled_areas(request.actor, partnership),
                by=request.actor,
                **form.cleaned_data,
            )
        except (Refused, Invalid) as error:
            point_out(form, error)
        else:
            messages.success(request, _("%(taken)d numbers were taken from the file.") % {"taken": taken})
            return redirect("evidence:population", partnership.slug)
    return _page(request, upload, status=422, population_form=form)


@require_POST
@needs("evidence.discard_file", Upload)
def discard(request: ActorRequest, upload: Upload) -> HttpResponse:
    services.discard_file(upload, by=request.actor)
    messages.success(request, _("The file is thrown away. Nothing of it was kept."))
    return redirect("evidence:index", request.partnership.slug)


@needs("evidence.see_evidence", Dataset)
def dataset(request: ActorRequest, dataset: Dataset) -> HttpResponse:
    return dataset_page(request, dataset)


def dataset_page(
    request: ActorRequest, dataset: Dataset, *, status: int = 200, refused: OriginForm | None = None
) -> HttpResponse:
    """A dataset: where it comes from, what was done, what of it is hidden from the public, and its rows."""
    rows = queries.rows_of(dataset)
    wanted = request.GET.get("q", "").casefold().split()
    if wanted:
        rows = [
            row for row in rows if all(word in f"{row[2]} {row[3]} {row[4]}".casefold() for word in wanted)
        ]
    page = Paginator(rows, ROWS_SHOWN).get_page(request.GET.get("page"))
    policy = queries.policy_of(request.partnership)
    pattern = queries.pattern_of(dataset, policy) if dataset.is_own else None
    content = {
        "dataset": dataset,
        "page": page,
        "rows": [_row(row) for row in page.object_list],
        "found": len(rows),
        "asked": request.GET.get("q", ""),
        "notes": [said for note in dataset.unpacked("notes") if (said := sentences.note(note))],
        "recipe": dataset.unpacked("recipe"),
        "level": sentences.word(dataset.area_level),
        "unit": sentences.word(dataset.unit),
        "figures": queries.figures_of(request.actor).filter(inputs__dataset=dataset),
        "policy": policy,
        "pattern": pattern.unpacked("content") if pattern else None,
        "origin_form": refused or OriginForm(initial={"origin": dataset.origin}),
        "may_edit": permissions.allowed("evidence.state_origin", request.actor, dataset),
    }
    return render(request, "evidence/dataset.html", content, status=status)


@limited(limits.DOWNLOAD)
@needs("evidence.see_evidence", Dataset)
def dataset_csv(request: ActorRequest, dataset: Dataset) -> HttpResponse:
    services.record_export(dataset, form=services.Form.CSV, by=request.actor)
    return downloads.csv_file(f"{dataset.pk}.csv", COLUMNS, queries.rows_of(dataset))


@limited(limits.DOWNLOAD)
@needs("evidence.see_evidence", Dataset)
def dataset_parquet(request: ActorRequest, dataset: Dataset) -> HttpResponse:
    content = objects.get(dataset.table_key, owner=dataset.party_id)
    services.record_export(dataset, form=services.Form.PARQUET, by=request.actor)
    return downloads.attachment(f"{dataset.pk}.parquet", content, "application/vnd.apache.parquet")
