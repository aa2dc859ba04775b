"""Whoever takes over reads on one page where things stand, and nothing that is not theirs to see."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from samsyn.agreements.tests import build as agreements
from samsyn.core import clock
from samsyn.overview import handing_over
from samsyn.overview.handing_over import Pack
from samsyn.parties.tests.build import Town, user_of
from samsyn.pictures.tests import build as drafts
from samsyn.plans import services as plans_services
from samsyn.plans.models import Measure
from samsyn.plans.tests import build as plans

SECRET = "Stölder i hamnen"


@pytest.fixture
def town(town: Town) -> Town:
    agreements.agreement(town)
    return town


def pack(town: Town, who: str = "coordinator", *, days: int = 0) -> Pack:
    return handing_over.pack_of(town.actors()[who], town.partnership, clock.today() + timedelta(days=days))


def test_what_stands_what_is_due_and_why_it_was_decided(town: Town) -> None:
    picture = drafts.agreed_picture(town)
    measure = plans.measure(town, picture.points.get())
    made = plans.evaluation(town, measure)
    plans_services.approve_evaluation(made, seen=made.version, by=town.chair)

    found = pack(town)

    assert [node.kind for node in found.standing] == ["agreement", "picture"]
    assert [str(node.title) for node in found.coming.shown if node.kind == "measure"] == ["Fler lampor"]
    assert [str(node.title) for node in found.measures.shown] == ["Fler lampor"]
    assert "Enligt förslag." in [node.text for node in found.decisions]
    ((about, why),) = found.reasons
    assert about.id == measure.pk and "Arbetet är halvvägs." in why.text
    assert found.tasks and found.all_gaps >= len(found.gaps) > 0
    late = pack(town, days=200)
    assert "measure" in {node.kind for node in late.overdue.shown}
    assert "measure" not in {node.kind for node in late.coming.shown}


def test_what_is_over_is_not_open(town: Town) -> None:
    measure = plans.measure(town, drafts.agreed_picture(town).points.get())
    plans_services.report_status(measure, state=Measure.State.DONE, text="Klart.", by=town.coordinator)

    found = pack(town)

    assert not found.measures.shown and "measure" not in {node.kind for node in found.coming.shown}


def test_a_reader_of_releases_sees_no_measure_decision_or_gap(town: Town, client: Client) -> None:
    plans.measure(town, drafts.agreed_picture(town).points.get())

    found = pack(town, "auditor")

    assert not found.gaps and not found.sees_all and not found.measures.shown and not found.decisions
    client.force_login(user_of(town.auditor))
    answer = client.get(reverse("overview:handover", args=[town.partnership.slug]))
    assert answer.status_code == 200 and "Fler lampor" not in answer.text


def test_the_page_names_the_people_of_ones_own_party_alone(town: Town, client: Client) -> None:
    client.force_login(user_of(town.officer))
    page = client.get(reverse("overview:handover", args=[town.partnership.slug])).text

    assert str(user_of(town.chief)) in page and str(user_of(town.secretary)) not in page
    assert "Börja här" in page and "Inget ska göras under det kommande året" in page
    client.force_login(user_of(town.owner))
    assert client.get(reverse("overview:handover", args=[town.partnership.slug])).status_code == 403


def test_a_long_list_says_how_many_it_leaves_out(
    town: Town, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    point = drafts.agreed_picture(town).points.get()
    for title in ("Fler lampor", "Fler bänkar"):
        plans.measure(town, point, title=title)
    monkeypatch.setattr("samsyn.overview.handing_over.LISTED", 1)

    found = pack(town)

    assert (len(found.measures.shown), found.measures.left_out) == (1, 1)
    client.force_login(user_of(town.coordinator))
    assert "1 till." in client.get(reverse("overview:handover", args=[town.partnership.slug])).text
