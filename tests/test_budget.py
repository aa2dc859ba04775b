"""No page asks the database more than the budget allows, on the whole exercise."""

import pytest
from django.test import Client

from samsyn.demo import loading
from samsyn.parties.models import User
from tests.crawl import crawl

WHO = {
    "samordnare@alvhamra.example": 40,
    "kommunpolis@alvhamra.example": 30,
    "ordforande@alvhamra.example": 20,
    "gatuchef@alvhamra.example": 5,
    "": 15,
}


@pytest.mark.slow
def test_every_page_keeps_within_its_budget_of_queries(db: None) -> None:
    loading.load(say=lambda text: None)
    over, few = [], []
    for email, at_least in WHO.items():
        client = Client()
        if email:
            client.force_login(User.objects.get(email=email))
        pages = list(crawl(client, "/arbete/alvhamra/" if email else "/alvhamra/"))
        over += [f"{one.queries} queries: {one.kind} ({email})" for one in pages if one.queries > one.allowed]
        few += [f"{len(pages)} pages for {email}"] if len(pages) < at_least else []

    assert not over, "\n".join(sorted(set(over)))
    assert few == []
