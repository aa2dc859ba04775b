"""What the parties know: datasets as they came, the population they are measured against, and figures.

A party's datasets and figures are its own. Everything readable in them is sealed; what stands open is what
the database must sort and check by: days, codes, numbers of rows, hashes.
"""

import json
from decimal import Decimal
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from samsyn.core.sealing import SealedTextField
from samsyn.parties.models import JointRow, Organisation, PrivateRow


class SealedJson(PrivateRow):
    """A private row with structured content, kept as canonical JSON in sealed fields."""

    class Meta:
        abstract = True

    def unpacked(self, name: str) -> Any:
        """The content of a sealed field; an empty field is an empty object."""
        text = getattr(self, name)
        return json.loads(text) if text else {}


class Upload(SealedJson):
    """A file that waits in quarantine: to be read, looked at, and kept or thrown away. An hour at most."""

    class State(models.TextChoices):
        WAITING = "waiting", _("is being read")
        READ = "read", _("waits for you to look at it")
        REFUSED = "refused", _("cannot be used")

    class Purpose(models.TextChoices):
        DATASET = "dataset", _("events or other figures")
        POPULATION = "population", _("population")

    name = SealedTextField()  # of the file, as the person's computer calls it
    purpose = models.CharField(max_length=20, choices=Purpose.choices, default=Purpose.DATASET)
    state = models.CharField(max_length=20, choices=State.choices, default=State.WAITING)
    received_at = models.DateTimeField()
    size_bytes = models.PositiveBigIntegerField()
    source_name = SealedTextField()  # who made the figures; may be empty until the file is kept
    answers = SealedTextField()  # JSON: what a person or a remembered mapping says about the file
    outcome = SealedTextField()  # JSON: what was understood, or why it was refused

    @property
    def refusal(self) -> dict[str, Any]:
        """Code, place and facts of a refusal."""
        return self.unpacked("outcome").get("refusal", {})  # type: ignore[no-any-return]


class SourceMapping(SealedJson):
    """How a source's files are to be read: remembered from the last time somebody answered."""

    source_name = SealedTextField()
    answers = SealedTextField()


class Dataset(SealedJson):
    """A table as it was taken in: one Parquet file, never changed, with where it came from."""

    class Origin(models.TextChoices):
        PUBLISHED = "published", _("published already, by whoever made the statistics")
        OWN = "own", _("our own, not published before")

    title = SealedTextField()
    source_code = models.CharField(max_length=30)  # the reader that knew the file
    source_name = SealedTextField()
    licence = SealedTextField()
    collected_by = SealedTextField()
    quality = SealedTextField()  # what to keep in mind, in a person's words
    notes = SealedTextField()  # JSON: what the reader did and saw
    recipe = SealedTextField()  # JSON: from the raw file to the table
    summary = SealedTextField()  # JSON: measures, areas and periods, to choose from
    period_start = models.DateField(null=True)
    period_end = models.DateField(null=True)
    area_level = models.CharField(max_length=30)
    unit = models.CharField(max_length=60)
    rows = models.PositiveIntegerField()
    received_on = models.DateField()
    content_hash = models.CharField(max_length=64)  # of the canonical rows
    table_key = models.CharField(max_length=64)  # object: the Parquet file
    page_key = models.CharField(max_length=64)  # object: the first rows as text, for pages
    raw_key = models.CharField(max_length=64)  # object: the file as it came; empty when its time is over
    raw_until = models.DateField(null=True)
    # Whether small numbers in it are hidden. Can be put right; each time stands in the journal.
    origin = models.CharField(max_length=10, choices=Origin.choices, default=Origin.OWN)
    supersedes = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="superseded_by"
    )

    changeable = frozenset({"raw_key", "raw_until", "origin"})

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["party", "content_hash"], name="one_dataset_per_content")
        ]

    def __str__(self) -> str:
        return str(self.title)

    @property
    def is_superseded(self) -> bool:
        return hasattr(self, "superseded_by")

    @property
    def is_own(self) -> bool:
        return self.origin == self.Origin.OWN

    @property
    def cited_as(self) -> str:
        """Whom a figure made of it names. Kolada's terms: never Kolada for what others have calculated."""
        if self.source_code == "kolada" or "kolada" in str(self.source_name).casefold():
            with translation.override("sv"):  # stored, so one language for all
                return gettext("Own calculation")
        return str(self.source_name)


class Population(JointRow):
    """How many lived in an area on a day, and who says so. What a rate is measured against."""

    area_code = models.CharField(_("area code"), max_length=20)
    area_name = models.CharField(_("area"), max_length=120)
    day = models.DateField(_("day"))
    number = models.PositiveIntegerField(_("inhabitants"))
    source = models.CharField(_("source"), max_length=200)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["partnership", "area_code", "day"], name="one_population_per_area_and_day"
            )
        ]

    def __str__(self) -> str:
        return f"{self.area_name} {self.day.isoformat()}"


class FileTemplate(JointRow):
    """The municipality's own template: how a figure looks that leaves as a document or as a slide."""

    class Form(models.TextChoices):
        DOCX = "docx", _("documents (Word)")
        PPTX = "pptx", _("slides (PowerPoint)")

    form = models.CharField(max_length=10, choices=Form.choices)
    key = models.CharField(max_length=64)  # object: the file as it came
    size_bytes = models.PositiveIntegerField()
    kept_on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["partnership", "form"], name="one_file_template_per_form")
        ]

    def __str__(self) -> str:
        return str(self.get_form_display())


class Outlines(JointRow):
    """The outlines of the partnership's areas, for maps. One row is used, or none; its shapes never change.

    Those that are out of use stay, since a figure that rests on them must be possible to make again.
    """

    key = models.CharField(max_length=64)  # object: what `outlines.unpacked` reads
    areas = models.PositiveIntegerField()
    source = models.CharField(_("source"), max_length=200)
    licence = models.CharField(_("licence"), max_length=200)
    kept_on = models.DateField()
    is_used = models.BooleanField(default=True)  # new maps are drawn from it
    is_open = models.BooleanField(default=False)  # source and licence let everybody fetch them

    changeable = frozenset({"is_used", "is_open"})

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["partnership"], condition=Q(is_used=True), name="one_used_file_of_outlines"
            )
        ]

    def __str__(self) -> str:
        return self.source


class DisclosurePolicy(JointRow):
    """The partnership's own threshold: a count from 1 to the one below it is published to nobody."""

    DEFAULT, LEAST, MOST = 5, 3, 50

    threshold = models.PositiveSmallIntegerField(_("threshold"), default=DEFAULT)
    reason = models.TextField(_("reason"), max_length=1000)
    decided_on = models.DateField()
    decided_by = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")  # which party
    # how often it became another threshold: another reason alone leaves every pattern as it is
    threshold_version = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["partnership"], name="one_disclosure_policy"),
            models.CheckConstraint(
                condition=Q(threshold__gte=3) & Q(threshold__lte=50), name="a_threshold_from_3_to_50"
            ),
        ]

    @property
    def is_default(self) -> bool:
        """Nobody has decided anything: the usual threshold holds."""
        return self._state.adding

    @property
    def largest_hidden(self) -> int:
        return self.threshold - 1


class DisclosurePattern(SealedJson):
    """Which numbers of one dataset are hidden under one policy. Made once; every figure inherits it."""

    dataset = models.ForeignKey(Dataset, on_delete=models.PROTECT, related_name="patterns")
    partnership_key = models.UUIDField()  # whose policy, and
    policy_version = models.PositiveIntegerField()  # which of its thresholds; 0 is the default
    threshold = models.PositiveSmallIntegerField()
    content = SealedTextField()  # JSON: the hidden cells, counts of them, and a salt
    hash = models.CharField(max_length=64)  # of the content; the salt keeps it from confirming a guess

    changeable = frozenset()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["dataset", "partnership_key", "policy_version"], name="one_pattern_per_policy"
            )
        ]


class FigureRow(SealedJson):
    """What a figure is asked for and known by: party, method, version, parameters, inputs."""

    identity = models.CharField(max_length=64)  # hash of all that decides the result
    method = models.CharField(max_length=60)
    method_version = models.PositiveSmallIntegerField()
    parameters = SealedTextField()

    class Meta:
        abstract = True


class FigureOrder(FigureRow):
    """A figure that is being computed."""

    ordered_at = models.DateTimeField()
    title = SealedTextField()
    refusal = SealedTextField()  # JSON: why it cannot be computed; empty while it waits

    class Meta:
        constraints = [models.UniqueConstraint(fields=["party", "identity"], name="a_figure_is_ordered_once")]


class Figure(FigureRow):
    """A statement in numbers, with all that is needed to make it again. Never changed."""

    title = SealedTextField()  # its sentence in Swedish, to search and list by
    computed_at = models.DateTimeField()
    result = SealedTextField()  # JSON: complete and self-contained, without drawings
    result_hash = models.CharField(max_length=64)
    drawings = SealedTextField()  # JSON: object keys by language and width

    changeable = frozenset({"drawings"})  # drawn anew with a new version of graphics

    class Meta:
        constraints = [models.UniqueConstraint(fields=["party", "identity"], name="one_figure_per_identity")]

    def __str__(self) -> str:
        return str(self.title)

    @property
    def estimate(self) -> Decimal | None:
        """Its number, when it has one."""
        number = self.unpacked("result").get("number")
        return Decimal(number) if number else None


class FigureInput(PrivateRow):
    """That a figure stands on a dataset, as that was."""

    figure = models.ForeignKey(Figure, on_delete=models.PROTECT, related_name="inputs")
    dataset = models.ForeignKey(Dataset, on_delete=models.PROTECT, related_name="figures")
    content_hash = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["figure", "dataset"], name="a_dataset_once_in_a_figure")
        ]


class Revision(SealedJson):
    """What newer numbers say of a figure: the same question over the datasets that replaced its own."""

    class How(models.TextChoices):
        HOLDS = "holds", _("holds")
        STRONGER = "stronger", _("stronger")
        WEAKER = "weaker", _("weaker")
        TURNED = "turned", _("turned round")
        CANNOT_SAY = "cannot_say", _("cannot say any more")

    figure = models.OneToOneField(Figure, on_delete=models.PROTECT, related_name="revision")
    successor = models.ForeignKey(Figure, null=True, on_delete=models.PROTECT, related_name="+")
    revised_on = models.DateField()
    outcome = SealedTextField()  # JSON: how it stands, and why there is no successor

    @property
    def how(self) -> How:
        return self.How(self.unpacked("outcome")["how"])

    @property
    def refusal(self) -> dict[str, Any]:
        """Code and facts of why it could not be computed anew; empty when it could."""
        return self.unpacked("outcome").get("refusal", {})  # type: ignore[no-any-return]


class OrderInput(PrivateRow):
    """That an ordered figure will stand on a dataset."""

    order = models.ForeignKey(FigureOrder, on_delete=models.CASCADE, related_name="inputs")
    dataset = models.ForeignKey(Dataset, on_delete=models.PROTECT, related_name="+")


class OpenSource(SealedJson):
    """An open service that a party has fetched by itself on a schedule, and how the last fetch went."""

    class Service(models.TextChoices):
        KOLADA = "kolada", _("Kolada")
        SCB = "scb", _("Statistics Sweden, population")
        FOHM = "fohm", _("Folkhälsomyndigheten, fear, trust, alcohol and tobacco")

    class Every(models.TextChoices):
        WEEK = "week", _("every week")
        MONTH = "month", _("every month")
        NEVER = "never", _("only when I ask")

    class State(models.TextChoices):
        NEW = "new", _("not fetched yet")
        FETCHED = "fetched", _("fetched, with new numbers")
        UNCHANGED = "unchanged", _("fetched, nothing new")
        FAILED = "failed", _("could not be fetched")

    service = models.CharField(max_length=20, choices=Service.choices)
    every = models.CharField(max_length=10, choices=Every.choices, default=Every.MONTH)
    municipality_code = models.CharField(max_length=4)
    partnership_key = models.UUIDField()  # in which, and
    # For whom the worker fetches: it asks again what that person may do. Nobody when `samsyn new` began it.
    asked_by = models.UUIDField(null=True)
    wanted = SealedTextField()  # JSON: ids of indicators
    state = models.CharField(max_length=20, choices=State.choices, default=State.NEW)
    fault = models.CharField(max_length=40, blank=True)
    tried_at = models.DateTimeField(null=True)
    fetched_at = models.DateTimeField(null=True)
    next_on = models.DateField(null=True)
    changes = SealedTextField()  # JSON: what the last new numbers changed
    dataset = models.ForeignKey(Dataset, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["party", "service"], name="one_open_source_per_service")
        ]
