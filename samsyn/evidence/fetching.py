"""From an open service to a dataset: asked without a lock, read in the sandbox, kept whole or not at all."""

from samsyn.core import objects
from samsyn.core.actors import Actor
from samsyn.evidence import quarantine, queries, reading, services
from samsyn.evidence.connectors import asking, changes
from samsyn.evidence.connectors.session import Fault, FetchFailed
from samsyn.evidence.models import OpenSource, Upload
from samsyn.parties.models import Organisation, Partnership
from samsyn.parties.municipalities import find


def fetch_and_keep(source: OpenSource, *, by: Actor) -> None:
    """One fetch. A fault of any kind leaves what was stored before as it is, and is tried again tomorrow."""
    try:
        known = find(source.municipality_code)
        fetched = asking.fetch(
            source.service,
            municipality=source.municipality_code,
            name=known.name if known else "",
            kpis=source.unpacked("wanted"),
        )
    except FetchFailed as failed:
        services.record_fault(source, fault=failed.fault.value, by=by)
        return
    upload = services.receive_file(
        Organisation.objects.get(pk=source.party_id),
        name=fetched.name,
        content=fetched.content,
        purpose=Upload.Purpose.DATASET,
        source_name="",
        by=by,
    )
    if fetched.answers:
        services.answer_questions(upload, answers=fetched.answers, by=by)
        upload = Upload.objects.get(pk=upload.pk)
    outcome = reading.understand(upload)
    if "refusal" in outcome or outcome["reading"]["questions"]:
        services.discard_file(upload, by=by)
        services.record_fault(source, fault=Fault.CHANGED.value, by=by)
        return
    services.record_reading(upload, outcome=outcome, by=by)
    table = quarantine.get(upload=upload.pk, owner=source.party_id, part=quarantine.TABLE)
    before = source.dataset
    stored = objects.get(before.table_key, owner=before.party_id) if before else None
    services.keep_fetch(
        source, upload=upload, changes=changes.between(stored, table), about=fetched.about, by=by
    )
    _share_population(OpenSource.objects.visible_to(by).get(pk=source.pk), by=by)


def _share_population(source: OpenSource, *, by: Actor) -> None:
    """Rates are measured against the inhabitants that came, so that nobody types them."""
    if source.service != OpenSource.Service.SCB or source.state != OpenSource.State.FETCHED:
        return
    partnership = Partnership.objects.visible_to(by).get(pk=source.partnership_key)
    if source.dataset:
        areas = queries.areas_of(by, partnership)
        services.take_fetched_population(partnership, dataset=source.dataset, areas=areas, by=by)
