"""The language switch, and the pages for what is not there."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from samsyn.core.errors import Missing
from samsyn.core.web import public

YEAR_S = 365 * 24 * 60 * 60


@require_POST
@public
def switch_language(request: HttpRequest) -> HttpResponse:
    """Remember the language of the signed-in pages, and go back to where one was."""
    wanted, back = request.POST.get("language", ""), request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}):
        back = "/"
    response = redirect(back)
    if wanted in dict(settings.LANGUAGES):
        response.set_cookie(
            "language", wanted, max_age=YEAR_S, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE
        )
    return response


@public
def missing(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """One answer for what does not exist and for what one may not see."""
    return render(request, "core/error.html", {"error": Missing()}, status=404)


@public
def broken(request: HttpRequest) -> HttpResponse:
    return HttpResponse(
        "<!doctype html><html lang=sv><title>Samsyn</title><h1>Något gick fel hos oss</h1>"
        "<p>Det du sparade finns kvar. Försök igen om en stund."
        "<p lang=en>Something went wrong. What you saved is kept.",
        status=500,
    )
