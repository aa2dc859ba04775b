"""The language switch, and the pages for what goes wrong outside any view."""

import logging
from secrets import token_hex

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from samsyn.core import answers
from samsyn.core.web import public

YEAR_S = 365 * 24 * 60 * 60
log = logging.getLogger(__name__)


@require_POST
@public
def switch_language(request: HttpRequest) -> HttpResponse:
    """Remember the language of the signed-in pages, and go back to where one was."""
    wanted, back = request.POST.get("language", ""), request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(
        back, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    ):
        back = "/"
    response = redirect(back)
    if wanted in dict(settings.LANGUAGES):
        response.set_cookie(
            "language",
            wanted,
            max_age=YEAR_S,
            httponly=True,
            samesite="Lax",
            secure=settings.SESSION_COOKIE_SECURE,
        )
    return response


@public
def unreadable(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return answers.say(request, 400, _("The request could not be read."))


@public
def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return answers.say(request, 403, _("This page is not open to you."))


@public
def unproven(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form did not come with the proof that this site gave it; reasons are for the log."""
    return answers.say(
        request,
        403,
        _("The page had been open for too long, or your browser stops cookies."),
        advice=_("Nothing was saved. Go back, reload the page, and send the form again."),
    )


@public
def missing(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return answers.missing(request)


@public
def broken(request: HttpRequest) -> HttpResponse:
    """Something failed that should not. Needs neither database nor session; the number leads to the log."""
    number = token_hex(4)
    log.error("error %s at %s", number, request.path, exc_info=True)
    if request.headers.get("Accept", "").startswith("application/json"):
        return JsonResponse({"error": "Something went wrong.", "number": number}, status=500)
    return HttpResponse(render_to_string("core/broken.html", {"number": number}), status=500)
