"""What pages read of releases."""

from django.db.models import Count, QuerySet

from samsyn.core.actors import SYSTEM
from samsyn.releases.models import Printout, Release


def printouts_of(release: Release) -> QuerySet[Printout]:
    """The documents made of a release. Whoever may open the release may open them. One query."""
    return Printout.objects.visible_to(SYSTEM).filter(release=release)


def unprinted(kinds: list[str], languages: int) -> QuerySet[Release]:
    """Releases in use that lack a document. One query."""
    releases = Release.objects.visible_to(SYSTEM).in_use().filter(kind__in=kinds)
    return releases.annotate(printed=Count("printouts")).filter(printed__lt=languages)
