"""No page asks the database more than the budget allows, on the whole exercise, however much there is."""

from pathlib import Path

import pytest
from django.test import Client

from samsyn.core.thread import Place, thread
from samsyn.demo.tests import build
from samsyn.parties.models import Partnership, User
from samsyn.parties.queries import seats_of
from tests import standing
from tests.crawl import Measured, crawl
from tests.growth import everything_twice

WHO = {
    "samordnare@alvhamra.example": 40,
    "kommunpolis@alvhamra.example": 30,
    "ordforande@alvhamra.example": 20,
    "gatuchef@alvhamra.example": 5,
    "": 15,
}


def _pages(email: str) -> dict[str, Measured]:
    client = Client()
    if email:
        client.force_login(User.objects.get(email=email))
    pages = crawl(client, "/arbete/alvhamra/" if email else "/alvhamra/", runs=0)
    return {one.kind: one for one in pages}


@pytest.mark.slow
def test_every_page_keeps_within_its_budget_of_queries_also_with_twice_the_data(db: None, home: Path) -> None:
    standing.once(build.exercise, home)
    before = {email: _pages(email) for email in WHO}
    everything_twice(Partnership.objects.get(slug="alvhamra"))

    over, more = [], []
    for email, at_least in WHO.items():
        pages = before[email]
        assert len(pages) >= at_least, f"{len(pages)} pages for {email}"
        over += [
            f"{one.queries} queries: {one.kind} ({email})" for one in pages.values() if not one.asks_little
        ]
        for kind, now in _pages(email).items():
            was = pages.get(kind)
            if was and now.queries > was.queries:
                more.append(f"{was.queries} queries became {now.queries}: {kind} ({email})")

    assert not over, "\n".join(sorted(set(over)))
    assert not more, "\n".join(sorted(set(more)))
    _nodes_are_of_the_kinds_that_their_rooms_declare()


def _nodes_are_of_the_kinds_that_their_rooms_declare() -> None:
    """A page asks only the rooms whose kinds it shows, so a kind that is not declared would be missing there."""
    (seat,) = seats_of(User.objects.get(email="samordnare@alvhamra.example"))
    place = Place(seat.partnership.pk, seat.partnership.slug)
    kinds = {node.id: node.kind for node in thread.nodes(seat.member, place)}
    for room, nodes in thread.nodes_of.items():
        for node in nodes(seat.member, place):
            assert node.kind in thread.kinds_of[room], (room, node.kind)
            parents = {kinds[parent] for parent in node.parents if parent in kinds}
            assert parents <= thread.parents_of[node.kind], (node.kind, parents)
