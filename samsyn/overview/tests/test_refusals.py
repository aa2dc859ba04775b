"""A place in the thread that is not there."""

from uuid import uuid4

from django.test import Client
from django.urls import reverse

from samsyn.agreements.tests import build as agreements
from samsyn.parties.tests.build import Town, user_of


def test_the_thread_around_what_is_not_there_is_missing(town: Town, client: Client) -> None:
    goal = agreements.agreement(town).goals.get(key="V1")
    client.force_login(user_of(town.coordinator))

    for node, status in ((goal.pk, 200), (uuid4(), 404)):
        assert client.get(reverse("overview:around", args=["granvik", node])).status_code == status
