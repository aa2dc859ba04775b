"""Bringing a file of measures back: received, read, looked at, and only then taken in."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from samsyn.core import canonical, clock, journal
from samsyn.core.actors import Actor
from samsyn.core.commands import command
from samsyn.core.errors import Invalid, Refused
from samsyn.evidence import services as evidence
from samsyn.parties.models import Organisation, Partnership
from samsyn.plans.bringing import Changed, read_back
from samsyn.plans.models import Measure, MeasureFile
from samsyn.plans.services.columns import describe_measure
from samsyn.plans.services.measures import rewrite_measure

IN_THE_MEASURE = ("title", "text", "owner_title", "starts", "ends", "follow_up")
BESIDE_IT = ("cause", "goal", "method", "elected_contact", "cost_sek", "funding", "legal_note")


@command("plans.receive_measure_file")
def receive_measure_file(party: Organisation, *, name: str, content: bytes, by: Actor) -> MeasureFile:
    """Put a file in quarantine, to be read. Refused when empty. What waited for an hour is forgotten."""
    if not content:
        raise Invalid(_("The file is empty. Choose another one."), field="file")
    for old in MeasureFile.objects.filter(party=party, received_at__lt=clock.now() - timedelta(hours=1)):
        evidence.forget_file(old.pk)
        old.delete()
    file = MeasureFile(party=party, name=name[-120:], received_at=clock.now(), outcome="", answers="")
    evidence.put_aside(content, file=file.pk, owner=party.pk)
    file.save()
    return file


@command("plans.record_measure_file")
def record_measure_file(file: MeasureFile, *, outcome: Mapping[str, Any], by: Actor) -> None:
    """Note what the sandbox read, or why the file cannot be used."""
    file.state = MeasureFile.State.REFUSED if "refusal" in outcome else MeasureFile.State.READ
    file.outcome = canonical.text(outcome)
    file.save()


@command("plans.discard_measure_file")
def discard_measure_file(file: MeasureFile, *, by: Actor) -> None:
    """Throw the file away. No measure is touched."""
    key = file.pk
    file.delete()
    transaction.on_commit(lambda: evidence.forget_file(key))


@command("plans.take_in_file")
def take_in_file(
    partnership: Partnership, *, file: MeasureFile, taken: list[str], seen: str, by: Actor
) -> int:
    """Change the measures as the file says, and throw the file away. Returns how many were changed.

    What was changed both there and here is left alone, but for the rows in `taken`, whose texts were shown.
    Refused when it is not what was looked at any more, and when nothing would change.
    """
    preview = read_back(file.content, Measure.objects.visible_to(by).filter(partnership=partnership))
    if preview.seen != seen:
        raise Refused(_("Something has changed since you looked. Look through the file once more."))
    chosen = preview.changed + [one for one in preview.conflicts if str(one.measure.pk) in taken]
    if not chosen:
        raise Refused(_("Nothing in the file would change."))
    by_row: dict[int, list[Changed]] = {}
    for one in chosen:
        by_row.setdefault(one.number, []).append(one)
    for parts in by_row.values():
        changes = [change for part in parts for change in part.changes]
        _apply(replace(parts[0], changes=changes), by=by)
    journal.note(rows=len(by_row), left=len(preview.conflicts) + len(preview.changed) - len(chosen))
    discard_measure_file(file, by=by)
    return len(by_row)


def _apply(one: Changed, *, by: Actor) -> None:
    measure, values = one.measure, one.values

    def now(names: tuple[str, ...]) -> dict[str, Any]:
        return {name: values.get(name, getattr(measure, name)) for name in names}

    if values.keys() & set(IN_THE_MEASURE):
        measure = rewrite_measure(
            measure,
            **now(IN_THE_MEASURE),
            kind=Measure.Kind(measure.kind),
            seen=measure.version,
            by=by,
        )
    if values.keys() & set(BESIDE_IT):
        describe_measure(
            measure,
            **now(BESIDE_IT),
            horizon=measure.horizon,
            rhythm=measure.rhythm,
            evidence=measure.evidence,
            partners=[link.organisation for link in measure.partners.select_related("organisation")],
            blocked_by=[link.waits_for for link in measure.blocks.select_related("waits_for")],
            seen=measure.version,
            by=by,
        )
