"""Before a picture is published: each party decides on secrecy for the findings that are from it."""

from django.utils.translation import gettext as _

from samsyn.core import clock, door, journal
from samsyn.core.actors import Actor
from samsyn.core.commands import command
from samsyn.core.errors import Invalid, Refused
from samsyn.pictures import clearing
from samsyn.pictures.models import Picture, Point, PointSecrecy, Secrecy


@command("pictures.decide_on_secrecy")
def decide_on_secrecy(
    picture: Picture, *, points: list[Point], section: Secrecy, ground: str, by: Actor
) -> int:
    """Say whether findings from one's own party may be published, or by which section they are held back.

    One entry for each finding. Refused once the picture is adopted, without a finding, for a finding of
    another picture or that is not from one's own party, for a section without a word on why, and for words
    that point out a person.
    """
    if picture.is_adopted:
        raise Refused(_("This picture is adopted. Start the next version to change it."))
    if not points:
        raise Invalid(_("Choose the findings that you decide on."), field="points")
    own = {point.pk for point in clearing.points_of_party(picture, by.own_party)}
    if any(point.pk not in own for point in points):
        raise Invalid(_("Choose findings of this picture that are from your party."), field="points")
    if section != Secrecy.NONE and not ground.strip():
        raise Invalid(_("Write why that section holds it back."), field="ground")
    door.refuse_persons(ground, field="ground")
    for point in points:
        decide_for_point(point, section=section, ground=ground.strip(), by=by)
    return len(points)


@command("pictures.decide_for_point")
def decide_for_point(point: Point, *, section: Secrecy, ground: str, by: Actor) -> PointSecrecy:
    """One party's decision for one finding: a later one takes the place of the one before.

    Refuses nothing of its own: it runs as a part of `decide_on_secrecy`.
    """
    decided = point.secrecy.filter(party=by.own_party).first() or PointSecrecy(
        partnership_id=point.partnership_id, point=point, party_id=by.own_party
    )
    decided.section, decided.ground, decided.decided_on = section, ground, clock.today()
    decided.save()
    journal.note(secrecy=section)
    return decided


def hold_back(picture: Picture) -> int:
    """Mark the findings that some party holds back from the public. Returns how many."""
    held = 0
    for point in picture.points.prefetch_related("secrecy").order_by("id"):
        section = clearing.held_under(point)
        held += bool(section)
        if point.held_under != section:
            point.held_under = section
            point.save()
    return held


def fall(point: Point) -> None:
    """A text that changed is another text: it is decided on anew."""
    for decided in point.secrecy.all():
        decided.delete()
