"""A plan that was made elsewhere: what its columns are, what its rows would become, then one confirmation."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samsyn.agreements.models import Priority
from samsyn.core import permissions
from samsyn.core.errors import Invalid, Refused
from samsyn.core.forms import point_out
from samsyn.core.web import ActorRequest, needs
from samsyn.parties.models import Organisation
from samsyn.pictures.models import Point
from samsyn.plans import arriving, services
from samsyn.plans.forms.arriving import HeadsForm, SayColumnsForm, TakePlanForm
from samsyn.plans.models import Measure, MeasureFile, RememberedColumn
from samsyn.plans.services.arriving import arrival_of


@needs("plans.say_columns", MeasureFile)
def columns(request: ActorRequest, file: MeasureFile) -> HttpResponse:
    """Guessed from the heads, decided by a person."""
    said = file.said
    asked = request.POST.get("heads") or request.GET.get("heads") or said.get("heads", "")
    table = arriving.table_of(file.content, asked)
    if table is None:
        raise Refused(
            _("No row with headings was found in the file. Give each column a heading, and try again.")
        )
    actor, here = request.actor, {"partnership": request.partnership}
    kept = RememberedColumn.objects.visible_to(actor).filter(**here)
    if said.get("heads", table.key) != table.key:
        said = said | {"columns": arriving.guessed(table.heads, dict(kept.values_list("head", "field")))}
    form = SayColumnsForm(
        request.POST if request.method == "POST" else None,
        table=table,
        guessed={int(at): name for at, name in said["columns"].items()}
        if said
        else arriving.guessed(table.heads, dict(kept.values_list("head", "field"))),
        initial=({**said, **said.get("days", {})} if said else {"owner": actor.party_id})
        | {"heads": table.key},
        owners=Organisation.objects.visible_to(actor).filter(memberships__partnership=request.partnership),
        points=Point.objects.visible_to(actor)
        .filter(**here)
        .select_related("picture__decision")
        .order_by("title", "picture__number"),
        priorities=Priority.objects.visible_to(actor).filter(**here).order_by("key"),
    )
    if form.is_valid():
        given = form.cleaned_data
        try:
            services.say_columns(
                file,
                columns=form.columns,
                points=list(given["points"]),
                priorities=list(given["priorities"]),
                owner=given["owner"],
                owner_title=given["owner_title"],
                kind=Measure.Kind(given["kind"]),
                days={name: given[name] for name in ("starts", "ends", "follow_up")},
                heads=table.key,
                by=actor,
            )
        except (Invalid, Refused) as error:
            point_out(form, error)
        else:
            return redirect("plans:arrived", request.partnership.slug, file.pk)
    tables = arriving.tables_of(file.content)
    content = {"form": form, "file": file, "rows": len(table.rows), "sheet": table.name}
    content["heads_form"] = HeadsForm(initial={"heads": table.key}, tables=tables) if tables[1:] else None
    return render(request, "plans/columns.html", content, status=422 if form.errors else 200)


@needs("plans.see_measure_file", MeasureFile)
def arrived(request: ActorRequest, file: MeasureFile) -> HttpResponse:
    """What the plan would become. No measure is made before it is confirmed."""
    if not file.said:
        return redirect("plans:columns", request.partnership.slug, file.pk)
    found = arrival_of(file, request.partnership, by=request.actor)
    form = TakePlanForm(
        request.POST if request.method == "POST" else None,
        initial={"seen": found.seen},
        has_unfit=bool(found.unfit),
        unknown=found.unknown,
        priorities=list(
            Priority.objects.visible_to(request.actor).filter(partnership=request.partnership).order_by("key")
        ),
    )
    if form.is_valid():
        try:
            made = services.take_in_plan(
                request.partnership,
                file=file,
                seen=form.cleaned_data["seen"],
                without_unfit=form.cleaned_data.get("without_unfit", False),
                priority_of=form.priority_of,
                by=request.actor,
            )
        except (Invalid, Refused) as error:
            form.data = form.data.copy()  # type: ignore[attr-defined]
            form.data["seen"] = found.seen  # type: ignore[index]  # what this page shows
            point_out(form, error)
        else:
            said = ngettext("%(n)d measure is proposed.", "%(n)d measures are proposed.", made)
            messages.success(request, said % {"n": made})
            return redirect("plans:index", request.partnership.slug)
    content: dict[str, Any] = {"file": file, "found": found, "form": form}
    content["may_take_in"] = permissions.allowed("plans.take_in_plan", request.actor, request.partnership)
    return render(request, "plans/arrived.html", content, status=422 if form.errors else 200)
