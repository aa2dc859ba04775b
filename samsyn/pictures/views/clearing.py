"""Secrecy before publication: what is decided finding by finding, and one's own party's decision."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext

from samsyn.core.errors import Invalid, Refused
from samsyn.core.forms import point_out
from samsyn.core.web import ActorRequest, needs
from samsyn.pictures import clearing, services
from samsyn.pictures.forms.pictures import ClearingForm
from samsyn.pictures.models import Picture, Point, Secrecy


@needs("pictures.decide_on_secrecy", Picture)
def clear(request: ActorRequest, picture: Picture) -> HttpResponse:
    rows = clearing.clearances(picture)
    party = request.actor.party_id
    own = [one.point.pk for one in rows if party in {owner.pk for owner in one.owners}]
    waiting = [one.point.pk for one in rows if party in {owner.pk for owner in one.waiting}]
    form = None
    if own and not picture.is_adopted:
        form = ClearingForm(
            request.POST if request.method == "POST" else None,
            initial={"points": waiting},
            points=Point.objects.visible_to(request.actor).filter(pk__in=own).order_by("id"),
        )
    if form and form.is_valid():
        given = form.cleaned_data
        try:
            decided = services.decide_on_secrecy(
                picture,
                points=list(given["points"]),
                section=Secrecy(given["section"]),
                ground=given["ground"],
                by=request.actor,
            )
        except (Invalid, Refused) as error:
            point_out(form, error)
        else:
            said = ngettext("%(n)d finding is decided.", "%(n)d findings are decided.", decided)
            messages.success(request, said % {"n": decided})
            return redirect("pictures:clearing", request.partnership.slug, picture.pk)
    content = {"picture": picture, "rows": rows, "form": form}
    return render(request, "pictures/clearing.html", content, status=422 if form and form.errors else 200)
