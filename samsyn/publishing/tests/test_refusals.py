"""Public addresses of what is not shown answer like those of what never was."""

from uuid import uuid4

import pytest
from django.test import Client

from samsyn.dialogue.tests import build
from samsyn.parties.tests.build import Town
from samsyn.releases.services import withdraw


@pytest.mark.parametrize("language", ["", "/en"])
def test_a_partnership_that_is_not_there_is_missing(town: Town, client: Client, language: str) -> None:
    assert client.get(f"{language}/granvik/").status_code == 200
    assert client.get(f"{language}/finns-inte/").status_code == 404


def test_a_dialogue_that_is_not_shown_is_missing_here_and_in_another_partnership(
    town: Town, client: Client
) -> None:
    shown, withdrawn = build.dialogue(town), build.dialogue(town, question="Vad ska göras?")
    assert withdrawn.release
    withdraw(withdrawn.release, by=town.coordinator)

    for page in ("", "kvitto/"):
        assert client.get(f"/granvik/dialog/{shown.pk}/{page}").status_code == 200
        for slug, key in (("granvik", withdrawn.pk), ("granvik", uuid4()), ("tallnas", shown.pk)):
            assert client.get(f"/{slug}/dialog/{key}/{page}").status_code == 404
