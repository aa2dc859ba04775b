"""Writing down what one's own staff said, and letting findings rest on it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from samsyn.core import clock, door, journal
from samsyn.core.actors import Actor
from samsyn.core.commands import command
from samsyn.core.errors import Invalid
from samsyn.pictures.models import DraftFinding, PrivateDraft, StaffCitation, StaffDialogue
from samsyn.pictures.services.settling import refuse_what_is_settled

WORDS = ("group", "led_by", "summary")


@dataclass(frozen=True)
class Held:
    """A dialogue as it was held: with whom, and what they said in short."""

    day: date
    group: str
    participants: int
    guide: StaffDialogue.Guide
    summary: str
    led_by: str = ""


@command("pictures.record_staff_dialogue")
def record_staff_dialogue(
    draft: PrivateDraft, *, held: Held, findings: list[DraftFinding], by: Actor
) -> StaffDialogue:
    """Write down a dialogue with staff, and which findings of the draft rest on it.

    Refused before it is held, without participants, when a text points out a person, for findings of another
    draft, and in a draft that is settled.
    """
    dialogue = StaffDialogue(draft=draft, party_id=draft.party_id)
    _write(dialogue, held)
    _let_rest(dialogue, findings)
    return dialogue


@command("pictures.rewrite_staff_dialogue")
def rewrite_staff_dialogue(
    dialogue: StaffDialogue, *, held: Held, findings: list[DraftFinding], seen: int | None, by: Actor
) -> StaffDialogue:
    """Refused when a colleague saved after the version that the form showed, and as when it was recorded."""
    dialogue.expect(seen, stored=str(dialogue.summary))
    _write(dialogue, held)
    _let_rest(dialogue, findings)
    return dialogue


@command("pictures.drop_staff_dialogue")
def drop_staff_dialogue(dialogue: StaffDialogue, *, by: Actor) -> None:
    """Take a dialogue out of one's own draft. What was shared before stays with its receiver."""
    refuse_what_is_settled(dialogue.draft)
    for citation in dialogue.citations.all():
        citation.delete()
    dialogue.delete()


@command("pictures.cite_staff_dialogues")
def cite_staff_dialogues(finding: DraftFinding, *, dialogues: list[StaffDialogue], by: Actor) -> None:
    """Let a finding rest on these dialogues and no others.

    Refused for dialogues of another draft, and in a draft that is settled.
    """
    refuse_what_is_settled(finding.draft)
    if any(one.draft_id != finding.draft_id for one in dialogues):
        raise Invalid(_("Choose dialogues of this draft."), field="dialogues")
    _keep_only(finding.staff_citations.all(), [(finding, dialogue) for dialogue in dialogues])
    journal.note(dialogues=len(dialogues))


def _write(dialogue: StaffDialogue, held: Held) -> None:
    refuse_what_is_settled(dialogue.draft)
    for name in WORDS:
        door.refuse_persons(getattr(held, name), field=name)
    if held.day > clock.today():
        raise Invalid(_("Record the dialogue when it has been held."), field="day")
    if held.participants < 1:
        raise Invalid(_("Say how many took part."), field="participants")
    dialogue.day, dialogue.participants, dialogue.guide = held.day, held.participants, held.guide
    dialogue.group, dialogue.led_by = held.group.strip(), held.led_by.strip()
    dialogue.summary = held.summary.strip()
    dialogue.save()


def _let_rest(dialogue: StaffDialogue, findings: list[DraftFinding]) -> None:
    if any(one.draft_id != dialogue.draft_id for one in findings):
        raise Invalid(_("Choose findings of this draft."), field="findings")
    _keep_only(dialogue.citations.all(), [(finding, dialogue) for finding in findings])
    journal.note(participants=dialogue.participants, findings=len(findings))


def _keep_only(citations: Iterable[StaffCitation], pairs: list[tuple[DraftFinding, StaffDialogue]]) -> None:
    """Of these citations, those of the pairs; what is missing is added."""
    wanted = {(finding.pk, dialogue.pk): (finding, dialogue) for finding, dialogue in pairs}
    for citation in citations:
        if wanted.pop((citation.finding_id, citation.dialogue_id), None) is None:
            citation.delete()
    for finding, dialogue in wanted.values():
        StaffCitation(party_id=dialogue.party_id, finding=finding, dialogue=dialogue).save()
