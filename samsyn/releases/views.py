import io

from django.http import FileResponse, HttpResponseBase
from django.shortcuts import render

from samsyn.core import limits, objects, printing
from samsyn.core.errors import Missing
from samsyn.core.limits import limited
from samsyn.core.web import ActorRequest, needs
from samsyn.releases import queries, services
from samsyn.releases.models import Language, Release


@limited(limits.DOWNLOAD)
@needs("releases.see_release", Release)
def document(request: ActorRequest, release: Release, language: str) -> HttpResponseBase:
    """The release as a PDF, or a page that says that it is being made."""
    if language not in Language.values or release.kind not in printing.kinds():
        raise Missing
    printout = queries.printouts_of(release).filter(language=language).first()
    if printout is None:
        content = {"here": request.path, "wait_s": 5}
        return render(request, "releases/being_made.html", content, status=202)
    services.opened([release], by=request.actor)
    return FileResponse(io.BytesIO(objects.get(printout.key)), filename=printout.file_name)
