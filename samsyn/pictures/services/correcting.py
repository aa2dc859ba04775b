"""Corrections of an adopted picture: beside its text, never in it, and only when both parties say so."""

from typing import Any

from django.utils.translation import gettext as _

from samsyn.core import clock, door, journal
from samsyn.core.actors import Actor
from samsyn.core.commands import command
from samsyn.core.errors import Invalid, Refused
from samsyn.parties.queries import parties_of
from samsyn.pictures.models import Erratum, ErratumApproval, Picture, Point
from samsyn.releases import services as releases
from samsyn.releases.models import Audience, Release


@command("pictures.write_erratum")
def write_erratum(
    picture: Picture, *, wrong: str, right: str, by: Actor, point: Point | None = None
) -> Erratum:
    """Say what stands wrong in the adopted picture, and what is right.

    Refused for a picture that is not adopted, for a finding of another one or that is held back, and without
    words.
    """
    if not picture.is_adopted:
        raise Refused(_("This picture is not adopted: change its text instead."))
    if point is not None and point.picture_id != picture.pk:
        raise Invalid(_("Choose a finding of this picture."), field="point")
    if point is not None and point.held_under:
        raise Invalid(_("This finding is held back: nothing of it is published to correct."), field="point")
    for name, text in (("wrong", wrong), ("right", right)):
        if not text.strip():
            raise Invalid(_("Write both what stands there and what is right."), field=name)
        door.refuse_persons(text, field=name)
    erratum = Erratum(
        partnership_id=picture.partnership_id,
        picture=picture,
        point=point,
        wrong=wrong,
        right=right,
        written_by_id=by.own_user,
        party_id=by.own_party,
        written_on=clock.today(),
    )
    erratum.save()
    journal.note(erratum=erratum.pk)
    return erratum


@command("pictures.drop_erratum")
def drop_erratum(erratum: Erratum, *, by: Actor) -> None:
    """Take a correction away again. Refused once it is published."""
    _refuse_if_published(erratum)
    journal.note(erratum=erratum.pk)
    for approval in erratum.approvals.all():
        approval.delete()
    erratum.delete()


@command("pictures.approve_erratum")
def approve_erratum(erratum: Erratum, *, by: Actor) -> ErratumApproval:
    """Stand behind a correction for one's party. With the last approval it is shown to everybody.

    The party that adopted the picture approves last: the picture is its to publish anew. Refused once it is
    published, twice, and when the picture's adoption has been taken back.
    """
    _refuse_if_published(erratum)
    picture = erratum.picture
    if picture.release is None:
        raise Refused(_("This picture is not adopted: change its text instead."))
    approved = set(erratum.approvals.values_list("party", flat=True))
    if by.own_party in approved:
        raise Refused(_("Your party has approved this already."))
    missing = {party.pk for party in parties_of(picture.partnership)} - approved - {by.own_party}
    if missing and picture.release.sender_id == by.own_party:
        raise Refused(_("The other party approves first; your approval publishes it."))
    approval = ErratumApproval(
        partnership_id=erratum.partnership_id,
        erratum=erratum,
        party_id=by.own_party,
        approved_on=clock.today(),
    )
    approval.save()
    if not missing:
        _publish(erratum, picture, picture.release, by=by)
    return approval


def _publish(erratum: Erratum, picture: Picture, stands: Release, *, by: Actor) -> None:
    """The same frozen content with one correction more beside it, in place of the release before."""
    content: dict[str, Any] = stands.payload["content"]
    correction = {
        "point": erratum.point_id,
        "title": erratum.point.title if erratum.point else "",
        "wrong": erratum.wrong,
        "right": erratum.right,
        "day": clock.today(),
    }
    picture.release = releases.freeze(
        picture.partnership,
        kind=stands.kind,
        content=content | {"errata": [*content.get("errata", []), correction]},
        proof=stands.payload["proof"],
        audience=Audience.PUBLIC,
        object_id=picture.pk,
        replaces=stands,
        by=by,
    )
    picture.save()
    erratum.published_on = clock.today()
    erratum.save()
    journal.note(release=picture.release.pk)


def _refuse_if_published(erratum: Erratum) -> None:
    if erratum.published_on:
        raise Refused(_("This correction is published and stands. Write another one beside it."))
