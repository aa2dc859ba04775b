"""What is not frozen, withdrawn or erased."""

from typing import Any

import pytest

from samsyn.core.actors import SYSTEM
from samsyn.core.errors import Refused
from samsyn.core.journal import Entry
from samsyn.parties.tests.build import Town
from samsyn.releases import services
from samsyn.releases.models import Audience, Ground, Release


def frozen(town: Town, **given: Any) -> Release:
    terms = {"proof": {"secrecy": "none"}, "audience": Audience.PARTY, "receiver": town.police}
    return services.freeze(
        town.partnership,
        kind="tests.text",
        content={"text": "Mörkt."},
        by=town.coordinator,
        **(terms | given),
    )


def test_nothing_is_released_without_a_decision_on_secrecy(town: Town) -> None:
    for proof in ({}, {"secrecy": ""}):
        with pytest.raises(Refused, match="Decide on secrecy"):
            frozen(town, proof=proof)

    assert not Release.objects.exists()


def test_a_party_hands_over_to_another_party_of_the_partnership_only(town: Town) -> None:
    with pytest.raises(Refused, match="Choose another party"):
        frozen(town, receiver=town.municipality)
    with pytest.raises(Refused, match="Choose another party"):
        services.freeze(
            town.partnership,
            kind="tests.text",
            content={},
            proof={"secrecy": "none"},
            audience=Audience.PARTY,
            receiver=town.stranger,
            by=town.officer,  # who works with the stranger elsewhere
        )

    assert not Release.objects.exists()


def test_a_release_is_withdrawn_once(town: Town) -> None:
    release = frozen(town)
    services.withdraw(release, by=town.coordinator)
    then = Release.objects.get().withdrawn_at

    with pytest.raises(Refused, match="withdrawn already"):
        services.withdraw(release, by=town.coordinator)

    assert Release.objects.get().withdrawn_at == then
    assert Entry.objects.filter(command="releases.withdraw").count() == 1


def test_what_was_handed_over_is_not_erased_behind_its_receiver(town: Town) -> None:
    release = frozen(town)
    services.withdraw(release, by=town.coordinator)

    with pytest.raises(Refused, match="handed over"):
        services.erase_content(release, ground=Ground.DISPOSAL, by=SYSTEM)

    assert Release.objects.get().content == release.content
