"""Sixty findings a side: the merge suggests what a full comparison would, and asks no more for it."""

import random
from difflib import SequenceMatcher
from types import SimpleNamespace
from typing import Any

from django.test import Client
from django.urls import reverse

from samsyn.parties.tests.build import Town, user_of
from samsyn.pictures import services
from samsyn.pictures.likeness import ALIKE, Likeness
from samsyn.pictures.models import Certainty
from samsyn.pictures.services.drafting import Words
from samsyn.pictures.tests import build
from samsyn.releases.models import Release

SIDE, MERGED = 60, 12
FEW = [f"ord{number}" for number in range(30)]  # all texts share many words: the worst
MANY = [f"ord{number}" for number in range(400)]


def told(seed: int, vocabulary: list[str]) -> list[tuple[str, str]]:
    rng = random.Random(seed)
    return [
        (f"Iakttagelse {number}", " ".join(rng.choice(vocabulary) for _ in range(150)))
        for number in range(SIDE)
    ]


def near(text: str, seed: int, vocabulary: list[str]) -> str:
    """The same with every fourth word another."""
    rng, words = random.Random(seed), text.split()
    words[::4] = [rng.choice(vocabulary) for _ in words[::4]]
    return " ".join(words)


def shared(town: Town, who: str, findings: list[tuple[str, str]]) -> Release:
    actor = getattr(town, who)
    ours, theirs = town.municipality, town.police
    if actor.party_id != ours.pk:
        ours, theirs = theirs, ours
    draft = services.start_draft(ours, period="2027", title="Bild", by=actor)
    for title, text in findings:
        services.write_finding(
            draft,
            words=Words(title, text),
            certainty=Certainty.FAIRLY,
            priority_key="",
            secrecy="none",
            by=actor,
        )
    return services.share_draft(
        draft, partnership=town.partnership, receiver=theirs, purpose="handed_over", ground="4 §", by=actor
    )


def test_many_findings_ask_no_more_than_a_page_may(
    town: Town, client: Client, django_assert_max_num_queries: Any
) -> None:
    """How long sixty a side take is measured by `make bench`."""
    ours = told(1, FEW)[:MERGED]
    release = shared(town, "coordinator", ours)
    shared(town, "officer", [(title, near(text, 2, FEW)) for title, text in ours])
    picture = build.picture(town)
    for index in range(MERGED):
        services.place_finding(picture, release=release, index=index, by=town.coordinator)
    client.force_login(user_of(town.coordinator))

    for name in ("merge", "picture", "clearing"):
        address = reverse(f"pictures:{name}", args=[town.partnership.slug, picture.pk])
        client.get(address)  # the first one asks what is then kept
        with django_assert_max_num_queries(15):
            assert client.get(address).status_code == 200, name


def test_the_nearest_is_what_a_comparison_of_all_words_with_all_finds() -> None:
    points: Any = [
        SimpleNamespace(title=title, text=text, continues_id=None, number=number)
        for number, (title, text) in enumerate(told(3, MANY))
    ]
    likeness = Likeness(points)
    for point in points[::6]:
        finding = {"title": point.title, "text": near(point.text, point.number, MANY)}
        words = f"{finding['title']} {finding['text']}".casefold().split()
        ratios = {
            one.number: SequenceMatcher(None, f"{one.title} {one.text}".casefold().split(), words).ratio()
            for one in points
        }
        best = max(ratios, key=lambda number: ratios[number])
        assert ratios[best] >= ALIKE
        assert likeness.nearest(finding) is points[best]
    assert likeness.nearest({"title": "Helt", "text": "annat"}) is None
    assert Likeness().nearest({"title": "", "text": ""}) is None
