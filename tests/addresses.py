"""Every address of the project with a real row in it, read from the address table itself."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import models
from django.urls import URLPattern, URLResolver, get_resolver
from uuid_utils.compat import uuid7

from samsyn.core.limits import Limit
from samsyn.core.rows import Row
from samsyn.dialogue.models import Dialogue
from samsyn.evidence.models import FigureOrder, Upload
from samsyn.parties.models import Invitation
from samsyn.pictures.models import Picture, Point
from samsyn.plans.models import StatusRequest
from samsyn.releases.models import Release
from tests.whole import Whole

PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>")
WORK = "arbete/<slug:partnership>/"


@dataclass(frozen=True)
class Address:
    """One line of the address table: where, for whom, about what."""

    name: str
    pattern: str
    permission: str | None  # None: open to everybody
    model: type[Row] | None
    is_ours: bool  # and not allauth's
    limit: Limit | None  # how often it may be asked for

    @property
    def is_at_work(self) -> bool:
        return self.pattern.startswith(WORK)

    def path(self, whole: Whole, *, slug: str = "") -> str:
        """With the keys of real rows. Fails when nobody said what an address is about."""
        given = {"partnership": slug or whole.town.partnership.slug, "slug": whole.town.partnership.slug}
        if self.model:
            if self.model not in whole.rows:
                pytest.fail(f"{self.name} is about {self.model.__name__}: make one in tests/whole.py.")
            given["pk"] = str(whole.rows[self.model].pk)
        given |= {key: str(value(whole)) for key, value in NAMED.get(self.name, {}).items()}
        if missing := set(PARAMETER.findall(self.pattern)) - set(given):
            pytest.fail(f"{self.name} names {missing}: say which row that is in NAMED, tests/addresses.py.")
        return "/" + PARAMETER.sub(lambda found: given[found[1]], self.pattern)


def key_of(model: type[models.Model]) -> Callable[[Whole], Any]:
    return lambda whole: whole.rows[model].pk


# What an address names besides the row that its view is guarded by.
NAMED: dict[str, dict[str, Callable[[Whole], Any]]] = {
    "agreements:clause": {"address": lambda _: "syfte"},
    "agreements:propose_change": {"kind": lambda _: "amendment"},
    "agreements:comparison": {"other": lambda whole: whole.published_agreement.pk},
    "council:step": {"line": lambda _: "mandate"},
    "duties:record": {"kind": lambda _: "seat"},
    "evidence:outline_layers": {"file": lambda _: uuid7()},  # none waits: it is told that its hour is over
    "evidence:ordered": {"identity": lambda whole: whole.rows[FigureOrder].identity},
    "evidence:take_population": {"pk": key_of(Upload)},
    "overview:around": {"node": lambda whole: whole.published_agreement.pk},
    "parties:revoke": {"invitation": key_of(Invitation)},
    "parties:invitation": {"token": lambda whole: whole.rows[Invitation].token},
    "parties:start": {"token": lambda _: "ingen-sadan"},
    "parties:end_session": {"pk": lambda _: 1},
    "plans-link:answer": {"token": lambda whole: whole.rows[StatusRequest].token},
    "pictures:guide": {"name": lambda _: "medarbetardialog"},
    "pictures:place": {"release": key_of(Release), "index": lambda _: 0},
    "pictures:comparison": {"other": key_of(Picture)},
    "pictures:explain_gone": {"point": key_of(Point)},
    "releases:document": {"pk": lambda whole: whole.printed.pk, "language": lambda _: "sv"},
} | {
    f"publishing{language}:{name}": {"pk": key}
    for language in ("", "-en")
    for name, key in (
        ("dialogue", key_of(Dialogue)),
        ("receipt", key_of(Dialogue)),
        ("document", lambda whole: whole.printed.pk),
        ("quoted_picture", lambda whole: whole.printed.pk),
        ("areas_file", lambda whole: whole.printed.pk),
    )
}
NAMED |= {
    f"publishing{language}:figure_file": {
        "pk": lambda whole: whole.printed.pk,
        "point": lambda _: 1,
        "number": lambda _: 1,
        "form": lambda _: "csv",
    }
    for language in ("", "-en")
}


def addresses() -> list[Address]:
    """All of them, allauth's pages too."""
    return list(_walk(get_resolver().url_patterns, "", ""))


def _walk(patterns: list[URLPattern | URLResolver], before: str, space: str) -> Iterator[Address]:
    for one in patterns:
        pattern = before + str(one.pattern)
        if isinstance(one, URLResolver):
            yield from _walk(one.url_patterns, pattern, f"{one.namespace}:" if one.namespace else space)
            continue
        view: Any = one.callback
        permission, model = getattr(view, "access", None) or (None, None)
        ours = getattr(view, "__module__", "").startswith("samsyn")
        limit = getattr(view, "limit", None)
        yield Address(f"{space}{one.name}", pattern, permission, model, ours, limit)


def at_work() -> list[Address]:
    """The pages of the signed-in part, each with the rule that opens it."""
    return [one for one in addresses() if one.is_at_work]
