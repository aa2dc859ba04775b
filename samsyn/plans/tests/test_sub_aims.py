"""Which part of a priority a measure is for, and the thread through that part."""

from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from samsyn.agreements.models import Priority, PriorityItem
from samsyn.core.errors import Invalid
from samsyn.core.thread import thread
from samsyn.overview.queries import STEPS
from samsyn.parties.tests.build import Town, user_of
from samsyn.pictures.models import Point
from samsyn.pictures.tests import build as pictures
from samsyn.plans import services
from samsyn.plans.models import Measure
from samsyn.plans.tests import build
from tests import standing


@pytest.fixture
def town(db: None, home: Path) -> Town:
    return standing.once(pictures.adopted_town, home)


@pytest.fixture
def measure(town: Town) -> Measure:
    return build.measure(town, Point.objects.get())


def serve(town: Town, measure: Measure, sub_aims: list[PriorityItem] | None) -> Measure:
    fields = ("title", "text", "kind", "owner_title", "starts", "ends", "follow_up")
    given = {name: getattr(measure, name) for name in fields}
    return services.rewrite_measure(
        measure, **given, sub_aims=sub_aims, seen=measure.version, by=town.coordinator
    )


def test_a_sub_aim_is_chosen_kept_and_taken_away(town: Town, measure: Measure) -> None:
    sub_aim = PriorityItem.objects.get(key="P1.1")

    measure = serve(town, measure, [sub_aim])
    assert [link.sub_aim for link in measure.sub_aims.all()] == [sub_aim]
    measure = serve(town, measure, None)  # somebody who changes the words alone
    assert measure.sub_aims.count() == 1
    measure = serve(town, measure, [])
    assert not measure.sub_aims.exists()


def test_a_risk_and_a_sub_aim_of_another_priority_are_refused(town: Town, measure: Measure) -> None:
    served = measure.priorities.get().priority
    here = {"partnership": town.partnership}
    other = Priority(**here, agreement=served.agreement, key="P9", title="En annan", problem="x")
    risk = PriorityItem(**here, priority=served, kind=PriorityItem.Kind.RISK, key="P1.r9", text="x")
    elsewhere = PriorityItem(**here, priority=other, kind=PriorityItem.Kind.SUB_AIM, key="P9.1", text="x")
    Priority._base_manager.bulk_create([other])
    PriorityItem._base_manager.bulk_create([risk, elsewhere])

    for wrong in (risk, elsewhere):
        with pytest.raises(Invalid) as refused:
            serve(town, measure, [wrong])
        assert refused.value.field == "sub_aims"
    assert not measure.sub_aims.exists()


def test_the_form_the_page_and_the_thread_show_it(town: Town, measure: Measure, client: Client) -> None:
    sub_aim = PriorityItem.objects.get(key="P1.1")
    client.force_login(user_of(town.coordinator))
    page = reverse("plans:rewrite", args=["granvik", measure.pk])
    form = client.get(page).context["form"]
    typed = {name: form[name].value() for name in form.fields} | {"sub_aims": [str(sub_aim.pk)]}
    assert client.post(page, typed).status_code == 302

    assert sub_aim.text in client.get(reverse("plans:measure", args=["granvik", measure.pk])).text
    around = client.get(reverse("overview:around", args=["granvik", sub_aim.pk])).text
    assert measure.title in around
    assert sub_aim.priority.title in around
    assert sub_aim.text in client.get(reverse("overview:around", args=["granvik", measure.pk])).text


def test_every_kind_of_node_has_a_step_of_the_thread() -> None:
    assert set(thread.parents_of) == set(STEPS)
