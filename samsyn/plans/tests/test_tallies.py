"""Situation U8 of the demands: states are counted, what is left out is named, and nothing becomes a percent."""

import csv
import io
import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation
from openpyxl import load_workbook

from samsyn.agreements.models import Priority
from samsyn.agreements.tests import build as agreements
from samsyn.core import clock
from samsyn.parties.tests.build import Town, user_of
from samsyn.pictures.models import Point
from samsyn.pictures.tests import build as drafts
from samsyn.plans import queries, rollup, services
from samsyn.plans.models import Measure
from samsyn.plans.tallies import tallies
from samsyn.plans.tests import build

State = Measure.State
TWO = agreements.FILE.replace(
    "signatories:", '  - { id: P2, title: "Trygga skolor", contributes_to: [V1] }\nsignatories:'
).replace(
    "vision:\n",
    '  - { address: prioritering.2, kind: priority, item: P2, heading: "Trygga skolor", text: "Skolor." }\nvision:\n',
)
FIRST = "1 done, 1 ongoing, 1 not reported, 1 paused; 1 cancelled (Bänkar) not counted"
FIRST_SV = "1 klar, 1 pågår, 1 inte rapporterad, 1 pausad; 1 avbruten (Bänkar) räknas inte"


@pytest.fixture
def point(town: Town) -> Point:
    agreements.agreement(town, text=TWO)
    return drafts.agreed_picture(town).points.get()


def a_measure(town: Town, point: Point, title: str, priority: Priority) -> Measure:
    today = clock.today()
    return services.propose_measure(
        town.partnership,
        title=title,
        text="Så görs det.",
        kind=Measure.Kind.SOCIAL,
        owner=town.municipality,
        owner_title="gatuchef",
        starts=today,
        ends=today + timedelta(days=90),
        follow_up=today + timedelta(days=120),
        points=[point],
        priorities=[priority],
        by=town.coordinator,
    )


@pytest.fixture
def priorities(town: Town, point: Point) -> list[Priority]:
    """Done, ongoing to 40 %, never reported, paused and cancelled under the first; three under the second."""
    first, second = Priority.objects.filter(partnership=town.partnership).order_by("key")
    states = {
        "Lampor": State.DONE,
        "Vandringar": State.ONGOING,
        "Häckar": None,
        "Skyltar": State.PAUSED,
        "Bänkar": State.CANCELLED,
    }
    for title, state in states.items():
        made = a_measure(town, point, title, first)
        if state == State.ONGOING:
            walks = services.add_activity(
                made, title="Vandring", times=5, starts=made.starts, ends=made.ends, by=town.coordinator
            )
            services.count_activity(walks, done=2, seen=walks.version, by=town.coordinator)
        if state:
            services.report_status(made, state=state, text="Så är det.", by=town.coordinator)
    for title in ("Ett", "Två", "Tre"):
        a_measure(town, point, title, second)
    return [first, second]


def said(town: Town) -> list[str]:
    measures = queries.followed_measures(town.coordinator, town.partnership)
    return [one.said for one in tallies([rollup.standing_of(one, clock.today()) for one in measures])]


def test_states_are_counted_and_an_empty_report_is_neither_nothing_nor_all(
    town: Town, priorities: list[Priority]
) -> None:
    with translation.override("en"):
        assert said(town) == [FIRST, "cannot say"]


def test_page_and_files_say_the_same_words_without_a_percent(
    town: Town, priorities: list[Priority], client: Client
) -> None:
    client.force_login(user_of(town.coordinator))
    slug = town.partnership.slug

    page = client.get(reverse("plans:index", args=[slug])).text
    section = page.split("Prioritering för prioritering")[1].split("</section>")[0]
    assert re.findall(r"<dd>(.*?)</dd>", section) == [FIRST_SV, "går inte att säga"]
    assert "%" not in section and "data-color" not in section and "sign" not in section

    content = bytes(client.get(reverse("plans:csv", args=[slug])).content).decode("utf-8-sig")
    heads, *rows = csv.reader(io.StringIO(content), delimiter=";")
    at, served = heads.index("Prioriteringen i sin helhet"), heads.index("Tjänar")
    assert {(row[served], row[at]) for row in rows} == {
        (priorities[0].title, FIRST_SV),
        (priorities[1].title, "går inte att säga"),
    }
    book = load_workbook(io.BytesIO(client.get(reverse("plans:xlsx", args=[slug])).content))
    assert FIRST_SV in {cell.value for row in book.worksheets[0] for cell in row}
    answer = client.get(reverse("plans:json", args=[slug])).json()
    assert [one["standing"] for one in answer["priorities"]] == [FIRST_SV, "går inte att säga"]


def test_what_was_only_cancelled_has_nothing_to_count(town: Town, point: Point) -> None:
    made = build.measure(town, point, title="Bänkar")
    services.report_status(made, state=State.CANCELLED, text="Pengarna tog slut.", by=town.coordinator)

    with translation.override("en"):
        assert said(town) == ["no measure to count; 1 cancelled (Bänkar) not counted"]
