from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from samsyn.core import permissions
from samsyn.core.errors import Invalid, NotAllowed, Refused
from samsyn.core.forms import point_out
from samsyn.core.web import ActorRequest, needs
from samsyn.evidence import queries, services
from samsyn.evidence.forms import PopulationForm
from samsyn.parties.models import Partnership


@needs("evidence.see_population")
def population(request: ActorRequest, partnership: Partnership) -> HttpResponse:
    """How many live where, and a form to enter one more number."""
    areas = queries.peopled_areas(request.actor, partnership)
    may_edit = permissions.allowed("evidence.enter_population", request.actor, partnership)
    form = PopulationForm(request.POST or None, areas=areas)
    if form.is_bound and not may_edit:
        raise NotAllowed
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            services.enter_population(
                partnership,
                area_code=given["area"],
                area_name=areas[given["area"]],
                day=given["day"],
                number=given["number"],
                source=given["source"],
                by=request.actor,
            )
        except (Invalid, Refused) as error:
            point_out(form, error)
        else:
            messages.success(request, _("The population is entered."))
            return redirect("evidence:population", partnership.slug)
    content = {
        "form": form,
        "rows": queries.population_of(request.actor, partnership),
        "may_edit": may_edit,
    }
    return render(request, "evidence/population.html", content, status=422 if form.errors else 200)
