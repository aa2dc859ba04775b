"""The adopted picture is gone through, and the next one says what it changes and why."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from samsyn.core import clock
from samsyn.core.errors import Invalid, Missing, NotAllowed, Refused
from samsyn.core.journal import Entry
from samsyn.council.models import Decision
from samsyn.dialogue.tests import build as dialogues
from samsyn.parties.tests.build import Town, user_of
from samsyn.pictures import comparison, queries, revisiting, services
from samsyn.pictures.models import Certainty, Picture, Point, Review
from samsyn.pictures.services.drafting import Words
from samsyn.pictures.tests import build
from tests import standing


@pytest.fixture
def town(db: None, home: Path) -> Town:
    return standing.once(build.adopted_town, home)


@pytest.fixture
def picture(town: Town) -> Picture:
    return Picture.objects.get()


def review(town: Town, picture: Picture, **changes: Any) -> Review:
    given: dict[str, Any] = {"day": clock.today(), "changed": [], "note": ""}
    return services.record_review(picture, by=town.chair, **given | changes)


def next_picture(town: Town) -> Picture:
    return services.open_picture(town.partnership, period="2029", scope="hela kommunen", by=town.coordinator)


def test_nothing_changed_or_these_findings_is_recorded_on_a_day(town: Town, picture: Picture) -> None:
    first = review(town, picture)
    services.retract_review(first, by=town.coordinator)
    with pytest.raises(Refused, match="taken back already"):
        services.retract_review(first, by=town.coordinator)

    later = review(town, picture, changed=[picture.points.get()], note="Lamporna är bytta.")

    entries = list(Entry.objects.filter(command="pictures.record_review").order_by("sequence"))
    assert [one.facts["changed"] for one in entries] == ["0", "1"]
    assert entries[1].day == clock.today() and entries[1].facts["picture"] == str(picture.pk)
    assert Entry.objects.get(command="pictures.retract_review").retracts == entries[0].pk
    assert revisiting.reviews_of(picture) == [later]


def test_everybody_reads_that_it_was_gone_through_and_no_more(
    town: Town, picture: Picture, client: Client
) -> None:
    page = reverse("publishing:picture", args=["granvik"])
    assert "Stämmer den fortfarande?" not in client.get(page).text

    first = review(town, picture, day=clock.today())
    assert "inget har ändrats" in client.get(page).text
    assert "en tolkning av lagen" in client.get(page).text
    english = client.get(reverse("publishing-en:picture", args=["granvik"])).text
    assert "nothing has changed" in english and "one reading of the law" in english
    quoted = reverse("publishing:quoted_picture", args=["granvik", picture.release_id])
    assert "inget har ändrats" in client.get(quoted).text
    services.retract_review(first, by=town.officer)  # by the other party, too
    assert "inget har ändrats" not in client.get(page).text

    point = picture.points.get()
    review(town, picture, changed=[point], note="Lamporna är bytta.")
    told = client.get(page).text
    assert "något har ändrats" in told and f"<li>{point.title}</li>" in told and "Lamporna" not in told


def test_a_finding_that_is_held_back_is_not_named_by_a_review(town: Town, picture: Picture) -> None:
    point = picture.points.get()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE pictures_point SET held_under = 'OSL 18:1'")

    shown = review(town, picture, changed=[point], note="Ändrat.").release

    assert shown and point.title not in shown.content and shown.payload["content"]["has_changed"]


def test_what_a_review_refuses(town: Town, picture: Picture) -> None:
    today = clock.today()
    other = next_picture(town)
    stranger = services.write_point(
        other, words=Words("A", "B"), certainty=Certainty.FAIRLY, priority=None, by=town.coordinator
    )
    for changes, field in (
        ({"day": today + timedelta(days=1)}, "day"),
        ({"day": today - timedelta(days=1)}, "day"),
        ({"changed": [stranger], "note": "Annat."}, "changed"),
        ({"changed": [picture.points.get()], "note": " "}, "note"),
        ({"note": "Ring 070-174 06 05"}, "note"),
    ):
        with pytest.raises(Invalid) as error:
            review(town, picture, **changes)
        assert error.value.field == field, changes
    review(town, picture)
    with pytest.raises(Invalid, match="review of that day"):
        review(town, picture)
    with pytest.raises(Refused, match="adopted picture"):
        review(town, other)
    with pytest.raises(NotAllowed):
        services.explain_gone(other, point=picture.points.get(), reason="Löst.", by=town.chair)


def test_the_newest_adopted_picture_is_the_one_that_is_reviewed(town: Town, picture: Picture) -> None:
    other = next_picture(town)
    point = services.write_point(
        other, words=Words("A", "B"), certainty=Certainty.FAIRLY, priority=None, by=town.coordinator
    )
    _adopt(town, other, point)

    with pytest.raises(Refused, match="newer picture"):
        review(town, picture)


def _adopt(town: Town, picture: Picture, point: Point) -> None:
    asked = dialogues.dialogue(town)
    theme = dialogues.theme(town, asked, voices=[dialogues.voice(town, asked)])
    services.add_voice(point, theme=theme, by=town.coordinator)
    build.agree(town, point)
    services.endorse_picture(picture, decision=build.decision(town, Decision.Kind.ENDORSE), by=town.chair)
    picture = Picture.objects.get(pk=picture.pk)
    services.adopt_picture(picture, decision=build.decision(town, Decision.Kind.DECIDE), by=town.chair)


def test_the_pages_of_a_review(town: Town, picture: Picture, client: Client) -> None:
    slug = town.partnership.slug
    client.force_login(user_of(town.officer))
    page = client.get(reverse("pictures:picture", args=[slug, picture.pk])).text
    assert "Ingen har gått igenom den" in page and "är en tolkning" in page
    path = reverse("pictures:review", args=[slug, picture.pk])
    point = picture.points.get()
    assert client.post(path, {"day": clock.today(), "changed": [point.pk]}).status_code == 422
    answer = client.post(
        path, {"day": clock.today(), "changed": [point.pk], "note": "Lampor bytta."}, follow=True
    )
    assert "något har ändrats" in answer.text and "Lampor bytta." in answer.text
    retract = reverse("pictures:retract_review", args=[slug, Review.objects.get().pk])
    assert "Ingen har gått igenom den" in client.post(retract, follow=True).text


# --- the next picture


def told(key: str, **changes: Any) -> dict[str, Any]:
    given = {"title": f"T {key}", "text": "Ett två tre", "extent": "", "consequence": ""}
    return {"point": key, "certainty": "fairly", "continues": None, "figures": []} | given | changes


def figure(identity: str, **changes: Any) -> dict[str, Any]:
    return {"identity": identity, "sentence": {"sv": identity}, "source": {"sv": "S"}} | changes


def test_findings_are_unchanged_reworded_new_or_gone() -> None:
    before = [told("a"), told("b"), told("c"), told("d")]
    after = [
        told("a2", title="T a", continues="a"),
        told("b2", title="T b", text="Ett fyra tre", continues="b"),
        told("b3", title="T b", certainty="certain", continues="b"),
        told("n"),
    ]

    found = comparison.compare(before, after, {"c": "Löst."})

    assert [(str(one.kind), one.number) for one in found.changes] == [
        ("same", 1),
        ("reworded", 2),
        ("reworded", 3),
        ("new", 4),
        ("gone", None),
        ("gone", None),
    ]
    assert found.counts == {"same": 1, "reworded": 2, "new": 1, "gone": 2}
    assert [one.reason for one in found.changes[4:]] == ["Löst.", ""]
    words = [(part.kind, part.text) for part in found.changes[1].parts["text"]]
    assert words == [("same", "Ett"), ("removed", "två"), ("added", "fyra"), ("same", "tre")]
    rewritten = comparison.compare([told("a")], [told("b", continues="a", text="Helt andra ord tre")], {})
    assert [part.kind for part in rewritten.changes[0].parts["text"]] == ["removed", "added"]
    assert found.changes[1].is_split and not found.changes[0].is_split
    assert found.changes[2].has_other_certainty and str(found.changes[2].certainty_after)


def test_what_became_of_the_figures() -> None:
    before = [told("a", figures=[figure("1"), figure("2"), figure("3")])]
    now = [figure("1"), figure("9", revises=[{"of": "2", "how": "weaker"}]), figure("5")]
    hidden = {name: value for name, value in figure("7").items() if name != "identity"}
    now.append(hidden | {"revises": [{"how": "turned"}]})

    (change,) = comparison.compare(before, [told("a2", title="T a", continues="a", figures=now)], {}).changes

    assert [(str(one.kind), one.how) for one in change.figures] == [
        ("same", ""),
        ("revised", "weaker"),
        ("new", ""),
        ("revised", "turned"),
        ("gone", ""),
    ]
    assert str(change.figures[1].how_words) == "weaker"
    same = comparison.compare([told("a", figures=[hidden])], [told("b", continues="a", figures=[hidden])], {})
    assert str(same.changes[0].figures[0].kind) == "same"


def test_why_a_finding_is_gone_is_said_before_the_adoption_and_frozen(
    town: Town, picture: Picture, client: Client
) -> None:
    gone = picture.points.get()
    newer = next_picture(town)
    point = services.write_point(
        newer, words=Words("A", "B"), certainty=Certainty.FAIRLY, priority=None, by=town.coordinator
    )
    for target, reason in ((point, "Löst."), (gone, " "), (gone, "Ring 070-174 06 05")):
        with pytest.raises(Invalid) as error:
            services.explain_gone(newer, point=target, reason=reason, by=town.coordinator)
        assert error.value.field == "reason"
    services.explain_gone(newer, point=gone, reason="Bron är riven.", by=town.coordinator)
    services.explain_gone(newer, point=gone, reason="Bron är ombyggd.", by=town.officer)
    with pytest.raises(Missing):
        services.explain_gone(newer, point=gone, reason="Löst.", by=town.outsider)
    _adopt(town, newer, point)

    newer = Picture.objects.get(pk=newer.pk)
    assert newer.release is not None and newer.gone.count() == 1
    assert newer.release.payload["content"]["gone"][0]["reason"] == "Bron är ombyggd."
    with pytest.raises(Refused, match="adopted"):
        services.explain_gone(newer, point=gone, reason="Löst.", by=town.coordinator)
    page = client.get(reverse("publishing:picture", args=[town.partnership.slug])).text
    assert "Vad som har ändrats sedan lägesbilden 2027" in page and "Bron är ombyggd." in page


def test_a_finding_that_is_carried_on_is_not_gone(town: Town, picture: Picture) -> None:
    earlier = picture.points.get()
    draft = services.start_draft(
        town.municipality, period="2029", title="Nästa", carry_over=picture, by=town.coordinator
    )
    finding = draft.findings.get()
    services.rewrite_finding(
        finding,
        words=Words(str(finding.title), "Helt andra ord."),
        certainty=Certainty.CERTAIN,
        priority_key="",
        secrecy="none",
        seen=finding.version,
        by=town.coordinator,
    )
    release = build.hand_over(town, draft)
    newer = next_picture(town)
    services.place_finding(newer, release=release, index=0, by=town.coordinator)

    with pytest.raises(Invalid, match="carried on"):
        services.explain_gone(newer, point=earlier, reason="Löst.", by=town.coordinator)
    (change,) = revisiting.compared(picture, newer).changes
    assert str(change.kind) == "reworded"


def test_the_page_that_compares(town: Town, picture: Picture, client: Client) -> None:
    slug, gone = town.partnership.slug, picture.points.get()
    newer = next_picture(town)
    client.force_login(user_of(town.coordinator))
    path = reverse("pictures:comparison", args=[slug, newer.pk, picture.pk])
    assert path in client.get(reverse("pictures:picture", args=[slug, newer.pk])).text
    assert "Ingen har sagt varför" in client.get(path).text
    explain = reverse("pictures:explain_gone", args=[slug, newer.pk, gone.pk])
    refused = client.post(explain, {"reason": ""})
    assert refused.status_code == 422 and "Spara skälet" in refused.text
    assert client.post(explain, {"reason": "Ring 070-174 06 05"}).status_code == 422
    assert "Bron är riven." in client.post(explain, {"reason": "Bron är riven."}, follow=True).text
    for wrong in (
        reverse("pictures:comparison", args=[slug, newer.pk, gone.pk]),
        reverse("pictures:explain_gone", args=[slug, newer.pk, newer.pk]),
    ):
        assert client.post(wrong, {"reason": "Löst."}).status_code == 404
    assert queries.compared_releases({"points": []}, {"points": []}).changes == []
