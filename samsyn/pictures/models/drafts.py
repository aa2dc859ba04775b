"""What a party sees for itself, before anything is shared."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from samsyn.core.sealing import SealedTextField
from samsyn.evidence.models import Figure
from samsyn.parties.models import PrivateRow


class PrivateDraft(PrivateRow):
    """One party's own view of a period."""

    class Fate(models.TextChoices):
        WEEDED = "weeded", _("weeded out (rensad)")
        ARCHIVED = "archived", _("archived (arkiverad)")

    period = models.CharField(max_length=20)  # a code, such as 2026: it stands open in the database
    title = SealedTextField()
    approved_on = models.DateField(null=True)  # the party's own management has read it
    # What the party did with it when the joint picture was adopted; empty while nothing is said.
    fate = models.CharField(max_length=20, choices=Fate.choices, blank=True)
    settled_on = models.DateField(null=True)
    notes = SealedTextField(null=True)  # the party's own: never shared, never in a release
    carried_from = models.CharField(max_length=20, blank=True)  # period of the picture that it began with

    class Meta:
        # With the party in it: else a form error would tell each party what the other has begun.
        constraints = [
            models.UniqueConstraint(fields=["party", "period"], name="one_draft_per_party_and_period")
        ]

    def __str__(self) -> str:
        return str(self.title)

    @property
    def is_settled(self) -> bool:
        return bool(self.fate)


class DraftFinding(PrivateRow):
    """One thing the party sees, with its own decision on secrecy."""

    draft = models.ForeignKey(PrivateDraft, on_delete=models.PROTECT, related_name="findings")
    title = SealedTextField()
    text = SealedTextField()
    extent = SealedTextField()
    consequence = SealedTextField()
    unknown = SealedTextField(
        null=True
    )  # what nobody knows yet; NULL in rows that are older than the question
    certainty = models.CharField(max_length=20)
    priority_key = models.CharField(max_length=20, blank=True)
    secrecy = models.CharField(max_length=20, blank=True)  # empty: not decided; none; or a section of OSL
    secrecy_ground = SealedTextField(null=True)  # why that section, in a few words: never shared
    # The finding of the adopted picture that it carries on. A key: a private row points at no joint one.
    continues = models.UUIDField(null=True)

    def __str__(self) -> str:
        return str(self.title)


class DraftCitation(PrivateRow):
    """That a finding rests on a figure."""

    finding = models.ForeignKey(DraftFinding, on_delete=models.PROTECT, related_name="citations")
    figure = models.ForeignKey(Figure, on_delete=models.PROTECT, related_name="+")
    note = SealedTextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["party", "finding", "figure"], name="a_figure_once_per_finding")
        ]
