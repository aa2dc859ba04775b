"""Which findings come first: judgements that say when nothing can be said, weights, and the choice."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from samsyn.agreements.tests import build as agreements
from samsyn.core.errors import Invalid, Missing, Outdated, Refused
from samsyn.core.thread import Place, thread
from samsyn.council.models import Decision
from samsyn.graphics.documents import Paragraph
from samsyn.parties.tests.build import Town, user_of
from samsyn.pictures import ordering, services
from samsyn.pictures.documents import picture_layout
from samsyn.pictures.models import (
    Certainty,
    Criterion,
    Level,
    Picture,
    Point,
    PointScore,
    RankedPoint,
    Ranking,
)
from samsyn.pictures.services.drafting import Words
from samsyn.pictures.services.ranking import Scored
from samsyn.pictures.tests import build

ALL = [one.value for one in Criterion]


@pytest.fixture
def picture(town: Town) -> Picture:
    """Of three findings, without an order."""
    agreements.agreement(town)
    made = build.picture(town)
    for title in ("Rån", "Klotter", "Cyklar"):
        services.write_point(
            made,
            words=Words(title, "Det sker."),
            certainty=Certainty.FAIRLY,
            priority=None,
            by=town.coordinator,
        )
    return made


@pytest.fixture
def points(picture: Picture) -> list[Point]:
    return list(picture.points.order_by("id"))


def every(level: str) -> dict[str, str]:
    return dict.fromkeys(ALL, level)


def address(town: Town, name: str, row: Any) -> str:
    return reverse(f"pictures:{name}", args=[town.partnership.slug, row.pk])


def places(picture: Picture, **given: Any) -> dict[str, tuple[int, int]]:
    return {
        one.point.title: (one.now.best, one.now.worst) for one in ordering.board_of(picture, **given).judged
    }


# --- judging


def test_what_cannot_be_said_is_a_range_and_never_nothing(
    town: Town, picture: Picture, points: list[Point]
) -> None:
    build.score(town, points[0], **every("medium"))
    build.score(town, points[1], **every("medium") | {"harm": "unknown", "extent": "unknown"})
    build.score(town, points[2], **every("low"))

    assert places(picture) == {"Rån": (1, 2), "Klotter": (1, 2), "Cyklar": (3, 3)}


def test_what_nobody_judged_has_no_place(
    town: Town, client: Client, picture: Picture, points: list[Point]
) -> None:
    build.score(town, points[0], harm="high")
    build.score(town, points[1], harm="unknown")

    board = ordering.board_of(picture)

    assert [one.point.title for one in board.judged] == ["Rån"]
    assert {one.point.title for one in board.unjudged} == {"Klotter", "Cyklar"}
    client.force_login(user_of(town.coordinator))
    assert "Ingen har bedömt den än" in client.get(address(town, "ranking", picture)).text


def test_who_set_what_stays_with_what_nobody_changed(town: Town, points: list[Point]) -> None:
    build.score(town, points[0], harm="high", worry="low")
    scores = {
        Criterion.HARM: Scored(Level.HIGH, "Så säger siffran."),
        Criterion.WORRY: Scored(Level.HIGH, "Dialogen i maj."),
        Criterion.TREND: Scored(),
    }

    services.score_point(points[0], scores=scores, seen=2, by=town.officer)

    set_by = {one.criterion: one.party for one in PointScore.objects.select_related("party")}
    assert set_by == {"harm": town.municipality, "worry": town.police}


def test_a_judgement_has_a_reason_unless_it_cannot_be_said(town: Town, points: list[Point]) -> None:
    with pytest.raises(Invalid) as refused:
        services.score_point(
            points[0], scores={Criterion.HARM: Scored(Level.HIGH)}, seen=None, by=town.coordinator
        )
    assert refused.value.field == "harm_reason"
    with pytest.raises(Invalid, match="19121212-1212"):
        services.score_point(
            points[0],
            scores={Criterion.HARM: Scored(Level.UNKNOWN, "Fråga 19121212-1212")},
            seen=None,
            by=town.coordinator,
        )
    services.score_point(
        points[0], scores={Criterion.HARM: Scored(Level.UNKNOWN)}, seen=0, by=town.coordinator
    )
    assert PointScore.objects.get().level == Level.UNKNOWN


def test_two_who_judge_at_once_see_each_others(town: Town, client: Client, points: list[Point]) -> None:
    build.score(town, points[0], by=town.officer, harm="low")
    client.force_login(user_of(town.coordinator))
    sent = {"harm": "high", "harm_reason": "Två skadades.", "seen": 0}

    answer = client.post(address(town, "score", points[0]), sent)

    assert answer.status_code == 409 and "Så säger siffran." in answer.text and "Två skadades." in answer.text
    assert client.post(address(town, "score", points[0]), sent | {"seen": 1}).status_code == 302
    assert PointScore.objects.get().reason == "Två skadades."


def test_a_judgement_without_a_reason_leads_to_its_field(
    town: Town, client: Client, points: list[Point]
) -> None:
    client.force_login(user_of(town.officer))

    answer = client.post(address(town, "score", points[0]), {"trend": "high", "seen": 0})

    assert answer.status_code == 422 and "id_trend_reason" in answer.text and "Skriv varför" in answer.text


# --- weighing


def test_weights_are_tried_in_the_address_and_saved_by_a_button(
    town: Town, client: Client, picture: Picture, points: list[Point]
) -> None:
    build.score(town, points[0], **every("medium") | {"harm": "high"})
    build.score(town, points[1], **every("medium") | {"worry": "high", "trend": "high"})
    client.force_login(user_of(town.coordinator))
    tried = dict.fromkeys(ALL, 1) | {"harm": 3}
    page = address(town, "ranking", picture)

    assert "Spara de här vikterna" not in client.get(page).text
    assert "Spara de här vikterna" in client.get(page, tried).text
    assert not Ranking.objects.exists() and next(iter(places(picture))) == "Klotter"
    saved = client.post(address(town, "weigh", picture), tried | {"seen": 0})

    assert saved.status_code == 302 and Ranking.objects.get().harm == 3
    assert next(iter(places(picture))) == "Rån"
    none = client.get(page, dict.fromkeys(ALL, 0))
    assert none.status_code == 200 and "minst ett kriterium" in none.text


def test_a_place_that_hangs_on_the_weights_is_said_to(
    town: Town, client: Client, picture: Picture, points: list[Point]
) -> None:
    build.score(town, points[0], **every("medium") | {"harm": "high"})
    build.score(town, points[1], **every("medium") | {"worry": "high"})
    build.score(town, points[2], **every("low"))

    firm = ordering.board_of(picture, dict.fromkeys(Criterion, 1) | {Criterion.HARM: 3})
    close = ordering.board_of(picture)

    assert [(one.point.title, one.holds) for one in firm.judged] == [
        ("Rån", True),
        ("Klotter", True),
        ("Cyklar", True),
    ]
    assert {one.point.title: one.holds for one in close.judged} == {
        "Rån": False,
        "Klotter": False,
        "Cyklar": True,
    }
    client.force_login(user_of(town.chief))
    assert "mellan 1 och 2" in client.get(address(town, "ranking", picture)).text


@pytest.mark.parametrize("weights", [{"harm": 4}, {"harm": -1}, dict.fromkeys(ALL, 0)])
def test_weights_that_mean_nothing_are_refused(
    town: Town, client: Client, picture: Picture, weights: dict[str, int]
) -> None:
    given = {Criterion(name): weight for name, weight in weights.items()}

    with pytest.raises(Invalid):
        services.weigh_criteria(picture, weights=given, seen=None, by=town.coordinator)
    client.force_login(user_of(town.coordinator))
    assert client.post(address(town, "weigh", picture), weights | {"seen": 0}).status_code == 422


# --- choosing


def test_the_choice_is_kept_beside_what_is_computed(
    town: Town, client: Client, picture: Picture, points: list[Point]
) -> None:
    build.score(town, points[0], **every("high"))
    client.force_login(user_of(town.chair))
    sent = {f"place-{points[1].pk}": 1, f"place-{points[0].pk}": 2, "reason": "Oron väger tyngst.", "seen": 0}

    assert client.post(address(town, "choose_order", picture), sent).status_code == 302
    build.score(town, points[0], **every("medium"))
    build.score(town, points[2], **every("high"))
    services.weigh_criteria(picture, weights={Criterion.HARM: 3}, seen=None, by=town.coordinator)

    board = ordering.board_of(picture)
    assert [one.point.title for one in board.chosen] == ["Klotter", "Rån"]
    assert board.judged[0].point.title == "Cyklar" and board.judged[0].chosen is None
    shown = client.get(address(town, "picture", picture)).text
    assert "Oron väger tyngst." in shown and str(user_of(town.chair)) in shown


def test_choosing_again_replaces_and_two_at_once_are_told(
    town: Town, client: Client, picture: Picture, points: list[Point]
) -> None:
    chosen = {"picture": picture, "reason": "Skadan.", "by": town.coordinator}
    services.choose_order(order=points[:2], seen=0, **chosen)
    with pytest.raises(Outdated):
        services.choose_order(order=points[1:], seen=0, **chosen)
    services.choose_order(order=points[:0:-1], seen=1, **chosen)

    assert [one.point.title for one in ordering.chosen_order(picture).chosen] == ["Cyklar", "Klotter"]
    client.force_login(user_of(town.officer))
    sent = {f"place-{points[0].pk}": 1, "reason": "Mitt skäl.", "seen": 1}
    late = client.post(address(town, "choose_order", picture), sent)
    assert late.status_code == 409 and "Mitt skäl." in late.text and RankedPoint.objects.count() == 2
    assert client.post(address(town, "choose_order", picture), sent | {"seen": 2}).status_code == 302


def test_an_order_that_is_none_is_refused(town: Town, picture: Picture, points: list[Point]) -> None:
    def choose(order: list[Point], reason: str = "Skadan.") -> Callable[[], Any]:
        return services.choose_order(picture, order=order, reason=reason, seen=None, by=town.coordinator)

    with pytest.raises(Invalid, match="comes first"):
        choose([])
    with pytest.raises(Invalid, match="one place"):
        choose([points[0], points[0]])
    with pytest.raises(Invalid, match="why you chose"):
        choose(points, " ")
    with pytest.raises(Invalid, match="19121212-1212"):
        choose(points, "Som 19121212-1212 sa.")
    services.choose_order(picture, order=points, reason="x", seen=None, by=town.chief)
    with pytest.raises(Missing):
        services.choose_order(picture, order=points, reason="x", seen=None, by=town.auditor)


def test_a_finding_of_another_picture_has_no_place_here(town: Town) -> None:
    agreements.agreement(town)
    earlier = build.adopted_picture(town)
    later = build.picture(town)

    with pytest.raises(Missing):
        services.choose_order(
            later, order=list(earlier.points.all()), reason="Skadan.", seen=None, by=town.coordinator
        )


def test_numbers_with_gaps_or_shared_are_pointed_out(
    town: Town, client: Client, picture: Picture, points: list[Point]
) -> None:
    client.force_login(user_of(town.coordinator))
    path = address(town, "choose_order", picture)

    for first, second in ((1, 3), (1, 1), (2, 3)):
        sent = {f"place-{points[0].pk}": first, f"place-{points[1].pk}": second, "reason": "x", "seen": 0}
        answer = client.post(path, sent)
        assert answer.status_code == 422 and "utan luckor" in answer.text
    empty = client.post(path, {"reason": "Skadan.", "seen": 0})
    assert empty.status_code == 422 and "kommer först" in empty.text


# --- what is adopted


@pytest.fixture
def adopted(town: Town) -> Picture:
    agreements.agreement(town)
    made = build.agreed_picture(town)
    order = list(made.points.all())
    services.choose_order(made, order=order, reason="Skadan väger tyngst.", seen=0, by=town.chair)
    decision = build.decision(town, Decision.Kind.DECIDE)
    services.adopt_picture(made, decision=decision, by=town.chair)
    return Picture.objects.get(pk=made.pk)


def test_the_choice_follows_the_picture_and_names_no_person(
    town: Town, client: Client, adopted: Picture
) -> None:
    assert adopted.release
    content = adopted.release.payload["content"]
    title = adopted.points.get().title

    said = [one.text for one in picture_layout(content, "sv").blocks if isinstance(one, Paragraph)]
    public = client.get("/granvik/lagesbild/").text

    assert content["ranking"]["order"] == [{"point": str(adopted.points.get().pk), "title": title}]
    assert str(user_of(town.chair)) not in adopted.release.content
    assert "Skadan väger tyngst." in said and "Skadan väger tyngst." in public


def test_pictures_of_before_are_printed_and_shown_without_an_order(town: Town, client: Client) -> None:
    agreements.agreement(town)
    release = build.adopted_picture(town).release
    assert release
    content = release.payload["content"]

    assert content.pop("ranking") is None
    assert picture_layout(content, "sv").blocks
    assert "kommer först" not in client.get("/granvik/lagesbild/").text


def test_nothing_of_it_changes_once_the_picture_is_adopted(town: Town, adopted: Picture) -> None:
    point = adopted.points.get()

    with pytest.raises(Refused, match="adopted"):
        build.score(town, point, harm="low")
    with pytest.raises(Refused, match="adopted"):
        services.weigh_criteria(adopted, weights={Criterion.HARM: 2}, seen=None, by=town.coordinator)
    with pytest.raises(Refused, match="adopted"):
        services.choose_order(adopted, order=[point], reason="x", seen=None, by=town.coordinator)


def test_a_finding_that_was_put_first_wants_its_causes(town: Town, adopted: Picture) -> None:
    def wanting() -> list[str]:
        place = Place(town.partnership.pk, town.partnership.slug)
        gaps = thread.gaps(thread.nodes(town.coordinator, place), town.coordinator, place)
        return [one.url for one in gaps if (one.node.kind, one.child) == ("finding", "cause")]

    assert wanting() == [address(town, "state_cause", adopted.points.get())]
    build.cause(town, adopted.points.get())
    assert wanting() == []
