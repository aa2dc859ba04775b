"""What a party's own staff said when they were asked, before anything is shared."""

from collections.abc import Mapping
from typing import Any

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from samsyn.core.sealing import SealedTextField
from samsyn.core.templatetags.words import day
from samsyn.parties.models import PrivateRow
from samsyn.pictures.models.drafts import DraftFinding, PrivateDraft


class StaffDialogue(PrivateRow):
    """A dialogue with a group of one's own staff (medarbetardialog), or an interview with one who knows."""

    class Guide(models.TextChoices):
        DIALOGUE = "dialogue", gettext_lazy("the guide for staff dialogues")
        INTERVIEW = "interview", gettext_lazy("the guide for interviews")
        OWN = "own", gettext_lazy("a guide of our own")
        NONE = "none", gettext_lazy("no guide")

    draft = models.ForeignKey(PrivateDraft, on_delete=models.PROTECT, related_name="staff_dialogues")
    day = models.DateField()
    group = SealedTextField()  # a unit or a group of staff, never a person
    participants = models.PositiveIntegerField()
    led_by = SealedTextField()  # a role
    guide = models.CharField(max_length=20, choices=Guide.choices)
    summary = SealedTextField()

    def __str__(self) -> str:
        return self.source_line

    @property
    def facts(self) -> dict[str, Any]:
        """What a shared copy says of it: with whom, when, how many. Never what was said, nor who led it."""
        return {
            "form": "interview" if self.guide == self.Guide.INTERVIEW else "dialogue",
            "group": str(self.group),
            "day": self.day,
            "participants": self.participants,
        }

    @property
    def source_line(self) -> str:
        return source_line(self.facts)


def source_line(said: Mapping[str, Any]) -> str:
    """Staff dialogue, home care, 12 March 2026, 14 participants. Of facts as they are, or frozen."""
    number = said["participants"] or 0
    some = ngettext("%(number)d participant", "%(number)d participants", number) % {"number": number}
    told = {
        "group": said["group"],
        "day": day(said["day"]),
        "number": some if number else _("few participants"),
    }
    if said["form"] == "interview":
        return _("Interview, %(group)s, %(day)s, %(number)s") % told
    return _("Staff dialogue, %(group)s, %(day)s, %(number)s") % told


class StaffCitation(PrivateRow):
    """That a finding rests on what staff said."""

    finding = models.ForeignKey(DraftFinding, on_delete=models.PROTECT, related_name="staff_citations")
    dialogue = models.ForeignKey(StaffDialogue, on_delete=models.PROTECT, related_name="citations")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["party", "finding", "dialogue"], name="a_staff_dialogue_once_per_finding"
            )
        ]
