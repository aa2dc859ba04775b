"""The council stands behind the picture, the deciding body adopts it, and it is frozen."""

from typing import Any

from django.utils.translation import gettext as _

from samsyn.core import journal
from samsyn.core.actors import Actor
from samsyn.core.canonical import Plain
from samsyn.core.commands import command
from samsyn.core.errors import Invalid, Refused
from samsyn.core.journal import Entry
from samsyn.council.models import Body, Decision
from samsyn.council.queries import decision_facts
from samsyn.evidence import services as evidence
from samsyn.parties.queries import parties_of
from samsyn.pictures import clearing, queries
from samsyn.pictures.models import Cause, Picture, PointSource, PointVoice
from samsyn.pictures.services.secrecy import hold_back
from samsyn.releases import services as releases
from samsyn.releases.models import Audience, Release


@command("pictures.endorse_picture")
def endorse_picture(picture: Picture, *, decision: Decision, by: Actor) -> None:
    """Record that the council stands behind it. Refused once adopted, and for another kind of decision."""
    if picture.is_adopted:
        raise Refused(_("This picture is already adopted."))
    if decision.kind != Decision.Kind.ENDORSE:
        raise Invalid(_("Choose a decision by which the council stands behind it."), field="decision")
    picture.endorsement = decision
    picture.save()
    journal.note(day=decision.day, decision=decision.pk)


@command("pictures.adopt_picture")
def adopt_picture(picture: Picture, *, decision: Decision, by: Actor) -> Release:
    """Freeze the picture as the deciding body adopted it, and show it to everybody.

    Refused when it is adopted already, before the council stands behind it, while a finding rests on nothing,
    while a party has not taken a stance on every finding, while a finding lacks the decision on secrecy of
    the party it is from, when all of them are held back, and when a figure shows a number that is too small
    to publish or gives such a number away.
    """
    if picture.is_adopted:
        raise Refused(_("This picture is already adopted. Start the next version to change it."))
    if decision.kind != Decision.Kind.DECIDE:
        raise Invalid(_("Choose the decision by which the body adopted it."), field="decision")
    if picture.endorsement is None:
        raise Refused(_("The council has not stood behind the picture yet. Record that first."))
    if not picture.points.exists():
        raise Refused(_("The picture says nothing yet. Take in what the parties have shared."))
    if bare := queries.points_without_evidence(picture).first():
        raise Refused(_("“%(title)s” rests on nothing. Add what it builds on.") % {"title": bare.title})
    for party in parties_of(picture.partnership):
        if point := queries.points_without_stance_of(picture, party=party).first():
            said = {"party": party.name, "title": point.title}
            raise Refused(_("%(party)s has not taken a stance on “%(title)s”.") % said)
    for one in clearing.undecided(picture):
        said = {"party": one.waiting[0].name, "title": one.point.title}
        raise Refused(_("%(party)s has not decided on secrecy for “%(title)s”.") % said)
    held_back = hold_back(picture)
    if held_back == picture.points.count():
        raise Refused(_("All findings are held back: there is nothing to publish."))
    content: dict[str, Any] = queries.picture_content(picture) | {"decision": decision_facts(decision)}
    figures = [figure for point in content["points"] for figure in point.get("figures", ())]
    proof: dict[str, Plain] = {
        "secrecy": "decided per finding",
        "held_back": held_back,
        "decision": decision_facts(decision),
        "disclosure": evidence.disclosure_proof(picture.partnership, figures),
    }
    picture.release = releases.freeze(
        picture.partnership,
        kind="pictures.picture",
        content=content,
        proof=proof,
        audience=Audience.PUBLIC,
        object_id=picture.pk,
        by=by,
    )
    picture.decision = decision
    picture.save()
    journal.note(
        day=decision.day,
        decision=decision.pk,
        release=picture.release.pk,
        held_back=held_back,
        **_held(picture, decision),
    )
    return picture.release


def _held(picture: Picture, decision: Decision) -> dict[str, Any]:
    """What the picture held when it was adopted, counted then: the law asks for each of these.

    That no theme of a dialogue is tied to it does not say that nothing but crime numbers was used,
    nor a missing cause that nobody analysed.
    """
    points = picture.points
    heard = PointSource.objects.filter(point__picture=picture).values("release__sender").distinct().count()
    voices = PointVoice.objects.filter(point__picture=picture).count()
    causes = Cause.objects.filter(point__picture=picture).count()
    told = {"other": voices, "analysis": causes}
    return {
        "body": Body.Kind(decision.body.kind),
        "extent": points.exclude(extent="").count(),
        "consequences": points.exclude(consequence="").count(),
        "inputs": heard,
        "parties": len(parties_of(picture.partnership)),
    } | {name: number for name, number in told.items() if number}


@command("pictures.retract_adoption")
def retract_adoption(picture: Picture, *, by: Actor) -> None:
    """Take back an adoption that was recorded wrongly. What was known in between stays readable."""
    if picture.release is None:
        raise Refused(_("This picture is not adopted."))
    mistake = Entry.objects.filter(object_id=picture.pk, command="pictures.adopt_picture").latest("sequence")
    releases.withdraw(picture.release, by=by)
    picture.release = picture.decision = None
    picture.save()
    journal.note(retracts=mistake.pk)
