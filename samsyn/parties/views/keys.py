"""The party's key: what it is, its recovery file, and bringing it back."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from samsyn.core import limits, permissions, sealing
from samsyn.core.errors import Invalid, Refused
from samsyn.core.forms import point_out
from samsyn.core.limits import limited
from samsyn.core.web import ActorRequest, needs
from samsyn.parties import services
from samsyn.parties.forms import KeyFileForm
from samsyn.parties.models import Organisation, Partnership


def _own(request: ActorRequest) -> Organisation:
    return Organisation.objects.visible_to(request.actor).get(pk=request.actor.own_party)


def _page(request: ActorRequest, form: KeyFileForm, *, status: int = 200) -> HttpResponse:
    party = _own(request)
    try:
        sealing.keys_of(party.pk)
        is_here = True
    except sealing.KeyMissing:
        is_here = False
    context = {
        "party": party,
        "form": form,
        "is_here": is_here,
        "may": permissions.allowed("parties.export_key", request.actor, party),
    }
    return render(request, "parties/key.html", context, status=status)


@needs("parties.see_key")
def key(request: ActorRequest, partnership: Partnership) -> HttpResponse:
    """What the key protects, and whether the party has its recovery file."""
    return _page(request, KeyFileForm())


@limited(limits.KEY)
@require_POST
@needs("parties.export_key", Organisation)
def fetch(request: ActorRequest, organisation: Organisation) -> HttpResponse:
    """The recovery file, once. Kept by no cache on the way."""
    content = services.export_key(organisation, by=request.actor)
    answer = HttpResponse(content, content_type="text/plain; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="samsyn-recovery-file.txt"'
    answer["Cache-Control"] = "private, no-store"
    return answer


@limited(limits.KEY)
@require_POST
@needs("parties.rotate_key", Organisation)
def renew(request: ActorRequest, organisation: Organisation) -> HttpResponse:
    """A new key for what is written from now on, and with it a new recovery file."""
    services.rotate_key(organisation, by=request.actor)
    messages.success(request, _("There is a new key. Fetch its recovery file now."))
    return redirect("parties:key", request.partnership.slug)


@limited(limits.KEY)
@require_POST
@needs("parties.restore_key", Organisation)
def restore(request: ActorRequest, organisation: Organisation) -> HttpResponse:
    """Bring the keys back from the party's own file after a restore."""
    form = KeyFileForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            brought = services.restore_key(organisation, content=form.content(), by=request.actor)
        except (Invalid, Refused) as error:
            point_out(form, error)
        else:
            said = ngettext("%(count)s key was brought back.", "%(count)s keys were brought back.", brought)
            messages.success(
                request, said % {"count": brought} if brought else _("All keys of the file are here already.")
            )
            return redirect("parties:key", request.partnership.slug)
    return _page(request, form, status=422)
