"""When the joint picture is adopted: each party says what becomes of its own draft."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from samsyn.core import clock, journal
from samsyn.core.actors import Actor
from samsyn.core.commands import command
from samsyn.core.errors import Invalid, Refused
from samsyn.pictures import settling
from samsyn.pictures.comparison import WORDS
from samsyn.pictures.models import DraftFinding, PrivateDraft, StaffDialogue

Fate = PrivateDraft.Fate


@command("pictures.archive_draft")
def archive_draft(draft: PrivateDraft, *, by: Actor) -> None:
    """Keep one's own draft as it is, for one's own archive. Refused as `_refuse_to_settle` says."""
    _refuse_to_settle(draft, by)
    _settle(draft, Fate.ARCHIVED)


@command("pictures.weed_draft")
def weed_draft(
    draft: PrivateDraft, *, also: list[DraftFinding], by: Actor, dialogues: Sequence[StaffDialogue] = ()
) -> int:
    """Empty what stands word for word in a copy that was shared. Returns how many findings were emptied.

    Text with facts that are found nowhere else stays, unless it is named in `also` or `dialogues`.
    The party's own notes go. Refused as `_refuse_to_settle` says, and for findings and dialogues of another
    draft.
    """
    _refuse_to_settle(draft, by)
    if any(one.draft_id != draft.pk for one in also):
        raise Invalid(_("Choose findings of this draft."), field="also")
    if any(one.draft_id != draft.pk for one in dialogues):
        raise Invalid(_("Choose dialogues of this draft."), field="dialogues")
    found = settling.findings_of(by, draft)
    named = {one.pk: one for one in also}  # the copies that this act holds already
    weeded = [
        named.get(one.finding.pk, one.finding) for one in found if one.is_elsewhere or one.finding.pk in named
    ]
    for finding in weeded:
        for citation in [*finding.citations.all(), *finding.staff_citations.all()]:
            citation.delete()
        finding.erase(*WORDS, "secrecy_ground")
    for dialogue in dialogues:
        for resting in dialogue.citations.all():
            resting.delete()
        dialogue.erase("group", "led_by", "summary")
    draft.erase("notes")
    _settle(draft, Fate.WEEDED)
    journal.note(weeded=len(weeded), kept=len(found) - len(weeded), dialogues=len(dialogues))
    return len(weeded)


def _refuse_to_settle(draft: PrivateDraft, by: Actor) -> None:
    """Before the joint picture of its period is adopted the draft is still worked on; and once is enough."""
    refuse_what_is_settled(draft)
    if not settling.is_adopted(by, draft):
        raise Refused(_("The joint picture of this period is not adopted yet: the draft is still worked on."))


def _settle(draft: PrivateDraft, fate: Any) -> None:
    draft.fate, draft.settled_on = fate, clock.today()
    draft.save()
    journal.note(fate=fate)


def refuse_what_is_settled(draft: PrivateDraft) -> None:
    if draft.is_settled:
        raise Refused(_("You have said what becomes of this draft. Begin the next one."))
