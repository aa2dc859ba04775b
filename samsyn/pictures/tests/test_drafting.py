"""A party's own draft: what its commands refuse."""

import pytest

from samsyn.core.errors import Refused
from samsyn.evidence import tasks
from samsyn.evidence.asking import Question
from samsyn.evidence.models import Figure, Revision
from samsyn.evidence.tests import build as figures
from samsyn.parties.tests.build import Town
from samsyn.pictures import services
from samsyn.pictures.models import DraftCitation, PrivateDraft
from samsyn.pictures.tests import build

BEFORE = "Kommun;År;Antal stölder\nUmeå;2018;300\nUmeå;2019;450\n"


def test_a_party_has_one_draft_of_a_period(town: Town) -> None:
    draft = build.draft(town)

    with pytest.raises(Refused, match="already have a draft"):
        services.start_draft(town.municipality, period=draft.period, title="En till", by=town.coordinator)

    assert PrivateDraft.objects.count() == 1
    assert build.draft(town, by="officer").period == draft.period  # the police have their own


def test_without_a_finding_there_is_nothing_to_approve_or_share(town: Town) -> None:
    empty = services.start_draft(town.municipality, period="2031", title="Tomt", by=town.coordinator)
    given = {"receiver": town.police, "purpose": "handed_over", "ground": "x", "by": town.coordinator}

    with pytest.raises(Refused, match="before the draft is approved"):
        services.approve_draft(empty, by=town.coordinator)
    with pytest.raises(Refused, match="before you share"):
        services.share_draft(empty, partnership=town.partnership, **given)


def test_a_finding_cites_a_figure_once(town: Town) -> None:
    old = figures.dataset(town, BEFORE, name="stolder.csv")
    older = figures.figure(town, old, question=Question.CHANGE)
    assert isinstance(older, Figure)
    finding = build.draft(town).findings.get()
    citation = services.cite_figure(finding, figure=older, note="", by=town.coordinator)

    with pytest.raises(Refused, match="cites that figure already"):
        services.cite_figure(finding, figure=older, note="", by=town.coordinator)

    figures.dataset(town, f"{BEFORE}Umeå;2020;200\n", name="nyare.csv", supersedes=old)
    tasks.revise_figures.enqueue(*tasks.ids_of(town.coordinator, town.partnership))
    newer = Revision.objects.get(figure=older).successor
    assert newer is not None
    services.cite_figure(finding, figure=newer, note="", by=town.coordinator)
    with pytest.raises(Refused, match="cites the newer figure already"):
        services.renew_citation(citation, by=town.coordinator)

    assert DraftCitation.objects.filter(finding=finding).count() == 2
