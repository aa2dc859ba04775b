"""An agreement that holds is changed by all its parties, never by one of them."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from samsyn.agreements import queries, services
from samsyn.agreements.models import Agreement, Amendment, Change, Notice
from samsyn.agreements.services import Terms
from samsyn.agreements.tests import build
from samsyn.core import clock
from samsyn.core.actors import Actor
from samsyn.core.errors import Invalid, NotAllowed, Refused
from samsyn.core.journal import Entry
from samsyn.core.thread import Place, thread
from samsyn.parties.tests.build import Town, user_of

LATER = date(2029, 12, 31)
WITH_NOTICE = build.FILE.replace("{ rule: tills_vidare }", "{ rule: tills_vidare, notice_period: 6 }")


def proposed(town: Town, agreement: Agreement, **given: Any) -> Change:
    terms = {"kind": Change.Kind.PROLONGATION, "text": "Arbetet behöver mer tid.", "last_day": LATER} | given
    return services.propose_change(agreement, terms=Terms(**terms), by=town.coordinator)


def tasks_of(actor: Actor, town: Town) -> list[str]:
    return [str(task.title) for task in thread.tasks(actor, Place(town.partnership.pk, "granvik"))]


def gaps_of(actor: Actor, town: Town) -> list[str]:
    place = Place(town.partnership.pk, "granvik")
    return [str(gap.missing) for gap in thread.gaps(thread.nodes(actor, place), actor, place)]


def test_a_prolongation_holds_when_the_second_party_approves_and_not_before(town: Town) -> None:
    agreement = build.agreement(town)
    change = proposed(town, agreement)
    end = queries.standing_of(agreement, clock.today()).valid_to

    services.approve_change(change, by=town.chair)
    assert queries.standing_of(agreement, clock.today()).valid_to == end
    assert not Amendment.objects.exists()

    services.approve_change(change, by=town.chief)
    assert queries.standing_of(Agreement.objects.get(), clock.today()).valid_to == LATER
    facts = [
        one.facts for one in Entry.objects.filter(command="agreements.approve_change").order_by("sequence")
    ]
    assert [one["in_effect"] for one in facts] == ["false", "true"]


def test_an_end_that_both_approve_ends_it_on_its_last_day(town: Town) -> None:
    agreement = build.agreement(town)
    last = clock.today() + timedelta(days=30)
    change = proposed(town, agreement, kind=Change.Kind.TERMINATION, last_day=last)

    for actor in (town.chief, town.chair):
        services.approve_change(change, by=actor)

    agreement = Agreement.objects.get()
    assert queries.standing_of(agreement, last).state == "in_force"
    assert queries.standing_of(agreement, last + timedelta(days=1)).state == "terminated"
    assert Notice.objects.get().party is None


def test_an_amendment_keeps_its_text_and_the_public_copy_follows(town: Town) -> None:
    agreement = build.agreement(town)
    services.publish_agreement(agreement, by=town.coordinator)
    today = clock.today()
    change = proposed(
        town, agreement, kind=Change.Kind.AMENDMENT, text="Även cykelstölder.", from_day=today, last_day=None
    )

    for actor in (town.secretary, town.chief):
        services.approve_change(change, by=actor)

    release = Agreement.objects.get().release
    assert release is not None
    assert [one["text"] for one in release.payload["content"]["amendments"]] == ["Även cykelstölder."]


def test_one_party_approves_once_and_only_its_approvers_do(town: Town) -> None:
    change = proposed(town, build.agreement(town))
    services.approve_change(change, by=town.chair)

    with pytest.raises(Refused, match="already"):
        services.approve_change(change, by=town.secretary)
    for actor in (town.coordinator, town.officer, town.owner, town.auditor):
        with pytest.raises(NotAllowed):
            services.approve_change(change, by=actor)


def test_a_no_is_recorded_with_its_reason_and_nothing_can_be_approved_after_it(town: Town) -> None:
    change = proposed(town, build.agreement(town))
    services.approve_change(change, by=town.chair)
    with pytest.raises(Invalid):
        services.decline_change(change, why=" ", by=town.chief)

    services.decline_change(change, why="Vi vill skriva en ny.", by=town.chief)

    assert Change.objects.get().declined_by == town.police
    with pytest.raises(Refused, match="said no"):
        services.approve_change(change, by=town.chief)
    assert not Amendment.objects.exists()


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"last_day": date(2027, 12, 31)}, "after the present last day"),
        ({"last_day": None}, "after the present last day"),
        ({"kind": Change.Kind.TERMINATION, "last_day": date(2025, 3, 1)}, "has not been"),
        ({"kind": Change.Kind.AMENDMENT, "from_day": date(2024, 1, 1)}, "on which the agreement holds"),
        (
            {"kind": Change.Kind.AMENDMENT, "from_day": date(2026, 1, 1), "last_day": date(2025, 6, 1)},
            "has not been",
        ),
    ],
)
def test_a_change_whose_days_do_not_fit_is_refused(town: Town, given: dict[str, Any], said: str) -> None:
    with pytest.raises(Invalid, match=said):
        proposed(town, build.agreement(town), **given)


def test_only_an_agreement_that_holds_is_changed(town: Town) -> None:
    unsigned = build.agreement(town, text=build.FILE.replace("  signed_on: 2025-03-11\n", ""))
    with pytest.raises(Refused, match="sign"):
        proposed(town, unsigned)

    over = build.agreement(
        town,
        text=build.FILE.replace("to: 2027-12-31", "to: 2025-12-31").replace(
            "rule: tills_vidare", "rule: none"
        ),
    )
    with pytest.raises(Refused, match="does not hold"):
        proposed(town, over)


def test_a_second_prolongation_waits_for_the_first_to_be_settled(town: Town) -> None:
    agreement = build.agreement(town)
    proposed(town, agreement)

    with pytest.raises(Refused, match="waits already"):
        proposed(town, agreement)


def test_without_a_clause_on_notice_no_party_ends_it_alone(town: Town) -> None:
    agreement = build.agreement(town)

    with pytest.raises(Refused, match="no clause on notice"):
        services.give_notice(agreement, last_day=LATER, why="Vi slutar.", by=town.chief)
    assert not Notice.objects.exists()


def test_with_a_clause_a_party_gives_notice_alone_and_keeps_its_period(town: Town) -> None:
    agreement = build.agreement(town, text=WITH_NOTICE)
    assert agreement.notice_months == 6
    with pytest.raises(Invalid, match="period of notice"):
        services.give_notice(
            agreement, last_day=clock.today() + timedelta(days=100), why="Vi slutar.", by=town.chief
        )

    last = clock.today() + timedelta(days=200)
    services.give_notice(agreement, last_day=last, why="Vi slutar.", by=town.chief)

    assert Notice.objects.get().party == town.police
    after = last + timedelta(days=1)
    assert queries.standing_of(Agreement.objects.get(), after).state == "terminated"
    with pytest.raises(Refused, match="given already"):
        services.give_notice(agreement, last_day=last, why="Igen.", by=town.chair)


def test_the_start_page_asks_who_has_not_approved_and_the_thread_says_whom_it_waits_for(town: Town) -> None:
    change = proposed(town, build.agreement(town))
    wanted = "Answer the proposal: Prolongation of the agreement"
    assert wanted in tasks_of(town.chair, town) and wanted in tasks_of(town.chief, town)

    services.approve_change(change, by=town.chair)

    assert wanted not in tasks_of(town.chair, town) and wanted in tasks_of(town.chief, town)
    assert "Waiting for the other party" in gaps_of(town.coordinator, town)
    assert "Waiting for your party's approval" in gaps_of(town.officer, town)
    services.approve_change(change, by=town.chief)
    assert wanted not in tasks_of(town.chief, town)
    assert not {"Waiting for the other party", "Waiting for your party's approval"} & set(
        gaps_of(town.officer, town)
    )


def test_the_next_agreement_is_asked_for_before_the_new_last_day_and_not_the_old(town: Town) -> None:
    change = proposed(town, build.agreement(town))
    wanted = "Begin the next agreement"
    with clock.at(datetime(2027, 6, 1, tzinfo=UTC)):
        assert wanted in tasks_of(town.coordinator, town)
        for actor in (town.chair, town.chief):
            services.approve_change(change, by=actor)

        assert wanted not in tasks_of(town.coordinator, town)
    with clock.at(datetime(2029, 6, 1, tzinfo=UTC)):
        assert wanted in tasks_of(town.coordinator, town)


@pytest.mark.parametrize(
    ("language", "waits", "question"),
    [
        ("sv", "Har inte godkänt än", "Ska din part godkänna att överenskommelsen förlängs?"),
        ("en", "Has not approved yet", "Approve for your party that the agreement is prolonged?"),
    ],
)
def test_the_pages_say_who_has_approved_and_ask_before_it_is_done(
    town: Town, client: Client, language: str, waits: str, question: str
) -> None:
    agreement = build.agreement(town)
    client.force_login(user_of(town.coordinator))
    client.cookies["language"] = language
    address = reverse("agreements:propose_change", args=["granvik", agreement.pk, "prolongation"])
    wrong = client.post(address, {"last_day": "2026-12-31", "text": "Mer tid."})
    assert wrong.status_code == 422 and not Change.objects.exists()

    page = client.post(address, {"last_day": "2029-12-31", "text": "Mer tid."}, follow=True)

    assert page.text.count(waits) == 2 and question not in page.text  # a coordinator approves nothing
    overview = client.get(reverse("agreements:agreement", args=["granvik", agreement.pk])).text
    assert overview.count(waits) == 2
    client.force_login(user_of(town.chair))
    change = Change.objects.get()
    assert question in client.get(reverse("agreements:change", args=["granvik", change.pk])).text
    approve = reverse("agreements:approve_change", args=["granvik", change.pk])
    assert client.post(approve, follow=True).text.count(waits) == 1
    client.force_login(user_of(town.chief))
    client.post(approve)
    assert Change.objects.get().in_effect_on == clock.today()


def test_a_no_without_words_comes_back_with_the_page(town: Town, client: Client) -> None:
    change = proposed(town, build.agreement(town))
    client.force_login(user_of(town.chief))
    address = reverse("agreements:decline_change", args=["granvik", change.pk])

    assert client.post(address, {"why": ""}).status_code == 422
    assert client.post(address, {"why": "Vi skriver en ny."}).status_code == 302
    assert Change.objects.get().declined_on == clock.today()


def test_the_page_of_notice_says_what_one_party_may_do_alone(town: Town, client: Client) -> None:
    client.force_login(user_of(town.chief))
    bound = build.agreement(town)
    page = client.get(reverse("agreements:give_notice", args=["granvik", bound.pk])).text
    assert "ingen part kan avsluta den ensam" in page

    free = build.agreement(town, text=WITH_NOTICE)
    address = reverse("agreements:give_notice", args=["granvik", free.pk])
    assert "6 månader" in client.get(address).text
    assert client.post(address, {"last_day": "2026-01-01", "why": "Vi slutar."}).status_code == 422
    assert client.post(address, {"last_day": "2030-01-01", "why": "Vi slutar."}).status_code == 302
    assert Notice.objects.get().agreement == free
