"""What citizens say: a question put to them, their voices, and the themes that the voices make."""

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from samsyn.core.actors import Actor, Kind
from samsyn.parties.models import Area, JointQuerySet, JointRow
from samsyn.releases.models import Release


class DialogueQuerySet(JointQuerySet["Dialogue"]):
    def visible_to(self, actor: Actor) -> Self:
        """A published dialogue is for everybody: a citizen answers it without an account."""
        if actor.kind is Kind.VISITOR:
            return self.exclude(release=None)
        return super().visible_to(actor)


class Dialogue(JointRow):
    """One open question, for a time, about a picture or about measures."""

    class About(models.TextChoices):
        PICTURE = "picture", _("how it is here (the situational picture)")
        MEASURES = "measures", _("what should be done (measures and promises)")

    question = models.CharField(_("question"), max_length=200)
    introduction = models.TextField(_("introduction"), blank=True, max_length=2000)
    about = models.CharField(_("about"), max_length=20, choices=About.choices)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", verbose_name=_("area"))
    opens = models.DateField(_("opens"))
    closes = models.DateField(_("closes"))
    not_heard = models.TextField(_("who was not heard"), blank=True, max_length=1000)
    release = models.ForeignKey(Release, null=True, on_delete=models.PROTECT, related_name="+")

    objects = DialogueQuerySet.as_manager()  # type: ignore[misc]

    def __str__(self) -> str:
        return self.question


class Theme(JointRow):
    """What several voices say, in the words of those who read them."""

    dialogue = models.ForeignKey(Dialogue, on_delete=models.PROTECT, related_name="themes")
    title = models.CharField(_("theme"), max_length=150)
    summary = models.TextField(_("summary"), blank=True, max_length=2000)

    def __str__(self) -> str:
        return self.title


class Voice(JointRow):
    """One answer. A public document from the moment it arrives, also if it is refused later."""

    class State(models.TextChoices):
        RECEIVED = "received", _("waits to be read")
        ACCEPTED = "accepted", _("read and counted")
        REFUSED = "refused", _("not used")
        WITHDRAWN = "withdrawn", _("withdrawn by its writer")

    class Reason(models.TextChoices):
        PERSON = "person", _("it points out a person")
        CASE = "case", _("it is about a single case, which belongs with the police or social services")
        THREAT = "threat", _("it holds threats or hatred")
        OTHER_QUESTION = "other_question", _("it answers another question")

    dialogue = models.ForeignKey(Dialogue, on_delete=models.PROTECT, related_name="voices")
    text = models.TextField(max_length=2000)
    received_on = models.DateField()
    state = models.CharField(max_length=20, choices=State.choices, default=State.RECEIVED)
    reason = models.CharField(max_length=20, choices=Reason.choices, blank=True)
    receipt = models.CharField(max_length=64)  # hash of the code that only the writer has
    submission = models.UUIDField()  # a retry of the same form is not a second voice

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["dialogue", "submission"], name="one_voice_per_submission"),
            models.UniqueConstraint(fields=["receipt"], name="one_voice_per_receipt"),
        ]


class VoiceTheme(JointRow):
    """That a voice speaks of a theme, and whether it may be quoted there."""

    voice = models.ForeignKey(Voice, on_delete=models.PROTECT, related_name="themes")
    theme = models.ForeignKey(Theme, on_delete=models.PROTECT, related_name="voices")
    is_quoted = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["voice", "theme"], name="a_voice_once_in_a_theme")]
