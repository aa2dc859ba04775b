"""A form that is sent twice is taken in once: every form that makes something, found by the walk of its page."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import Any
from uuid import uuid4

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.urls import reverse

from samsyn.agreements.models import Priority
from samsyn.core import clock
from samsyn.core.submissions import KEPT, Submission
from samsyn.council.models import Body, Decision, Meeting
from samsyn.dialogue.models import Dialogue, Theme
from samsyn.parties.models import Area, Invitation, Title
from samsyn.parties.tests.build import Town, user_of
from samsyn.parties.tests.build import town as build_town
from samsyn.pictures import services as pictures
from samsyn.pictures.models import Picture, Point, PrivateDraft, Review
from samsyn.pictures.tests import build as drafts
from samsyn.plans import services as plans
from samsyn.plans.models import FollowUp, Measure, Plan
from samsyn.promises.models import Promise
from tests.test_role_walk import state
from tests.whole import Whole

DAY, LATER = "2026-11-01", "2027-11-01"
WORDS = {"title": "Mörkt vid bron", "text": "Lamporna är släckta.", "certainty": "fairly"}
Data = dict[str, Any]

# What makes something, the row its address is about, and a form that is taken in.
MAKING: dict[str, tuple[type | None, Callable[[Whole], Data]]] = {
    "agreements:write": (
        None,
        lambda _: {"title": "Ny", "short_title": "Ny", "valid_from": DAY, "prolongation": "none"},
    ),
    "agreements:add_clause": (
        None,
        lambda _: {"address": "nytt", "heading": "Nytt", "text": "Parterna möts."},
    ),
    "pictures:start_draft": (None, lambda _: {"title": "Nästa bild", "period": "2031"}),
    "pictures:write_finding": (PrivateDraft, lambda _: WORDS | {"secrecy": "none"}),
    "pictures:record_staff_dialogue": (
        PrivateDraft,
        lambda _: {
            "day": DAY,
            "group": "hemtjänsten",
            "participants": 14,
            "guide": "dialogue",
            "summary": "Det är mörkt.",
        },
    ),
    "pictures:write_point": (Picture, lambda _: WORDS),
    "pictures:state_cause": (
        Point,
        lambda _: {"claim": "Lamporna är trasiga", "kind": "place", "confidence": "uncertain"},
    ),
    "plans:propose": (
        None,
        lambda whole: {
            "title": "Ny belysning",
            "text": "Lampor byts.",
            "kind": Measure.Kind.values[0],
            "owner": whole.town.municipality.pk,
            "owner_title": "parkchef",
            "starts": DAY,
            "ends": LATER,
            "follow_up": LATER,
            "points": [Point.objects.earliest("id").pk],
            "priorities": [Priority.objects.earliest("id").pk],
        },
    ),
    "plans:refer_plan": (
        Plan,
        lambda _: {"receiver": "Skolnämnden", "sent_on": DAY, "answer_by": LATER},
    ),
    "plans:measure": (Measure, lambda _: {"state": "ongoing", "text": "Det går framåt."}),
    "plans:evaluate": (
        Measure,
        lambda _: {
            "done": "partly",
            "learning": "Det tog tid.",
            "choice": "continue",
            "reason": "Vi är inte klara.",
        },
    ),
    "plans:begin_follow_up": (None, lambda whole: _after_a_follow_up(whole)),
    "promises:write": (
        None,
        lambda _: {
            "text": "Vi går vid bron.",
            "how_often": "två kvällar i veckan",
            "how_seen": "passen räknas",
            "starts": DAY,
            "ends": LATER,
            "contact": "Medborgarkontoret",
            "area": Area.objects.earliest("id").pk,
            "measures": [Measure.objects.earliest("id").pk],
        },
    ),
    "promises:report": (Promise, lambda _: {"outcome": "running", "done": "Tolv pass är gångna."}),
    "council:found_body": (None, lambda _: {"name": "Tekniska nämnden", "kind": Body.Kind.values[0]}),
    "council:call_meeting": (
        None,
        lambda _: {"body": Body.objects.earliest("id").pk, "day": LATER, "place": "Stadshuset"},
    ),
    "council:decide": (
        None,
        lambda _: {
            "body": Body.objects.earliest("id").pk,
            "kind": "endorse",
            "day": DAY,
            "text": "Rådet ställer sig bakom.",
        },
    ),
    "council:meeting": (Meeting, lambda _: {"title": "Belysningen"}),
    "duties:record": (None, lambda _: {"day": DAY, "actor": "region", "ticks": ["leading"]}),
    "duties:declare": (None, lambda _: {"since": "2025-01-01"}),
    "duties:policy": (
        None,
        lambda _: {
            "since": DAY,
            "reading": "calendar_years",
            "picture_body": "ks",
            "plan_body": "kf",
            "report_months": "12",
        },
    ),
    "dialogue:new": (
        None,
        lambda _: {
            "question": "Hur är det vid bron?",
            "about": "picture",
            "area": Area.objects.earliest("id").pk,
            "opens": DAY,
            "closes": LATER,
        },
    ),
    "dialogue:add_theme": (Dialogue, lambda _: {"title": "Mörkret"}),
    "evidence:population": (
        None,
        lambda _: {"area": "9902", "day": "2024-12-31", "number": "12000", "source": "SCB"},
    ),
    # Last: the picture is adopted, and nothing is merged into it any more.
    "pictures:review": (Picture, lambda whole: _adopted(whole)),
    "pictures:write_erratum": (Picture, lambda _: {"wrong": "41 fall.", "right": "14 fall."}),
}


def _after_a_follow_up(whole: Whole) -> Data:
    """One is written at a time, so that of the town is dealt with first."""
    written, today = FollowUp.objects.get(), clock.today()
    written = plans.rewrite_follow_up(
        written, learned="Lär.", seen=written.version, by=whole.town.coordinator
    )
    plans.decide_follow_up(written, decision=_decision(), is_open=True, by=whole.town.chair)
    return {"starts": today - timedelta(days=30), "ends": today}


def _adopted(whole: Whole) -> Data:
    bare = Point.objects.get(title=WORDS["title"])  # that of the form above rests on nothing yet
    pictures.add_voice(bare, theme=Theme.objects.earliest("id"), by=whole.town.coordinator)
    drafts.agree(whole.town, bare)
    pictures.adopt_picture(Picture.objects.get(), decision=_decision(), by=whole.town.chair)
    pictures.retract_review(Review.objects.get(), by=whole.town.chair)  # one a day
    return {"day": clock.today()}


def _decision() -> Decision:
    return Decision.objects.filter(kind=Decision.Kind.DECIDE).latest("id")


def address(whole: Whole, name: str, model: type | None) -> str:
    keys = [whole.rows[model].pk] if model else []  # type: ignore[index]
    if name == "duties:record":
        keys = ["seat"]
    if name == "agreements:add_clause":
        keys = [next(row.pk for kind, row in whole.rows.items() if kind.__name__ == "Agreement")]
    return reverse(name, args=[whole.town.partnership.slug, *keys])


def test_each_form_that_makes_something_makes_it_once(whole: Whole, client: Client) -> None:
    client.force_login(user_of(whole.town.coordinator))
    wrong = []

    for name, (model, data) in MAKING.items():
        path, sent = address(whole, name, model), data(whole) | {"once": str(uuid4())}
        before = state()
        first = client.post(path, sent)
        after = state()
        again = client.post(path, sent)
        if first.status_code != 302 or after == before:
            wrong.append((name, first.status_code, "was not taken in"))
        if (again.status_code, again.headers.get("Location")) != (302, first.headers.get("Location")):
            wrong.append((name, again.status_code, "does not lead to what was made"))
        if state() != after:
            wrong.append((name, "made it twice"))

    assert wrong == []
    assert Submission.objects.count() == len(MAKING)


def test_a_finding_is_taken_in_once(whole: Whole, client: Client) -> None:
    """A button without a word to fill in makes a point too."""
    client.force_login(user_of(whole.town.coordinator))
    release = next(row for kind, row in whole.rows.items() if kind.__name__ == "Release")
    picture = whole.rows[Picture]
    path = reverse("pictures:place", args=[whole.town.partnership.slug, picture.pk, release.pk, 0])

    answers = [client.post(path, {"once": "0f2b7e0e-8d52-4ac0-8d7a-0e8ad0a0f0aa"}) for _ in range(2)]

    assert answers[0]["Location"] == answers[1]["Location"]
    assert Point.objects.count() == 2  # that of the town, and this one


def test_an_invitation_is_made_and_mailed_once(town: Town, client: Client) -> None:
    client.force_login(user_of(town.chair))
    path = reverse("parties:invite", args=[town.partnership.slug, town.municipality.pk])
    sent = {"email": "ny@granvik.example", "title": Title.ANALYST, "language": "sv", "once": str(uuid4())}

    answers = [client.post(path, sent).status_code for _ in range(2)]

    assert answers == [302, 302]
    assert Invitation.objects.count() == len(mail.outbox) == 1


def test_a_plan_is_begun_once(town: Town, client: Client) -> None:
    client.force_login(user_of(town.coordinator))
    path = reverse("plans:open_plan", args=[town.partnership.slug])
    sent = {"title": "Åtgärdsplan", "starts": DAY, "ends": LATER, "once": str(uuid4())}

    answers = [client.post(path, sent)["Location"] for _ in range(2)]

    assert answers[0] == answers[1] and Plan.objects.count() == 1


def test_other_words_with_the_same_key_are_neither_lost_nor_taken_for_the_first(
    town: Town, client: Client
) -> None:
    client.force_login(user_of(town.coordinator))
    path = reverse("council:found_body", args=[town.partnership.slug])
    sent = {"name": "Skolnämnden", "kind": Body.Kind.values[0], "once": str(uuid4())}
    client.post(path, sent)

    changed = client.post(path, sent | {"name": "Tekniska nämnden"})

    assert changed.status_code == 422 and 'value="Tekniska nämnden"' in changed.text
    assert "skicka en gång till" in changed.text and sent["once"] not in changed.text
    assert Body.objects.filter(name="Tekniska nämnden").count() == 0
    fresh = changed.text.split('name="once" value="')[1].split('"')[0]
    assert client.post(path, sent | {"name": "Tekniska nämnden", "once": fresh}).status_code == 302
    assert Body.objects.filter(name="Tekniska nämnden").count() == 1


def test_a_refused_form_leaves_its_key_unused(town: Town, client: Client) -> None:
    client.force_login(user_of(town.coordinator))
    path = reverse("council:found_body", args=[town.partnership.slug])
    sent = {"name": "", "kind": Body.Kind.values[0], "once": str(uuid4())}

    assert client.post(path, sent).status_code == 422
    assert client.post(path, sent | {"name": "Skolnämnden"}).status_code == 302


def test_a_key_is_its_persons_own_and_is_forgotten(town: Town, client: Client) -> None:
    path = reverse("council:found_body", args=[town.partnership.slug])
    sent = {"name": "Skolnämnden", "kind": Body.Kind.values[0], "once": str(uuid4())}
    client.force_login(user_of(town.coordinator))
    client.post(path, sent)

    client.force_login(user_of(town.officer))
    other = client.post(path, sent)

    assert other.status_code == 422  # the name is taken: it was not answered with the first one's row
    with clock.at(clock.now() + KEPT + timedelta(days=1)):
        client.force_login(user_of(town.coordinator))
        client.post(path, sent | {"name": "Tekniska nämnden", "once": str(uuid4())})
    assert Submission.objects.count() == 1


def test_nothing_that_was_typed_is_in_the_note_of_it(town: Town, client: Client) -> None:
    client.force_login(user_of(town.coordinator))
    client.post(
        reverse("council:found_body", args=[town.partnership.slug]),
        {"name": "Hemligfors", "kind": Body.Kind.values[0], "once": str(uuid4())},
    )

    assert "Hemligfors" not in str(list(Submission.objects.values()))


@pytest.mark.django_db(transaction=True)
def test_a_double_click_at_the_same_moment_makes_one(transactional_db: None) -> None:
    """Each of the two waits for the other's lock, then finds its key. On a server and over a database file."""
    town = build_town()
    path = reverse("dialogue:new", args=[town.partnership.slug])
    sent = MAKING["dialogue:new"][1](Whole(town)) | {"once": str(uuid4())}
    user, start = user_of(town.coordinator), Barrier(4)
    clients = [Client() for _ in range(4)]
    for one in clients:
        one.force_login(user)

    def click(one: Client) -> tuple[int, str]:
        start.wait()
        try:
            answer = one.post(path, sent)
            return answer.status_code, answer["Location"]
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        answers = set(pool.map(click, clients))

    assert len(answers) == 1 and Dialogue.objects.count() == 1
