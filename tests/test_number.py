"""One number in a file, followed to all that rests on it: sentence, chart, document, public page."""

import re

import pytest
from django.test import Client

from samsyn.council.models import Decision
from samsyn.evidence.models import Figure
from samsyn.evidence.tests import build as figures
from samsyn.graphics.tests.reading import words_of
from samsyn.parties.tests.build import Town
from samsyn.pictures import services
from samsyn.pictures.models import Picture
from samsyn.pictures.tests import build
from samsyn.releases.models import Language
from samsyn.releases.printing import printed

POPULATION = 122_892


@pytest.mark.parametrize("count", [931, 1931])
def test_another_number_in_the_file_is_another_number_everywhere(town: Town, count: int) -> None:
    picture = adopted_on(town, figures.BRA.replace(";931;", f";{count};"))

    rate, other = (f"{number / POPULATION * 100_000:.0f}" for number in (count, 2862 - count))
    page = plain(Client().get(f"/{town.partnership.slug}/lagesbild/").content.decode())
    assert f"{rate} anmälda per 100000" in page
    assert any(f">{rate}<" in chart for chart in re.findall(r"<svg.*?</svg>", page, re.DOTALL))
    assert picture.release
    document = plain(words_of(printed(picture.release, Language.SWEDISH)))
    assert f"{rate} anmälda per 100000" in document
    for shown in (page, document):
        assert other not in shown


def adopted_on(town: Town, file: str) -> Picture:
    """A picture with one finding that rests on a figure of this file."""
    figure = figures.figure(town, figures.dataset(town, file))
    assert isinstance(figure, Figure)
    draft = build.draft(town)
    services.cite_figure(draft.findings.get(), figure=figure, note="", by=town.coordinator)
    release = build.hand_over(town, draft)
    made = build.picture(town)
    build.agree(town, services.place_finding(made, release=release, index=0, by=town.coordinator))
    services.endorse_picture(made, decision=build.decision(town, Decision.Kind.ENDORSE), by=town.chair)
    made = Picture.objects.get(pk=made.pk)
    services.adopt_picture(made, decision=build.decision(town, Decision.Kind.DECIDE), by=town.chair)
    return Picture.objects.get(pk=made.pk)


def plain(text: str) -> str:
    """Without the spaces that a number is set with, and without ids, where any digits may stand together."""
    text = re.sub(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}", "", text)
    return text.replace("\N{NO-BREAK SPACE}", "").replace("\N{NARROW NO-BREAK SPACE}", "")
