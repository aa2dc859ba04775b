"""Who has which title in one's own party: invite, end, withdraw."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from samsyn.core import clock, limits, permissions, submissions
from samsyn.core.errors import Invalid, Missing, NotAllowed, Refused
from samsyn.core.forms import point_out
from samsyn.core.limits import limited
from samsyn.core.web import ActorRequest, needs
from samsyn.parties import queries, services, tasks
from samsyn.parties.forms import EndForm, InviteForm
from samsyn.parties.models import Appointment, Invitation, Organisation, Partnership, Title


@needs("parties.see_people")
def people(request: ActorRequest, partnership: Partnership) -> HttpResponse:
    """Everybody with a title in one's own party, from when to when."""
    actor = request.actor
    own = Organisation.objects.visible_to(actor).get(pk=actor.own_party)
    empty = [
        other
        for other in queries.members_besides(actor.party_id, partnership)
        if permissions.allowed("parties.invite", actor, other)
    ]
    context = {
        "party": own,
        "people": queries.people_of(actor),
        "may_invite": permissions.allowed("parties.invite", actor, own),
        "may_see_key": permissions.allowed("parties.see_key", actor, own),
        "empty_members": empty,
    }
    return render(request, "parties/people.html", context)


@limited(limits.INVITE)
@needs("parties.invite", Organisation)
def invite(request: ActorRequest, organisation: Organisation) -> HttpResponse:
    """Offer a title by mail. The answer never says whether the address has an account."""
    is_own = organisation.pk == request.actor.party_id
    titles = organisation.titles if is_own else services.first_titles(organisation)
    form = InviteForm(request.POST or None, titles=titles, initial={"language": "sv"})
    if request.method == "POST" and form.is_valid():
        try:
            invitation = services.invite(
                organisation,
                email=form.cleaned_data["email"],
                title=Title(form.cleaned_data["title"]),
                language=form.cleaned_data["language"],
                partnership=request.partnership,
                by=request.actor,
            )
        except (Refused, Invalid) as error:
            point_out(form, error)
        else:
            if not submissions.is_repeated():
                tasks.send_invitation.enqueue(str(invitation.pk))
            messages.success(
                request, _("%(email)s gets a link that works for seven days.") % {"email": invitation.email}
            )
            return redirect("parties:people", request.partnership.slug)
    context = {"form": form, "organisation": organisation, "is_own": is_own}
    return render(request, "parties/invite.html", context, status=422 if form.errors else 200)


@needs("parties.end_appointment", Appointment)
def end(request: ActorRequest, appointment: Appointment) -> HttpResponse:
    """Say until when a person has the title. The page with the day is the confirmation."""
    form = EndForm(request.POST or None, initial={"last_day": clock.today()})
    if request.method == "POST" and form.is_valid():
        try:
            services.end_appointment(appointment, last_day=form.cleaned_data["last_day"], by=request.actor)
        except (Refused, Invalid) as error:
            point_out(form, error)
        else:
            messages.success(request, _("The title has a last day now."))
            return redirect("parties:people", request.partnership.slug)
    context = {"form": form, "appointment": appointment}
    return render(request, "parties/end.html", context, status=422 if form.errors else 200)


@needs("parties.see_people")
def revoke(request: ActorRequest, partnership: Partnership, *, invitation: UUID) -> HttpResponse:
    """Withdraw an invitation that waits; also the first one that one sent to another party."""
    row = Invitation.objects.visible_to(request.actor).waiting().filter(pk=invitation).first()
    if row is None:
        raise Missing
    if not permissions.allowed("parties.revoke_invitation", request.actor, row):
        raise NotAllowed
    if request.method == "POST":
        services.revoke_invitation(row, by=request.actor)
        messages.success(request, _("The invitation is withdrawn. Its link does not work any more."))
        return redirect("parties:people", partnership.slug)
    return render(request, "parties/revoke.html", {"invitation": row})
