"""Exactly what is chosen on the page of measures, as files."""

import json

from django.http import HttpResponse
from django.utils.translation import gettext as _

from samsyn.core import clock, downloads, limits
from samsyn.core.limits import limited
from samsyn.core.web import ActorRequest, needs
from samsyn.parties.models import Partnership
from samsyn.plans import export, queries, rollup
from samsyn.plans.filters import Choices, Chosen
from samsyn.plans.rollup import Standing


def _chosen(request: ActorRequest, partnership: Partnership) -> list[Standing]:
    measures = list(queries.followed_measures(request.actor, partnership))
    shown = Chosen.of(request.GET, Choices.of(measures)).narrow(measures, request.actor)
    return [rollup.standing_of(one, clock.today()) for one in shown]


@limited(limits.DOWNLOAD)
@needs("plans.see_measures")
def as_csv(request: ActorRequest, partnership: Partnership) -> HttpResponse:
    heads, *rows = export.measures_table(_chosen(request, partnership), request.actor)
    return downloads.csv_file("measures.csv", [str(head) for head in heads], rows)


@limited(limits.DOWNLOAD)
@needs("plans.see_measures")
def as_xlsx(request: ActorRequest, partnership: Partnership) -> HttpResponse:
    return downloads.xlsx_file("measures.xlsx", _sheets(request, partnership))


@limited(limits.DOWNLOAD)
@needs("plans.see_measures")
def as_ods(request: ActorRequest, partnership: Partnership) -> HttpResponse:
    return downloads.ods_file("measures.ods", _sheets(request, partnership))


def _sheets(request: ActorRequest, partnership: Partnership) -> dict[str, downloads.Table]:
    standings = _chosen(request, partnership)
    measures = [one.measure for one in standings]
    return {
        _("Measures"): export.measures_table(standings, request.actor),
        _("Indicators"): export.indicators_table(measures, clock.today()),
    }


@limited(limits.DOWNLOAD)
@needs("plans.see_measures")
def as_json(request: ActorRequest, partnership: Partnership) -> HttpResponse:
    content = export.as_json(_chosen(request, partnership), request.actor, clock.today())
    text = json.dumps(content, ensure_ascii=False, indent=2)
    return downloads.attachment("measures.json", text, "application/json")
