"""From a file somebody has to a dataset that is kept: received, read, answered, accepted or thrown away."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from samsyn.core import canonical, clock, door, journal, objects
from samsyn.core.actors import Actor
from samsyn.core.canonical import Digest
from samsyn.core.commands import command
from samsyn.core.errors import Invalid, Refused
from samsyn.evidence import quarantine
from samsyn.evidence.models import Dataset, SourceMapping, Upload
from samsyn.parties.models import Organisation

RAW_KEPT_DAYS = 365


@command("evidence.receive_file")
def receive_file(
    party: Organisation, *, name: str, content: bytes, purpose: Upload.Purpose, source_name: str, by: Actor
) -> Upload:
    """Put a file in quarantine and let it be read. What waited for more than an hour is forgotten.

    The answers that were given for the same source the last time are used from the start.
    """
    if not content:
        raise Invalid(_("The file is empty. Choose another one."), field="file")
    for old in Upload.objects.filter(party=party, received_at__lt=clock.now() - timedelta(hours=1)):
        quarantine.remove(old.pk)
        old.delete()
    for dataset in Dataset.objects.filter(party=party, raw_until__lt=clock.today()).exclude(raw_key=""):
        _drop_raw_file(dataset)
    remembered = _mapping(party, source_name)
    upload = Upload(
        party=party,
        name=name[-120:],
        purpose=purpose,
        received_at=clock.now(),
        size_bytes=len(content),
        source_name=source_name,
        answers=remembered.answers if remembered else "",
        outcome="",
    )
    quarantine.put(content, upload=upload.pk, owner=party.pk)
    upload.save()
    return upload


def _drop_raw_file(dataset: Dataset) -> None:
    key = dataset.raw_key
    dataset.raw_key, dataset.raw_until = "", None
    dataset.save()
    transaction.on_commit(lambda: objects.remove(key))


def _mapping(party: Organisation, source_name: str) -> SourceMapping | None:
    """The mapping of a source. Its name is sealed, so all of the party's are looked through: they are few."""
    wanted = source_name.strip().casefold()
    mine = SourceMapping.objects.filter(party=party)
    return next((one for one in mine if wanted and str(one.source_name).strip().casefold() == wanted), None)


@command("evidence.answer_questions")
def answer_questions(upload: Upload, *, answers: Mapping[str, Any], by: Actor) -> None:
    """Say how the file is to be read, and let it be read again."""
    if not quarantine.holds(upload.pk):
        raise Refused(_("The file waited for more than an hour and is gone. Upload it again."))
    upload.answers = canonical.text(_together(upload.unpacked("answers"), answers))
    upload.state, upload.outcome = Upload.State.WAITING, ""
    upload.save()


def _together(before: Mapping[str, Any], now: Mapping[str, Any]) -> dict[str, Any]:
    """What was said before still holds: one column put right now leaves another as it was put right."""
    both = {
        name: {**before[name], **answer}
        for name, answer in now.items()
        if isinstance(answer, Mapping) and isinstance(before.get(name), Mapping)
    }
    return {**before, **now, **both}


@command("evidence.record_reading")
def record_reading(upload: Upload, *, outcome: Mapping[str, Any], by: Actor) -> None:
    """Note what the sandbox understood, or why the file cannot be used."""
    upload.state = Upload.State.REFUSED if "refusal" in outcome else Upload.State.READ
    upload.outcome = canonical.text(outcome)
    upload.save()


@command("evidence.discard_file")
def discard_file(upload: Upload, *, by: Actor) -> None:
    """Throw the file away, unread or read."""
    key = upload.pk
    upload.delete()
    transaction.on_commit(lambda: quarantine.remove(key))


@dataclass(frozen=True)
class Description:
    """What a person says of a dataset."""

    title: str
    source_name: str
    licence: str
    collected_by: str
    quality: str = ""
    origin: Dataset.Origin = field(kw_only=True)

    def check(self) -> None:
        for name in ("title", "source_name", "licence", "collected_by", "quality"):
            door.refuse_persons(getattr(self, name), field=name)


@command("evidence.accept_dataset")
def accept_dataset(
    upload: Upload, *, described: Description, supersedes: Dataset | None = None, by: Actor
) -> Dataset:
    """Keep what was read: the table and the raw file under their hashes, and where they come from.

    Refused while questions about the file are open, when the hour is over, and when the party has the same
    table already.
    """
    outcome = upload.unpacked("outcome")
    if upload.state != Upload.State.READ:
        raise Refused(_("The file is not read yet."))
    if outcome["reading"]["questions"]:
        raise Refused(_("Answer the questions about the file first."))
    described.check()
    same = Dataset.objects.filter(party=upload.party_id, content_hash=outcome["content_hash"]).first()
    if same:
        raise Refused(_("You have these numbers already, as “%(title)s”.") % {"title": same.title})
    if supersedes and supersedes.is_superseded:
        raise Refused(
            _("“%(title)s” is replaced already. Choose the newest one.") % {"title": supersedes.title}
        )
    dataset = _dataset(upload, described, outcome, supersedes)
    dataset.save()
    remember_mapping(
        upload.party, source_name=described.source_name, answers=upload.unpacked("answers"), by=by
    )
    key = upload.pk
    upload.delete()
    journal.note(
        dataset=dataset.pk,
        content=Digest(dataset.content_hash),
        table=Digest(dataset.table_key),
        raw=Digest(dataset.raw_key),
        rows=dataset.rows,
        origin=described.origin,
        row=dataset.frozen_digest,
    )
    transaction.on_commit(lambda: quarantine.remove(key))
    return dataset


def _dataset(
    upload: Upload, described: Description, outcome: dict[str, Any], supersedes: Dataset | None
) -> Dataset:
    owner = upload.party_id
    try:
        raw, table, page = (
            quarantine.get(upload=upload.pk, owner=owner, part=part)
            for part in (quarantine.FILE, quarantine.TABLE, quarantine.PAGE)
        )
    except FileNotFoundError:
        raise Refused(_("The file waited for more than an hour and is gone. Upload it again.")) from None
    reading = outcome["reading"]
    days = [date.fromisoformat(day[:10]) for period in outcome["summary"]["periods"] for day in period]
    recipe = {
        "file": str(upload.name),
        "bytes": upload.size_bytes,
        "reader": reading["source"],
        "answers": upload.unpacked("answers"),
    }
    return Dataset(
        party_id=owner,
        title=described.title,
        source_code=reading["source"][:30],
        source_name=described.source_name,
        licence=described.licence,
        collected_by=described.collected_by,
        quality=described.quality,
        origin=described.origin,
        notes=canonical.text(reading["notes"]),
        recipe=canonical.text(recipe),
        summary=canonical.text(outcome["summary"]),
        period_start=min(days, default=None),
        period_end=max(days, default=None),
        area_level=outcome["level"][:30],
        unit=outcome["unit"][:60],
        rows=outcome["row_count"],
        received_on=clock.today(),
        content_hash=outcome["content_hash"],
        table_key=objects.put(table, owner=owner),
        page_key=objects.put(page, owner=owner),
        raw_key=objects.put(raw, owner=owner),
        raw_until=clock.today() + timedelta(days=RAW_KEPT_DAYS),
        supersedes=supersedes,
    )


@command("evidence.remember_mapping")
def remember_mapping(party: Organisation, *, source_name: str, answers: Mapping[str, Any], by: Actor) -> None:
    """Read the next file of this source the same way. What holds for one file only is not remembered."""
    lasting = {name: answer for name, answer in answers.items() if name not in ("period", "area")}
    if not lasting:
        return
    mapping = _mapping(party, source_name) or SourceMapping(party=party, source_name=source_name)
    mapping.answers = canonical.text(lasting)
    mapping.save()
