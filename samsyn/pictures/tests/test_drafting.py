"""A party's own draft: what its commands refuse."""

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from samsyn.core.errors import Refused
from samsyn.evidence import tasks
from samsyn.evidence.asking import Question
from samsyn.evidence.models import Figure, Revision
from samsyn.evidence.tests import build as figures
from samsyn.parties.tests.build import Town, user_of
from samsyn.pictures import queries, services
from samsyn.pictures.models import Certainty, DraftCitation, PrivateDraft
from samsyn.pictures.services.drafting import Words
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


def test_a_section_without_a_word_on_why_is_not_shared(town: Town) -> None:
    draft = build.draft(town)
    build.finding(town, draft, title="Utreds", secrecy="OSL 18:1")
    with connection.cursor() as cursor:  # as drafts were before the word was asked for
        cursor.execute("UPDATE pictures_draftfinding SET secrecy_ground = NULL")

    with pytest.raises(Refused, match=r"18 kap\. 1 § OSL holds “Utreds” back"):
        build.hand_over(town, draft)


def test_numbers_without_a_source_are_marked_in_the_shared_copy_too(town: Town, client: Client) -> None:
    data = figures.dataset(town)
    draft = services.start_draft(town.municipality, period="2027", title="Vår bild", by=town.coordinator)
    for title, text in (("Cyklar", "42 cyklar stals."), ("Rån", "19 rån anmäldes."), ("Klotter", "Mer.")):
        services.write_finding(
            draft,
            words=Words(title, text),
            certainty=Certainty.FAIRLY,
            priority_key="",
            secrecy="none",
            by=town.coordinator,
        )
    cited = next(one for one in queries.own_findings(town.coordinator, draft) if str(one.title) == "Rån")
    services.cite_figure(cited, figure=figures.figure(town, data), note="", by=town.coordinator)
    release = build.hand_over(town, draft)

    marked = {one["title"]: one["without_source"] for one in release.payload["content"]["findings"]}
    assert marked == {"Cyklar": ["42 cyklar"], "Rån": [], "Klotter": []}
    picture = build.picture(town)
    client.force_login(user_of(town.officer))
    merge = reverse("pictures:merge", args=[town.partnership.slug, picture.pk])
    said = "Utan källa:</strong> 42 cyklar"
    assert client.get(merge).text.count(said) == 1
    services.place_finding(picture, release=release, index=0, by=town.coordinator)
    assert client.get(merge).text.count(said) == 1  # beside the joint text, in its party's column
