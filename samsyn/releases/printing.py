"""What was released, as a document to keep. For workers: loads the compiler."""

from django.utils import translation
from django.utils.translation import gettext as _

from samsyn.core import clock, printing
from samsyn.graphics.documents import Document, Paragraph, document_pdf
from samsyn.releases.models import Language, Release


def printed(release: Release, language: Language) -> bytes:
    """The release as PDF/UA and PDF/A. Same release, same bytes. One query."""
    day = release.released_at.astimezone(clock.SWEDEN).date()
    with translation.override(language):
        layout = printing.layout(release.kind, release.payload["content"], language)
        proof = _("Release %(hash)s of %(day)s. The same content has the same number.") % {
            "hash": release.hash[:16],
            "day": day.isoformat(),
        }
        return document_pdf(
            Document(
                title=layout.title,
                language=language,
                marking=_("Exercise: everything is made up") if release.partnership.is_exercise else "",
                subtitle=release.partnership.name,
                blocks=[*layout.blocks, Paragraph(proof)],
                date=day,
            )
        )
