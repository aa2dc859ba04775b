"""The one form in which anything is shown to an audience."""

import json
from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from samsyn.core import canonical
from samsyn.core.actors import READING, Actor, Kind
from samsyn.core.canonical import Digest
from samsyn.parties.models import JointQuerySet, JointRow, Organisation


class Audience(models.TextChoices):
    PARTY = "party", _("the other party")
    PARTNERSHIP = "partnership", _("the partnership")
    PUBLIC = "public", _("the public")


class Ground(models.TextChoices):
    """Why something that was stored is erased."""

    DISPOSAL = "disposal", _("decision on disposal (gallring)")
    PERSON = "person", _("a person's right (GDPR, article 17)")


class ReleaseQuerySet(JointQuerySet["Release"]):
    def in_use(self) -> Self:
        """What pages, feeds and search build on. A withdrawn release is gone from all of them at once."""
        return self.filter(withdrawn_at=None)

    def visible_to(self, actor: Actor) -> Self:
        """Who may open it. Withdrawn, it stays with those who had it; the public's, with the parties."""
        public = Q(audience=Audience.PUBLIC, withdrawn_at=None)
        if actor.kind is Kind.SYSTEM:  # draws, verifies and archives what is released
            return self.all()
        if not actor.roles & READING:
            return self.filter(public)
        received = Q(audience=Audience.PARTY, receiver=actor.party_id) | ~Q(audience=Audience.PARTY)
        mine = Q(sender=actor.party_id) | received
        return self.filter(public | (mine & Q(partnership__in=actor.partnership_ids)))


class Release(JointRow):
    """A frozen copy for an audience: content, proof, hash; withdrawable, never changed."""

    kind = models.CharField(max_length=40)
    object_id = models.UUIDField(null=True)  # the joint row it shows; never a private one
    audience = models.CharField(max_length=20, choices=Audience.choices)
    sender = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    receiver = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="+")
    content = models.TextField()  # canonical JSON: text and not jsonb, because its bytes are hashed
    hash = models.CharField(max_length=64)
    released_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    changeable = frozenset({"withdrawn_at"})
    objects = ReleaseQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(audience=Audience.PARTY, receiver__isnull=False)
                | (~Q(audience=Audience.PARTY) & Q(receiver=None)),
                name="a_receiver_when_handed_to_one_party",
            )
        ]

    @cached_property
    def payload(self) -> dict[str, Any]:
        """`content`, `proof` and the salt, as frozen. Read once: one page shows a hundred findings of it."""
        if not self.content:  # erased by law
            return {"content": {}, "proof": {}}
        return json.loads(self.content)  # type: ignore[no-any-return]

    @property
    def is_whole(self) -> bool:
        """Whether the stored text still has the hash it was frozen with."""
        return canonical.sha256(self.content) == self.hash

    @property
    def digest(self) -> Digest:
        return Digest(self.hash)


class Language(models.TextChoices):
    SWEDISH = "sv", _("Swedish")
    ENGLISH = "en", _("English")


class PrintoutQuerySet(JointQuerySet["Printout"]):
    def visible_to(self, actor: Actor) -> Self:
        """As the release it shows."""
        return self.filter(release__in=Release.objects.visible_to(actor))


class Printout(JointRow):
    """A release as a document in one language: a file in the object store, made once by a worker."""

    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="printouts")
    language = models.CharField(max_length=5, choices=Language.choices)
    key = models.CharField(max_length=64)

    @property
    def file_name(self) -> str:
        """What it is called on the reader's own disk; says also what kind of file it is."""
        return f"{self.release.partnership.slug}-{self.release.released_at:%Y-%m-%d}.pdf"

    objects = PrintoutQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["release", "language"], name="a_printout_once_per_language")
        ]
