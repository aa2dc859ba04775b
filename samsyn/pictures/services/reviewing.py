"""Going through the adopted picture, and saying why a finding is not carried on into the next."""

from datetime import date

from django.utils.translation import gettext as _

from samsyn.core import clock, door, journal
from samsyn.core.actors import Actor
from samsyn.core.commands import command
from samsyn.core.errors import Invalid, Refused
from samsyn.core.journal import Entry
from samsyn.pictures.models import GonePoint, Picture, Point, Review, ReviewedPoint
from samsyn.releases import services as releases
from samsyn.releases.models import Audience


@command("pictures.record_review")
def record_review(picture: Picture, *, day: date, changed: list[Point], note: str, by: Actor) -> Review:
    """Record that the picture was gone through on a day: nothing has changed, or these findings have.

    The frozen text stays as it is; the day, and which of its published findings have changed, is shown to
    everybody, the words are not. Refused for a picture that is not adopted or that a newer one has
    replaced; for a day to come, from before the adoption, or that has a review already; for findings of
    another picture; and for a change without words.
    """
    if not picture.is_adopted or picture.decision is None:
        raise Refused(
            _("Only an adopted picture is reviewed. Work on this one as long as it is not adopted.")
        )
    newer = Picture.objects.filter(partnership=picture.partnership_id, number__gt=picture.number)
    if newer.exclude(release=None).exists():
        raise Refused(_("A newer picture is adopted. Review that one."))
    if day > clock.today():
        raise Invalid(_("Choose a day that has been."), field="day")
    if day < picture.decision.day:
        raise Invalid(_("The picture was not adopted yet on that day."), field="day")
    if picture.reviews.filter(day=day, retracted_on=None).exists():
        raise Invalid(_("There is a review of that day. Take it back first if it is wrong."), field="day")
    if any(point.picture_id != picture.pk for point in changed):
        raise Invalid(_("Choose findings of this picture."), field="changed")
    if changed and not note.strip():
        raise Invalid(_("Write what has changed."), field="note")
    door.refuse_persons(note, field="note")
    published = [point for point in changed if not point.held_under]
    shown = releases.freeze(
        picture.partnership,
        kind="pictures.review",
        content={
            "picture": picture.pk,
            "day": day,
            "has_changed": bool(changed),
            "changed": [point.title for point in published],
        },
        proof={"secrecy": "decided per finding when the picture was adopted"},
        audience=Audience.PUBLIC,
        object_id=picture.pk,
        by=by,
    )
    review = Review(
        partnership_id=picture.partnership_id,
        picture=picture,
        day=day,
        note=note,
        reviewed_by_id=by.own_user,
        party_id=by.own_party,
        recorded_on=clock.today(),
        release=shown,
    )
    review.save()
    for point in changed:
        ReviewedPoint(partnership_id=picture.partnership_id, review=review, point=point).save()
    journal.note(day=day, picture=picture.pk, review=review.pk, changed=len(changed))
    return review


@command("pictures.retract_review")
def retract_review(review: Review, *, by: Actor) -> None:
    """Take back a review that was recorded wrongly, also where everybody read of it. Refused twice."""
    if review.retracted_on:
        raise Refused(_("This review is taken back already."))
    recorded = Entry.objects.filter(command="pictures.record_review", object_id=review.picture_id)
    mistake = recorded.get(facts__review=str(review.pk))
    review.retracted_on = clock.today()
    review.save()
    if review.release:
        releases.take_off(review.release)
    journal.note(retracts=mistake.pk)


@command("pictures.explain_gone")
def explain_gone(picture: Picture, *, point: Point, reason: str, by: Actor) -> GonePoint:
    """Say why a finding of an earlier picture is not carried on. A later reason replaces the one before.

    Refused once the picture is adopted; for a finding that is no earlier picture's or that is carried on; and
    without a reason.
    """
    if picture.is_adopted:
        raise Refused(_("This picture is adopted. Start the next version to change it."))
    if point.partnership_id != picture.partnership_id or point.picture.number >= picture.number:
        raise Invalid(_("Choose a finding of an earlier picture."), field="reason")
    if picture.points.filter(continues=point).exists():
        raise Invalid(_("This finding is carried on in the new picture."), field="reason")
    if not reason.strip():
        raise Invalid(_("Write why it is not carried on."), field="reason")
    door.refuse_persons(reason, field="reason")
    gone = picture.gone.filter(point=point).first() or GonePoint(
        partnership_id=picture.partnership_id, picture=picture, point=point
    )
    gone.reason = reason
    gone.save()
    journal.note(finding=point.pk)
    return gone
