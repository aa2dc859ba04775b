"""The follow-up report: what is written over a period, frozen with a decision, and shown to everybody."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from samsyn.core import clock, printing
from samsyn.core.errors import Invalid, NotAllowed, Outdated, Refused
from samsyn.core.journal import Entry
from samsyn.council.models import Decision
from samsyn.graphics.documents import Facts, Table
from samsyn.parties.tests.build import Town, user_of
from samsyn.pictures.models import Point
from samsyn.pictures.tests import build as drafts
from samsyn.plans import looking_back, report, services
from samsyn.plans.models import Evaluation, FollowUp, Measure
from samsyn.plans.tests import build
from tests import standing

LEARNED = "Det som räknas blir gjort."


@pytest.fixture
def town(db: None, home: Path) -> Town:
    return standing.once(drafts.agreed_town, home)


@pytest.fixture
def measure(town: Town) -> Measure:
    return build.measure(town, Point.objects.get())


@pytest.fixture
def follow_up(town: Town, measure: Measure) -> FollowUp:
    made = build.follow_up(town)
    services.rewrite_follow_up(made, learned=LEARNED, seen=made.version, by=town.coordinator)
    return FollowUp.objects.get()


def approved(town: Town, measure: Measure, **said: Any) -> Evaluation:
    made = build.evaluation(town, measure, **said)
    services.approve_evaluation(made, seen=made.version, by=town.chair)
    return made


def decided(town: Town, follow_up: FollowUp, **changes: Any) -> FollowUp:
    decision = drafts.decision(town, Decision.Kind.DECIDE)
    given = {"decision": decision, "is_open": True} | changes
    services.decide_follow_up(follow_up, by=town.chair, **given)
    return FollowUp.objects.get(pk=follow_up.pk)


def said(town: Town, follow_up: FollowUp) -> dict[str, Any]:
    measures = looking_back.measures_in(town.coordinator, follow_up)
    return report.content_of(follow_up, measures, parties=["A"], today=clock.today())


def cancelled(town: Town, measure: Measure, title: str) -> Measure:
    made = build.measure(town, measure.points.get().point, title=title)
    services.report_status(
        made, state=Measure.State.CANCELLED, text="Pengarna tog slut.", by=town.coordinator
    )
    return Measure.objects.get(pk=made.pk)


def test_measures_are_evaluated_cancelled_with_a_reason_or_named(
    town: Town, measure: Measure, follow_up: FollowUp
) -> None:
    build.measure(town, measure.points.get().point, title="Glömd")
    cancelled(town, measure, "Avbruten")
    approved(town, measure)
    approved(town, measure, choice=Evaluation.Choice.SCALE)
    build.evaluation(town, measure, choice=Evaluation.Choice.STOP)  # written, not approved

    content = said(town, follow_up)

    (one,) = content["evaluated"]
    assert one["evaluation"]["choice"] == "scale"
    assert [one["title"] for one in content["not_evaluated"]] == ["Glömd"]
    assert [one["why_cancelled"] for one in content["cancelled"]] == ["Pengarna tog slut."]
    assert (content["numbers"]["total"], content["numbers"]["cancelled"]) == (3, 1)
    assert [one["number"] for one in content["choices"]] == [0, 0, 1, 0]
    base = content["numbers"]["activity"][0]
    assert (base["label"], base["own"]) == ({"sv": "Åtgärder", "en": "Measures"}, 2)
    assert report.without_verdict(content) == 1


def test_a_measure_outside_the_period_is_not_in_the_report(town: Town, measure: Measure) -> None:
    today = clock.today()
    made = services.begin_follow_up(
        town.partnership,
        starts=today - timedelta(days=9),
        ends=today - timedelta(days=1),
        by=town.coordinator,
    )
    services.rewrite_follow_up(made, learned=LEARNED, seen=made.version, by=town.coordinator)

    with pytest.raises(Refused, match="no measure in this period"):
        decided(town, FollowUp.objects.get())


def test_a_period_that_has_been_and_one_report_at_a_time(town: Town) -> None:
    today = clock.today()
    for starts, ends in ((today, today - timedelta(days=1)), (today, today + timedelta(days=1))):
        with pytest.raises(Invalid) as error:
            services.begin_follow_up(town.partnership, starts=starts, ends=ends, by=town.coordinator)
        assert error.value.field == "ends"
    build.follow_up(town)
    with pytest.raises(Refused, match="not decided yet"):
        build.follow_up(town)
    with pytest.raises(NotAllowed):
        build.follow_up(town, by=town.auditor)


def test_what_is_frozen_by_which_decision(town: Town, follow_up: FollowUp) -> None:
    stood_behind = drafts.decision(town, Decision.Kind.ENDORSE)
    for changes, field in (
        ({"decision": stood_behind}, "decision"),
        ({"is_open": False}, "is_open"),
    ):
        with pytest.raises(Invalid) as error:
            decided(town, follow_up, **changes)
        assert error.value.field == field
    earlier = clock.now() - timedelta(days=1)
    with clock.at(earlier):
        before = drafts.decision(town, Decision.Kind.DECIDE)
    with pytest.raises(Invalid, match="before the period was over"):
        decided(town, follow_up, decision=before)
    with pytest.raises(NotAllowed):
        services.decide_follow_up(follow_up, decision=before, is_open=True, by=town.coordinator)

    follow_up = decided(town, follow_up)

    with pytest.raises(Refused, match="frozen"):
        decided(town, follow_up)
    with pytest.raises(Refused, match="frozen"):
        services.rewrite_follow_up(follow_up, learned="", seen=follow_up.version, by=town.coordinator)
    entry = Entry.objects.get(command="plans.decide_follow_up")
    assert (entry.facts["measures"], entry.facts["without_verdict"]) == ("1", "1")
    assert entry.day == follow_up.decision.day


def test_a_report_that_says_nothing_is_not_frozen_and_no_text_is_overwritten(
    town: Town, measure: Measure
) -> None:
    made = build.follow_up(town)
    with pytest.raises(Refused, match="Write what you learned"):
        decided(town, made)
    with pytest.raises(Invalid, match="points out a person"):
        services.rewrite_follow_up(made, learned="Ring 070-174 06 05", seen=made.version, by=town.coordinator)
    services.rewrite_follow_up(made, learned=LEARNED, seen=made.version, by=town.coordinator)

    with pytest.raises(Outdated):
        services.rewrite_follow_up(made, learned="Annat.", seen=made.version, by=town.officer)


def test_a_frozen_report_stays_as_it_was(town: Town, measure: Measure, follow_up: FollowUp) -> None:
    follow_up = decided(town, follow_up)
    approved(town, measure)
    build.measure(town, measure.points.get().point, title="Ny")

    assert follow_up.release is not None
    content = follow_up.release.payload["content"]
    assert content["numbers"]["total"] == 1 and not content["evaluated"]


def test_a_decision_that_was_recorded_wrongly_is_taken_back(
    town: Town, follow_up: FollowUp, client: Client
) -> None:
    with pytest.raises(Refused, match="No body"):
        services.retract_follow_up(follow_up, by=town.chair)
    follow_up = decided(town, follow_up)
    public = reverse("publishing:follow_up", args=[town.partnership.slug])
    assert LEARNED in client.get(public).text
    newer = build.follow_up(town)
    with pytest.raises(Refused, match="not decided yet"):
        services.retract_follow_up(follow_up, by=town.chair)
    services.rewrite_follow_up(newer, learned="Nyare.", seen=newer.version, by=town.coordinator)
    decided(town, FollowUp.objects.get(pk=newer.pk))

    services.retract_follow_up(follow_up, by=town.chair)

    page = client.get(public).text
    assert LEARNED not in page and "Nyare." in page
    mistake = Entry.objects.filter(command="plans.decide_follow_up").earliest("sequence")
    assert Entry.objects.get(command="plans.retract_follow_up").retracts == mistake.pk


def test_no_small_number_of_an_outcome_reaches_the_public(
    town: Town, measure: Measure, follow_up: FollowUp, client: Client
) -> None:
    for definition, baseline, values in (
        ("Hotade", 4, {"number": 2, "low": 1, "high": 9}),
        ("Otrygga", 23, {"number": 15, "low": 13, "high": 17}),
    ):
        indicator = build.indicator(
            town, measure, definition=definition, baseline=baseline, target=1, baseline_day=clock.today()
            - timedelta(days=9)
        )  # fmt: skip
        build.value(town, indicator, values.pop("number"), **values)
    approved(town, measure)

    follow_up = decided(town, follow_up)

    assert follow_up.release is not None
    content = follow_up.release.payload["content"]
    small, large = sorted(
        content["evaluated"][0]["evaluation"]["indicators"], key=lambda one: str(one["definition"])
    )
    assert small["own"] == {"is_too_few": True, "starts": None, "day": clock.today().isoformat()}
    assert small["baseline"] is None and small["is_baseline_too_few"]
    assert (large["own"]["value"], large["baseline"]) == ("15", "23")
    assert (
        "för få för att visa"
        in client.get(reverse("publishing:follow_up", args=[town.partnership.slug])).text.lower()
    )


@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_report_as_a_document(town: Town, measure: Measure, follow_up: FollowUp, language: str) -> None:
    approved(town, cancelled(town, measure, "Avbruten"), done=Evaluation.Done.CANCELLED,
             choice=Evaluation.Choice.STOP)  # fmt: skip
    cancelled(town, measure, "Bara skäl")
    build.activity(town, measure)
    build.value(town, build.indicator(town, measure), 15, low=13, high=17)
    approved(town, measure, says_less=True, outcome_note="Skolan stängde.")
    release = decided(town, follow_up).release
    assert release is not None

    with translation.override(language):
        layout = printing.layout("plans.follow_up", release.payload["content"], language)

    text = str(layout.blocks)
    assert ("13–17" in text) and ("Skolan stängde." in text) and ("Pengarna tog slut." in text)
    assert ("Den förblir avbruten" if language == "sv" else "It stays cancelled") in text
    assert len([one for one in layout.blocks if isinstance(one, Table)]) == 2
    assert isinstance(layout.blocks[0], Facts)


def test_the_pages_from_a_period_to_a_public_report(town: Town, measure: Measure, client: Client) -> None:
    slug = town.partnership.slug
    client.force_login(user_of(town.coordinator))
    assert "Ingen uppföljning än" in client.get(reverse("plans:follow_ups", args=[slug])).text
    today = clock.today()
    begin = reverse("plans:begin_follow_up", args=[slug])
    assert client.post(begin, {"starts": today, "ends": today + timedelta(days=1)}).status_code == 422
    assert client.post(begin, {"starts": today - timedelta(days=700), "ends": today}).status_code == 302
    made = FollowUp.objects.get()
    rewrite = reverse("plans:rewrite_follow_up", args=[slug, made.pk])
    assert client.post(rewrite, {"learned": LEARNED, "seen": made.version}).status_code == 302
    assert client.post(rewrite, {"learned": "Annat.", "seen": made.version}).status_code == 409

    page = client.get(reverse("plans:follow_up", args=[slug, made.pk])).text
    assert (
        LEARNED in page and "Ingen kan säga vad det blev av dessa" in page and "Lås och publicera" not in page
    )
    decision = drafts.decision(town, Decision.Kind.DECIDE)
    client.force_login(user_of(town.chair))
    decide = reverse("plans:decide_follow_up", args=[slug, made.pk])
    assert client.post(decide, {"decision": decision.pk}).status_code == 422
    answer = client.post(decide, {"decision": decision.pk, "is_open": "on"}, follow=True)
    assert "Beslutad och offentlig" in answer.text
    client.logout()
    assert "1 åtgärd är uppföljd" in client.get(reverse("publishing:home", args=[slug])).text
    assert 'lang="sv"' in client.get(reverse("publishing-en:follow_up", args=[slug])).text
    client.force_login(user_of(town.chair))
    retract = reverse("plans:retract_follow_up", args=[slug, made.pk])
    assert client.post(retract, follow=True).status_code == 200
    assert (
        "Ingen uppföljning är publicerad än" in client.get(reverse("publishing:follow_up", args=[slug])).text
    )
