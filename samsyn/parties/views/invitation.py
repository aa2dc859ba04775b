"""What the link in an invitation opens. Reading it changes nothing; a button accepts."""

from allauth.account.internal.flows.login import record_authentication
from allauth.account.utils import perform_login
from django.conf import settings
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import translation
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from samsyn.core import limits
from samsyn.core.actors import Actor, Kind
from samsyn.core.errors import Invalid, Missing, Refused
from samsyn.core.forms import point_out
from samsyn.core.limits import limited
from samsyn.core.web import public
from samsyn.parties import queries, services
from samsyn.parties.forms import AcceptForm
from samsyn.parties.middleware import remember_language
from samsyn.parties.models import Invitation, User


@limited(limits.OPEN_LINK)
@public
@never_cache
@sensitive_post_parameters("password")
def invitation(request: HttpRequest, token: str) -> HttpResponseBase:
    """Unknown, used, withdrawn and old links all answer alike."""
    offered = queries.invitation_of(token)
    if offered is None:
        return _gone(request)
    chosen = request.COOKIES.get("language", "")
    language = chosen if chosen in dict(settings.LANGUAGES) else offered.language
    with translation.override(language):
        request.LANGUAGE_CODE = language
        return _answer(request, offered)


def _answer(request: HttpRequest, offered: Invitation) -> HttpResponseBase:
    known = User.objects.filter(email=offered.email).first()
    needs_account = known is None or not known.can_sign_in
    form = AcceptForm(request.POST or None) if needs_account else None
    if request.method == "POST" and (form is None or form.is_valid()):
        given = form.cleaned_data if form else {}
        here = Actor(Kind.LINK, user_id=request.user.pk, object_id=offered.pk)
        try:
            appointment = services.accept_invitation(offered, by=here, **given)
        except Missing:
            return _gone(request)
        except (Refused, Invalid) as error:
            if form is None:
                raise
            point_out(form, error)
        else:
            return _enter(request, appointment.user, is_new=needs_account)
    context = {
        "invitation": offered,
        "form": form,
        "is_signed_in": known is not None and request.user.pk == known.pk,
    }
    status = 422 if form and form.errors else 200
    return render(request, "parties/invitation.html", context, status=status)


def _enter(request: HttpRequest, user: User, *, is_new: bool) -> HttpResponseBase:
    """Whoever just chose a password is signed in; whoever was, stays so here and nowhere else."""
    if is_new:
        record_authentication(request, user, "password", email=user.email)
        answer: HttpResponseBase = perform_login(request, user, redirect_url="/arbete/")
    else:
        update_session_auth_hash(request, user)
        answer = redirect("parties:choose")
    remember_language(answer, translation.get_language() or settings.LANGUAGE_CODE)
    return answer


def _gone(request: HttpRequest) -> HttpResponse:
    return render(request, "parties/invitation_gone.html", status=404)
