"""A word that a party writes only for itself is nowhere: not in a byte that is kept, nor on a page of anybody else.

Each party writes its own word through the pages, wherever a draft has room for words, and in a file. Then all
that is stored, sent, logged or backed up is searched, and everybody else opens every page.
"""

import io
import json
import logging
import os
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.mail import EmailMessage
from django.core.management import call_command
from django.db import connection
from django.db.backends.base.base import NO_DB_ALIAS
from django.test import Client
from django.urls import reverse
from django_tasks_db.models import DBTaskResult
from pythonjsonlogger.json import JsonFormatter

from samsyn.config import backups
from samsyn.config.backups import snapshot
from samsyn.core.actors import Actor
from samsyn.core.journal import Entry
from samsyn.core.rows import Row
from samsyn.evidence.models import Dataset, Upload
from samsyn.evidence.tests import build as figures
from samsyn.parties.tasks import mail_anchors
from samsyn.parties.tests.build import user_of
from samsyn.pictures.models import DraftFinding, PrivateDraft
from tests.addresses import addresses
from tests.test_wall import database_bytes
from tests.whole import Whole, whole_town

pytestmark = [pytest.mark.slow, pytest.mark.both, pytest.mark.django_db(transaction=True)]
OURS, THEIRS = "Ekorrbråten", "Igelkottsmyren"


@dataclass
class Written:
    """One party's word, and the rows that hold it."""

    word: str
    rows: dict[type[Row], Row]


@pytest.fixture
def logged() -> Iterator[io.StringIO]:
    """All that is said at any level, as production writes it."""
    said = io.StringIO()
    handler = logging.StreamHandler(said)
    handler.setFormatter(JsonFormatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    root, levels = logging.getLogger(), {}
    for name in ("", "django", "django.request", "django.db.backends", "django.server", "samsyn"):
        levels[name] = logging.getLogger(name).level
        logging.getLogger(name).setLevel(logging.DEBUG)
    others, root.handlers = root.handlers, [handler]
    connection.force_debug_cursor = True  # every statement with its parameters
    yield said
    connection.force_debug_cursor = False
    root.handlers = others
    for name, level in levels.items():
        logging.getLogger(name).setLevel(level)


@pytest.fixture
def as_it_runs(settings: Any) -> None:
    """Cache and queue in the database, where their bytes are searched."""
    settings.CACHES = {
        "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "core_cache"}
    }
    call_command("createcachetable", verbosity=0)


def write_everywhere(whole: Whole, actor: Actor, word: str, settings: Any) -> Written:
    """Through the pages, as a person does: findings, a note on a figure, a file and what one says of it."""
    town, client = whole.town, Client()
    client.force_login(user_of(actor))

    def send(name: str, *path: Any, **fields: Any) -> None:
        answer = client.post(reverse(name, args=[town.partnership.slug, *path]), fields)
        assert answer.status_code == 302, (name, answer.status_code, answer.content.decode()[:2000])

    send("pictures:start_draft", title=f"Läget i {word}", period="2031")
    draft = PrivateDraft.objects.get(party=actor.party_id, period="2031")
    words = {name: f"{name} {word}" for name in ("title", "text", "extent", "consequence", "unknown")}
    send("pictures:write_finding", draft.pk, **words, certainty="fairly", secrecy="", priority_key="")
    send("pictures:write_notes", draft.pk, text=f"Egen anteckning {word}", seen=draft.version)
    finding = draft.findings.get()
    figure = figures.figure(town, by=actor) if actor == town.officer else whole.rows[figures.Figure]
    send("pictures:cite", finding.pk, figure=figure.pk, note=f"Obs {word}")
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    for number in range(2):  # one is kept, one still waits
        text = f"Kommun;År;Antal {word}\nGranvik;202{number};310\nGranvik;2023;32{number}\n"
        file = SimpleUploadedFile(f"{word}{number}.csv", text.encode(), content_type="text/csv")
        send("evidence:new_file", file=file, source_name=f"Källa {word}")
        for task in DBTaskResult.objects.ready():
            task.task.call(*task.args_kwargs["args"])
            DBTaskResult.objects.filter(pk=task.pk).update(status="SUCCESSFUL")
        upload = Upload.objects.filter(party=actor.party_id).latest("received_at")
        assert upload.state == Upload.State.READ, upload.outcome
        if number == 0:
            said = {name: f"{name} {word}" for name in ("title", "source_name", "licence", "collected_by")}
            send("evidence:accept", upload.pk, **said, origin="own", quality=f"Obs {word}")
    dataset = Dataset.objects.filter(party=actor.party_id).latest("id")
    assert word in str(dataset.title) and word in str(finding.text)
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    return Written(
        word, {type(row): row for row in (draft, DraftFinding.objects.get(pk=finding.pk), upload, dataset)}
    )


def files_in(folder: Path) -> Iterator[tuple[str, bytes]]:
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            yield f"{path.relative_to(folder)}", str(path).encode() + path.read_bytes()


def backup_bytes(folder: Path) -> Iterator[tuple[str, bytes]]:
    """The archive with all its files, and what is compressed in them unpacked."""
    backups.backup(folder, say=lambda _: None)
    yield from files_in(folder)
    if connection.vendor == "postgresql":
        yield (
            "dump",
            subprocess.run(
                ["pg_restore", "-f", "-", str(folder / "database")],
                check=True,
                capture_output=True,
                env=os.environ,
            ).stdout,
        )


def test_no_stored_sent_or_logged_byte_and_no_page_of_others_holds_the_word(
    home: Path,
    tmp_path_factory: pytest.TempPathFactory,
    settings: Any,
    mailoutbox: list[EmailMessage],
    as_it_runs: None,
    logged: io.StringIO,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(snapshot, "COPY", NO_DB_ALIAS)  # Django's tests open no other alias
    whole = whole_town()
    town = whole.town
    ours = write_everywhere(whole, town.coordinator, OURS, settings)
    theirs = write_everywhere(whole, town.officer, THEIRS, settings)
    mail_anchors.enqueue()

    hidden_from = dict.fromkeys(town.actors(), (ours, theirs)) | {
        **dict.fromkeys(("coordinator", "chair", "secretary"), (theirs,)),
        **dict.fromkeys(("officer", "chief"), (ours,)),
    }
    people = {**town.actors(), "outsider": town.outsider}
    if connection.vendor != "sqlite":  # pages are the same on both; what is stored and logged is not
        people = {who: people[who] for who in ("coordinator", "officer", "administrator")}
    for who, actor in people.items():
        client = Client()
        client.force_login(user_of(actor))
        hidden = hidden_from.get(who, (ours, theirs))
        assert pages_with(hidden, whole, client) == [], who
        for written in (ours, theirs):  # the search itself works
            if who in ("coordinator", "officer") and written not in hidden:
                assert written.word in text_of(client, searching(whole, written.word))
    assert pages_with((ours, theirs), whole, Client()) == []

    kept = [("database", part) for part in database_bytes()]
    kept += [*files_in(home), *backup_bytes(tmp_path_factory.mktemp("backups") / "copy")]
    kept += [("mail", f"{message.subject}\n{message.body}".encode()) for message in mailoutbox]
    kept += [("log", logged.getvalue().encode()), ("journal", str(list(Entry.objects.values())).encode())]
    assert {"database", "mail", "log", "journal", "manifest.json"} <= {name for name, _ in kept}
    assert b"INSERT INTO" in logged.getvalue().encode()
    assert any(b"Granviks" in content for name, content in kept if name in ("database", "dump"))
    for word in (OURS, THEIRS):
        for form in forms_of(word):
            assert [name for name, content in kept if form in content.lower()] == [], word


def forms_of(word: str) -> list[bytes]:
    """As text, in the letters of an older file, as a dump writes bytes, and as JSON and a mail escape it."""
    low = word.lower()
    plain = low.encode()
    return [
        plain,
        low.encode("latin-1"),
        low.encode("utf-16-le"),
        plain.hex().encode(),
        json.dumps(low)[1:-1].encode(),
    ]


def pages_with(hidden: tuple[Written, ...], whole: Whole, client: Client) -> list[str]:
    """The addresses whose answer holds a word: all of them once, and each row that holds one at its own."""
    found = []
    for number, written in enumerate(hidden):
        about = Whole(whole.town, whole.rows | written.rows, whole.published_agreement, whole.printed)
        pages = [
            one
            for one in addresses()
            if (one.is_at_work or (one.is_ours and not one.name.startswith("parties:")))
            and (not number or one.model in written.rows)
        ]
        for path in [*(one.path(about) for one in pages), searching(whole, written.word)]:
            text = text_of(client, path)
            found += [path for one in hidden if one.word in text]
    return found


def searching(whole: Whole, word: str) -> str:
    """For all but its last letters, since the page shows what was searched for."""
    return reverse("overview:search", args=[whole.town.partnership.slug]) + f"?q={word[:-3]}"


def text_of(client: Client, path: str) -> str:
    answer: Any = client.get(path)
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return body.decode(errors="replace") + str(answer.headers)
