"""The agreement as a living object: its text, clause by clause, and what the parties want with it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from samsyn.parties.models import JointRow, Organisation, PartnershipWideQuerySet
from samsyn.releases.models import Release


class Agreement(JointRow):
    """A samverkansöverenskommelse. Its text is frozen at the first signature."""

    class Prolongation(models.TextChoices):
        NONE = "none", _("it ends on its last day")
        UNTIL_FURTHER_NOTICE = "tills_vidare", _("it is prolonged until further notice")
        MONTHS = "months", _("it is prolonged by a number of months")

    title = models.CharField(_("title"), max_length=300)
    short_title = models.CharField(_("short title"), max_length=150)
    language = models.CharField(_("language"), max_length=2, default="sv")
    purpose = models.TextField(_("purpose"), blank=True)
    valid_from = models.DateField(_("from"))
    valid_to = models.DateField(_("to"), null=True, blank=True)
    prolongation = models.CharField(
        _("when no new agreement is signed"), max_length=20, choices=Prolongation.choices
    )
    months = models.PositiveSmallIntegerField(_("months"), default=0)
    notice_months = models.PositiveSmallIntegerField(  # None: no clause lets a party end it alone
        _("months of notice"), null=True, blank=True
    )
    baseline_claim = models.CharField(_("claim about how it is"), max_length=500, blank=True)
    council_name = models.CharField(_("council"), max_length=150, blank=True)
    predecessor = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="successors"
    )
    release = models.ForeignKey(Release, null=True, on_delete=models.PROTECT, related_name="+")

    objects = PartnershipWideQuerySet.as_manager()  # type: ignore[misc]

    def __str__(self) -> str:
        return self.short_title


class AgreementPart(JointRow):
    """Anything that hangs on an agreement and is read by everybody in the partnership."""

    objects = PartnershipWideQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        abstract = True


class Clause(AgreementPart):
    """A piece of the text with an address of its own."""

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="clauses")
    address = models.CharField(_("address"), max_length=60)
    kind = models.CharField(max_length=40)
    heading = models.CharField(_("heading"), max_length=200, blank=True)
    text = models.TextField(_("text"))
    item = models.CharField(max_length=20, blank=True)  # key of the goal or priority that it states
    position = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agreement", "address"], name="one_clause_per_address")
        ]


class VisionGoal(AgreementPart):
    """What the parties want in the long run."""

    class Direction(models.TextChoices):
        UP = "up", _("more")
        DOWN = "down", _("less")

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="goals")
    key = models.CharField(max_length=20)
    text = models.CharField(_("goal"), max_length=500)
    direction = models.CharField(max_length=10, choices=Direction.choices, blank=True)
    domain = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agreement", "key"], name="one_goal_per_key")]

    def __str__(self) -> str:
        return self.text


class Priority(AgreementPart):
    """What the parties work on while the agreement lasts."""

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="priorities")
    key = models.CharField(max_length=20)
    title = models.CharField(_("priority"), max_length=200)
    problem = models.TextField(_("problem"), blank=True)
    trend_claim = models.CharField(max_length=20, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agreement", "key"], name="one_priority_per_key")]

    def __str__(self) -> str:
        return self.title


class PriorityItem(AgreementPart):
    """A sub-aim of a priority, or a risk that it names."""

    class Kind(models.TextChoices):
        SUB_AIM = "sub_aim", _("sub-aim")
        RISK = "risk", _("risk")

    priority = models.ForeignKey(Priority, on_delete=models.PROTECT, related_name="items")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    key = models.CharField(max_length=20)
    text = models.CharField(max_length=500)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["priority", "key"], name="one_item_per_key")]


class PriorityGoal(AgreementPart):
    """That a priority serves a goal. Derived links are proposals until somebody confirms them."""

    class State(models.TextChoices):
        PROPOSED = "proposed", _("proposed")
        CONFIRMED = "confirmed", _("confirmed")
        REJECTED = "rejected", _("rejected")

    priority = models.ForeignKey(Priority, on_delete=models.PROTECT, related_name="goals")
    goal = models.ForeignKey(VisionGoal, on_delete=models.PROTECT, related_name="priorities")
    state = models.CharField(max_length=20, choices=State.choices, default=State.PROPOSED)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["priority", "goal"], name="a_goal_once_per_priority")]


class OtherActor(AgreementPart):
    """Somebody who is involved when needed and does not sign."""

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="other_actors")
    name = models.CharField(max_length=200)
    role = models.CharField(max_length=60, blank=True)


class HistoryEvent(AgreementPart):
    """A year in the history of the cooperation."""

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="history")
    year = models.PositiveSmallIntegerField()
    event = models.CharField(max_length=300)


class Approval(AgreementPart):
    """That a party has approved the text for signing."""

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="approvals")
    party = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    approved_on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "party"], name="one_approval_per_party_and_agreement"
            )
        ]


class Signature(AgreementPart):
    """That a party signed. Name and title may be empty: signed, signatory not stated."""

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="signatures")
    party = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(_("name"), max_length=150, blank=True)
    title = models.CharField(_("title"), max_length=150, blank=True)
    signed_on = models.DateField(_("day"))
    place = models.CharField(_("place"), max_length=120, blank=True)
    document = models.CharField(max_length=64, blank=True)  # object key of the signed PDF
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agreement", "party"], name="one_signature_per_party")]


class Change(AgreementPart):
    """A change that one party proposed. It takes effect the day the last party approves it."""

    class Kind(models.TextChoices):
        AMENDMENT = "amendment", _("amendment")
        PROLONGATION = "prolongation", _("prolongation")
        TERMINATION = "termination", _("end of the agreement")

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="changes")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    text = models.TextField(_("what is changed, and why"))
    from_day = models.DateField(_("from"), null=True, blank=True)
    last_day = models.DateField(_("new last day"), null=True, blank=True)
    proposed_by = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    proposed_on = models.DateField()
    in_effect_on = models.DateField(null=True)  # the day the last party approved it
    declined_by = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="+")
    declined_on = models.DateField(null=True)
    declined_why = models.CharField(_("why"), max_length=500, blank=True)

    def __str__(self) -> str:
        return str(self.get_kind_display())

    @property
    def is_waiting(self) -> bool:
        return self.in_effect_on is None and self.declined_on is None


class ChangeApproval(AgreementPart):
    """That a party stands behind a change."""

    change = models.ForeignKey(Change, on_delete=models.PROTECT, related_name="approvals")
    party = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    approved_on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["change", "party"], name="one_approval_per_party_and_change")
        ]


class Notice(AgreementPart):
    """That the agreement ends, with its last day: by all, or by one as the clause on notice allows."""

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="notices")
    change = models.OneToOneField(Change, null=True, on_delete=models.PROTECT, related_name="+")
    party = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="+")
    last_day = models.DateField(_("last day"))
    why = models.TextField(_("why"))
    recorded_at = models.DateTimeField()


class Amendment(AgreementPart):
    """What all parties approved while it was in force: a text, and perhaps another last day."""

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="amendments")
    change = models.OneToOneField(Change, null=True, on_delete=models.PROTECT, related_name="+")
    from_day = models.DateField(_("from"))
    text = models.TextField(_("what was changed"))
    valid_to = models.DateField(_("new last day"), null=True, blank=True)
    recorded_at = models.DateTimeField()
