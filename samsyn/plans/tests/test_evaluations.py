"""Looking back at a measure: no more is said than the numbers allow, and what is approved stands."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from samsyn.core import clock
from samsyn.core.actors import SYSTEM
from samsyn.core.errors import Invalid, Missing, NotAllowed, Outdated, Refused
from samsyn.core.journal import Entry
from samsyn.core.rows import WrongWrite
from samsyn.core.thread import Place, thread
from samsyn.parties import services as parties
from samsyn.parties.models import Organisation, Title
from samsyn.parties.tests.build import Town, person, user_of
from samsyn.pictures.models import Point
from samsyn.pictures.tests import build as drafts
from samsyn.plans import services
from samsyn.plans.models import Evaluation, Measure, Outlook
from samsyn.plans.tests import build
from tests import standing

Done, Choice = Evaluation.Done, Evaluation.Choice
NEVER = "Ingen har sett tillbaka"


@pytest.fixture
def town(db: None, home: Path) -> Town:
    return standing.once(drafts.agreed_town, home)


@pytest.fixture
def measure(town: Town) -> Measure:
    return build.measure(town, Point.objects.get())


def reached(town: Town, measure: Measure) -> None:
    """An outcome whose whole interval is past its target."""
    build.value(town, build.indicator(town, measure), 15, low=13, high=17)


def report(town: Town, measure: Measure, state: Measure.State) -> Measure:
    services.report_status(measure, state=state, text="Så blev det.", by=town.coordinator)
    return Measure.objects.get(pk=measure.pk)


def approved(town: Town, evaluation: Evaluation) -> Evaluation:
    services.approve_evaluation(evaluation, seen=evaluation.version, by=town.chair)
    return Evaluation.objects.get(pk=evaluation.pk)


def gaps(town: Town) -> set[tuple[str, str]]:
    place = Place(town.partnership.pk, town.partnership.slug)
    nodes = thread.nodes(town.coordinator, place)
    return {(str(gap.node.title), gap.child) for gap in thread.gaps(nodes, town.coordinator, place)}


def tasks(town: Town, who: str) -> list[str]:
    place = Place(town.partnership.pk, town.partnership.slug)
    return [str(one.title) for one in thread.tasks(town.actors()[who], place)]


def test_without_an_indicator_of_outcome_nobody_can_say(town: Town, measure: Measure) -> None:
    made = build.evaluation(town, measure)

    assert made.outcome == Outlook.CANNOT_SAY
    assert made.facts["indicators"] == []


def test_the_outcome_is_what_the_numbers_say_with_value_and_interval(town: Town, measure: Measure) -> None:
    reached(town, measure)

    made = build.evaluation(town, measure)

    assert made.outcome == Outlook.REACHED
    (indicator,) = made.facts["indicators"]
    assert (indicator["own"]["value"], indicator["own"]["low"], indicator["own"]["high"]) == (
        "15",
        "13",
        "17",
    )
    assert set(indicator["said"]) == {"sv", "en"}


def test_less_than_the_numbers_may_be_said_with_a_reason(town: Town, measure: Measure) -> None:
    reached(town, measure)
    with pytest.raises(Invalid, match="say less") as error:
        build.evaluation(town, measure, says_less=True)
    assert error.value.field == "outcome_note"

    made = build.evaluation(town, measure, says_less=True, outcome_note="Skolan stängde samma år.")

    assert made.outcome == Outlook.CANNOT_SAY and made.facts["outlook"] == Outlook.REACHED


def test_done_as_planned_is_refused_when_the_counts_fall_short(town: Town, measure: Measure) -> None:
    activity = build.activity(town, measure)
    for done in (None, 1):
        if done:
            services.count_activity(activity, done=done, seen=activity.version, by=town.coordinator)
        with pytest.raises(Invalid, match="less was done") as error:
            build.evaluation(town, measure, done=Done.AS_PLANNED)
        assert error.value.field == "done"

    activity.refresh_from_db()
    services.count_activity(activity, done=2, seen=activity.version, by=town.coordinator)

    assert build.evaluation(town, measure, done=Done.AS_PLANNED).facts["activities"] == [
        {"title": "Ljusvandring", "times": 2, "done": 2}
    ]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"learning": "  "}, "learning"),
        ({"reason": " "}, "reason"),
        ({"done": Done.CANCELLED}, "done"),
        ({"side_effects": "Ring 070-174 06 05"}, "side_effects"),
    ],
)
def test_what_an_evaluation_refuses(town: Town, measure: Measure, changes: Any, field: str) -> None:
    with pytest.raises(Invalid) as error:
        build.evaluation(town, measure, **changes)

    assert error.value.field == field


def test_a_cancelled_measure_has_words_of_its_own(town: Town, measure: Measure, client: Client) -> None:
    reached(town, measure)
    measure = report(town, measure, Measure.State.CANCELLED)
    with pytest.raises(Invalid, match="was cancelled") as error:
        build.evaluation(town, measure)
    assert error.value.field == "done"
    with pytest.raises(Invalid, match="stays cancelled") as error:
        build.evaluation(town, measure, done=Done.CANCELLED, choice=Choice.SCALE)
    assert error.value.field == "choice"

    made = build.evaluation(town, measure, done=Done.CANCELLED, choice=Choice.STOP)

    assert made.outcome == Outlook.CANNOT_SAY  # whatever the numbers were: it was called off
    client.force_login(user_of(town.coordinator))
    page = client.get(reverse("plans:evaluation", args=[town.partnership.slug, made.pk])).text
    assert "Den förblir avbruten" in page and "Så blev det." in page and "Hjälpte det?" not in page


def test_nothing_is_looked_back_at_before_it_began_or_twice_at_once(town: Town, measure: Measure) -> None:
    build.evaluation(town, measure)
    with pytest.raises(Refused, match="being written"):
        build.evaluation(town, measure)
    yesterday = clock.now() - timedelta(days=1)
    with clock.at(yesterday), pytest.raises(Refused, match="not begun"):
        build.evaluation(town, measure)


def test_what_is_approved_stands_and_a_later_one_supersedes_it(town: Town, measure: Measure) -> None:
    first = approved(town, build.evaluation(town, measure))
    with pytest.raises(Refused, match="stands"):
        services.rewrite_evaluation(first, said=build.look_back(), seen=first.version, by=town.coordinator)
    with pytest.raises(Refused, match="stands"):
        services.approve_evaluation(first, seen=first.version, by=town.chair)
    assert first.changeable == frozenset()

    later = build.evaluation(town, measure, choice=Choice.STOP)
    assert later.supersedes == first and not Evaluation.objects.get(pk=first.pk).is_superseded
    approved(town, later)

    first = Evaluation.objects.get(pk=first.pk)
    assert first.is_superseded and first.choice == Choice.CONTINUE


def test_not_even_a_command_changes_what_is_approved(
    town: Town, measure: Measure, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = approved(town, build.evaluation(town, measure))
    monkeypatch.setattr("samsyn.plans.services.evaluating._refuse_if_approved", lambda _: None)

    with pytest.raises(WrongWrite, match="frozen"):
        services.rewrite_evaluation(
            made, said=build.look_back(learning="Annat."), seen=made.version, by=town.coordinator
        )


def test_an_approver_stands_behind_the_words_and_numbers_that_were_read(town: Town, measure: Measure) -> None:
    made = build.evaluation(town, measure)
    services.rewrite_evaluation(
        made, said=build.look_back(learning="Mer."), seen=made.version, by=town.officer
    )
    for act in (
        lambda: services.approve_evaluation(made, seen=made.version, by=town.chair),
        lambda: services.rewrite_evaluation(
            made, said=build.look_back(), seen=made.version, by=town.coordinator
        ),
    ):
        with pytest.raises(Outdated):
            act()
    reached(town, measure)
    made = Evaluation.objects.get()
    with pytest.raises(Refused, match="have changed"):
        approved(town, made)

    services.rewrite_evaluation(made, said=build.look_back(), seen=made.version, by=town.coordinator)

    assert approved(town, Evaluation.objects.get()).outcome == Outlook.REACHED
    entry = Entry.objects.get(command="plans.approve_evaluation")
    assert entry.facts["outcome"] == "reached" and entry.facts["choice"] == "continue"


def test_a_measure_cancelled_meanwhile_is_not_approved_as_one_that_went_on(
    town: Town, measure: Measure
) -> None:
    made = build.evaluation(town, measure)
    report(town, measure, Measure.State.CANCELLED)

    with pytest.raises(Refused, match="have changed"):
        approved(town, made)


def test_each_party_answers_for_its_own_measures(town: Town, measure: Measure) -> None:
    ours = build.evaluation(town, measure)
    theirs = build.evaluation(
        town, build.measure(town, measure.points.get().point, title="Fotpatrull", owner=town.police)
    )
    with pytest.raises(NotAllowed):
        services.approve_evaluation(ours, seen=ours.version, by=town.chief)
    with pytest.raises(NotAllowed):
        services.approve_evaluation(theirs, seen=theirs.version, by=town.chair)
    with pytest.raises(NotAllowed):
        services.approve_evaluation(ours, seen=ours.version, by=town.coordinator)
    with pytest.raises(Missing):
        services.rewrite_evaluation(ours, said=build.look_back(), seen=1, by=town.outsider)

    services.approve_evaluation(theirs, seen=theirs.version, by=town.chief)


def test_an_owner_from_outside_looks_back_and_any_partys_approver_approves(
    town: Town, measure: Measure
) -> None:
    kind = Organisation.Kind

    company = parties.found_organisation("Granvikshus", kind=kind.HOUSING, by=SYSTEM)
    parties.add_member(town.partnership, organisation=company, is_party=False, by=SYSTEM)
    outsider = person(company, Title.MEASURE_OWNER)
    theirs = build.measure(town, measure.points.get().point, title="Låsta portar", owner=company)

    made = build.evaluation(town, theirs, by=outsider)

    assert not Evaluation.objects.visible_to(outsider).exclude(pk=made.pk).exists()
    with pytest.raises(Missing):
        build.evaluation(town, measure, by=outsider)
    services.approve_evaluation(made, seen=made.version, by=town.chief)


def test_what_ended_without_a_look_back_is_a_gap_that_an_approved_one_closes(
    town: Town, measure: Measure
) -> None:
    assert ("Fler lampor", "evaluation") not in gaps(town)

    measure = report(town, measure, Measure.State.DONE)
    assert ("Fler lampor", "evaluation") in gaps(town)
    assert "Look back at: Fler lampor" in tasks(town, "coordinator")
    assert "Look back at: Fler lampor" in tasks(town, "owner")

    made = build.evaluation(town, measure)
    assert ("Fler lampor", "evaluation") in gaps(town)  # written is not approved
    assert "Look back at: Fler lampor" not in tasks(town, "coordinator")
    assert "Approve an evaluation: Fler lampor" in tasks(town, "chair")
    assert "Approve an evaluation: Fler lampor" not in tasks(town, "chief")

    approved(town, made)
    assert ("Fler lampor", "evaluation") not in gaps(town)


def test_the_day_of_follow_up_makes_a_gap_but_a_cancellation_is_an_end(town: Town, measure: Measure) -> None:
    later = clock.now() + timedelta(days=121)
    with clock.at(later):
        assert ("Fler lampor", "evaluation") in gaps(town)

    report(town, measure, Measure.State.CANCELLED)

    with clock.at(later):
        assert ("Fler lampor", "evaluation") not in gaps(town)


def test_the_pages_from_the_measure_to_an_approved_evaluation(
    town: Town, measure: Measure, client: Client
) -> None:
    reached(town, measure)
    slug = town.partnership.slug
    client.force_login(user_of(town.coordinator))
    page = client.get(reverse("plans:measure", args=[slug, measure.pk])).text
    assert reverse("plans:evaluate", args=[slug, measure.pk]) in page and NEVER in page

    sent = {"done": "partly", "learning": "", "choice": "scale", "reason": "Fler vill."}
    refused = client.post(reverse("plans:evaluate", args=[slug, measure.pk]), sent)
    assert refused.status_code == 422 and "Målvärdet är nått" in refused.text
    less = client.post(
        reverse("plans:evaluate", args=[slug, measure.pk]), sent | {"learning": "Ljus.", "says_less": "on"}
    )
    assert less.status_code == 422
    answer = client.post(
        reverse("plans:evaluate", args=[slug, measure.pk]), sent | {"learning": "Ljus syns."}, follow=True
    )
    made = Evaluation.objects.get()
    assert "Skriven, inte godkänd än" in answer.text and "15 (13–17)" in answer.text

    changed = sent | {"learning": "Ljus räcker inte.", "seen": made.version}
    rewrite = reverse("plans:rewrite_evaluation", args=[slug, made.pk])
    assert "Ljus syns." in client.get(rewrite).text
    assert client.post(rewrite, changed).status_code == 302
    outdated = client.post(rewrite, changed)
    assert outdated.status_code == 409 and "Ljus räcker inte." in outdated.text
    made.refresh_from_db()
    client.force_login(user_of(town.chair))
    approve = reverse("plans:approve_evaluation", args=[slug, made.pk])
    assert client.post(approve, {"seen": "x"}).status_code == 409
    answer = client.post(approve, {"seen": made.version}, follow=True)
    assert "Godkänd och står fast" in answer.text

    client.force_login(user_of(town.coordinator))
    page = client.get(reverse("plans:measure", args=[slug, measure.pk])).text
    assert "gör mer av det" in page and NEVER not in page
