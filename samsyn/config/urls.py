"""Where every room's pages hang: work under /arbete/, the public site at the root and under /en/."""

from importlib.util import find_spec

from django.urls import URLPattern, URLResolver, include, path

from samsyn.config.views import health
from samsyn.core.views import switch_language

WORK = [
    "overview",
    "agreements",
    "evidence",
    "pictures",
    "council",
    "plans",
    "promises",
    "duties",
    "dialogue",
    "releases",
]


def _work() -> list[URLPattern | URLResolver]:
    return [
        path("arbete/<slug:partnership>/", include(f"samsyn.{room}.urls"))
        for room in WORK
        if find_spec(f"samsyn.{room}.urls")
    ]


urlpatterns: list[URLPattern | URLResolver] = [
    path("health", health, name="health"),
    path("sprak/", switch_language, name="language"),
    path("konto/", include("samsyn.parties.account_urls")),
    path("", include("samsyn.parties.urls")),
    path("", include("samsyn.plans.link_urls")),
    *_work(),
    path("en/", include("samsyn.publishing.english_urls")),
    path("", include("samsyn.publishing.urls")),
]
handler400 = "samsyn.core.views.unreadable"
handler403 = "samsyn.core.views.forbidden"
handler404 = "samsyn.core.views.missing"
handler500 = "samsyn.core.views.broken"
