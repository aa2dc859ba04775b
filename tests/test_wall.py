"""The wall between the parties: rows, counts, errors, bytes on disk, dump and journal."""

import logging
import os
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography.exceptions import InvalidTag
from django.db import connection
from django.test import Client
from django.urls import reverse

from samsyn.core import thread
from samsyn.core.actors import SYSTEM, VISITOR, Actor
from samsyn.core.errors import Missing
from samsyn.core.journal import Entry
from samsyn.parties.tests.build import SECRET, Town, user_of
from samsyn.pictures import services
from samsyn.pictures.models import Certainty, DraftFinding, PrivateDraft
from samsyn.pictures.services.drafting import Words
from samsyn.pictures.tests import build


def others(town: Town) -> dict[str, Actor]:
    """Everyone who must not know that the municipality has a draft."""
    return {
        "other party": town.officer,
        "its chief": town.chief,
        "own administrator": town.administrator,
        "own auditor": town.auditor,
        "own measure owner": town.owner,
        "other partnership": town.outsider,
        "visitor": VISITOR,
        "system": SYSTEM,
    }


def test_a_draft_is_its_partys_alone(town: Town) -> None:
    draft = build.draft(town)

    assert PrivateDraft.objects.visible_to(town.coordinator).get() == draft
    for actor in others(town).values():
        assert PrivateDraft.objects.visible_to(actor).count() == 0
        assert DraftFinding.objects.visible_to(actor).count() == 0
        assert not Entry.objects.visible_to(actor).filter(command__contains="draft").exists()
        with pytest.raises(Missing) as answer:
            services.write_finding(
                draft,
                words=Words("x", "x"),
                certainty=Certainty.CERTAIN,
                priority_key="",
                secrecy="",
                by=actor,
            )
        assert str(answer.value) == str(Missing())


def test_the_joint_journal_does_not_tell_that_a_draft_exists(town: Town) -> None:
    before = list(Entry.objects.visible_to(town.officer).order_by("id"))

    build.draft(town)

    assert list(Entry.objects.visible_to(town.officer).order_by("id")) == before


def test_no_page_shows_the_word_and_a_hidden_draft_answers_like_a_missing_one(
    town: Town, client: Client
) -> None:
    draft = build.draft(town)
    slug = town.partnership.slug
    pages = [
        reverse("overview:start", args=[slug]),
        reverse("overview:search", args=[slug]) + f"?q={SECRET}",
        reverse("overview:thread", args=[slug]),
        reverse("pictures:index", args=[slug]),
        reverse("pictures:drafts", args=[slug]),
    ]
    client.force_login(user_of(town.coordinator))
    assert f"Stölder i {SECRET}" in client.get(pages[1]).text  # the search itself works

    for actor in (town.officer, town.chief, town.auditor, town.administrator, town.owner, town.outsider):
        client.force_login(user_of(actor))
        for page in pages:
            assert SECRET not in client.get(page).text.replace(f'value="{SECRET}"', "").replace(
                f"?q={SECRET}", ""
            )
    client.force_login(user_of(town.officer))
    hidden = client.get(reverse("pictures:draft", args=[slug, draft.pk]))
    nothing = client.get(reverse("pictures:draft", args=[slug, "00000000-0000-7000-8000-000000000000"]))
    assert hidden.status_code == nothing.status_code == 404
    assert alike(hidden.text) == alike(nothing.text)


def alike(page: str) -> str:
    """Without what differs between any two requests: the token, and the address asked for."""
    return re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}|[A-Za-z0-9]{64}", "", page)


def test_private_drafts_are_no_nodes_of_the_thread(town: Town) -> None:
    build.draft(town)
    place = thread.Place(town.partnership.pk, town.partnership.slug)

    for actor in (town.coordinator, town.officer):
        assert not [node for node in thread.thread.nodes(actor, place) if SECRET in node.title]


@pytest.mark.django_db(transaction=True)
def test_the_secret_word_is_nowhere_on_disk(caplog: pytest.LogCaptureFixture) -> None:
    from samsyn.parties.tests.build import town as found_town

    # A word of its own: what other tests have shared may linger in the free pages of the database file.
    word, town = "Enbartfors", found_town()
    caplog.set_level(logging.DEBUG, logger="django.db.backends")  # every statement with its parameters
    connection.force_debug_cursor = True
    build.draft(town, word=word)
    connection.force_debug_cursor = False

    assert PrivateDraft.objects.visible_to(town.coordinator).get().title == f"Läget i {word}"
    stored = b"".join(database_bytes())
    assert b"Granviks" in stored  # the search itself works
    assert word.encode() not in stored
    assert word.encode().hex().encode() not in stored  # a dump writes bytes as hex
    assert "INSERT INTO" in caplog.text
    assert word not in caplog.text
    assert word not in str(list(Entry.objects.values()))
    assert word not in repr(vars(PrivateDraft.objects.get()))


def database_bytes() -> Iterator[bytes]:
    settings = connection.settings_dict
    if connection.vendor == "sqlite":
        for name in (str(settings["NAME"]), f"{settings['NAME']}-wal"):
            if Path(name).exists():
                yield Path(name).read_bytes()
        return
    at = ["-h", str(settings["HOST"]), "-p", str(settings["PORT"]), "-U", str(settings["USER"])]
    yield subprocess.run(
        ["pg_dump", *at, str(settings["NAME"])], check=True, capture_output=True, env=os.environ
    ).stdout


def test_a_seal_does_not_open_in_another_row_or_for_another_party(town: Town) -> None:
    finding = build.draft(town).findings.get()
    moved = PrivateDraft(party=town.municipality)
    moved.__dict__["title"] = finding.__dict__["title"]

    with pytest.raises(InvalidTag):
        assert moved.title


def test_readable_text_never_reaches_a_query(town: Town) -> None:
    with pytest.raises(TypeError, match="on its way to the database"):
        PrivateDraft.objects.filter(title=SECRET).exists()
