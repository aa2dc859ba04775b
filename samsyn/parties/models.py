"""Who cooperates: organisations, their partnerships, the people they appoint, and the wall between them."""

import hashlib
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from datetime import timedelta
from typing import Self, TypeVar

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _
from uuid_utils.compat import uuid7

from samsyn.core import clock
from samsyn.core.actors import STAFF, WORKING, Actor, Kind, Role
from samsyn.core.rows import Row, RowQuerySet


class UserManager(BaseUserManager["User"]):
    def visible_to(self, actor: Actor) -> models.QuerySet["User"]:
        """Oneself, and colleagues in one's own party."""
        return self.filter(Q(pk=actor.user_id) | Q(appointments__organisation=actor.party_id)).distinct()


class User(AbstractBaseUser):
    """An account: a name, an address and a way to sign in. Nothing else about the person."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    email = models.EmailField(_("e-mail"), unique=True)
    name = models.CharField(_("name"), max_length=150, blank=True)
    language = models.CharField(max_length=2, default="sv", choices=[("sv", "Svenska"), ("en", "English")])
    is_active = models.BooleanField(default=True)
    role_changes = models.PositiveIntegerField(default=0, editable=False)  # each one ends all sessions

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    objects = UserManager()

    def __str__(self) -> str:
        return self.name or self.email

    def get_session_auth_hash(self) -> str:
        """Sessions carry this; when it changes they are signed out, wherever they are kept."""
        return self._session_hash(None)

    def get_session_auth_fallback_hash(self) -> Iterator[str]:
        for secret in settings.SECRET_KEY_FALLBACKS:
            yield self._session_hash(secret)

    def _session_hash(self, secret: str | bytes | None) -> str:
        content = f"{self.password}{self.role_changes}"
        return salted_hmac("samsyn.parties.session", content, secret=secret, algorithm="sha256").hexdigest()

    @property
    def can_sign_in(self) -> bool:
        """Whether the person has a way in already, so that an invitation must not set another one."""
        return self.last_login is not None or (bool(self.password) and self.has_usable_password())


class OrganisationQuerySet(RowQuerySet["Organisation"]):
    def visible_to(self, actor: Actor) -> Self:
        """One's own party, and those one shares a partnership with."""
        if actor.kind is Kind.SYSTEM:
            return self.all()
        return self.filter(
            Q(pk=actor.party_id) | Q(memberships__partnership__in=actor.partnership_ids)
        ).distinct()


class Organisation(Row):
    """A municipality, a local police area, or another actor that works along."""

    class Kind(models.TextChoices):
        MUNICIPALITY = "municipality", _("municipality")
        LOCAL_POLICE_AREA = "local_police_area", _("local police area")
        REGION = "region", _("region")
        BUSINESS = "business", _("business")
        CIVIL_SOCIETY = "civil_society", _("civil society")
        HOUSING = "housing", _("housing company")
        OTHER = "other", _("other")

    name = models.CharField(_("name"), max_length=200)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    code = models.CharField(_("code"), max_length=20, blank=True)  # SCB's code of a municipality
    visiting_address = models.CharField(max_length=200, blank=True)
    postal_address = models.CharField(max_length=200, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    email = models.EmailField(blank=True)
    web = models.CharField(max_length=200, blank=True)
    recovery_file_at = models.DateTimeField(null=True, editable=False)  # when the party fetched its keys

    chain_field = "id"
    pointed_at_from_anywhere = True
    objects = OrganisationQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name

    @property
    def titles(self) -> "list[Title]":
        """The titles that its people can have. Only a party's people work on what is joint."""
        return TITLES.get(self.kind, INVOLVED)


class PartnershipQuerySet(RowQuerySet["Partnership"]):
    def visible_to(self, actor: Actor) -> Self:
        """One's own; the public site opens with the system's eyes and shows releases only."""
        return self.all() if actor.kind is Kind.SYSTEM else self.filter(pk__in=actor.partnership_ids)


class Partnership(Row):
    """The cooperation of one municipality with its local police area."""

    name = models.CharField(_("name"), max_length=200)
    slug = models.SlugField(_("address"), max_length=60, unique=True)
    municipality_code = models.CharField(max_length=4)
    county_code = models.CharField(max_length=2)
    is_exercise = models.BooleanField(default=False)  # marked on every page and document
    deciding_body = models.CharField(_("deciding body"), max_length=120, default="Kommunstyrelsen")

    chain_field = "id"
    objects = PartnershipQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name


JointType = TypeVar("JointType", bound="JointRow", covariant=True)
PrivateType = TypeVar("PrivateType", bound="PrivateRow", covariant=True)


class JointQuerySet(RowQuerySet[JointType]):
    def visible_to(self, actor: Actor) -> Self:
        """What a partnership works on together is for the people who work in it."""
        return self.filter(partnership__in=actor.partnership_ids) if actor.roles & WORKING else self.none()


class JointRow(Row):
    """Content of a partnership. Every row names its partnership, so that one guard serves them all."""

    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="+")
    chain_field = "partnership_id"
    objects = JointQuerySet.as_manager()

    class Meta:
        abstract = True


class PrivateQuerySet(RowQuerySet[PrivateType]):
    def visible_to(self, actor: Actor) -> Self:
        """A party's own: for those who work there. No administrator, no system, no other party."""
        return self.filter(party=actor.party_id) if actor.roles & WORKING else self.none()


class PrivateRow(Row):
    """Content of one party. Its free text is sealed, and nothing outside the private tables points here."""

    party = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    chain_field = "party_id"
    objects = PrivateQuerySet.as_manager()

    class Meta:
        abstract = True


class PartnershipWideQuerySet(JointQuerySet[JointType]):
    def visible_to(self, actor: Actor) -> Self:
        """Facts about the cooperation itself that everybody with a role in it may know."""
        if actor.kind is Kind.SYSTEM:
            return self.all()
        everybody = STAFF | {Role.ADMINISTRATOR}
        return self.filter(partnership__in=actor.partnership_ids) if actor.roles & everybody else self.none()


class Membership(JointRow):
    """An organisation in a partnership: as party that signs, or as actor involved when needed."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="memberships")
    is_party = models.BooleanField(default=True)

    objects = PartnershipWideQuerySet.as_manager()  # type: ignore[misc]  # wider than that of joint rows

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["partnership", "organisation"], name="once_in_a_partnership")
        ]


class Area(JointRow):
    """An area that the partnership covers or speaks of: the municipality, a district, a place."""

    class Kind(models.TextChoices):
        MUNICIPALITY = "municipality", _("municipality")
        DISTRICT = "district", _("district")
        PLACE = "place", _("place")

    code = models.CharField(_("code"), max_length=20)
    name = models.CharField(_("name"), max_length=120)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    slug = models.SlugField(max_length=60)

    objects = PartnershipWideQuerySet.as_manager()  # type: ignore[misc]  # wider than that of joint rows

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["partnership", "code"], name="one_area_per_code"),
            models.UniqueConstraint(fields=["partnership", "slug"], name="one_area_per_address"),
        ]

    def __str__(self) -> str:
        return self.name


class Title(models.TextChoices):
    """The field's own titles. Each carries one rule set."""

    COORDINATOR = "coordinator", _("crime prevention coordinator")
    KOMMUNPOLIS = "kommunpolis", _("municipal police officer (kommunpolis)")
    ANALYST = "analyst", _("analyst")
    CHAIR = "chair", _("chair of the council")
    AREA_CHIEF = "area_chief", _("local police area chief")
    BOARD_SECRETARY = "board_secretary", _("board secretary")
    MEASURE_OWNER = "measure_owner", _("measure owner")
    FIELD_STAFF = "field_staff", _("field staff")
    PARTNER = "partner", _("partner")
    COUNCIL_MEMBER = "council_member", _("council member")
    AUDITOR = "auditor", _("auditor")
    REGISTRAR = "registrar", _("registrar")
    ADMINISTRATOR = "administrator", _("administrator")

    @property
    def role(self) -> Role:
        return ROLES[self]

    @property
    def invites(self) -> bool:
        """Whether people with this title may invite others to their own party."""
        return self.role in (Role.APPROVER, Role.ADMINISTRATOR)


ROLES = {
    Title.COORDINATOR: Role.EDITOR,
    Title.KOMMUNPOLIS: Role.EDITOR,
    Title.ANALYST: Role.EDITOR,
    Title.CHAIR: Role.APPROVER,
    Title.AREA_CHIEF: Role.APPROVER,
    Title.BOARD_SECRETARY: Role.APPROVER,
    Title.MEASURE_OWNER: Role.CONTRIBUTOR,
    Title.FIELD_STAFF: Role.CONTRIBUTOR,
    Title.PARTNER: Role.CONTRIBUTOR,
    Title.COUNCIL_MEMBER: Role.READER,
    Title.AUDITOR: Role.READER,
    Title.REGISTRAR: Role.READER,
    Title.ADMINISTRATOR: Role.ADMINISTRATOR,
}


class AppointmentQuerySet(RowQuerySet["Appointment"]):
    def visible_to(self, actor: Actor) -> Self:
        """Appointments in one's own party."""
        if actor.kind is Kind.SYSTEM:
            return self.all()
        return self.filter(organisation=actor.party_id) if actor.roles else self.none()


class Appointment(Row):
    """A person's title for a party, from one day to another; in one partnership, or in all of the party's."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="appointments")
    partnership = models.ForeignKey(
        Partnership, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="appointments")
    title = models.CharField(_("title"), max_length=20, choices=Title.choices)
    first_day = models.DateField(_("from"))
    last_day = models.DateField(_("to"), null=True, blank=True)

    chain_field = "organisation_id"
    points_across = frozenset({"partnership"})
    objects = AppointmentQuerySet.as_manager()

    @property
    def role(self) -> Role:
        return Title(self.title).role


INVOLVED = [Title.PARTNER, Title.MEASURE_OWNER, Title.FIELD_STAFF, Title.COUNCIL_MEMBER]
TITLES: dict[str, list[Title]] = {
    Organisation.Kind.MUNICIPALITY: [
        title for title in Title if title not in (Title.KOMMUNPOLIS, Title.AREA_CHIEF, Title.PARTNER)
    ],
    Organisation.Kind.LOCAL_POLICE_AREA: [
        title for title in Title if title not in (Title.COORDINATOR, Title.BOARD_SECRETARY, Title.PARTNER)
    ],
}


class InvitationQuerySet(RowQuerySet["Invitation"]):
    def visible_to(self, actor: Actor) -> Self:
        """One's own party's, the first one that one sent to another, and the one whose link one holds."""
        if actor.kind is Kind.SYSTEM:
            return self.all()
        if actor.kind is Kind.LINK:
            return self.filter(pk=actor.object_id)
        own = Q(organisation=actor.party_id) | Q(sent_by=actor.user_id)
        return self.filter(own) if actor.roles else self.none()

    def waiting(self) -> Self:
        """Those that can still be accepted."""
        return self.filter(used_at=None, revoked_at=None, expires_at__gt=clock.now())


class Invitation(Row):
    """A title offered by mail: for one address, once, for seven days."""

    LASTS = timedelta(days=7)

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="invitations")
    partnership = models.ForeignKey(
        Partnership, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    email = models.EmailField(_("e-mail"))
    title = models.CharField(_("title"), max_length=20, choices=Title.choices)
    language = models.CharField(max_length=2, default="sv")
    sent_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    token_hash = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    chain_field = "organisation_id"
    points_across = frozenset({"partnership"})
    objects = InvitationQuerySet.as_manager()

    @property
    def is_waiting(self) -> bool:
        return self.used_at is None and self.revoked_at is None and self.expires_at > clock.now()

    @property
    def token(self) -> str:
        """What the link in the mail holds: 256 bits that only this installation can make.

        Made from its key each time, so that neither the database nor a backup holds a working link.
        """
        digest = salted_hmac("samsyn.parties.invitation", str(self.pk), algorithm="sha256").digest()
        return urlsafe_b64encode(digest).decode().rstrip("=")

    @staticmethod
    def hash_of(token: str) -> str:
        return hashlib.sha256(token.encode()).hexdigest()
