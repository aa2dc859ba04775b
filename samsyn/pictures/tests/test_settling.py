"""Once the joint picture is adopted, each party archives or weeds out its own draft, nothing by chance."""

import pytest
from django.test import Client
from django.urls import reverse

from samsyn.agreements.tests import build as agreements
from samsyn.core.errors import Invalid, Missing, Refused
from samsyn.core.journal import Entry
from samsyn.core.thread import Place, thread
from samsyn.evidence.models import Figure
from samsyn.evidence.tests import build as figures
from samsyn.parties.tests.build import Town, user_of
from samsyn.pictures import services
from samsyn.pictures.models import Certainty, DraftFinding, PrivateDraft
from samsyn.pictures.services.drafting import Words
from samsyn.pictures.tests import build

ALONE = "Bara i vårt utkast"


@pytest.fixture
def draft(town: Town) -> PrivateDraft:
    """Shared with one finding, then written on with another; the joint picture is adopted."""
    agreements.agreement(town)
    build.adopted_picture(town)
    made = PrivateDraft.objects.get(party=town.municipality)
    figure = figures.figure(town, figures.dataset(town))
    assert isinstance(figure, Figure)
    services.cite_figure(made.findings.get(), figure=figure, note="Syns här.", by=town.coordinator)
    build.finding(town, made, title=ALONE)
    return made


def tasks(town: Town) -> list[str]:
    place = Place(town.partnership.pk, town.partnership.slug)
    return [str(task.title) for task in thread.tasks(town.coordinator, place)]


def test_what_was_shared_word_for_word_is_emptied_and_the_rest_is_kept(
    town: Town, draft: PrivateDraft, client: Client
) -> None:
    assert "Say what becomes of your draft" in tasks(town)

    count = services.weed_draft(draft, also=[], by=town.coordinator)

    emptied, kept = draft.findings.order_by("id")
    assert not emptied.citations.exists()
    assert count == 1 and (str(emptied.title), str(emptied.text)) == ("", "")
    assert str(kept.title) == ALONE and str(kept.text)
    assert "Say what becomes of your draft" not in tasks(town)
    entry = Entry.objects.get(command="pictures.weed_draft")
    assert entry.chain == town.municipality.pk  # the other party is not told
    assert (entry.facts["weeded"], entry.facts["kept"], entry.facts["fate"]) == ("1", "1", "weeded")
    client.force_login(user_of(town.coordinator))
    slug = town.partnership.slug
    page = client.get(reverse("pictures:draft", args=[slug, draft.pk])).text
    assert "Rensat" in page and ALONE in page and page.count('class="sheet"') == 3
    found = thread.search("vårt utkast", town.coordinator, Place(town.partnership.pk, slug))
    assert [str(node.title) for node in found if node.kind == "draft"] == [ALONE]


def test_what_is_found_nowhere_else_goes_only_when_it_is_named(town: Town, draft: PrivateDraft) -> None:
    other = build.draft(town, period="2031")
    alone = draft.findings.get(pk=draft.findings.latest("id").pk)
    with pytest.raises(Invalid, match="of this draft"):
        services.weed_draft(draft, also=[other.findings.get()], by=town.coordinator)

    assert services.weed_draft(draft, also=[alone], by=town.coordinator) == 2
    assert not [one for one in DraftFinding.objects.filter(draft=draft) if str(one.title)]


def test_a_draft_is_settled_once_and_after_the_adoption(town: Town, draft: PrivateDraft) -> None:
    early = build.draft(town, period="2031")
    for act in (
        lambda: services.archive_draft(early, by=town.coordinator),
        lambda: services.weed_draft(early, also=[], by=town.coordinator),
    ):
        with pytest.raises(Refused, match="not adopted yet"):
            act()
    with pytest.raises(Missing):
        services.archive_draft(draft, by=town.officer)

    services.archive_draft(draft, by=town.chair)

    finding, words = draft.findings.latest("id"), Words("A", "B")
    assert str(finding.title) == ALONE
    figure = Figure.objects.get()
    for again in (
        lambda: services.archive_draft(draft, by=town.coordinator),
        lambda: services.weed_draft(draft, also=[], by=town.coordinator),
        lambda: services.write_finding(
            draft, words=words, certainty=Certainty.FAIRLY, priority_key="", secrecy="", by=town.coordinator
        ),
        lambda: services.rewrite_finding(
            finding,
            words=words,
            certainty=Certainty.FAIRLY,
            priority_key="",
            secrecy="",
            seen=finding.version,
            by=town.coordinator,
        ),
        lambda: services.cite_figure(finding, figure=figure, note="", by=town.coordinator),
        lambda: services.share_draft(
            draft, partnership=town.partnership, receiver=town.police, purpose="p", ground="g",
            by=town.coordinator,
        ),
    ):  # fmt: skip
        with pytest.raises(Refused, match="what becomes of this draft"):
            again()


def test_the_pages_that_ask(town: Town, draft: PrivateDraft, client: Client) -> None:
    slug = town.partnership.slug
    client.force_login(user_of(town.coordinator))
    weed = reverse("pictures:weed_draft", args=[slug, draft.pk])
    assert weed in client.get(reverse("pictures:draft", args=[slug, draft.pk])).text
    page = client.get(weed).text
    assert "ord för ord" in page and ALONE in page
    early = build.draft(town, period="2031")
    refused = client.post(reverse("pictures:weed_draft", args=[slug, early.pk]))
    assert refused.status_code == 422 and "inte antagen än" in refused.text
    answer = client.post(weed, {"also": [draft.findings.latest("id").pk]}, follow=True)
    assert "2 iakttagelser är tömda" in answer.text
    assert "Ni har sagt vad det blir av det" in client.get(weed).text
    client.force_login(user_of(town.officer))
    theirs = build.draft(town, by="officer")
    archived = client.post(reverse("pictures:archive_draft", args=[slug, theirs.pk]), follow=True)
    assert "Arkiverat" in archived.text
