"""A first draft from open numbers, to choose from: nothing in it is shared or claimed yet."""

from django.utils.translation import gettext as _

from samsyn.core.actors import Actor
from samsyn.core.commands import command
from samsyn.core.errors import Refused
from samsyn.evidence import queries as evidence
from samsyn.evidence.models import OpenSource
from samsyn.pictures import open_data
from samsyn.pictures.models import Certainty, PrivateDraft
from samsyn.pictures.services.drafting import Words, start_draft, write_finding


@command("pictures.draft_first_picture")
def draft_first_picture(source: OpenSource, *, period: str, by: Actor) -> PrivateDraft:
    """Write a finding for each indicator that was fetched, and one for what open data cannot say.

    Uses what is stored, so it needs no network. Refused before anything was fetched from Kolada.
    """
    if source.service != OpenSource.Service.KOLADA or source.dataset is None:
        raise Refused(_("Have Kolada's indicators fetched first, under evidence."))
    rows, code = evidence.rows_of(source.dataset), source.municipality_code
    found = open_data.statements(rows, municipality=code)
    draft = start_draft(source.party, period=period, title=_("First picture from open data"), by=by)
    trap = _("Read the trap of the indicator before you use it. Own calculation.")
    texts = [(title, f"{text}\n\n{trap}") for title, text in found]
    missing = [
        _("%(measure)s: no number for the municipality.") % {"measure": measure}
        for measure in open_data.without_values(rows, municipality=code)
    ]
    lines = [f"– {line}" for line in [*missing, *open_data.gaps(source.unpacked("wanted"))]]
    texts.append((_("What open data does not say yet"), "\n".join(lines)))
    for title, text in texts:
        write_finding(
            draft,
            words=Words(title, text),
            certainty=Certainty.UNCERTAIN,
            priority_key="",
            secrecy="",
            by=by,
        )
    return draft
