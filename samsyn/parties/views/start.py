"""Where one works, and how an empty installation begins."""

from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.account.utils import perform_login
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from samsyn.core import limits
from samsyn.core.actors import SYSTEM
from samsyn.core.errors import Invalid, Missing, Refused
from samsyn.core.forms import point_out
from samsyn.core.limits import limited
from samsyn.core.web import ActorRequest, public, signed_in
from samsyn.parties import queries, services, setup, tasks
from samsyn.parties.forms import AdministratorForm, FirstInvitationsForm, PartiesForm
from samsyn.parties.models import Title, User
from samsyn.parties.municipalities import municipalities


@signed_in
def choose(request: ActorRequest) -> HttpResponse:
    """The partnerships that one works in, and the party one does it for. One of them opens at once."""
    if not isinstance(request.user, User):
        raise Missing
    pairs = queries.partnerships_of(request.user)
    wanted = (request.POST.get("partnership"), request.POST.get("party"))
    for partnership, party in pairs:
        if len(pairs) == 1 or (partnership.slug, str(party.pk)) == wanted:
            request.session["party"] = str(party.pk)
            return redirect(f"/arbete/{partnership.slug}/")
    if request.method == "POST":
        raise Missing
    return render(request, "parties/choose.html", {"pairs": pairs})


@limited(limits.OPEN_LINK)
@public
@never_cache
@sensitive_post_parameters("password")
def start(request: HttpRequest, token: str) -> HttpResponseBase:
    """Begin an empty installation: administrator, partnership, first invitations; in one step, once."""
    if not setup.opens(token):
        raise Missing
    forms = [one(request.POST or None) for one in (AdministratorForm, PartiesForm, FirstInvitationsForm)]
    valid = [form.is_valid() for form in forms]  # all of them, so that each shows its faults
    if request.method == "POST" and all(valid):
        try:
            return _set_up(
                request, {name: value for form in forms for name, value in form.cleaned_data.items()}
            )
        except (Invalid, Refused) as error:
            field = getattr(error, "field", "")
            point_out(next((form for form in forms if field in form.fields), forms[0]), error)
    administrator, parties, first = forms
    context = {
        "administrator": administrator,
        "parties": parties,
        "first": first,
        "municipalities": municipalities(),
    }
    has_faults = any(form.errors for form in forms)
    return render(request, "parties/start.html", context, status=422 if has_faults else 200)


def _set_up(request: HttpRequest, given: dict[str, Any]) -> HttpResponseBase:
    partnership, invitations = services.set_up(
        given["municipality"],
        police_name=given["police_name"],
        slug=given["slug"],
        deciding_body=given["deciding_body"],
        administrator=services.Administrator(
            name=given["name"], email=given["email"], password=given["password"]
        ),
        invited_municipality=_invited(given, "municipality"),
        invited_police=_invited(given, "police"),
        by=SYSTEM,
    )
    setup.close()
    for invitation in invitations:
        tasks.send_invitation.enqueue(str(invitation.pk))
    user = User.objects.get(email=given["email"].lower())
    messages.success(request, _("Samsyn is set up."))
    record_authentication(request, user, "password", email=user.email)
    people = reverse("parties:people", args=[partnership.slug])
    answer: HttpResponseBase = perform_login(request, user, redirect_url=people)
    return answer


def _invited(given: dict[str, Any], who: str) -> services.Invited | None:
    email = given[f"{who}_email"]
    return services.Invited(email, Title(given[f"{who}_title"])) if email else None
