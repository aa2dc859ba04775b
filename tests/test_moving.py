"""A partnership leaves whole and is taken in elsewhere: what follows, what stays, and what is refused.

The place that it leaves is made once, with a row of everything; where it arrives is the empty database of each
test, with a home of its own. The same commands in processes of their own: docs/how-to/back-up-and-restore.md.
"""

import hashlib
import io
import re
import shutil
from base64 import b64encode
from contextlib import redirect_stderr
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.apps import apps
from django.core import mail
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client, override_settings

from samsyn.config.cli import Failure, export, take_in
from samsyn.config.moving import belonging, folder
from samsyn.config.verification import check_all
from samsyn.core import journal, objects
from samsyn.core.actors import SYSTEM
from samsyn.core.models import Start
from samsyn.core.sealing import KeyMissing, Sealed
from samsyn.parties import services
from samsyn.parties.models import Appointment, Invitation, Membership, Organisation, Title, User
from samsyn.parties.services import restore_key
from samsyn.parties.tests import build as parties
from samsyn.parties.tests.build import Town, user_of
from samsyn.pictures.models import PrivateDraft
from samsyn.pictures.tests import build as drafts
from samsyn.plans.models import StatusRequest
from tests import standing
from tests.spoiling import SPOILT
from tests.whole import Whole, whole_town

Rows = dict[str, dict[Any, dict[str, Any]]]  # by table and key
POLICE_WORD = "Enbartpolisen"
NEW = "fem-andra-ord-som-ingen-vet"


@dataclass
class Left:
    """What one place wrote: while the police work in two partnerships, and once they work in this one only."""

    town: Town
    dispatched: User  # of the police, in the other partnership only
    home: Path
    recovery_file: str
    rows: Rows  # all that there was when `alone` was written, of other partnerships too
    stored: dict[str, bytes]
    pages: dict[str, str]  # the public ones, as they were then
    lacking: str  # what was said when one object and one key were gone

    @property
    def shared(self) -> Path:
        return self.home / "shared"

    @property
    def alone(self) -> Path:
        return self.home / "alone"


@pytest.fixture(scope="module")
def left(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: Any) -> Left:
    home = tmp_path_factory.mktemp("left")
    for name in ("objects", "quarantine", "keys", "locks", "cache", "mail"):
        (home / name).mkdir()
    with django_db_blocker.unblock(), override_settings(SAMSYN_HOME=home):
        try:
            made = _left(home)
        finally:
            call_command("flush", verbosity=0, interactive=False)
    return made


def _left(home: Path) -> Left:
    whole: Whole = standing.once(whole_town, home)
    town = whole.town
    drafts.draft(town, by="officer", word=POLICE_WORD)
    sent = services.appoint(
        town.police,
        email="bara-dit@polisen.example",
        name="Dit Bortvik",
        title=Title.KOMMUNPOLIS,
        partnership=town.elsewhere,
        by=SYSTEM,
    )
    recovery_file = services.export_key(town.municipality, by=town.chair)
    assert export.main(["granvik", str(home / "shared"), "--whole"]) == 0
    Membership._base_manager.filter(partnership=town.elsewhere, organisation=town.police)._raw_delete(
        "default"
    )
    Appointment._base_manager.filter(pk=sent.pk)._raw_delete("default")
    rows, stored = every_row(), stored_objects()
    assert export.main(["granvik", str(home / "alone"), "--whole"]) == 0
    pages = public_pages()
    objects.remove(a_printout(rows))
    keys = home / "keys" / str(town.municipality.pk)
    keys.rename(home / "taken")
    with redirect_stderr(io.StringIO()) as said:
        assert export.main(["granvik", str(home / "lacking"), "--whole"]) == 1
    (home / "taken").rename(keys)
    return Left(town, sent.user, home, recovery_file, rows, stored, pages, said.getvalue())


def public_pages() -> dict[str, str]:
    """The front of the partnership's site, and all that it leads to in both languages."""
    cache.clear()
    waiting, found = ["/granvik/", "/en/granvik/"], dict[str, str]()
    while waiting:
        if (path := waiting.pop()) not in found:
            answer = Client().get(path)
            assert answer.status_code == 200, path
            page = answer.text if answer["Content-Type"].startswith("text/html") else ""
            found[path] = re.sub(r'value="[0-9a-f-]{36}"', "", page)  # each form's own key
            waiting += re.findall(r'href="((?:/en)?/granvik/[^"#?]*)"', found[path])
    return found


def every_row() -> Rows:
    """Every table as the database has it; sealed text still sealed."""
    return {
        model._meta.label: {row[model._meta.pk.attname]: row for row in model._base_manager.values()}
        for model in apps.get_models(include_auto_created=True)
    }


def a_printout(rows: Rows) -> str:
    """The key of an object that a row names openly."""
    return min(str(one["key"]) for one in rows["releases.Printout"].values())


def stored_objects() -> dict[str, bytes]:
    return {key: objects.get(key) for key in sorted(objects.keys())}


def arrived(source: Path) -> int:
    return take_in.main([str(source)])


def is_empty() -> bool:
    return not journal.Entry.objects.exists() and not User.objects.exists() and not objects.keys()


def faults() -> list[str]:
    return [fault.what for _, _, found in check_all() for fault in found]


@pytest.mark.both
def test_what_arrives_is_what_left_field_by_field_and_byte_by_byte(left: Left, db: None) -> None:
    town = left.town
    others = {town.elsewhere.pk, town.stranger.pk, town.outsider.user_id, left.dispatched.pk}

    assert arrived(left.alone) == 0

    here = every_row()
    for label, rows in left.rows.items():
        if label in belonging.LEFT_OUT:
            continue
        kept = set(belonging.fields_of(apps.get_model(label)))
        there = {key: row for key, row in here[label].items() if not _names(row, {journal.SYSTEM_CHAIN})}
        expected = {key: row for key, row in rows.items() if not _names(row, {journal.SYSTEM_CHAIN, *others})}
        assert _only(there, kept) == _only(expected, kept), label
    assert stored_objects() == left.stored
    assert len(here["pictures.PrivateDraft"]) == 2 and len(here["pictures.DraftFinding"]) == 2


def _names(row: dict[str, Any], ids: set[Any]) -> bool:
    return bool(ids & {value for value in row.values() if isinstance(value, UUID)})


def _only(rows: dict[Any, dict[str, Any]], fields: set[str]) -> dict[Any, dict[str, Any]]:
    return {key: {name: value for name, value in row.items() if name in fields} for key, row in rows.items()}


@pytest.mark.both
def test_it_verifies_once_each_party_has_brought_its_own_key(left: Left, db: None) -> None:
    town = left.town
    arrived(left.alone)
    assert set(faults()) == {"cannot be checked: the key of its party is not here"}

    restore_key(Organisation.objects.get(pk=town.municipality.pk), content=left.recovery_file, by=town.chair)

    assert faults() == []
    assert PrivateDraft.objects.visible_to(town.coordinator).get().title == "Läget i hamnen"
    with pytest.raises(KeyMissing):
        str(PrivateDraft.objects.visible_to(town.officer).get().title)
    entry = journal.Entry.objects.get(chain=journal.SYSTEM_CHAIN)
    manifest = hashlib.sha256((left.alone / folder.MANIFEST).read_bytes()).hexdigest()
    assert entry.command == "parties.take_in_partnership"
    assert entry.facts == {
        "partnership": str(town.partnership.pk),
        "manifest": manifest,
        "lost": "0",
        "without_key": "2",
    }
    assert Start.objects.exists()  # no daily job on the day of a move


def test_everybody_reads_its_pages_again_and_makes_a_new_password(
    left: Left, db: None, client: Client, settings: Any
) -> None:
    cache.clear()
    settings.SECRET_KEY = "another place has another key, so that no link mailed from the old one opens"
    arrived(left.alone)

    assert public_pages() == left.pages and len(left.pages) > 4
    chair = user_of(left.town.chair)
    assert not chair.can_sign_in
    sign_in = {"login": chair.email, "password": parties.PASSWORD}
    assert client.post("/konto/logga-in/", sign_in).status_code == 422
    client.post("/konto/losenord/glomt/", {"email": chair.email})
    link = next(line for line in mail.outbox[-1].body.splitlines() if "/losenord/nytt/" in line)
    form = client.get(link.removeprefix(settings.ORIGIN))["Location"]
    assert client.post(form, {"password1": NEW, "password2": NEW}).status_code == 302
    assert client.post("/konto/logga-in/", sign_in | {"password": NEW}).status_code == 302
    assert client.get("/arbete/granvik/").status_code == 200
    bring = f"/arbete/granvik/nyckel/{left.town.municipality.pk}/aterstall/"
    file = SimpleUploadedFile("recovery.txt", left.recovery_file.encode())
    assert client.post(bring, {"file": file}).status_code == 302
    for who in left.town.actors().values():
        client.force_login(user_of(who))
        assert client.get("/arbete/granvik/").status_code == 200
    for model in (Invitation, StatusRequest):
        [lock] = model._base_manager.all()
        was = left.rows[model._meta.label][lock.pk]["token_hash"]
        assert lock.token_hash == lock.hash_of(lock.token) != was


# --- the wall


def written(folder: Path) -> bytes:
    return b"\n".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())


def test_the_rows_of_another_partnership_never_follow(left: Left) -> None:
    town, content = left.town, written(left.shared)
    theirs = [town.elsewhere.pk, town.stranger.pk, town.outsider.user_id, left.dispatched.pk]

    assert str(town.partnership.pk).encode() in content  # the search itself works
    for word in [*map(str, theirs), "Tallnäs", "tallnas", '"9903"', "bara-dit", "Dit Bortvik"]:
        assert word.encode() not in content, word


def test_what_is_private_to_a_party_that_works_elsewhere_too_stays(left: Left, db: None) -> None:
    """Its drafts and its journal are about all of its partnerships: it begins anew, and can work."""
    town = left.town
    arrived(left.shared)
    town.police.refresh_from_db()

    assert not PrivateDraft.objects.filter(party=town.police).exists()
    assert journal.Head.objects.get(chain=town.police.pk).sequence == 0
    draft = drafts.draft(town, by="officer", word="nytt")
    assert draft.title == "Läget i nytt"
    assert services.export_key(town.police, by=town.chief)
    assert set(faults()) == {"cannot be checked: the key of its party is not here"}
    restore_key(town.municipality, content=left.recovery_file, by=town.chair)
    assert faults() == []


def test_no_key_no_way_to_sign_in_and_no_readable_draft_is_in_the_folder(left: Left) -> None:
    content = written(left.alone)
    ids = [left.town.municipality.pk, left.town.police.pk]
    keys = [key for one in ids for key in (left.home / "keys" / str(one)).iterdir()]
    users = left.rows["parties.User"].values()
    locks = [*left.rows["parties.Invitation"].values(), *left.rows["plans.StatusRequest"].values()]

    assert b"Granviks" in content
    secrets = [POLICE_WORD.encode(), *(b64encode(key.read_bytes()) for key in keys)]
    secrets += [one["password"].encode() for one in users] + [one["token_hash"].encode() for one in locks]
    assert len(secrets) > 10
    assert not [one for one in secrets if one in content]


# --- what is refused


@pytest.mark.both
@pytest.mark.parametrize(("spoil", "why"), SPOILT, ids=lambda one: getattr(one, "__name__", ""))
def test_a_folder_that_is_not_whole_is_refused_and_nothing_is_kept(
    spoil: Any, why: str, left: Left, db: None, tmp_path: Path
) -> None:
    mine = Path(shutil.copytree(left.alone, tmp_path / "mine"))
    spoil(mine)

    with pytest.raises(Failure, match=re.escape(why)):
        arrived(mine)

    assert is_empty()


def test_only_an_empty_place_takes_one_in_and_what_a_killed_one_left_is_no_hindrance(
    left: Left, db: None
) -> None:
    key = min(left.stored)
    objects.take_in(key, left.alone / "objects" / key[:2] / key)
    assert arrived(left.alone) == 0

    for source in (left.alone, left.shared):
        with pytest.raises(Failure, match="There is data here already"):
            arrived(source)


def test_another_object_in_the_store_is_data_too(left: Left, db: None) -> None:
    key = objects.put(b"of somebody else")

    with pytest.raises(Failure, match="There is data here already"):
        arrived(left.alone)

    assert objects.keys() == {key}


def test_a_place_to_write_to_must_be_new_and_a_partnership_must_be_there(left: Left, db: None) -> None:
    arrived(left.alone)

    with pytest.raises(Failure, match="is there already"):
        export.main(["granvik", str(left.home), "--whole"])
    with pytest.raises(Failure, match="there is no partnership at “tallnas”"):
        export.main(["tallnas", str(left.home / "new"), "--whole"])


def test_what_is_lost_already_is_named_and_the_rest_moves(left: Left, db: None, capsys: Any) -> None:
    gone = f"object {a_printout(left.rows)}"

    assert f"Lost from the store, so not in the folder: {gone}" in left.lacking
    assert "The key of a party is not here, so drawings of its figures may be missing." in left.lacking
    assert arrived(left.home / "lacking") == 1
    assert f"Not in the folder: {gone}" in capsys.readouterr().err
    assert "it is gone, and a row names it" in faults()


# --- what holds for every table, also those not yet made


def test_every_table_follows_or_has_a_reason_to_stay(monkeypatch: pytest.MonkeyPatch) -> None:
    labels = {model._meta.label for model in apps.get_models(include_auto_created=True)}

    assert belonging.without_a_place() == []
    assert set(belonging.LEFT_OUT) <= labels and all(belonging.LEFT_OUT.values())
    monkeypatch.delitem(belonging.LEFT_OUT, "core.Tally")
    assert belonging.without_a_place() == ["core.Tally"]


def test_nothing_that_opens_a_door_follows() -> None:
    """A new lock is told here, and in `belonging`: how it is made anew, or why it may follow."""
    doors = re.compile("password|token|secret|login|key_hash|otp")
    found = {
        (model._meta.label, one.attname)
        for model in belonging.following()
        for one in model._meta.concrete_fields
        if doors.search(one.attname)
    }
    left = {(label, name) for label, names in belonging.FIELDS_LEFT_OUT.items() for name in names}

    assert found == left
    assert set(belonging.fields_of(User)) == {"id", "email", "name", "language", "is_active", "role_changes"}


def test_a_line_means_the_same_on_every_database_and_in_ten_years() -> None:
    """As text: what one place wrote with SQLite, another reads with PostgreSQL."""
    row = {
        "moment": datetime(2026, 3, 1, 12, 0, 0, 120, tzinfo=UTC),
        "day": date(2026, 3, 1),
        "number": Decimal("12.50"),
        "id": UUID(int=7),
        "sealed": Sealed(b"\x00\xff"),
        "facts": {"b": [1, None], "a": "å\u2028ä"},
        "none": None,
    }

    assert folder.line_of(row).decode() == (
        '{"day": "2026-03-01", "facts": {"a": "å\u2028ä", "b": [1, null]}, '
        '"id": "00000000-0000-0000-0000-000000000007", "moment": "2026-03-01T12:00:00.000120+00:00", '
        '"none": null, "number": "12.50", "sealed": "AP8="}\n'
    )
