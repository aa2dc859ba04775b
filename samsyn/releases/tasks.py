"""Prints what was released: at once when it is frozen, and each hour what a stopped worker left."""

from uuid import UUID

from django_tasks import task

from samsyn.core import printing, schedule
from samsyn.core.actors import SYSTEM
from samsyn.releases import queries, services
from samsyn.releases.models import Language, Release
from samsyn.releases.printing import printed


@task()
def print_release(release_id: str) -> None:
    """Make the documents of one release that are not there yet."""
    release = Release.objects.visible_to(SYSTEM).select_related("partnership").get(pk=UUID(release_id))
    there = {one.language for one in queries.printouts_of(release)}
    for language in Language:
        if language not in there:
            content = printed(release, language)
            services.record_printout(release, language=language, content=content, by=SYSTEM)


@task()
def print_missing() -> None:
    """Order the documents that should be there and are not."""
    for release in queries.unprinted(printing.kinds(), len(Language)):
        print_release.enqueue(str(release.pk))


def _order(release: Release) -> None:
    if release.kind in printing.kinds():
        print_release.enqueue(str(release.pk))


services.when_frozen(_order)
schedule.hourly("releases.print_missing", print_missing)
