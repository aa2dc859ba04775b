from django.http import HttpResponse
from django.shortcuts import render

from samsyn.core import objects
from samsyn.core.errors import Missing
from samsyn.core.web import ActorRequest, needs
from samsyn.releases import printing, queries
from samsyn.releases.models import Language, Release


@needs("releases.see_release", Release)
def document(request: ActorRequest, release: Release, language: str) -> HttpResponse:
    """The release as a PDF, or a page that says that it is being made."""
    if language not in Language.values or release.kind not in printing.kinds():
        raise Missing
    printout = queries.printouts_of(release).filter(language=language).first()
    if printout is None:
        content = {"here": request.path, "wait_s": 5}
        return render(request, "releases/being_made.html", content, status=202)
    return pdf(objects.get(printout.key), f"{release.partnership.slug}-{release.released_at:%Y-%m-%d}.pdf")


def pdf(content: bytes, name: str) -> HttpResponse:
    """Shown in the browser under a name that says what it is."""
    named = {"Content-Disposition": f'inline; filename="{name}"'}
    return HttpResponse(content, content_type="application/pdf", headers=named)
