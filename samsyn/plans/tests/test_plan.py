"""The plan: what it needs before it is decided, who decides which part, what is frozen, and what is taken back."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from samsyn.core import clock
from samsyn.core.actors import VISITOR
from samsyn.core.errors import Invalid, NotAllowed, Outdated, Refused
from samsyn.core.thread import Place, thread
from samsyn.council.models import Decision
from samsyn.graphics.tests.reading import words_of
from samsyn.parties.tests.build import Town, user_of
from samsyn.pictures import services as picture_services
from samsyn.pictures.models import Picture
from samsyn.pictures.tests import build as pictures
from samsyn.plans import planning, services
from samsyn.plans.models import Measure, Plan, Referral
from samsyn.plans.services.plan import Frame
from samsyn.plans.tests import build
from samsyn.releases.models import Language, Release
from samsyn.releases.printing import printed
from tests import standing

State = Measure.State


@pytest.fixture
def planned(db: None, home: Path) -> Town:
    return standing.once(build.planned_town, home)


def plan_of(planned: Town) -> Plan:
    return Plan.objects.latest("id")


def decided(town: Town, **given: Any) -> Plan:
    plan = plan_of(town)
    services.decide_plan(plan, decision=pictures.decision(town, Decision.Kind.DECIDE), by=town.chair, **given)
    return Plan.objects.get(pk=plan.pk)


def state_of(title: str) -> str:
    return Measure.objects.get(title=title).state


def test_the_decided_plan_is_frozen_and_public_and_its_measures_are_decided(
    planned: Town, client: Client
) -> None:
    plan = decided(planned)

    assert plan.release
    content = plan.release.payload["content"]
    assert [(one["title"], one["counts"]) for one in content["measures"]] == [
        ("Fler lampor", True),
        ("Fotpatrull", False),
    ]
    assert content["picture"]["period"] == "2027" and content["decision"]["section"] == "12"
    assert (state_of("Fler lampor"), state_of("Fotpatrull")) == (State.DECIDED, State.PROPOSED)
    for address in ("/granvik/atgardsplan/", "/en/granvik/plan/"):
        page = client.get(address).text
        assert "Fler lampor" in page and "Fotpatrull" in page and "§ 12" in page
    assert "Fler lampor" in words_of(printed(plan.release, Language.SWEDISH))
    standing_now = planning.plan_in_force(planned.partnership, day=clock.today(), as_known_at=clock.now())
    assert standing_now.state == "decided"
    with pytest.raises(Refused, match="This plan is decided"):
        decided(planned)


def test_the_police_decide_their_own_part_in_a_release_of_their_own(planned: Town, client: Client) -> None:
    plan, theirs = plan_of(planned), build.police_decision(planned)
    other = pictures.decision(planned, Decision.Kind.DECIDE)
    with pytest.raises(Invalid, match="police decide their own part"):
        services.decide_plan(plan, decision=theirs, by=planned.chair)
    with pytest.raises(Invalid, match="police decided their part"):
        services.decide_police_part(plan, decision=other, by=planned.chief)
    with pytest.raises(NotAllowed):
        services.decide_police_part(plan, decision=theirs, by=planned.chair)
    with pytest.raises(NotAllowed):
        services.decide_plan(plan, decision=other, by=planned.chief)

    release = services.decide_police_part(plan, decision=theirs, by=planned.chief)

    assert release.sender_id == planned.police.pk
    assert [one["title"] for one in release.payload["content"]["measures"]] == ["Fotpatrull"]
    assert (state_of("Fler lampor"), state_of("Fotpatrull")) == (State.PROPOSED, State.DECIDED)
    assert (
        "Fotpatrull" not in client.get("/granvik/atgardsplan/").text
    )  # shown beside the plan, once there is one
    assert "ledning" in words_of(printed(release, Language.SWEDISH))
    with pytest.raises(Refused, match="decided already"):
        services.decide_police_part(plan, decision=theirs, by=planned.chief)
    decided(planned)
    assert "Lokalpolisområdets ledning" in client.get("/granvik/atgardsplan/").text

    services.retract_police_part(plan, by=planned.chief)

    assert state_of("Fotpatrull") == State.PROPOSED
    assert "Lokalpolisområdets ledning" not in client.get("/granvik/atgardsplan/").text
    with pytest.raises(Refused, match="police's part is not decided"):
        services.retract_police_part(plan, by=planned.chief)


def test_a_wrong_decision_is_taken_back_and_what_has_moved_on_stays(planned: Town, client: Client) -> None:
    decided(planned)
    more = build.measure(planned, Picture.objects.get().points.get(), title="Fler bänkar")
    services.report_status(
        Measure.objects.get(title="Fotpatrull"), state=State.ONGOING, text="Börjat.", by=planned.coordinator
    )

    services.retract_decision(plan_of(planned), by=planned.chair)

    assert not Release.objects.visible_to(VISITOR).filter(kind="plans.plan").exists()
    assert "Fler lampor" not in client.get("/granvik/atgardsplan/").text
    assert (state_of("Fler lampor"), state_of("Fotpatrull")) == (State.PROPOSED, State.ONGOING)
    now = planning.plan_in_force(planned.partnership, day=clock.today(), as_known_at=clock.now())
    assert now.state == "not decided"
    with pytest.raises(Refused, match="not decided"):
        services.retract_decision(plan_of(planned), by=planned.chair)
    services.put_in_plan(plan_of(planned), measures=[more], by=planned.coordinator)
    services.report_status(more, state=State.DECIDED, text="Beslutat av nämnden.", by=planned.coordinator)
    decided(planned)
    services.report_status(
        Measure.objects.get(title="Fler lampor"), state=State.ONGOING, text="Igång.", by=planned.coordinator
    )
    services.retract_decision(plan_of(planned), by=planned.chair)
    assert (state_of("Fler lampor"), state_of("Fler bänkar")) == (State.ONGOING, State.DECIDED)


def test_a_plan_rests_on_a_picture_that_was_adopted_by_then(planned: Town) -> None:
    plan = plan_of(planned)
    frame = Frame(plan.title, plan.starts, plan.ends)
    services.rewrite_plan(plan, frame=frame, picture=None, seen=plan.version, by=planned.coordinator)
    with pytest.raises(Refused, match="rests on no adopted picture"):
        decided(planned)
    plan = plan_of(planned)
    unfinished = picture_services.open_picture(
        planned.partnership, period="2028", scope="hela", by=planned.coordinator
    )
    services.rewrite_plan(plan, frame=frame, picture=unfinished, seen=plan.version, by=planned.coordinator)
    with pytest.raises(Refused, match="rests on no adopted picture"):
        decided(planned)
    plan = plan_of(planned)
    adopted = Picture.objects.exclude(release=None).get()
    services.rewrite_plan(plan, frame=frame, picture=adopted, seen=plan.version, by=planned.coordinator)
    with clock.at(clock.now() - timedelta(days=3)):
        earlier = pictures.decision(planned, Decision.Kind.DECIDE)
    with pytest.raises(Refused, match="adopted after that decision"):
        services.decide_plan(plan_of(planned), decision=earlier, by=planned.chair)


def test_only_a_decision_decides_and_without_the_council_only_when_the_body_says_so(planned: Town) -> None:
    plan = plan_of(planned)
    with pytest.raises(Invalid, match="by which the body decided"):
        services.decide_plan(
            plan, decision=pictures.decision(planned, Decision.Kind.ENDORSE), by=planned.chair
        )
    ours = list(Measure.objects.filter(title="Fler lampor"))
    decided(planned)
    today = clock.today()
    with clock.at(clock.now() + timedelta(days=1)):
        following = build.plan(planned, *ours, picture=Picture.objects.get())
        wrong = pictures.decision(planned, Decision.Kind.DECIDE)
        with pytest.raises(Refused, match="has not stood behind"):
            services.decide_plan(following, decision=wrong, by=planned.chair)
        with pytest.raises(Invalid, match="stands behind it"):
            services.endorse_plan(following, decision=wrong, by=planned.chair)
        services.decide_plan(following, decision=wrong, is_alone=True, by=planned.chair)
    assert Plan.objects.get(pk=following.pk).is_decided_alone
    assert not Plan.objects.get(starts=today).is_decided_alone
    with pytest.raises(Refused, match="This plan is decided"):
        services.endorse_plan(following, decision=plan.endorsement, by=planned.chair)


def test_police_measures_ride_along_and_never_make_a_plan(planned: Town) -> None:
    plan = plan_of(planned)
    ours = plan.measures.get(measure__title="Fler lampor")
    services.take_out_of_plan(ours, by=planned.coordinator)

    with pytest.raises(Refused, match="no measure of the municipality's own"):
        decided(planned)

    assert Measure.objects.filter(title="Fler lampor").exists()
    services.put_in_plan(plan, measures=[ours.measure], by=planned.coordinator)
    services.report_status(ours.measure, state=State.CANCELLED, text="Inga pengar.", by=planned.coordinator)
    with pytest.raises(Refused, match="Fler lampor” is over"):
        decided(planned)


def test_a_plan_without_a_measure_of_theirs_has_no_police_part(planned: Town) -> None:
    plan = plan_of(planned)
    services.take_out_of_plan(plan.measures.get(measure__title="Fotpatrull"), by=planned.coordinator)

    with pytest.raises(Refused, match="no measure of the police"):
        services.decide_police_part(plan, decision=build.police_decision(planned), by=planned.chief)


def test_each_own_measure_has_somebody_who_answers_and_lies_in_the_period(planned: Town) -> None:
    plan, one = plan_of(planned), Measure.objects.get(title="Fler lampor")
    names = ("title", "text", "kind", "owner_title", "starts", "ends", "follow_up")
    given = {name: getattr(one, name) for name in names}

    services.rewrite_measure(one, **given | {"owner_title": " "}, seen=one.version, by=planned.coordinator)
    with pytest.raises(Refused, match="which function answers"):
        decided(planned)

    one.refresh_from_db()
    before, after = plan.starts - timedelta(days=9), plan.ends + timedelta(days=9)
    for day in (before, after):
        days = {"starts": day, "ends": day, "follow_up": day}
        services.rewrite_measure(one, **given | days, seen=one.version, by=planned.coordinator)
        one.refresh_from_db()
        with pytest.raises(Refused, match="outside the period"):
            decided(planned)


def test_answers_to_a_referral_are_waited_for_and_taken_care_of(planned: Town) -> None:
    plan = plan_of(planned)
    asked = build.referral(planned, plan)
    with pytest.raises(Refused, match="Skolnämnden still has time"):
        decided(planned)
    said = {"answer": "Börja med gångvägen.", "answered_on": clock.today(), "by": planned.coordinator}
    services.answer_referral(asked, **said, outcome="", seen=asked.version)
    with pytest.raises(Refused, match="became of the answer of Skolnämnden"):
        decided(planned)
    with pytest.raises(Outdated):
        services.answer_referral(asked, **said, outcome="", seen=asked.version)
    with pytest.raises(Refused, match="have answered"):
        services.drop_referral(asked, by=planned.coordinator)
    asked.refresh_from_db()
    services.answer_referral(asked, **said, outcome="Gångvägen kom först.", seen=asked.version)
    silent = build.referral(planned, plan, days=0, receiver="Bostadsbolaget")
    dropped = build.referral(planned, plan, receiver="Fel nämnd")
    services.drop_referral(dropped, by=planned.coordinator)

    with clock.at(clock.now() + timedelta(days=1)):
        plan = decided(planned)

    assert plan.release
    referred = plan.release.payload["content"]["referrals"]
    assert [(one["receiver"], one["outcome"]) for one in referred] == [
        ("Skolnämnden", "Gångvägen kom först."),
        ("Bostadsbolaget", ""),
    ]
    assert "Gångvägen kom först." in words_of(printed(plan.release, Language.SWEDISH))
    with pytest.raises(Refused, match="This plan is decided"):
        services.drop_referral(silent, by=planned.coordinator)
    with pytest.raises(Refused, match="This plan is decided"):
        services.refer_plan(
            plan, receiver="X", sent_on=clock.today(), answer_by=clock.today(), by=planned.coordinator
        )
    asked.refresh_from_db()
    with pytest.raises(Refused, match="This plan is decided"):
        services.answer_referral(asked, **said, outcome="", seen=asked.version)


def test_what_a_referral_refuses(planned: Town) -> None:
    plan, today = plan_of(planned), clock.today()
    day = timedelta(days=1)
    given: dict[str, Any] = {"receiver": "Skolnämnden", "sent_on": today, "answer_by": today}
    for match, changes in {
        "has been": {"sent_on": today + day, "answer_by": today + day},
        "not before it was sent": {"answer_by": today - day},
        "points out a person": {"receiver": "Ring 070-174 06 05"},
    }.items():
        with pytest.raises(Invalid, match=match):
            services.refer_plan(plan, **given | changes, by=planned.coordinator)
    asked = build.referral(planned, plan)
    said: dict[str, Any] = {"answer": "Bra.", "answered_on": today, "outcome": "", "seen": asked.version}
    for match, changes in {
        "what they answered": {"answer": " "},
        "not come yet": {"answered_on": today + day},
        "not before it was sent": {"answered_on": today - day},
        "points out a person": {"outcome": "Ring 070-174 06 05"},
    }.items():
        with pytest.raises(Invalid, match=match):
            services.answer_referral(asked, **said | changes, by=planned.coordinator)
    assert not Referral.objects.exclude(answered_on=None).exists()


def test_one_plan_is_written_at_a_time_and_the_next_carries_over_what_goes_on(planned: Town) -> None:
    plan = plan_of(planned)
    with pytest.raises(Refused, match="not decided yet"):
        build.plan(planned)
    plan = decided(planned)
    done = Measure.objects.get(title="Fotpatrull")
    services.report_status(done, state=State.DONE, text="Klart.", by=planned.coordinator)

    following = build.plan(planned, carry_over=plan, picture=Picture.objects.get())

    assert following.follows == plan
    assert [link.measure.title for link in following.measures.all()] == ["Fler lampor"]
    with pytest.raises(Invalid, match="is over already"):
        services.put_in_plan(following, measures=[done], by=planned.coordinator)
    with pytest.raises(Invalid, match="Choose the measures"):
        services.put_in_plan(following, measures=[], by=planned.coordinator)
    with pytest.raises(Refused, match="This plan is decided"):
        services.take_out_of_plan(plan.measures.first(), by=planned.coordinator)


def test_what_a_plan_refuses(planned: Town) -> None:
    plan, today = plan_of(planned), clock.today()
    reversed_days = Frame("Plan", today, today - timedelta(days=1))
    person = Frame("Ring 070-174 06 05", today, today)
    for match, frame in {"not before the first": reversed_days, "points out a person": person}.items():
        with pytest.raises(Invalid, match=match):
            services.rewrite_plan(
                plan, frame=frame, picture=plan.picture, seen=plan.version, by=planned.coordinator
            )
    frame = Frame("Plan", today, today)
    with pytest.raises(Outdated):
        services.rewrite_plan(plan, frame=frame, picture=None, seen=plan.version - 1, by=planned.coordinator)
    with pytest.raises(NotAllowed):
        services.rewrite_plan(plan, frame=frame, picture=None, seen=plan.version, by=planned.chair)
    services.decide_plan(plan, decision=pictures.decision(planned, Decision.Kind.DECIDE), by=planned.chair)
    plan = plan_of(planned)
    with pytest.raises(Refused, match="This plan is decided"):
        services.rewrite_plan(plan, frame=frame, picture=None, seen=plan.version, by=planned.coordinator)
    with pytest.raises(Refused, match="This plan is decided"):
        services.put_in_plan(plan, measures=list(Measure.objects.all()), by=planned.coordinator)


def test_the_pages_from_the_first_line_to_the_decision(planned: Town, client: Client) -> None:
    slug, plan = planned.partnership.slug, plan_of(planned)
    client.force_login(user_of(planned.coordinator))
    page = client.get(reverse("plans:plan", args=[slug, plan.pk])).text
    assert "Fler lampor" in page and "Fotpatrull" in page
    sent = {"receiver": "Skolnämnden", "sent_on": clock.today(), "answer_by": clock.today()}
    client.post(reverse("plans:refer_plan", args=[slug, plan.pk]), sent)
    asked = Referral.objects.get()
    answered = {
        "answered_on": clock.today(),
        "answer": "Bra.",
        "outcome": "Inget ändras.",
        "seen": asked.version,
    }
    client.post(reverse("plans:answer_referral", args=[slug, asked.pk]), answered)
    assert "Inget ändras." in client.get(reverse("plans:plan", args=[slug, plan.pk])).text
    asked_to_decide = reverse("plans:decide_plan", args=[slug, plan.pk])
    decision = pictures.decision(planned, Decision.Kind.DECIDE)
    assert client.post(asked_to_decide, {"decision": decision.pk}).status_code == 403

    client.force_login(user_of(planned.chair))
    assert [one.url for one in thread.tasks(planned.chair, Place(planned.partnership.pk, slug))].count(
        reverse("plans:plan", args=[slug, plan.pk])
    )
    assert client.post(asked_to_decide, {"decision": decision.pk}).status_code == 302
    page = client.get(reverse("plans:plan", args=[slug, plan.pk])).text
    assert "§ 12" in page
    assert client.get(reverse("plans:retract_decision", args=[slug, plan.pk])).status_code == 200

    client.force_login(user_of(planned.owner))
    assert client.get(reverse("plans:plan", args=[slug, plan.pk])).status_code == 404
    chosen = client.get(reverse("plans:index", args=[slug]), {"plan": plan.pk}).text
    assert "Fler lampor" in chosen and "Fotpatrull" not in chosen


def test_answers_that_nobody_took_care_of_wait_for_the_editor(planned: Town) -> None:
    asked = build.referral(planned, plan_of(planned))
    services.answer_referral(
        asked,
        answer="Bra.",
        answered_on=clock.today(),
        outcome="",
        seen=asked.version,
        by=planned.coordinator,
    )

    here = Place(planned.partnership.pk, planned.partnership.slug)
    waiting = [str(one.title) for one in thread.tasks(planned.coordinator, here)]

    assert "Say what became of the answers on the plan" in waiting
