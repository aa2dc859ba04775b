"""What happens around every page: headers, language, and domain errors shown as a person can use them."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import translation

from samsyn.core.errors import DomainError

Answer = Callable[[HttpRequest], HttpResponse]

POLICY = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self'",  # no inline code, so no nonces are needed
        "style-src 'self'",
        "img-src 'self' data:",  # the icons of Designsystemet are data: addresses
        "font-src 'self'",
        "connect-src 'self'",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)


class SecurityHeaders:
    """The content policy on every answer, and nothing of a signed-in page in any cache."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.setdefault("Content-Security-Policy", POLICY)
        response.setdefault("Permissions-Policy", "geolocation=(self), camera=(), microphone=()")
        if response.has_header("HX-Redirect") or getattr(request, "htmx", False):
            response.headers["Vary"] = "HX-Request, Cookie"
        if getattr(getattr(request, "user", None), "is_authenticated", False):
            response.headers["Cache-Control"] = "private, no-store"
        return response


class LanguageMiddleware:
    """Public pages say their language in the address; at work the user's own preference decides."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        language = language_of(request)
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
            response.headers.setdefault("Content-Language", language)
            return response


def language_of(request: HttpRequest) -> str:
    if request.path == "/en" or request.path.startswith("/en/"):
        return "en"
    if request.path.startswith(("/arbete", "/konto", "/start")):
        chosen = request.COOKIES.get("language", "")
        return chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
    return settings.LANGUAGE_CODE


class DomainErrors:
    """Every rule that says no is met as a page, a fragment or JSON, in a full sentence."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not isinstance(error, DomainError):
            return None
        if request.headers.get("Accept", "").startswith("application/json"):
            return JsonResponse({"error": str(error)}, status=error.status)
        template = "core/_error.html" if getattr(request, "htmx", False) else "core/error.html"
        return render(request, template, {"error": error}, status=error.status)
