"""What stands around every page: menus, the way here, the pages of a long list."""

from dataclasses import dataclass
from typing import Any

from django import template
from django.core.paginator import Page
from django.http import HttpRequest
from django.urls import NoReverseMatch, resolve, reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from samsyn.core import permissions
from samsyn.core.actors import VISITOR
from samsyn.core.errors import Sentence

register = template.Library()

MENU: tuple[tuple[str, Sentence], ...] = (
    ("overview:thread", _("The golden thread")),
    ("agreements:index", _("Agreement")),
    ("evidence:index", _("Evidence")),
    ("pictures:index", _("Picture")),
    ("plans:index", _("Measures")),
    ("promises:index", _("Promises")),
    ("dialogue:index", _("Dialogue")),
    ("council:index", _("Council")),
    ("duties:index", _("Law")),
    ("parties:people", _("People")),
)
PUBLIC_MENU: tuple[tuple[str, Sentence], ...] = (
    ("promises", _("Promises where you live")),
    ("picture", _("The situation in short")),
    ("plan", _("What will be done")),
    ("agreement", _("The agreement")),
)
FOOTER: tuple[tuple[str, Sentence], ...] = (
    ("accessibility", _("Accessibility")),
    ("personal_data", _("How we handle personal data")),
    ("open_data", _("Open data")),
    ("contact", _("Contact")),
)


@dataclass(frozen=True)
class Entry:
    label: Sentence
    url: str
    is_here: bool


@register.inclusion_tag("components/menu.html", takes_context=True)
def menu(context: dict[str, Any]) -> dict[str, list[Entry]]:
    """The rooms that exist and that the actor may enter. No queries."""
    partnership, request = context.get("partnership"), context["request"]
    if partnership is None:
        return {"entries": []}
    return {
        "entries": [
            Entry(label, url, request.path.startswith(url))
            for name, label in MENU
            if (url := address(name, partnership.slug)) and _may_enter(name, url, context)
        ]
    }


@register.inclusion_tag("components/menu.html", takes_context=True)
def public_menu(context: dict[str, Any], room: str, slug: str) -> dict[str, list[Entry]]:
    """What everybody may read about one partnership, in the language of the address."""
    return {
        "entries": [
            Entry(label, url, context["request"].path.startswith(url))
            for name, label in PUBLIC_MENU
            if (url := address(f"{room}:{name}", slug))
        ]
    }


def address(name: str, *words: str) -> str:
    """The address of a page, or nothing when no room has such a page."""
    try:
        return reverse(name, args=words)
    except NoReverseMatch:
        return ""


_doors: dict[str, tuple[str, Any] | None] = {}  # by the name of the address, which decides the view


def _may_enter(name: str, url: str, context: dict[str, Any]) -> bool:
    """Asks the rule that the page itself asks; a room never shows a door that does not open."""
    if name not in _doors:
        _doors[name] = getattr(resolve(url).func, "access", None)
    needed = _doors[name]
    return needed is None or permissions.allowed(
        needed[0], context.get("actor", VISITOR), context["partnership"]
    )


@register.inclusion_tag("components/account_links.html", takes_context=True)
def account_links(context: dict[str, Any]) -> dict[str, Any]:
    """Search, the other language, one's own account, and the way out."""
    partnership, request = context.get("partnership"), context["request"]
    search = address("overview:search", partnership.slug) if partnership else ""
    account = address("parties:account")
    return {
        "search_url": search if search and _may_enter("overview:search", search, context) else "",
        "account_url": account,
        "at_search": request.path == search,
        "at_account": request.path == account,
        "other": "sv" if get_language() == "en" else "en",
        "here": _here(request),
        "user": context.get("user"),
        "csrf_token": context.get("csrf_token"),
    }


def _here(request: HttpRequest) -> str:
    """Where to come back to. The answer to a form has no address of its own."""
    return request.get_full_path() if request.method == "GET" else "/arbete/"


@register.inclusion_tag("components/footer_links.html", takes_context=True)
def footer_links(context: dict[str, Any]) -> dict[str, list[Entry]]:
    """The pages about the site itself, in the language of this page."""
    room = "publishing-en" if get_language() == "en" else "publishing"
    return {
        "entries": [
            Entry(label, url, context["request"].path == url)
            for name, label in FOOTER
            if (url := address(f"{room}:{name}"))
        ]
    }


@register.inclusion_tag("components/thread_path.html")
def thread_path(*steps: Any) -> dict[str, Any]:
    """Where in the thread a page belongs: words and address in turn, then the words of the page itself.

    {% thread_path agreement.title agreement.url _("Picture 2026") picture_url _("Merge the drafts") %}
    """
    pairs = [(steps[i], steps[i + 1]) for i in range(0, len(steps) - 1, 2)]
    return {"pairs": [pair for pair in pairs if pair[1]], "here": steps[-1] if len(steps) % 2 else ""}


@register.inclusion_tag("components/thread_through.html", takes_context=True)
def thread_through(
    context: dict[str, Any], node: Any, title: str, *, is_named: bool = False
) -> dict[str, Any]:
    """The way from something to all that it hangs on and all that hangs on it, for those who may see it.

    `is_named` makes its own words the link, in a list of many.
    """
    partnership = context.get("partnership")
    may_see = permissions.allowed("overview.see_thread", context.get("actor", VISITOR), partnership)
    url = reverse("overview:around", args=[partnership.slug, node]) if may_see and partnership else ""
    return {"url": url, "title": title, "is_named": is_named}


@register.inclusion_tag("components/pagination.html", takes_context=True)
def pagination(context: dict[str, Any], page: Page[Any], name: str = "page") -> dict[str, Any]:
    """Earlier and later pages of a long list; the other choices in the address stay."""

    def to(number: int) -> str:
        asked = context["request"].GET.copy()
        asked[name] = str(number)
        return f"?{asked.urlencode()}"

    return {
        "page": page,
        "earlier": to(page.previous_page_number()) if page.has_previous() else "",
        "later": to(page.next_page_number()) if page.has_next() else "",
    }


@register.filter
def message_colour(message: Any) -> str:
    """Django's level of a message as the library's colour."""
    known = {"error": "danger", "success": "success", "warning": "warning"}
    return known.get(message.level_tag, "info")


@register.simple_tag(takes_context=True)
def may(context: dict[str, Any], permission: str, row: Any = None) -> bool:
    """Whether to show a door: {% may "plans.propose_measure" as may_propose %}. The page asks too."""
    target = row if row is not None else context.get("partnership")
    return permissions.allowed(permission, context.get("actor", VISITOR), target)
