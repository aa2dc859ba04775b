"""A draft of the next picture from the adopted one, with what newer numbers say of each of its findings."""

from uuid import UUID

from django.utils.translation import gettext as _

from samsyn.core.actors import Actor
from samsyn.core.commands import command
from samsyn.core.errors import Refused
from samsyn.evidence.models import Revision
from samsyn.parties.models import Organisation
from samsyn.pictures import queries
from samsyn.pictures.models import Certainty, Picture, PrivateDraft
from samsyn.pictures.services.drafting import Words, cite_figure, rewrite_finding, start_draft


@command("pictures.draft_next_picture")
def draft_next_picture(party: Organisation, *, picture: Picture, period: str, by: Actor) -> PrivateDraft:
    """Carry the adopted findings over, with a sentence for each of one's figures that has newer numbers.

    A finding rests on the newer figure where there is one. Nothing that was said is taken away: a person
    reads it again. Refused when no figure of the picture has newer numbers, for a picture that is not
    adopted, and when the party has a draft of the period.
    """
    changed = _changed(party, picture)
    if not changed:
        raise Refused(_("No figure of yours in the adopted picture has newer numbers."))
    draft = start_draft(
        party, period=period, title=_("Next picture, on newer numbers"), carry_over=picture, by=by
    )
    for finding in queries.own_findings(by, draft):
        revisions = changed.get(finding.continues, []) if finding.continues else []
        if not revisions:
            continue
        text = "\n\n".join([str(finding.text), *(_told(revision) for revision in revisions)])
        rewrite_finding(
            finding,
            words=Words(
                finding.title, text, finding.extent, finding.consequence, unknown=str(finding.unknown or "")
            ),
            certainty=Certainty(finding.certainty),
            priority_key=finding.priority_key,
            secrecy="",
            seen=finding.version,
            by=by,
        )
        for revision in revisions:
            if revision.successor:
                cite_figure(finding, figure=revision.successor, note=str(revision.how.label), by=by)
    return draft


def _changed(party: Organisation, picture: Picture) -> dict[UUID, list[Revision]]:
    """What newer numbers say of the party's own figures behind each finding of the picture."""
    own = Revision.objects.filter(party=party).select_related("figure", "successor")
    by_identity = {one.figure.identity: one for one in own}
    found: dict[UUID, list[Revision]] = {}
    for point in queries.points_of(picture):
        shown = {
            figure.payload["identity"] for source in point.sources.all() for figure in source.figures.all()
        }
        revisions = [one for identity, one in by_identity.items() if identity in shown]
        if revisions:
            found[point.pk] = revisions
    return found


def _told(revision: Revision) -> str:
    told = {"how": revision.how.label, "before": revision.figure.title}
    if revision.successor is None:
        return _("Newer numbers: %(how)s. It said: “%(before)s” It cannot be computed anew.") % told
    told["now"] = revision.successor.title
    return _("Newer numbers: %(how)s. It said: “%(before)s” Now: “%(now)s”") % told
