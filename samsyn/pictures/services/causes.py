"""Saying why a finding is as it is. Also when the picture is adopted: the causes are no part of its text."""

from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from samsyn.core import clock, door, journal
from samsyn.core.actors import Actor
from samsyn.core.commands import command
from samsyn.core.errors import Invalid, Missing, Refused
from samsyn.pictures.models import (
    Cause,
    CauseFigure,
    CauseVoice,
    Certainty,
    Point,
    PointFigure,
    PointVoice,
    Technique,
)


@dataclass(frozen=True)
class Claim:
    """What a cause says, in words and in codes."""

    claim: str
    kind: Cause.Kind
    confidence: Certainty
    evidence: str = ""
    influence: str = ""
    step: Cause.Step | None = None
    moment: str = ""
    technique: Technique | None = None

    def refuse_persons(self) -> None:
        for field in ("claim", "evidence", "influence", "moment"):
            door.refuse_persons(getattr(self, field), field=field)


@command("pictures.state_cause")
def state_cause(
    point: Point,
    *,
    claim: Claim,
    by: Actor,
    parent: Cause | None = None,
    figures: list[PointFigure] | None = None,
    voices: list[PointVoice] | None = None,
) -> Cause:
    """Say why a finding is as it is, or why one of its causes is.

    Refused for words that point out a person; for a cause behind another finding's; for figures and voices
    that the finding does not rest on; and for a certain cause with nothing that speaks for it.
    """
    cause = Cause(partnership_id=point.partnership_id, point=point)
    return _write(cause, claim, parent, figures or [], voices or [])


@command("pictures.rewrite_cause")
def rewrite_cause(
    cause: Cause,
    *,
    claim: Claim,
    seen: int,
    by: Actor,
    parent: Cause | None = None,
    figures: list[PointFigure] | None = None,
    voices: list[PointVoice] | None = None,
) -> Cause:
    """Change a cause. Refused as when it is stated, when a colleague saved meanwhile, and in a circle."""
    cause.expect(seen, stored="\n".join(one for one in (cause.claim, cause.evidence) if one))
    above = parent
    while above:
        if above.pk == cause.pk:
            raise Invalid(
                _("That cause lies behind this one. They cannot lie behind each other."), field="parent"
            )
        above = above.parent
    return _write(cause, claim, parent, figures or [], voices or [])


def _write(
    cause: Cause,
    claim: Claim,
    parent: Cause | None,
    figures: list[PointFigure],
    voices: list[PointVoice],
) -> Cause:
    claim.refuse_persons()
    if parent and parent.point_id != cause.point_id:
        raise Missing
    if any(one.source.point_id != cause.point_id for one in figures):
        raise Missing
    if any(one.point_id != cause.point_id for one in voices):
        raise Missing
    if claim.confidence == Certainty.CERTAIN and not (claim.evidence.strip() or figures or voices):
        raise Invalid(_("Say what speaks for it, or that it is uncertain."), field="evidence")
    if cause.is_unconfirmed:
        cause.confirmed_on = clock.today()
    cause.parent = parent
    cause.claim, cause.kind, cause.confidence = claim.claim.strip(), claim.kind, claim.confidence
    cause.evidence, cause.influence = claim.evidence.strip(), claim.influence.strip()
    cause.step, cause.moment = claim.step or "", claim.moment.strip()
    cause.technique = claim.technique or ""
    cause.save()
    _rest_on(cause, figures, voices)
    journal.note(cause=cause.pk, kind=claim.kind, figures=len(figures), voices=len(voices))
    return cause


@command("pictures.confirm_cause")
def confirm_cause(cause: Cause, *, by: Actor) -> Cause:
    """Say that a cause of the picture before still holds.

    Refused when nobody asks, and for a certain one with nothing that speaks for it now: its figures and
    voices were those of the earlier picture.
    """
    if not cause.is_unconfirmed:
        raise Refused(_("This cause stands already."))
    rests = cause.evidence or cause.figures.exists() or cause.voices.exists()
    if cause.confidence == Certainty.CERTAIN and not rests:
        raise Refused(
            _("Nothing of this picture speaks for “%(claim)s” yet. Change the cause and say what does.")
            % {"claim": cause.claim}
        )
    cause.confirmed_on = clock.today()
    cause.save()
    journal.note(cause=cause.pk)
    return cause


def carry_causes(point: Point) -> int:
    """Copy the causes of the finding that this one carries on. What they rested on stays there.

    Each asks whether it still holds. Returns how many there were.
    """
    copies: dict[UUID, Cause] = {}
    for one in _causes_before(point):
        copy = Cause(partnership_id=point.partnership_id, point=point, continues=one)
        for name in ("claim", "kind", "evidence", "confidence", "influence", "step", "moment", "technique"):
            setattr(copy, name, getattr(one, name))
        copy.save()
        copies[one.pk] = copy
    for copy in copies.values():
        above = copy.continues.parent_id if copy.continues else None
        if above in copies:
            copy.parent = copies[above]
            copy.save()
    return len(copies)


def _causes_before(point: Point) -> list[Cause]:
    """Also those that stand at a finding before it, where nothing came along."""
    found: list[Cause] = []
    earlier = point.continues
    while earlier:
        found += earlier.causes.order_by("id")
        earlier = None if earlier.has_carried_causes else earlier.continues
    return found


def _rest_on(cause: Cause, figures: list[PointFigure], voices: list[PointVoice]) -> None:
    chain = {"partnership_id": cause.partnership_id, "cause": cause}
    cited = {one.figure_id: one for one in cause.figures.all()}
    heard = {one.voice_id: one for one in cause.voices.all()}
    for key in cited.keys() - {one.pk for one in figures}:
        cited[key].delete()
    for key in heard.keys() - {one.pk for one in voices}:
        heard[key].delete()
    for figure in figures:
        if figure.pk not in cited:
            CauseFigure(**chain, figure=figure).save()
    for voice in voices:
        if voice.pk not in heard:
            CauseVoice(**chain, voice=voice).save()


@command("pictures.drop_cause")
def drop_cause(cause: Cause, *, by: Actor) -> None:
    """Take a cause away. Refused while another one lies behind it, and while a measure is to change it."""
    if under := cause.roots.first():
        raise Refused(_("“%(claim)s” lies behind this cause. Move that one first.") % {"claim": under.claim})
    _rest_on(cause, [], [])
    journal.note(cause=cause.pk)
    cause.delete()
