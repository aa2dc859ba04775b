"""A party's key: fetched once, brought back after a restore, nobody else's."""

import shutil
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from samsyn.core import sealing
from samsyn.core.errors import DomainError, Invalid
from samsyn.core.journal import Entry
from samsyn.parties import services
from samsyn.parties.tests import build


def path(name: str, town: build.Town, party: object = None) -> str:
    return reverse(f"parties:{name}", args=[town.partnership.slug, *([party] if party else [])])


def test_the_file_is_fetched_once_by_those_who_decide(client: Client, town: build.Town) -> None:
    client.force_login(build.user_of(town.chief))

    answer = client.post(path("fetch_key", town, town.police.pk))
    again = client.post(path("fetch_key", town, town.police.pk))

    assert answer["Content-Disposition"].startswith("attachment") and "no-store" in answer["Cache-Control"]
    assert str(town.police.pk) in answer.content.decode() and again.status_code == 409
    entry = Entry.objects.get(command="parties.export_key")
    assert entry.chain == town.police.pk and set(entry.facts) == {"keys"}
    assert client.get(path("key", town)).status_code == 200


@pytest.mark.parametrize(
    ("who", "status"),
    [("officer", 403), ("administrator", 404), ("chair", 404), ("coordinator", 404), ("auditor", 404)],
)
def test_nobody_else_fetches_it(client: Client, town: build.Town, who: str, status: int) -> None:
    client.force_login(build.user_of(town.actors()[who]))

    answer = client.post(path("fetch_key", town, town.police.pk))

    assert answer.status_code in (status, 403)
    assert not Entry.objects.filter(command="parties.export_key").exists()


@pytest.mark.parametrize("who", ["coordinator", "officer", "administrator", "auditor", "owner", "chair"])
def test_the_other_keys_commands_are_refused_too(town: build.Town, who: str) -> None:
    by = town.actors()[who]

    with pytest.raises(DomainError):
        services.export_key(town.police, by=by)
    with pytest.raises(DomainError):
        services.rotate_key(town.police, by=by)
    with pytest.raises(DomainError):
        services.restore_key(town.police, content="", by=by)


@pytest.mark.parametrize(("who", "status"), [("administrator", 200), ("chair", 200), ("coordinator", 403)])
def test_the_page_is_for_those_who_decide_and_run(
    client: Client, town: build.Town, who: str, status: int
) -> None:
    client.force_login(build.user_of(town.actors()[who]))

    assert client.get(path("key", town)).status_code == status


def test_after_a_restore_the_file_opens_the_drafts_again(
    client: Client, town: build.Town, home: Path
) -> None:
    sealed = sealing.seal("Ett utkast", owner=town.police.pk, place="here")
    client.force_login(build.user_of(town.chief))
    services.rotate_key(town.police, by=town.chief)
    later = sealing.seal("Ett senare utkast", owner=town.police.pk, place="here")
    file = client.post(path("fetch_key", town, town.police.pk)).content
    shutil.rmtree(home / "keys" / str(town.police.pk))
    with pytest.raises(sealing.KeyMissing):
        sealing.keys_of(town.police.pk)
    assert client.get(path("key", town)).status_code == 200

    answer = client.post(
        path("restore_key", town, town.police.pk), {"file": SimpleUploadedFile("fil.txt", file)}
    )

    assert answer.status_code == 302
    assert sealing.unseal(sealed, owner=town.police.pk, place="here") == "Ett utkast"
    assert sealing.unseal(later, owner=town.police.pk, place="here") == "Ett senare utkast"


def test_a_new_key_gives_a_new_file_with_both_keys(town: build.Town) -> None:
    one = services.export_key(town.police, by=town.chief)

    services.rotate_key(town.police, by=town.chief)
    two = services.export_key(town.police, by=town.chief)

    assert one.count("\nkey ") == 1 and two.count("\nkey ") == 2


@pytest.mark.parametrize("content", ["", "hej", "key 00000 x"])
def test_what_is_no_recovery_file_is_refused(client: Client, town: build.Town, content: str) -> None:
    client.force_login(build.user_of(town.chief))

    answer = client.post(
        path("restore_key", town, town.police.pk),
        {"file": SimpleUploadedFile("fil.txt", content.encode() or b" ")},
    )

    assert answer.status_code == 422


def test_a_changed_or_foreign_file_is_refused(town: build.Town) -> None:
    theirs = services.export_key(town.municipality, by=town.chair)
    ours = services.export_key(town.police, by=town.chief)
    position = ours.rindex("key 00000 ") + len("key 00000 ")
    changed = ours[:position] + ("B" if ours[position] == "A" else "A") + ours[position + 1 :]

    for content in (theirs, changed):
        with pytest.raises(Invalid):
            services.restore_key(town.police, content=content, by=town.chief)


def test_keys_that_are_here_are_never_overwritten(town: build.Town) -> None:
    before = sealing.keys_of(town.police.pk)
    content = services.export_key(town.police, by=town.chief)

    assert services.restore_key(town.police, content=content, by=town.chief) == 0
    assert sealing.keys_of(town.police.pk) == before
