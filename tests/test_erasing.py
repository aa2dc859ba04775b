"""Erased text is nowhere, and everything else still verifies."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.apps import apps
from django.contrib.sessions.models import Session
from django.db import connection

from samsyn.config.cli import Failure, main
from samsyn.config.cli.erase import main as erase
from samsyn.config.verification import Fault, check_all
from samsyn.core import clock, objects
from samsyn.core.actors import SYSTEM
from samsyn.core.errors import Missing, Refused
from samsyn.core.journal import Entry
from samsyn.dialogue import services
from samsyn.dialogue.models import Dialogue, Voice
from samsyn.dialogue.tests import build as dialogues
from samsyn.parties import services as parties
from samsyn.parties.models import Appointment, Invitation, Title, User
from samsyn.parties.tests.build import Town, user_of
from samsyn.releases.models import Ground, Language, Release
from samsyn.releases.services import erase_content, record_printout, withdraw

TEXT = "Hon i \u201dröda huset\u201d vid ån skriker på nätterna."


def faults() -> list[Fault]:
    return [fault for _, _, found in check_all() for fault in found]


def rows_with(text: str) -> list[str]:
    """Every row of every table that holds the text, sealed ones aside: an answer is nobody's secret."""
    found = []
    for model in apps.get_models():
        if model is not Session:
            rows = model._base_manager.values()
            found += [model._meta.label for row in rows if text in str(list(row.values()))]
    return found


def quoted(town: Town) -> Voice:
    """Accepted, quoted on the public site, and the summary published again without it."""
    asked = dialogues.dialogue(town)
    voice = dialogues.voice(town, asked, text=TEXT)
    theme = dialogues.theme(town, asked, voices=[voice])
    services.publish_dialogue(Dialogue.objects.get(pk=asked.pk), by=town.coordinator)
    with pytest.raises(Refused, match="quoted in what is published"):
        services.erase_voice(
            town.partnership, which=str(voice.pk), ground=Ground.DISPOSAL, decided_on=clock.today(), by=SYSTEM
        )
    services.sort_voice(Voice.objects.get(pk=voice.pk), theme=theme, is_quoted=False, by=town.coordinator)
    services.publish_dialogue(Dialogue.objects.get(pk=asked.pk), by=town.coordinator)
    return Voice.objects.get(pk=voice.pk)


def test_an_answer_is_erased_also_where_it_was_quoted(town: Town, capsys: pytest.CaptureFixture[str]) -> None:
    voice = quoted(town)
    assert set(rows_with("röda huset")) == {"dialogue.Voice", "releases.Release"}
    assert faults() == []

    words = ["answer", "granvik", str(voice.pk), "--ground", "person", "--decided", "2026-11-20", "--yes"]
    assert erase(words) == 0

    assert "1 withdrawn releases" in capsys.readouterr().out
    assert rows_with("röda huset") == []
    assert faults() == []
    left = Voice.objects.get(pk=voice.pk)
    assert (left.text, left.state, left.receipt) == ("", Voice.State.ACCEPTED, voice.receipt)
    entry = Entry.objects.get(command="dialogue.erase_voice")
    assert entry.facts == entry.facts | {"voice": str(voice.pk), "ground": "person", "releases": "1"}
    assert entry.day.isoformat() == "2026-11-20"
    with pytest.raises(Failure, match="erased already"):
        erase(words)


def test_an_answer_is_named_by_the_code_of_its_receipt(town: Town) -> None:
    asked = dialogues.dialogue(town)
    voice = dialogues.voice(town, asked)
    code = "ABCD-EFGH-IJKL-MNOP"
    with pytest.raises(Missing):
        services.erase_voice(
            town.partnership, which=code, ground=Ground.PERSON, decided_on=clock.today(), by=SYSTEM
        )
    given = services.answer(asked, text="Mörkt.", submission=uuid4(), by=dialogues.VISITOR)
    services.erase_voice(
        town.partnership, which=given.lower(), ground=Ground.PERSON, decided_on=clock.today(), by=SYSTEM
    )

    assert list(Voice.objects.order_by("id").values_list("text", flat=True)) == [voice.text, ""]


def test_a_withdrawn_release_is_erased_with_its_documents_and_one_in_use_is_not(town: Town) -> None:
    asked = dialogues.dialogue(town)
    release = Release.objects.get(object_id=asked.pk)
    key = record_printout(release, language=Language.SWEDISH, content=b"%PDF-1.7", by=SYSTEM).key
    with pytest.raises(Refused, match="still shown"):
        erase_content(release, ground=Ground.DISPOSAL, by=SYSTEM)
    withdraw(Release.objects.get(pk=release.pk), by=town.coordinator)

    erase_content(Release.objects.get(pk=release.pk), ground=Ground.DISPOSAL, by=SYSTEM)

    assert Release.objects.get(pk=release.pk).content == ""
    assert faults() == [] and key
    assert objects.named()[0] == set()


def test_a_release_emptied_without_a_decision_is_still_named(town: Town) -> None:
    dialogues.dialogue(town)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE releases_release SET content = ''")

    assert any("its content has changed" in fault.what for fault in faults())


def test_an_account_is_erased_and_its_acts_stay(town: Town) -> None:
    user = user_of(town.owner)
    email, name = user.email, user.name
    parties.invite(
        town.municipality, email=email, title=Title.ANALYST, partnership=town.partnership, by=town.chair
    )
    with pytest.raises(Failure, match="has a title still"):
        erase(["account", email, "--yes"])
    for held in Appointment.objects.filter(user=user):
        parties.end_appointment(held, last_day=clock.today() - timedelta(days=1), by=SYSTEM)

    assert erase(["account", email.upper(), "--yes"]) == 0

    left = User.objects.get(pk=user.pk)
    assert left.email.endswith("@erased.invalid") and not left.name
    assert not left.is_active and not left.has_usable_password()
    assert rows_with(email) == []
    assert not User.objects.filter(name=name).exists()
    assert not Invitation.objects.get(organisation=town.municipality).is_waiting
    assert faults() == []


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (["answer", "ingenstans", "x", "--ground", "person", "--decided", "2026-11-20"], "no partnership"),
        (
            ["answer", "granvik", "x", "--ground", "person", "--decided", "2026-11-20", "--yes"],
            "nothing here",
        ),
        (["account", "ingen@granvik.example", "--yes"], "nothing here"),
        (["account", "ingen@granvik.example"], "Say --yes"),
    ],
)
def test_what_cannot_be_erased_is_said(
    town: Town, capsys: pytest.CaptureFixture[str], words: list[str], why: str
) -> None:
    assert main(["erase", *words]) == 1
    assert why in capsys.readouterr().err
