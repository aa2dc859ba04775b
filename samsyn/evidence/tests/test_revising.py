"""New numbers come: what was said is held against them."""

from dataclasses import replace
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from samsyn.core.errors import Refused
from samsyn.evidence import services, tasks
from samsyn.evidence.asking import Asked, Question
from samsyn.evidence.models import Dataset, Figure, FigureOrder, Revision
from samsyn.evidence.queries import open_copy
from samsyn.evidence.tests import build
from samsyn.parties.tests.build import Town, user_of
from samsyn.pictures import services as pictures
from samsyn.pictures.models import DraftFinding
from samsyn.pictures.tests import build as drafts

How = Revision.How


def table(*counts: int, first: int = 2018) -> str:
    lines = "".join(f"Umeå;{first + place};{count}\n" for place, count in enumerate(counts))
    return f"Kommun;År;Antal stölder\n{lines}"


def made(found: Figure | FigureOrder) -> Figure:
    assert isinstance(found, Figure), found.refusal
    return found


def come(town: Town, old: Dataset, text: str) -> None:
    """Newer numbers replace the older ones, and the worker does its part."""
    build.dataset(town, text, name="nyare.csv", supersedes=old)
    tasks.revise_figures.enqueue(*tasks.ids_of(town.coordinator, town.partnership))


@pytest.mark.parametrize(
    ("question", "before", "after", "how"),
    [
        (Question.CHANGE, (300, 450), (300, 450, 660), How.HOLDS),
        (Question.CHANGE, (300, 450), (300, 450, 1800), How.STRONGER),
        (Question.CHANGE, (300, 3000), (300, 3000, 4500), How.WEAKER),
        (Question.CHANGE, (300, 450), (300, 450, 200), How.TURNED),
        (Question.CHANGE, (300, 450), (300, 450, 455), How.CANNOT_SAY),
        (Question.CHANGE, (300, 310), (300, 310, 305), How.HOLDS),
        (Question.CHANGE, (300, 310), (300, 310, 600), How.STRONGER),
        (Question.TREND, (100, 120, 150, 170, 210, 250), (100, 120, 150, 170, 210, 250, 290), How.HOLDS),
    ],
)
def test_what_was_said_is_held_against_the_newer_numbers(
    town: Town, question: Question, before: tuple[int, ...], after: tuple[int, ...], how: How
) -> None:
    old = build.dataset(town, table(*before), name="stolder.csv")
    figure = made(build.figure(town, old, question=question))

    come(town, old, table(*after))

    revision = Revision.objects.get(figure=figure)
    assert revision.how is how
    assert revision.successor is not None
    asked = revision.successor.unpacked("parameters")
    assert asked["period"] == [f"{2017 + len(after)}-01-01", f"{2017 + len(after)}-12-31"]


@pytest.mark.parametrize(
    ("number", "how"), [("940", How.HOLDS), ("1931", How.STRONGER), ("400", How.WEAKER), ("3", How.WEAKER)]
)
def test_a_rate_is_compared_with_what_chance_does(town: Town, number: str, how: How) -> None:
    old = build.dataset(town)
    figure = made(build.figure(town, old))

    come(town, old, build.BRA.replace(";931;", f";{number};"))

    assert Revision.objects.get(figure=figure).how is how


def test_numbers_that_are_gone_are_said_so(town: Town) -> None:
    old = build.dataset(town, table(300, 450), name="stolder.csv")
    figure = made(build.figure(town, old, question=Question.CHANGE))

    come(town, old, table(300, 450, 460).replace("Umeå", "Vännäs"))

    revision = Revision.objects.get(figure=figure)
    assert (revision.how, revision.successor) == (How.CANNOT_SAY, None)
    assert revision.refusal["code"] == "no_number"
    assert not FigureOrder.objects.exists()


def test_one_replaced_dataset_of_several_is_enough(town: Town) -> None:
    first = build.dataset(town, table(300, 450), name="forsta.csv")
    figure = made(build.figure(town, first, question=Question.CHANGE))
    second = build.dataset(town, table(460, first=2020), name="andra.csv", title="Senare")
    asked = replace(Asked.of(figure.unpacked("parameters")), start=date(2020, 1, 1), end=date(2020, 12, 31))
    asked = replace(asked, before=(date(2019, 1, 1), date(2019, 12, 31)))
    order = services.order_figure(
        town.municipality, asked=asked, datasets=[first, second], by=town.coordinator
    )
    tasks.make_figure.enqueue(str(order.pk), *tasks.ids_of(town.coordinator, town.partnership))

    come(town, second, table(900, first=2020))

    assert Revision.objects.get(figure__inputs__dataset=second).how is How.STRONGER


def test_each_version_is_compared_with_what_was_first_said(town: Town) -> None:
    old = build.dataset(town, table(300, 450), name="stolder.csv")
    figure = made(build.figure(town, old, question=Question.CHANGE))
    come(town, old, table(300, 450, 660))
    newer = Dataset.objects.exclude(pk=old.pk).get()

    come(town, newer, table(300, 450, 660, 300))

    first, second = Revision.objects.order_by("figure__computed_at")
    assert (first.figure, first.how) == (figure, How.TURNED)
    assert second.how is How.TURNED and first.successor == second.successor
    assert Figure.objects.count() == 3


def test_a_finding_can_rest_on_the_newer_figure(town: Town, client: Client) -> None:
    old = build.dataset(town, table(300, 450), name="stolder.csv")
    figure = made(build.figure(town, old, question=Question.CHANGE))
    finding: DraftFinding = drafts.draft(town).findings.get()
    citation = pictures.cite_figure(finding, figure=figure, note="", by=town.coordinator)
    with pytest.raises(Refused, match="No newer figure"):
        pictures.renew_citation(citation, by=town.coordinator)
    come(town, old, table(300, 450, 200))
    client.force_login(user_of(town.coordinator))
    client.cookies["language"] = "en"
    slug = town.partnership.slug

    page = client.get(reverse("pictures:rewrite_finding", args=[slug, finding.pk])).text
    assert "turned round" in page and "Rest on the newer figure" in page
    assert "turned round" in client.get(reverse("evidence:revisions", args=[slug])).text
    assert "turned round" in client.get(reverse("evidence:figure", args=[slug, figure.pk])).text
    client.post(reverse("pictures:renew_citation", args=[slug, citation.pk]))

    assert finding.citations.get().figure == Revision.objects.get().successor
    shared = pictures.share_draft(
        finding.draft,
        partnership=town.partnership,
        receiver=town.police,
        purpose="p",
        ground="g",
        by=town.coordinator,
    )
    (told,) = shared.payload["content"]["findings"][0]["figures"]
    assert told["revises"] == [{"of": figure.identity, "how": "turned"}]
    assert open_copy(told | {"disclosure": {"own": True}})["revises"] == [{"how": "turned"}]


def test_the_adopted_picture_tells_its_own_party_alone(town: Town, client: Client) -> None:
    old = build.dataset(town, table(300, 450), name="stolder.csv")
    figure = made(build.figure(town, old, question=Question.CHANGE))
    draft = drafts.draft(town)
    pictures.cite_figure(draft.findings.get(), figure=figure, note="", by=town.coordinator)
    release = pictures.share_draft(
        draft,
        partnership=town.partnership,
        receiver=town.police,
        purpose="p",
        ground="g",
        by=town.coordinator,
    )
    point = pictures.place_finding(drafts.picture(town), release=release, index=0, by=town.officer)
    come(town, old, table(300, 450, 200))
    address = reverse("pictures:point", args=[town.partnership.slug, point.pk])
    client.cookies["language"] = "en"

    client.force_login(user_of(town.coordinator))
    assert "turned round" in client.get(address).text
    client.force_login(user_of(town.officer))
    assert "turned round" not in client.get(address).text
