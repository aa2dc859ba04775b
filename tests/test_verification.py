"""One changed byte, in whatever column or file of journal, dataset, figure or release, is found and named."""

import json
from contextlib import suppress
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.core.mail import EmailMessage
from django.db import IntegrityError, connection, models, transaction

from samsyn.config.anchors import check_against
from samsyn.config.verification import Fault, check_all
from samsyn.core import clock, guard, objects
from samsyn.core.actors import SYSTEM
from samsyn.core.journal import Entry, Head, first_broken_link
from samsyn.dialogue.models import Voice
from samsyn.dialogue.tests import build as dialogues
from samsyn.evidence.models import Dataset, Figure, FigureInput
from samsyn.evidence.tests import build as evidence
from samsyn.parties.tasks import mail_anchors
from samsyn.parties.tests.build import SECRET, Town
from samsyn.pictures.models import Point
from samsyn.pictures.tests import build as pictures
from samsyn.releases.models import Audience, Language, Printout, Release
from samsyn.releases.services import record_printout, withdraw

# Not content: how often a row was saved, and until when the law lets a raw file stay.
UNGUARDED = {"version", "raw_until"}


def faults() -> list[Fault]:
    return [fault for _, _, found in check_all() for fault in found]


def altered(value: Any, field: models.Field[Any, Any]) -> Any:
    """The value with the least of it otherwise; a row that it points at becomes another of its kind."""
    if isinstance(field, models.ForeignKey):
        others = models.QuerySet(field.related_model).exclude(pk=value)
        return others.values_list("pk", flat=True).first()
    match value:
        case None if isinstance(field, models.UUIDField):
            return uuid4()
        case None if isinstance(field, models.DateTimeField):
            return clock.now()
        case None:
            return clock.today()
        case UUID():
            return UUID(int=value.int ^ 1)
        case int():
            return value ^ 1
        case datetime():
            return value + timedelta(microseconds=1)
        case date():
            return value + timedelta(days=1)
        case bytes() | memoryview():
            return bytes(value)[:-1] + bytes([bytes(value)[-1] ^ 1])
        case dict():
            return value | {"x": "1"}
        case list():
            return [*value, []]
    return f"{value[:-1]}{'1' if value[-1:] != '1' else '2'}"


def spoil(row: models.Model, field: models.Field[Any, Any]) -> None:
    """Past everything, as somebody with the database in hand would."""
    value = altered(row.__dict__[field.attname], field)
    stored = value if isinstance(value, bytes) else field.get_db_prep_save(value, connection)
    with guard.lifted(), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            f'UPDATE "{row._meta.db_table}" SET "{field.column}" = %s WHERE id = %s',
            [stored, UUID(str(row.pk)).hex if connection.vendor == "sqlite" else row.pk],
        )
        assert cursor.rowcount == 1


def unnoticed(row: models.Model, name: str, *, of: set[str] | None = None) -> list[str]:
    """The columns of a row that can be changed without verification naming the row."""
    missed = []
    for field in row._meta.concrete_fields:
        if field.attname in UNGUARDED or (of and field.attname not in of):
            continue
        with suppress(IntegrityError), transaction.atomic():  # what the database itself refuses is guarded
            spoil(row, field)
            if not any(name in f"{fault.where} {fault.what}" for fault in faults()):
                missed.append(field.attname)
            transaction.set_rollback(True)
    return missed


def test_verification_names_what_changed(town: Town, home: Path) -> None:
    pictures.shared(town)
    key = objects.put(b"a file", owner=town.municipality.pk)
    assert faults() == []

    path = home / "objects" / key[:2] / key
    path.write_bytes(path.read_bytes()[:-1] + b"x")
    assert f"object {key[:12]}…" in {fault.where for fault in faults()}
    path.unlink()

    with connection.cursor() as cursor:
        cursor.execute("UPDATE releases_release SET content = replace(content, %s, 'x')", [SECRET])
    assert any("release" in fault.where for fault in faults())

    with guard.lifted():
        Entry.objects.filter(chain=town.partnership.pk, sequence=2).update(command="x")
    assert any("broken at entry 2" in fault.what for fault in faults())


def test_the_journal_in_every_column(town: Town) -> None:
    pictures.agreed_picture(town)
    assert faults() == []

    for chain in (town.partnership.pk, town.municipality.pk, UUID(int=0)):
        entry = Entry.objects.filter(chain=chain).order_by("sequence")[1]
        assert unnoticed(entry, "broken at entry 2") == []


def test_a_dataset_and_a_figure_in_every_column(town: Town) -> None:
    figure = evidence.figure(town)
    dataset = Dataset.objects.get()
    assert faults() == []

    assert unnoticed(dataset, f"dataset {dataset.pk}") == []
    assert unnoticed(Figure.objects.get(), f"figure {figure.pk}") == []
    stands_on = {"figure_id", "dataset_id", "content_hash"}
    assert unnoticed(FigureInput.objects.get(), f"figure {figure.pk}", of=stands_on) == []


def test_a_release_and_its_document_in_every_column(town: Town) -> None:
    picture = pictures.adopted_picture(town)
    handed_over = Release.objects.get(audience=Audience.PARTY)
    adopted = Release.objects.get(pk=picture.release_id)
    printout = record_printout(adopted, language=Language.SWEDISH, content=b"%PDF", by=SYSTEM)
    assert faults() == []

    assert unnoticed(adopted, f"release {adopted.pk}") == []
    assert unnoticed(handed_over, f"release {handed_over.pk}") == []
    shows = {"partnership_id", "release_id", "language", "key"}
    assert unnoticed(Printout.objects.get(pk=printout.pk), f"release {adopted.pk}", of=shows) == []


@pytest.mark.parametrize("offset", [0, 1, -1])
def test_a_document_in_any_byte(town: Town, home: Path, offset: int) -> None:
    adopted = Release.objects.get(pk=pictures.adopted_picture(town).release_id)
    key = record_printout(adopted, language=Language.SWEDISH, content=b"%PDF-1.7", by=SYSTEM).key

    file = home / "objects" / key[:2] / key
    content = bytearray(file.read_bytes())
    content[offset] ^= 1
    file.write_bytes(content)

    assert {fault.where for fault in faults()} == {
        f"object {key[:12]}…",
        f"document of release {adopted.pk} (sv)",
    }


def test_text_that_the_law_erases_leaves_everything_verifying(town: Town) -> None:
    """The journal holds no text and no hash of one, so ordinary rows may lose theirs."""
    written = [
        Point.objects.get(picture=pictures.agreed_picture(town)),
        dialogues.voice(town, dialogues.dialogue(town), text="Kalle på Storgatan 3 skriker."),
    ]
    withdraw(Release.objects.get(kind="dialogue.dialogue"), by=town.coordinator)
    assert faults() == []

    for row in written:
        texts = [field for field in row._meta.concrete_fields if isinstance(field, models.TextField)]
        assert texts
        for field in texts:
            with connection.cursor() as cursor:
                cursor.execute(f'UPDATE "{row._meta.db_table}" SET "{field.column}" = %s', [""])

    assert not Voice.objects.exclude(text="").exists()
    assert faults() == []


def test_a_released_text_that_is_erased_is_named_and_nothing_else_is(town: Town) -> None:
    evidence.figure(town)
    adopted = Release.objects.get(pk=pictures.adopted_picture(town).release_id)

    with connection.cursor() as cursor:
        cursor.execute("UPDATE releases_release SET content = %s WHERE kind = %s", ["{}", adopted.kind])

    assert {fault.where for fault in faults()} == {f"release {adopted.pk} ({adopted.kind})"}


def test_a_journal_that_is_rewritten_from_the_beginning_is_found_by_what_was_told_outside(
    town: Town, mailoutbox: list[EmailMessage]
) -> None:
    """It holds in itself, so only a copy kept elsewhere can say that it is another one."""
    pictures.agreed_picture(town)
    mail_anchors.enqueue()
    saved = mailoutbox[0].message().as_bytes()
    assert check_against(saved) == (3, [])

    with guard.lifted():
        rewrite(town.partnership.pk)

    assert faults() == []
    number = Entry.objects.filter(chain=town.partnership.pk).count()
    fault = Fault(f"journal of {town.partnership}", f"entry {number} is not the one that was told outside")
    assert check_against(saved) == (3, [fault])


def test_an_entry_cut_away_with_its_head_rewritten_is_found_by_a_manifest(town: Town) -> None:
    pictures.agreed_picture(town)
    chain = town.partnership.pk
    head = Head.objects.get(chain=chain)
    manifest = json.dumps({"heads_at_least": {chain.hex: [head.sequence, head.hash]}}, indent=1).encode()
    assert check_against(manifest) == (1, [])

    with guard.lifted():
        Entry.objects.filter(chain=chain, sequence=head.sequence).delete()
        last = Entry.objects.filter(chain=chain).latest("sequence")
        Head.objects.filter(chain=chain).update(sequence=last.sequence, hash=last.hash)

    assert first_broken_link(chain) is None
    assert len(check_against(manifest)[1]) == 1


def rewrite(chain: UUID) -> None:
    """What somebody with the database in hand can do: another second entry, and every hash made anew."""
    previous = ""
    for entry in Entry.objects.filter(chain=chain).order_by("sequence"):
        if entry.sequence == 2:
            entry.day = date(2001, 1, 1)
        entry.hash = previous = entry.computed_hash(previous)
        entry.save()
    Head.objects.filter(chain=chain).update(hash=previous)
