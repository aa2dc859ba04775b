"""What pages read of releases."""

from collections.abc import Iterable

from django.db.models import Count, QuerySet

from samsyn.core import clock, objects
from samsyn.core.actors import SYSTEM, WORKING, Actor, Kind
from samsyn.core.journal import Entry
from samsyn.releases.models import Audience, Printout, Release


def printouts_of(release: Release) -> QuerySet[Printout]:
    """The documents made of a release. Whoever may open the release may open them. One query."""
    return Printout.objects.visible_to(SYSTEM).filter(release=release)


def unprinted(kinds: list[str], languages: int) -> QuerySet[Release]:
    """Releases in use that lack a document. One query."""
    releases = Release.objects.visible_to(SYSTEM).in_use().filter(kind__in=kinds)
    return releases.annotate(printed=Count("printouts")).filter(printed__lt=languages)


def is_sensitive(release: Release, actor: Actor) -> bool:
    """Whether its opening belongs in the journal: what another party handed over, all that an auditor reads.

    An auditor looks at what others did, so that they can see what was looked at.
    """
    handed_over = release.audience == Audience.PARTY and release.receiver_id == actor.party_id
    return actor.kind is Kind.USER and (handed_over or not actor.roles & WORKING)


def not_noted_today(releases: Iterable[Release], actor: Actor) -> list[Release]:
    """The sensitive ones that this person has not opened before on this day. One query."""
    sensitive = {one.pk: one for one in releases if is_sensitive(one, actor)}
    if not sensitive:
        return []
    entries = Entry.objects.filter(command="releases.record_opening", object_id__in=sensitive)
    noted = set(entries.filter(user_id=actor.user_id, day=clock.today()).values_list("object_id", flat=True))
    return [one for key, one in sensitive.items() if key not in noted]


objects.named_by(Printout, "key")
