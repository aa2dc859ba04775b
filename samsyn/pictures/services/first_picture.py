"""A first draft from open numbers, to choose from: nothing in it is shared or claimed yet."""

from django.utils.translation import gettext as _

from samsyn.core.actors import Actor
from samsyn.core.commands import command
from samsyn.core.errors import Refused
from samsyn.evidence import queries as evidence
from samsyn.evidence.models import OpenSource
from samsyn.pictures import open_data
from samsyn.pictures.models import Certainty, PrivateDraft
from samsyn.pictures.open_data import Said
from samsyn.pictures.services.drafting import Words, start_draft, write_finding


@command("pictures.draft_first_picture")
def draft_first_picture(source: OpenSource, *, period: str, by: Actor) -> PrivateDraft:
    """Write a finding for each indicator that was fetched, and one for what open data cannot say.

    Uses what is stored, so it needs no network. Refused before anything was fetched from Kolada, and for
    more numbers than can be looked through at once: a draft of a part would call the rest missing.
    """
    if source.service != OpenSource.Service.KOLADA or source.dataset is None:
        raise Refused(_("Have Kolada's indicators fetched first, under evidence."))
    code, titles = source.municipality_code, evidence.titles_in(source.dataset)
    rows = evidence.rows_of(source.dataset)
    if len(rows) < source.dataset.rows:
        raise Refused(
            _(
                "The source has %(rows)s numbers, and a draft reads at most %(most)s. Follow fewer "
                "indicators and have them fetched again."
            )
            % {"rows": source.dataset.rows, "most": len(rows)}
        )
    said = open_data.statements(rows, municipality=code, titles=titles)
    surveys = OpenSource.objects.filter(party=source.party_id, service=OpenSource.Service.FOHM).first()
    asked = surveys.dataset if surveys else None
    if asked:
        said += open_data.survey_statements(evidence.rows_of(asked), municipality=code)
    draft = start_draft(source.party, period=period, title=_("First picture from open data"), by=by)
    missing = [
        _("%(measure)s: no number for the municipality.") % {"measure": measure}
        for measure in open_data.without_values(rows, municipality=code, titles=titles)
    ]
    missing += open_data.gaps(wanted=source.unpacked("wanted"), titles=titles, surveyed=bool(asked))
    said.append(Said(_("What open data does not say yet"), "\n".join(f"– {line}" for line in missing)))
    for one in said:
        write_finding(
            draft,
            words=Words(one.title, one.text),
            certainty=Certainty.UNCERTAIN,
            priority_key="",
            secrecy="",
            by=by,
        )
    return draft
