from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samsyn.core import limits, permissions
from samsyn.core.errors import Invalid, NotAllowed
from samsyn.core.forms import point_out
from samsyn.core.limits import limited
from samsyn.core.web import ActorRequest, needs
from samsyn.evidence import queries, services
from samsyn.evidence.forms import TemplateForm
from samsyn.evidence.models import FileTemplate
from samsyn.parties.models import Partnership


@limited(limits.UPLOAD)
@needs("evidence.see_evidence")
def templates(request: ActorRequest, partnership: Partnership) -> HttpResponse:
    """Which templates figures leave in, and for the municipality's editors a form to give another one."""
    may_keep = permissions.allowed("evidence.keep_template", request.actor, partnership)
    form = TemplateForm(request.POST or None, request.FILES or None)
    if form.is_bound and not may_keep:
        raise NotAllowed
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            looked = services.look_through(file.read(), name=file.name, owner=request.actor.own_party)
            services.keep_template(partnership, template=looked, by=request.actor)
        except Invalid as error:
            point_out(form, error)
        else:
            messages.success(request, _("The template is kept. Documents and slides use it from now on."))
            return redirect("evidence:templates", partnership.slug)
    content = {
        "form": form,
        "templates": queries.templates_of(request.actor, partnership),
        "may_keep": may_keep,
    }
    return render(request, "evidence/templates.html", content, status=422 if form.errors else 200)


@require_POST
@needs("evidence.drop_template", FileTemplate)
def drop(request: ActorRequest, template: FileTemplate) -> HttpResponse:
    services.drop_template(template, by=request.actor)
    messages.success(request, _("The template is gone. The plain look is used from now on."))
    return redirect("evidence:templates", request.partnership.slug)
