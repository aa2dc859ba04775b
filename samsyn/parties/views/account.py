"""One's own account: name, language, and where one is signed in."""

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_POST

from samsyn.core.actors import Actor, Kind
from samsyn.core.errors import Invalid, Missing, Refused
from samsyn.core.forms import point_out
from samsyn.core.web import ActorRequest, signed_in
from samsyn.parties import services
from samsyn.parties.forms import AccountForm
from samsyn.parties.middleware import remember_language
from samsyn.parties.models import User


def _user(request: ActorRequest) -> User:
    if not isinstance(request.user, User):
        raise Missing
    return request.user


@signed_in
def account(request: ActorRequest) -> HttpResponse:
    """Name and language; the language also becomes that of the pages."""
    user = _user(request)
    form = AccountForm(request.POST or None, initial={"name": user.name, "language": user.language})
    if request.method == "POST" and form.is_valid():
        language = form.cleaned_data["language"]
        try:
            services.change_account(
                name=form.cleaned_data["name"], language=language, by=Actor(Kind.USER, user_id=user.pk)
            )
        except (Invalid, Refused) as error:
            point_out(form, error)
        else:
            with override(language):
                messages.success(request, _("Saved."))
            answer = redirect("parties:account")
            remember_language(answer, language)
            return answer
    context = {"form": form, "second_factor_required": settings.SECOND_FACTOR_REQUIRED}
    return render(request, "parties/account.html", context, status=422 if form.errors else 200)


@signed_in
def sessions(request: ActorRequest) -> HttpResponse:
    """Where one is signed in, newest first."""
    found = UserSession.objects.purge_and_list(_user(request))
    found.sort(key=lambda one: one.created_at, reverse=True)
    return render(request, "parties/sessions.html", {"sessions": found})


@require_POST
@signed_in
def end_session(request: ActorRequest, pk: int) -> HttpResponse:
    """Sign out one browser. Other people's sessions are not there, whatever their number."""
    session = UserSession.objects.filter(pk=pk, user=_user(request)).first()
    if session is None:
        raise Missing
    session.end()
    messages.success(request, _("That browser is signed out."))
    return redirect("parties:sessions")


@require_POST
@signed_in
def end_other_sessions(request: ActorRequest) -> HttpResponse:
    """Sign out every browser but this one."""
    for session in UserSession.objects.filter(user=_user(request)):
        if session.session_key != request.session.session_key:
            session.end()
    messages.success(request, _("You are signed out everywhere else."))
    return redirect("parties:sessions")
