"""Why a finding is as it is: what is taken in, what is refused, and what the page says of it."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from samsyn.agreements.tests import build as agreements
from samsyn.core.errors import Invalid, Missing, NotAllowed, Outdated, Refused
from samsyn.core.thread import Place, thread
from samsyn.dialogue.tests import build as dialogues
from samsyn.evidence.models import Figure
from samsyn.evidence.tests import build as figures
from samsyn.parties.tests.build import Town, user_of
from samsyn.pictures import services, why
from samsyn.pictures.models import Cause, CauseFigure, CauseVoice, Certainty, Point, PointFigure, Technique
from samsyn.pictures.services.causes import Claim
from samsyn.pictures.tests import build


@pytest.fixture
def point(town: Town) -> Point:
    agreements.agreement(town)
    return build.agreed_picture(town).points.get()


@pytest.fixture
def other(town: Town, point: Point) -> Point:
    """Another finding of the same picture, that rests on what citizens said."""
    made = services.write_point(
        point.picture,
        words=build.Words("Klotter", "Det sitter kvar."),
        certainty=Certainty.FAIRLY,
        priority=None,
        by=town.coordinator,
    )
    asked = dialogues.dialogue(town)
    theme = dialogues.theme(town, asked, voices=[dialogues.voice(town, asked)])
    services.add_voice(made, theme=theme, by=town.coordinator)
    return made


def claim(**given: Any) -> Claim:
    said = {"claim": "Lamporna är trasiga", "kind": Cause.Kind.PLACE, "confidence": Certainty.UNCERTAIN}
    return Claim(**said | given)


def page(town: Town, client: Client, point: Point) -> str:
    client.force_login(user_of(town.coordinator))
    return client.get(reverse("pictures:causes", args=[town.partnership.slug, point.pk])).text


def test_a_cause_rests_on_what_citizens_said_and_on_words(town: Town, other: Point) -> None:
    voice = other.voices.get()
    cause = build.cause(
        town, other, evidence="Felanmälan i maj.", voices=[voice], confidence=Certainty.CERTAIN
    )

    assert cause.voices.get().voice == voice
    services.rewrite_cause(cause, claim=claim(evidence="Felanmälan."), seen=cause.version, by=town.officer)
    assert not CauseVoice.objects.exists()
    kept = Cause.objects.get()
    assert (kept.evidence, kept.confidence) == ("Felanmälan.", "uncertain")


def test_causes_are_stated_also_of_an_adopted_picture(town: Town) -> None:
    agreements.agreement(town)
    adopted = build.adopted_picture(town)

    assert build.cause(town, adopted.points.get()).pk


def test_what_belongs_to_another_finding_is_missing(town: Town, point: Point, other: Point) -> None:
    theirs = build.cause(town, other)

    with pytest.raises(Missing):
        build.cause(town, point, parent=theirs)
    with pytest.raises(Missing):
        build.cause(town, point, voices=[other.voices.get()])


def test_persons_have_no_place_in_a_cause(town: Town, point: Point) -> None:
    for field in ("claim", "evidence", "influence", "moment"):
        with pytest.raises(Invalid) as refused:
            services.state_cause(point, claim=claim(**{field: "Ring 19121212-1212"}), by=town.coordinator)
        assert refused.value.field == field


def test_what_is_certain_has_something_that_speaks_for_it(town: Town, point: Point) -> None:
    with pytest.raises(Invalid) as refused:
        build.cause(town, point, confidence=Certainty.CERTAIN)

    assert refused.value.field == "evidence"


def test_two_causes_do_not_lie_behind_each_other(town: Town, point: Point) -> None:
    first = build.cause(town, point)
    second = build.cause(town, point, claim="Ingen byter dem", parent=first)

    with pytest.raises(Invalid) as refused:
        services.rewrite_cause(first, claim=claim(), parent=second, seen=1, by=town.coordinator)
    assert refused.value.field == "parent"
    with pytest.raises(Invalid):
        services.rewrite_cause(first, claim=claim(), parent=first, seen=1, by=town.coordinator)


def test_a_colleagues_words_are_not_overwritten(town: Town, client: Client, point: Point) -> None:
    cause = build.cause(town, point)
    services.rewrite_cause(cause, claim=claim(claim="Trasiga i juni"), seen=1, by=town.officer)

    with pytest.raises(Outdated, match="saved this while you were writing"):
        services.rewrite_cause(cause, claim=claim(claim="Mina ord"), seen=1, by=town.coordinator)
    client.force_login(user_of(town.coordinator))
    path = reverse("pictures:rewrite_cause", args=[town.partnership.slug, cause.pk])
    sent = {"claim": "Mina ord", "kind": "place", "confidence": "uncertain", "seen": 1}
    answer = client.post(path, sent)
    assert answer.status_code == 409 and "Trasiga i juni" in answer.text and "Mina ord" in answer.text
    assert client.post(path, sent | {"seen": 2}).status_code == 302
    assert Cause.objects.get().claim == "Mina ord"


def test_a_cause_that_another_one_explains_is_not_dropped(town: Town, client: Client, point: Point) -> None:
    first = build.cause(town, point)
    second = build.cause(town, point, claim="Ingen byter dem", parent=first)
    client.force_login(user_of(town.coordinator))

    with pytest.raises(Refused, match="Ingen byter dem"):
        services.drop_cause(first, by=town.coordinator)
    for one in (second, first):
        path = reverse("pictures:drop_cause", args=[town.partnership.slug, one.pk])
        assert client.post(path).status_code == 302
    assert not Cause.objects.exists()


def test_only_editors_state_causes(town: Town, point: Point) -> None:
    with pytest.raises(NotAllowed):
        services.state_cause(point, claim=claim(), by=town.chair)
    assert not Cause.objects.visible_to(town.owner).exists()


def test_a_figure_that_a_cause_rests_on_stays_with_the_finding(town: Town) -> None:
    agreements.agreement(town)
    made = figures.figure(town)
    assert isinstance(made, Figure)
    ours, theirs = build.shared(town, figure=made), build.shared(town, by="officer", word="torget")
    picture = build.picture(town)
    point = services.place_finding(picture, release=theirs, index=0, by=town.coordinator)
    services.place_finding(picture, release=ours, index=0, point=point, by=town.coordinator)
    figure = PointFigure.objects.get()
    cause = build.cause(town, point, figures=[figure], confidence=Certainty.CERTAIN)

    with pytest.raises(Refused, match="rests on this figure"):
        services.leave_out_figure(figure, by=town.coordinator)
    with pytest.raises(Refused, match="rests on this figure"):
        services.part_source(figure.source, by=town.coordinator)
    other = services.place_finding(picture, release=ours, index=0, by=town.coordinator)
    with pytest.raises(Missing):
        build.cause(town, other, figures=[figure])
    services.drop_cause(cause, by=town.coordinator)
    assert not CauseFigure.objects.exists()
    services.leave_out_figure(figure, by=town.coordinator)


# --- what is suggested, and what is chosen


def test_every_kind_has_a_suggestion_and_a_choice_stands_beside_it(town: Town, point: Point) -> None:
    assert all(Cause(kind=kind).suggested for kind in Cause.Kind)
    cause = build.cause(town, point, technique=Technique.EXCUSES)
    assert Technique.EXCUSES not in cause.suggested

    services.rewrite_cause(
        cause,
        claim=claim(kind=Cause.Kind.OFFENDER, technique=Technique.EXCUSES),
        seen=cause.version,
        by=town.coordinator,
    )

    kept = Cause.objects.get()
    assert kept.technique == Technique.EXCUSES and kept.suggested == (Technique.SOCIAL,)


def test_a_suggestion_is_stored_nowhere(town: Town, client: Client, point: Point) -> None:
    build.cause(town, point)

    shown = page(town, client, point)

    assert Cause.objects.get().technique == ""
    assert "gör det svårare" in shown and "förslag som följer" in shown and "ert val" not in shown


# --- reading


def test_the_tree_follows_why_under_why_and_the_chain_has_its_steps(town: Town, point: Point) -> None:
    first = build.cause(town, point, step=Cause.Step.DURING)
    build.cause(town, point, claim="Få går där", kind=Cause.Kind.GUARDIAN)
    build.cause(town, point, claim="Ingen byter dem", parent=first, step=Cause.Step.BEFORE)
    found = why.causes_of(point)

    tree = why.tree_of(found)
    chain = why.chain_of(found)

    assert [(one.cause.claim, one.depth) for one in tree] == [
        ("Lamporna är trasiga", 0),
        ("Ingen byter dem", 1),
        ("Få går där", 0),
    ]
    assert [[cause.claim for cause in step.causes] for step in chain] == [
        ["Ingen byter dem"],
        ["Lamporna är trasiga"],
        [],
        ["Få går där"],
    ]
    drawing = why.drawing_of(point, tree)
    assert drawing and "Ingen byter dem" in drawing.words and drawing.wide.startswith("<svg")
    assert why.drawing_of(point, []) is None


def test_the_page_shows_the_drawing_the_words_and_who_can_change_it(
    town: Town, client: Client, point: Point
) -> None:
    assert "Ingen orsak är angiven än" in page(town, client, point)
    build.cause(town, point, influence="gatuchefen", step=Cause.Step.AFTER, moment="på natten")

    shown = page(town, client, point)

    for text in ("Fiskben.", "<svg", "gatuchefen", "på natten", "Visa bilden som tabell", "Ingen åtgärd ska"):
        assert text in shown


def test_a_cause_is_stated_on_its_page(town: Town, client: Client, other: Point) -> None:
    client.force_login(user_of(town.coordinator))
    path = reverse("pictures:state_cause", args=[town.partnership.slug, other.pk])
    sent = {"claim": "Färgen finns i affären", "kind": "place", "confidence": "certain"}

    refused = client.post(path, sent)
    taken = client.post(
        path, sent | {"voices": [other.voices.get().pk], "step": "before", "technique": "effort"}
    )

    assert refused.status_code == 422 and "Skriv vad som talar för den" in refused.text
    assert taken.status_code == 302
    assert Cause.objects.get().technique == "effort" and CauseVoice.objects.count() == 1


def test_causes_hang_between_findings_and_measures_in_the_thread(town: Town, point: Point) -> None:
    cause = build.cause(town, point)
    place = Place(town.partnership.pk, town.partnership.slug)

    node = next(one for one in thread.nodes(town.coordinator, place) if one.kind == "cause")

    assert node.id == cause.pk and node.parents == (point.pk,)
    assert not [one for one in thread.nodes(town.owner, place) if one.kind == "cause"]
