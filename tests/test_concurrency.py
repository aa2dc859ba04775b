"""Twenty writers at once, over a database file or a server, each with a connection of its own."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from samsyn.core.errors import DomainError, Outdated, Refused
from samsyn.core.journal import Entry, Head, first_broken_link
from samsyn.council.models import Decision
from samsyn.evidence import services as evidence
from samsyn.evidence.models import DisclosurePolicy
from samsyn.parties.tests.build import Town
from samsyn.parties.tests.build import town as build_town
from samsyn.pictures import services
from samsyn.pictures.models import Certainty, Picture, Point
from samsyn.pictures.services.drafting import Words
from samsyn.pictures.tests import build
from samsyn.releases.models import Release

WRITERS = 20

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def place(transactional_db: None) -> Town:
    return build_town()


def together(work: Callable[[int], object]) -> list[object]:
    """Let all begin at the same moment; answers are results or domain errors."""
    start = Barrier(WRITERS)

    def one(number: int) -> object:
        start.wait()
        try:
            return work(number)
        except DomainError as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(WRITERS) as pool:
        return list(pool.map(one, range(WRITERS)))


def test_every_acknowledged_write_is_in_one_unbroken_chain(place: Town) -> None:
    picture = build.picture(place)

    def write(number: int) -> None:
        for turn in range(5):
            words = Words(f"Iakttagelse {number}.{turn}", "Det syns.")
            services.write_point(
                picture, words=words, certainty=Certainty.FAIRLY, priority=None, by=place.coordinator
            )

    assert together(write) == [None] * WRITERS
    assert Point.objects.values("title").distinct().count() == Point.objects.count() == WRITERS * 5
    assert Entry.objects.filter(command="pictures.write_point").count() == WRITERS * 5
    assert first_broken_link(place.partnership.pk) is None


def test_a_rule_that_says_only_once_holds_for_twenty_at_the_same_moment(place: Town) -> None:
    picture = build.agreed_picture(place)
    decision = build.decision(place, Decision.Kind.DECIDE)

    answers = together(lambda _: services.adopt_picture(picture, decision=decision, by=place.chair))

    assert sum(isinstance(answer, Refused) for answer in answers) == WRITERS - 1
    assert Entry.objects.filter(command="pictures.adopt_picture").count() == 1
    assert Release.objects.filter(kind="pictures.picture").count() == 1


def test_one_of_twenty_begins_the_picture(place: Town) -> None:
    answers = together(lambda _: build.picture(place))

    assert sum(isinstance(answer, Refused) for answer in answers) == WRITERS - 1
    assert list(Picture.objects.values_list("number", flat=True)) == [1]


@pytest.mark.parametrize("seen", [0, None])
def test_of_twenty_first_decisions_on_the_threshold_each_is_an_answer(place: Town, seen: int | None) -> None:
    def decide(number: int) -> object:
        given = {"threshold": 6 + number, "reason": "Skolans tal är små.", "seen": seen}
        return evidence.change_policy(place.partnership, by=place.chair, **given)

    answers = together(decide)

    late = [answer for answer in answers if isinstance(answer, Outdated)]
    assert len(late) == (WRITERS - 1 if seen == 0 else 0)
    assert DisclosurePolicy.objects.get().version == WRITERS - len(late)


def test_acts_over_several_chains_do_not_wait_for_each_other_for_ever(place: Town) -> None:
    """Shares in both directions lock the same chains: in one order, whatever the order of the arguments."""
    ours, theirs = build.draft(place), build.draft(place, by="officer")

    def share(number: int) -> object:
        draft, receiver, by = (
            (ours, place.police, place.coordinator)
            if number % 2
            else (theirs, place.municipality, place.officer)
        )
        return services.share_draft(
            draft,
            partnership=place.partnership,
            receiver=receiver,
            purpose="handed_over",
            ground="2023:196 4 §",
            by=by,
        )

    answers = together(share)

    assert not [answer for answer in answers if isinstance(answer, DomainError)]
    assert Release.objects.filter(kind="pictures.draft").count() == WRITERS
    assert all(first_broken_link(head.chain) is None for head in Head.objects.all())
