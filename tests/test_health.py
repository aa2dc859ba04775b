from django.test import Client

from samsyn.parties.tests import build


def test_the_platform_says_that_it_is_well(town: build.Town, client: Client) -> None:
    client.force_login(build.user_of(town.coordinator))

    assert client.get("/health").json()["status"] == "ok"
