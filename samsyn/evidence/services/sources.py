"""Open services that a party has fetched by themselves: begun, fetched, failed, ended."""

import re
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any, Final

from django.utils.translation import gettext as _

from samsyn.core import canonical, clock, journal
from samsyn.core.actors import Actor
from samsyn.core.commands import command
from samsyn.core.errors import Invalid
from samsyn.evidence.models import Dataset, OpenSource, Upload
from samsyn.evidence.services.files import Description, accept_dataset, discard_file
from samsyn.parties.models import Organisation, Partnership

KPI: Final = re.compile(r"[A-Z]\d{5}")
MOST_KPIS: Final = 100
DAYS: Final = {OpenSource.Every.WEEK: 7, OpenSource.Every.MONTH: 30}
EARLIER: Final = "earlier"  # the service went back to numbers of an older version


@command("evidence.follow_source")
def follow_source(
    party: Organisation,
    *,
    partnership: Partnership,
    service: str,
    every: str,
    kpis: Sequence[str] = (),
    by: Actor,
) -> OpenSource:
    """Have a service fetched by itself from today on. One that is followed already gets these terms.

    Refused for what cannot be an indicator's id, and for Kolada without any.
    """
    if wrong := [kpi for kpi in kpis if not KPI.fullmatch(kpi)]:
        raise Invalid(
            _("“%(id)s” is no id of Kolada's. An id is a letter and five digits, such as N07403.")
            % {"id": wrong[0][:20]},
            field="more",
        )
    if service == OpenSource.Service.KOLADA and not 0 < len(set(kpis)) <= MOST_KPIS:
        raise Invalid(_("Choose between 1 and 100 indicators."), field="kpis")
    source = OpenSource.objects.filter(party=party, service=service).first()
    source = source or OpenSource(party=party, service=service, changes="")
    source.partnership_key, source.asked_by = partnership.pk, by.user_id
    source.municipality_code = partnership.municipality_code
    source.every, source.wanted = every, canonical.text(sorted(set(kpis)))
    source.next_on = None if every == OpenSource.Every.NEVER else clock.today()
    source.save()
    return source


@command("evidence.unfollow_source")
def unfollow_source(source: OpenSource, *, by: Actor) -> None:
    """Stop fetching. What was fetched stays."""
    source.delete()


@command("evidence.keep_fetch")
def keep_fetch(
    source: OpenSource, *, upload: Upload, changes: Mapping[str, Any], about: str = "", by: Actor
) -> None:
    """Keep what was fetched as the next version of its dataset, or note that nothing is new."""
    content = upload.unpacked("outcome")["content_hash"]
    known = Dataset.objects.filter(party=source.party_id, content_hash=content).first()
    source.tried_at = clock.now()
    source.next_on = _after(source, DAYS.get(OpenSource.Every(source.every)))
    source.fault = ""
    if known:
        discard_file(upload, by=by)
        is_newest = source.dataset is None or known.pk == source.dataset.pk
        source.state = OpenSource.State.UNCHANGED if is_newest else OpenSource.State.FAILED
        source.fault = "" if is_newest else EARLIER
        source.dataset = source.dataset or known
    else:
        source.dataset = accept_dataset(
            upload, described=_described(source, about), supersedes=_replaced(source), by=by
        )
        source.state, source.changes = OpenSource.State.FETCHED, canonical.text(changes)
        journal.note(**{name: changes[name] for name in ("added", "changed", "removed")})
    if not source.fault:
        source.fetched_at = source.tried_at
    source.save()


def _replaced(source: OpenSource) -> Dataset | None:
    """The version before, unless somebody replaced it by hand."""
    before = source.dataset
    return before if before and not before.is_superseded else None


def _described(source: OpenSource, about: str) -> Description:
    if source.service == OpenSource.Service.KOLADA:
        alike = _("Similar municipalities: Kolada's group “%(group)s”.") % {"group": about}
        return Description(
            _("Open indicators of the municipality, the region, the country and similar municipalities"),
            "Kolada",
            _("Free to use. Own calculations may not name Kolada as their source."),
            "RKA",
            quality=alike if about else _("Kolada names no similar municipalities."),
            origin=Dataset.Origin.PUBLISHED,
        )
    if source.service == OpenSource.Service.FOHM:
        return Description(
            _("Fear, trust, alcohol and tobacco in the public health survey"),
            "Folkhälsomyndigheten, Hälsa på lika villkor",
            _("Free to use with the source named."),
            "Folkhälsomyndigheten",
            quality=_("Means of four years that overlap. Each share has its interval of 95 %."),
            origin=Dataset.Origin.PUBLISHED,
        )
    return Description(
        _("Inhabitants of the municipality, the county and the country, per year and month"),
        _("Statistics Sweden (SCB)"),
        "CC0",
        _("Statistics Sweden (SCB)"),
        quality=_("The numbers carry noise on purpose, so parts do not add up to their total."),
        origin=Dataset.Origin.PUBLISHED,
    )


def _after(source: OpenSource, days: int | None) -> Any:
    return clock.today() + timedelta(days=days) if days else None


@command("evidence.record_fault")
def record_fault(source: OpenSource, *, fault: str, by: Actor) -> None:
    """Note why nothing came. What was stored stays; a schedule tries again tomorrow."""
    source.state, source.fault, source.tried_at = OpenSource.State.FAILED, fault, clock.now()
    source.next_on = _after(source, None if source.every == OpenSource.Every.NEVER else 1)
    source.save()
