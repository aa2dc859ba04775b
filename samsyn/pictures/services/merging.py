"""Making one picture of what the parties shared."""

from typing import Any

from django.utils.translation import gettext as _

from samsyn.agreements.models import Priority
from samsyn.core import door, journal
from samsyn.core.actors import Actor
from samsyn.core.commands import command
from samsyn.core.errors import Invalid, Missing, Refused
from samsyn.dialogue.models import Theme
from samsyn.parties.models import Partnership
from samsyn.pictures.models import Certainty, Picture, Point, PointFigure, PointSource, PointVoice, Stance
from samsyn.pictures.services import secrecy
from samsyn.pictures.services.causes import carry_causes
from samsyn.pictures.services.drafting import Words
from samsyn.releases.models import Release


@command("pictures.open_picture")
def open_picture(partnership: Partnership, *, period: str, scope: str, by: Actor) -> Picture:
    """Begin the joint picture. Refused while an earlier one is not adopted."""
    if Picture.objects.filter(partnership=partnership, release=None).exists():
        raise Refused(_("There is a picture that is not adopted yet. Finish that one first."))
    number = Picture.objects.filter(partnership=partnership).count() + 1
    picture = Picture(partnership=partnership, number=number, period=period, scope=scope)
    picture.save()
    journal.note(picture=picture.pk)
    return picture


def _refuse_if_adopted(picture: Picture) -> None:
    if picture.is_adopted:
        raise Refused(_("This picture is adopted. Start the next version to change it."))


@command("pictures.write_point")
def write_point(
    picture: Picture, *, words: Words, certainty: Certainty, priority: Priority | None, by: Actor
) -> Point:
    """Write a joint finding. Refused once the picture is adopted."""
    _refuse_if_adopted(picture)
    words.refuse_persons()
    point = Point(
        partnership_id=picture.partnership_id,
        picture=picture,
        priority=priority,
        title=words.title,
        text=words.text,
        extent=words.extent,
        consequence=words.consequence,
        unknown=words.unknown,
        certainty=certainty,
    )
    point.save()
    return point


@command("pictures.place_finding")
def place_finding(
    picture: Picture, *, release: Release, index: int, by: Actor, point: Point | None = None
) -> Point:
    """Take a shared finding into the picture: as a point of its own, or into one that says the same.

    Refused once the picture is adopted, from a share that was withdrawn, and for what was held back.
    """
    _refuse_if_adopted(picture)
    if release.withdrawn_at:
        raise Refused(_("The shared draft has been withdrawn. Ask its sender for a new version."))
    findings = release.payload["content"]["findings"] if release.kind == "pictures.draft" else []
    if index >= len(findings) or findings[index].get("held_back"):
        raise Missing
    finding = findings[index]
    if point is None:
        key = finding["priority_key"]
        of_agreement = Priority.objects.filter(partnership=picture.partnership_id, key=key)
        point = Point(
            partnership_id=picture.partnership_id,
            picture=picture,
            priority=of_agreement.order_by("-agreement__valid_from").first() if key else None,
            title=finding["title"],
            text=finding["text"],
            extent=finding["extent"],
            consequence=finding["consequence"],
            unknown=finding.get("unknown", ""),
            certainty=finding["certainty"],
            continues=_earlier(picture, finding),
        )
        _save_with_causes(point)
    elif point.picture_id != picture.pk:
        raise Missing
    elif point.continues is None and (earlier := _earlier(picture, finding)):
        point.continues = earlier
        _save_with_causes(point)
    source = PointSource(partnership_id=picture.partnership_id, point=point, release=release, index=index)
    source.save()
    for number in range(len(finding["figures"])):
        PointFigure(partnership_id=picture.partnership_id, source=source, index=number).save()
    _fall_stances(point)
    return point


def _save_with_causes(point: Point) -> None:
    """What was said to lie behind the earlier finding comes along, to be read again."""
    point.has_carried_causes = point.continues is not None
    point.save()
    if point.continues is not None:
        journal.note(causes=carry_causes(point))


def _earlier(picture: Picture, finding: dict[str, Any]) -> Point | None:
    """The finding of an earlier picture that a shared one carries on. Older shares do not say."""
    key = finding.get("continues")
    if key is None:
        return None
    earlier = Point.objects.filter(partnership=picture.partnership_id, picture__number__lt=picture.number)
    return earlier.filter(pk=key).first()


@command("pictures.leave_out_figure")
def leave_out_figure(figure: PointFigure, *, by: Actor) -> Point:
    """Take the citation of a figure away from the joint finding.

    Refused once the picture is adopted, and while a cause rests on the figure.
    """
    point = figure.source.point
    _refuse_if_adopted(point.picture)
    _refuse_if_a_cause_rests_on(figure)
    figure.delete()
    _fall_stances(point)
    return point


def _refuse_if_a_cause_rests_on(figure: PointFigure) -> None:
    if found := figure.causes.select_related("cause").first():
        raise Refused(
            _("The cause “%(claim)s” rests on this figure. Take it away there first.")
            % {"claim": found.cause.claim}
        )


@command("pictures.part_source")
def part_source(source: PointSource, *, by: Actor) -> Point:
    """Take a shared finding out of a point again, into one of its own.

    Refused when it stands alone, and while a cause rests on one of its figures.
    """
    point = source.point
    _refuse_if_adopted(point.picture)
    if point.sources.count() < 2:
        raise Refused(_("This is the only finding of the point; there is nothing to part."))
    release, index = source.release, source.index
    for figure in source.figures.all():
        _refuse_if_a_cause_rests_on(figure)
        figure.delete()
    source.delete()
    _fall_stances(point)
    return place_finding(point.picture, release=release, index=index, by=by)


@command("pictures.rewrite_point")
def rewrite_point(
    point: Point,
    *,
    words: Words,
    certainty: Certainty,
    priority: Priority | None,
    seen: int,
    by: Actor,
) -> Point:
    """Change the joint text; stances and decisions on secrecy fall. Refused when somebody saved meanwhile."""
    point.expect(seen, stored=point.text)
    _refuse_if_adopted(point.picture)
    words.refuse_persons()
    point.title, point.text = words.title, words.text
    point.extent, point.consequence, point.unknown = words.extent, words.consequence, words.unknown
    point.certainty, point.priority = certainty, priority
    point.save()
    _fall_stances(point)
    return point


def _fall_stances(point: Point) -> None:
    for stance in point.stances.all():
        stance.delete()
    secrecy.fall(point)


@command("pictures.take_stance")
def take_stance(
    point: Point, *, position: Stance.Position, note: str = "", seen: int | None = None, by: Actor
) -> Stance:
    """Approve the joint text, or say how one's party sees it. A party speaks for itself only.

    Refused once the picture is adopted, when the text changed since it was read, and for a difference without
    words.
    """
    point.expect(seen, stored=point.text)
    _refuse_if_adopted(point.picture)
    if position == Stance.Position.DIFFERS and not note.strip():
        raise Invalid(_("Write how your party sees it. It follows the picture to the public."), field="note")
    door.refuse_persons(note, field="note")
    stance = point.stances.filter(party=by.own_party).first() or Stance(
        partnership_id=point.partnership_id, point=point, party_id=by.own_party
    )
    stance.position, stance.note = position, note
    stance.save()
    journal.note(position=position)
    return stance


@command("pictures.add_voice")
def add_voice(point: Point, *, theme: Theme, by: Actor) -> PointVoice:
    """Let a finding rest on what citizens said. Refused twice for the same theme."""
    _refuse_if_adopted(point.picture)
    if point.voices.filter(theme=theme).exists():
        raise Refused(_("This finding rests on that theme already."))
    voice = PointVoice(partnership_id=point.partnership_id, point=point, theme=theme)
    voice.save()
    return voice
