"""What a command and its rows refuse: content is written under its own lock, for one actor, from one copy."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from samsyn.core import clock
from samsyn.core.actors import SYSTEM, VISITOR, Actor
from samsyn.core.commands import command
from samsyn.core.errors import Missing
from samsyn.core.permissions import register
from samsyn.core.rows import Row, WrongWrite
from samsyn.core.sealing import SealedTextField
from samsyn.core.submissions import Submission
from samsyn.council import services as council
from samsyn.council.models import Body, Meeting
from samsyn.parties import services as parties
from samsyn.parties.models import Organisation, Partnership
from samsyn.parties.rules import is_system
from samsyn.parties.tests.build import Town, user_of
from samsyn.pictures.models import DraftFinding
from samsyn.pictures.services import drop_finding
from samsyn.pictures.tests import build as pictures
from samsyn.releases.models import Audience, Release

register({"tests.within": is_system})


@command("tests.within")
def within(row: Row, *, act: Callable[[Any], object], by: Actor) -> None:
    """Whatever a test tries to do inside a command about the row."""
    act(row)


def renamed(row: Any) -> None:
    row.name = "Ett annat namn"
    row.save()


def is_renamed() -> bool:
    return any(model.objects.filter(name="Ett annat namn") for model in (Partnership, Organisation))


def test_nothing_is_written_outside_a_command(town: Town) -> None:
    for act in (renamed, Row.delete):
        with pytest.raises(WrongWrite, match="outside a command"):
            act(town.partnership)

    assert not is_renamed()


def test_a_command_writes_in_its_own_chain_only(town: Town) -> None:
    with pytest.raises(WrongWrite, match="belongs to another chain"):
        within(town.partnership, act=lambda _: renamed(town.elsewhere), by=SYSTEM)

    assert not is_renamed()


def test_a_row_is_written_from_the_copy_that_the_command_holds(town: Town) -> None:
    with pytest.raises(WrongWrite, match="Use the copy"):
        within(town.partnership, act=lambda row: renamed(Partnership.objects.get(pk=row.pk)), by=SYSTEM)

    assert not is_renamed()


def test_what_is_frozen_keeps_its_words(town: Town) -> None:
    release = pictures.shared(town)

    def change(row: Release) -> None:
        row.audience = Audience.PARTNERSHIP
        row.save()

    with pytest.raises(WrongWrite, match="is frozen"):
        within(release, act=change, by=SYSTEM)

    assert Release.objects.get().audience == Audience.PARTY


def test_a_row_points_at_nothing_of_another_partnership(town: Town) -> None:
    theirs = council.found_body(town.elsewhere, name="Rådet", kind=Body.Kind.COUNCIL, by=SYSTEM)

    def call(partnership: Partnership) -> None:
        Meeting(partnership=partnership, body=theirs, day="2026-01-01").save()

    with pytest.raises(WrongWrite, match="points into another chain"):
        within(town.partnership, act=call, by=SYSTEM)

    assert not Meeting.objects.exists()


def test_a_command_inside_another_acts_for_the_same_actor(town: Town) -> None:
    def for_another(partnership: Partnership) -> None:
        council.found_body(partnership, name="Rådet", kind=Body.Kind.COUNCIL, by=town.coordinator)

    with pytest.raises(TypeError, match="for the same actor"):
        within(town.partnership, act=for_another, by=SYSTEM)

    assert not Body.objects.exists()


def test_a_command_inside_another_writes_in_no_chain_that_was_not_locked(town: Town) -> None:
    def found(_: Partnership) -> None:
        parties.found_organisation("Granviks bostäder", kind=Organisation.Kind.HOUSING, by=SYSTEM)

    with pytest.raises(TypeError, match="did not lock"):
        within(town.partnership, act=found, by=SYSTEM)

    assert not Organisation.objects.filter(kind=Organisation.Kind.HOUSING).exists()


def test_rows_of_two_partnerships_never_meet_in_one_command(town: Town) -> None:
    theirs = council.found_body(town.elsewhere, name="Rådet", kind=Body.Kind.COUNCIL, by=SYSTEM)

    with pytest.raises(Missing):
        council.call_meeting(town.partnership, body=theirs, day=clock.today(), place="", by=town.officer)

    assert not Meeting.objects.exists()


def test_whoever_acts_for_no_party_has_none() -> None:
    for actor in (SYSTEM, VISITOR):
        with pytest.raises(TypeError, match="acts for no party"):
            _ = actor.own_party


def test_sealed_text_stands_in_rows_only() -> None:
    field = SealedTextField()
    field.set_attributes_from_name("text")

    with pytest.raises(TypeError, match="in rows only"):
        field.pre_save(Submission(), add=True)


def test_a_form_whose_row_is_gone_is_not_taken_in_again(town: Town, client: Client) -> None:
    draft = pictures.draft(town)
    client.force_login(user_of(town.coordinator))
    path = reverse("pictures:write_finding", args=["granvik", draft.pk])
    words = {"title": "Mörkt vid bron", "text": "Lamporna är släckta.", "certainty": "fairly"}
    sent = words | {"secrecy": "none", "once": str(uuid4())}
    assert client.post(path, sent).status_code == 302
    drop_finding(DraftFinding.objects.latest("id"), by=town.coordinator)
    client.cookies["language"] = "en"

    again = client.post(path, sent)

    assert again.status_code == 422 and "Nothing was saved twice" in again.text
    assert DraftFinding.objects.count() == 1
