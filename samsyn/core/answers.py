"""How a no is said: as a page, a fragment for htmx or JSON, in a full sentence with what to do next."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from samsyn.core.errors import DomainError, Missing, Outdated, Sentence, TooLarge, TooMany

ADVICE: dict[int, Sentence] = {
    400: _("Go back, reload the page and try again."),
    403: _("Somebody with another title can do it. Ask in your own party."),
    404: _("Check the address, or begin from the start page."),
    405: _("Go back to the page with the form."),
    409: _("Nothing was saved. Go back, change what is needed, and try again."),
    413: _("Nothing was saved. Send less, or a part of the file."),
    422: _("Nothing was saved. Go back and change what you filled in."),
    429: _("What you have written is still on the page you came from."),
}
AT_WORK = ("/arbete", "/konto", "/start", "/sprak")  # where one is signed in, or about to be
SHORTEST_TEXT = 20  # characters; below that it is a choice or a number, easily made again


def refuse(request: HttpRequest, error: DomainError, *, advice: Sentence | None = None) -> HttpResponse:
    """The answer to a domain error. Nothing in it depends on what one may not see."""
    if isinstance(error, Missing):
        return missing(request)
    response = say(
        request,
        error.status,
        error.message,
        advice=advice,
        stored=error.stored if isinstance(error, Outdated) else "",
    )
    if isinstance(error, TooMany):
        response.headers["Retry-After"] = str(error.wait_s)
    return response


def missing(request: HttpRequest) -> HttpResponse:
    """One page, byte for byte, for what does not exist, what one may not see and what nobody ever made."""
    return say(request, Missing.status, Missing().message, template="core/missing.html")


def say(
    request: HttpRequest,
    status: int,
    sentence: Sentence,
    *,
    advice: Sentence | None = None,
    stored: str = "",
    template: str = "core/error.html",
) -> HttpResponse:
    advice = ADVICE.get(status, "") if advice is None else advice
    if _wants_json(request):
        return JsonResponse({"error": str(sentence), "advice": str(advice)}, status=status)
    content: dict[str, object] = {
        "sentence": sentence,
        "advice": advice,
        "frame": _frame(request),
        "at_work": _at_work(request),
    }
    if getattr(request, "htmx", False):
        response = render(request, "core/_error.html", content, status=status)
        # Beside the page, never in the place of what somebody was writing.
        response.headers["HX-Retarget"] = "#messages"
        response.headers["HX-Reswap"] = "innerHTML"
        return response
    content |= {"stored": stored, "typed": typed(request, status)}
    return render(request, template, content, status=status)


def _wants_json(request: HttpRequest) -> bool:
    return request.get_preferred_type(["text/html", "application/json"]) == "application/json"


def _at_work(request: HttpRequest) -> bool:
    return request.path.startswith(AT_WORK)


def _frame(request: HttpRequest) -> str:
    return "base.html" if _at_work(request) else "public.html"


def typed(request: HttpRequest, status: int) -> list[str]:
    """The texts of a refused form, so that nobody has to write them again.

    Only what came from our own pages: else another site could make this one say something.
    """
    if request.method != "POST" or status == TooLarge.status:  # that one is never read
        return []
    origin = request.headers.get("Origin")
    if origin and origin != f"{request.scheme}://{request.get_host()}":
        return []
    values = [value for key in request.POST for value in request.POST.getlist(key)]
    return [value for value in values if len(value) >= SHORTEST_TEXT and " " in value.strip()]
