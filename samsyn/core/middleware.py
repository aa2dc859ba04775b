"""What happens around every page: headers, language, and domain errors shown as a person can use them."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.middleware.gzip import GZipMiddleware
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext_lazy as _

from samsyn.core import answers, submissions
from samsyn.core.errors import DomainError, TooLarge

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
        response.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        if getattr(request, "htmx", False):
            patch_vary_headers(response, ["HX-Request", "Cookie"])
        if getattr(getattr(request, "user", None), "is_authenticated", False):
            response.headers["Cache-Control"] = "private, no-store"
        return response


class BodyLimit:
    """A body larger than the address needs is refused unread.

    Files are written to the disk while a form is parsed, and that is before any rule is asked: else whoever
    finds the sign-in page could fill the disk. Only those who are signed in send files.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: tuple[Any, ...], path: dict[str, Any]
    ) -> HttpResponse | None:
        most = settings.DATA_UPLOAD_MAX_MEMORY_SIZE or 0
        length = str(request.META.get("CONTENT_LENGTH") or "0")
        takes_files = getattr(getattr(view, "limit", None), "takes_files", False)
        if takes_files and request.user.is_authenticated:
            most += settings.UPLOAD_MAX_BYTES
        too_large = not length.isdecimal() or int(length) > most
        return answers.refuse(request, TooLarge()) if too_large else None


class PublicCompression(GZipMiddleware):
    """Compresses the pages that everybody may read, where no cookie came and none is set.

    Never at work or in the answer to a form: what stands there beside words that somebody else may choose,
    such as a search, could be guessed from the length of the compressed page (BREACH).
    """

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:  # type: ignore[override]
        is_text = response.headers.get("Content-Type", "").startswith(("text/", "application/"))
        open_to_all = request.method == "GET" and not request.path.startswith(answers.AT_WORK)
        if response.streaming or not is_text or not open_to_all or request.COOKIES or response.cookies:
            return response
        super().process_response(request, response)  # changes it in place
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
    if request.path.startswith(answers.AT_WORK):
        chosen = request.COOKIES.get("language", "")
        return chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
    return settings.LANGUAGE_CODE


class HtmxRedirects:
    """A redirect would be followed inside the page; htmx gets it as an address to go to instead."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if getattr(request, "htmx", False) and response.status_code in (301, 302, 303, 307, 308):
            response.headers["HX-Redirect"] = response.headers["Location"]
            del response.headers["Location"]
            response.status_code = 200
        return response


class Submissions:
    """Commands find the one-time key of the form that this request brought."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with submissions.arriving(request):
            return self.get_response(request)


class DomainErrors:
    """Every rule that says no is met as a page, a fragment or JSON, in a full sentence."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code == 405:  # Django's own is an empty page
            told = answers.say(request, 405, _("This address only takes what a form sends."))
            told.headers["Allow"] = response.headers.get("Allow", "")
            return told
        return response

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        return answers.refuse(request, error) if isinstance(error, DomainError) else None
