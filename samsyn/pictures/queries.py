"""Reading drafts and pictures."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache as cached
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Prefetch, QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from samsyn.core import journal
from samsyn.core.actors import Actor
from samsyn.core.canonical import Plain
from samsyn.core.journal import Entry, Standing
from samsyn.core.law import cited
from samsyn.core.thread import Place
from samsyn.council.queries import decision_facts
from samsyn.dialogue.queries import theme_count
from samsyn.evidence.queries import open_copy, policy_of
from samsyn.parties.models import Organisation, Partnership
from samsyn.parties.queries import parties_of
from samsyn.pictures import staff
from samsyn.pictures.comparison import Comparison, compare
from samsyn.pictures.likeness import Likeness
from samsyn.pictures.models import (
    DraftFinding,
    Picture,
    Point,
    PointSource,
    PointVoice,
    PrivateDraft,
    RankedPoint,
    StaffDialogue,
    Stance,
)
from samsyn.pictures.ordering import frozen_order
from samsyn.releases.models import Release


def own_drafts(actor: Actor) -> QuerySet[PrivateDraft]:
    """With the number of findings. One query."""
    return PrivateDraft.objects.visible_to(actor).annotate(size=Count("findings")).order_by("-period")


def own_findings(actor: Actor, draft: PrivateDraft) -> QuerySet[DraftFinding]:
    """In the order they were written, with what they rest on. Five queries."""
    found = DraftFinding.objects.visible_to(actor).filter(draft=draft)
    return found.prefetch_related("citations__figure", "staff_citations__dialogue").order_by("id")


def own_staff_dialogues(actor: Actor, draft: PrivateDraft) -> QuerySet[StaffDialogue]:
    """The latest first, with the findings that rest on them; not those weeded out. Three queries."""
    found = StaffDialogue.objects.visible_to(actor).filter(draft=draft)
    return found.prefetch_related("citations__finding").order_by("-day", "-id")


def pictures_of(actor: Actor, partnership: Partnership) -> QuerySet[Picture]:
    """Newest first. One query."""
    found = Picture.objects.visible_to(actor).filter(partnership=partnership)
    return found.select_related("decision__body", "endorsement__body").order_by("-number")


def points_of(picture: Picture) -> list[Point]:
    """With stances, sources, figures and voices. Six queries, however many points."""
    sources = Prefetch("sources", PointSource.objects.order_by("id"))
    releases = Prefetch("sources__release", Release.objects.select_related("sender"))
    points = picture.points.select_related("priority").order_by("id")
    return list(_with_all(points, sources, releases))


def whole_point(point: Point) -> Point:
    """The same for one that the actor may see, with its picture. Five queries."""
    # Few sources, so the text of a release may come along with each. In a whole picture that is too much.
    sources = PointSource.objects.order_by("id").select_related("release__sender")
    points = Point.objects.select_related("priority", "picture")
    return _with_all(points, Prefetch("sources", sources)).get(pk=point.pk)


def _with_all(points: QuerySet[Point], *sources: "Prefetch[Any]") -> QuerySet[Point]:
    return points.prefetch_related(
        Prefetch("stances", Stance.objects.order_by("id").select_related("party")),
        *sources,
        "sources__figures",
        Prefetch("voices", PointVoice.objects.order_by("id").select_related("theme__dialogue")),
    )


def with_senders(points: QuerySet[Point]) -> QuerySet[Point]:
    """Whose drafts each point was written from, and whether the parties differ. No query of its own."""
    senders = PointSource.objects.filter(point=OuterRef("pk"))
    kind = "release__sender__kind"
    known = (Organisation.Kind.MUNICIPALITY, Organisation.Kind.LOCAL_POLICE_AREA)
    stances = Stance.objects.filter(point=OuterRef("pk"), position=Stance.Position.DIFFERS)
    return points.annotate(
        from_municipality=Exists(senders.filter(**{kind: known[0]})),
        from_police=Exists(senders.filter(**{kind: known[1]})),
        from_others=Exists(senders.exclude(**{f"{kind}__in": known})),
        differs=Exists(stances),
    )


def adopted_picture(actor: Actor, partnership: Partnership) -> Picture | None:
    """The newest adopted one. One query."""
    return pictures_of(actor, partnership).exclude(release=None).first()


def period_after(adopted: Picture, today: date) -> str:
    """What the next picture is about: this year, or the year after the adopted one's where that is later."""
    last = adopted.period[-4:]
    return str(max(today.year, int(last) + 1) if last.isdecimal() else today.year)


def points_here(actor: Actor, place: Place) -> list[Point]:
    """The findings of all pictures, `with_senders` and put first or not, read once for a page. One query."""
    found = Point.objects.visible_to(actor).filter(partnership=place.id).order_by("id")
    seen = with_senders(found.annotate(is_ranked=Exists(RankedPoint.objects.filter(point=OuterRef("pk")))))
    return place.once(actor, "pictures.points", lambda: list(seen))


def is_in_newest(point: Point) -> bool:
    """Whether no later picture has been opened. One query."""
    later = Picture.objects.filter(partnership=point.partnership_id, number__gt=point.picture.number)
    return not later.exists()


def carried_on(points: Iterable[Point]) -> dict[UUID, UUID]:
    """Each finding that a newer picture carries on, with the newest finding that does."""
    later = {point.continues_id: point.pk for point in points if point.continues_id}
    newest = {}
    for first in later:
        last = first
        while last in later:  # a finding carries on one of an earlier picture only, so this ends
            last = later[last]
        newest[first] = last
    return newest


def told_apart(points: QuerySet[Point]) -> Callable[[Point], str]:
    """What a finding is called in a list of several pictures': with its picture where its title stands twice.

    One query, when the first is asked for.
    """
    times = cached(lambda: Counter(points.order_by().values_list("title", flat=True)))

    def said(point: Point) -> str:
        if times()[point.title] < 2:
            return point.title
        picture = point.picture
        told = {"title": point.title, "period": picture.period}
        if picture.decision is None:
            return _("%(title)s (picture %(period)s, not adopted)") % told
        day = date_format(picture.decision.day)
        return _("%(title)s (picture %(period)s, adopted %(day)s)") % (told | {"day": day})

    return said


def points_without_stance_of(picture: Picture, *, party: Organisation) -> QuerySet[Point]:
    """Points that a party has not said anything about. One query."""
    return picture.points.exclude(stances__party=party).order_by("id")


def points_without_evidence(picture: Picture) -> QuerySet[Point]:
    """Points that rest on nothing anybody shared or said. One query."""
    return picture.points.filter(sources=None, voices=None).order_by("id")


def shared_drafts(actor: Actor, partnership: Partnership) -> list[Release]:
    """What the parties have shared with each other and not withdrawn. One query."""
    found = Release.objects.visible_to(actor).in_use().filter(partnership=partnership, kind="pictures.draft")
    return list(found.select_related("sender").order_by("released_at"))


@dataclass(frozen=True)
class Shared:
    """A shared finding that has no place in the picture yet, and the point it resembles."""

    release: Release
    index: int
    finding: dict[str, Any]
    likeness: Likeness = field(default_factory=Likeness, repr=False)

    @cached_property
    def resembles(self) -> Point | None:
        """Asked only for what a page shows: to compare it with every point takes milliseconds."""
        return self.likeness.nearest(self.finding)

    @property
    def staff_lines(self) -> list[str]:
        return staff.lines_of(self.finding)

    @property
    def key(self) -> str:
        return f"{self.release.pk}-{self.index}"


@dataclass(frozen=True)
class Gap:
    """What a party held back from its share: that it did, and under which section."""

    sender: Organisation
    section: str


@dataclass(frozen=True)
class Row:
    """One row of the merge: what each party wrote, and the joint text."""

    point: Point
    kind: str  # same, differs, municipality, police
    municipality: list[dict[str, Any]]
    police: list[dict[str, Any]]
    stances: dict[UUID, Stance]
    waiting: list[Organisation]

    @property
    def is_done(self) -> bool:
        return not self.waiting


@dataclass(frozen=True)
class Merge:
    rows: list[Row]
    unplaced: list[Shared]
    gaps: list[Gap] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)

    @property
    def done(self) -> int:
        return sum(row.is_done for row in self.rows)

    @property
    def releases(self) -> list[Release]:
        """The shared drafts whose words stand here."""
        placed = [source.release for row in self.rows for source in row.point.sources.all()]
        return list(
            {one.pk: one for one in [*placed, *(shared.release for shared in self.unplaced)]}.values()
        )


def rows_of(picture: Picture) -> list[Row]:
    """What the parties wrote and the joint text, finding by finding. Seven queries, however many."""
    parties = parties_of(picture.partnership)
    return [_row(point, parties) for point in points_of(picture)]


def merge_of(actor: Actor, picture: Picture) -> Merge:
    """The whole merge page. Eight queries, however many findings."""
    rows = rows_of(picture)
    points = [row.point for row in rows]
    placed = {(source.release_id, source.index) for point in points for source in point.sources.all()}
    likeness = Likeness(points)
    shared = [
        Shared(release, index, finding, likeness)
        for release in shared_drafts(actor, picture.partnership)
        if release.payload["content"]["period"] == picture.period
        for index, finding in enumerate(release.payload["content"]["findings"])
    ]
    kept = [one for one in shared if one.finding.get("held_back")]
    gaps = [Gap(one.release.sender, cited(one.finding["section"])) for one in kept]
    unplaced = [
        one
        for one in shared
        if not one.finding.get("held_back") and (one.release.pk, one.index) not in placed
    ]
    counts = {
        kind: sum(row.kind == kind for row in rows) for kind in ("same", "differs", "municipality", "police")
    }
    return Merge(rows, unplaced, gaps, counts)


def _row(point: Point, parties: list[Organisation]) -> Row:
    written: dict[str, list[dict[str, Any]]] = {"municipality": [], "local_police_area": []}
    for source in point.sources.all():
        written.setdefault(source.release.sender.kind, []).append(
            {**source.finding, "staff_lines": staff.lines_of(source.finding)}
        )
    stances = {stance.party_id: stance for stance in point.stances.all()}
    waiting = [party for party in parties if party.pk not in stances]
    municipality, police = written["municipality"], written["local_police_area"]
    if any(stance.position == Stance.Position.DIFFERS for stance in stances.values()):
        kind = "differs"
    elif municipality and police:
        kind = "same"
    else:
        kind = "police" if police else "municipality"
    return Row(point, kind, municipality, police, stances, waiting)


def picture_content(picture: Picture) -> dict[str, Plain]:
    """What is frozen at adoption. Nine queries and one per theme."""
    parties = parties_of(picture.partnership)
    threshold = policy_of(picture.partnership).threshold
    return {
        "picture": picture.pk,
        "number": picture.number,
        "period": picture.period,
        "scope": picture.scope,
        "endorsement": decision_facts(picture.endorsement) if picture.endorsement else None,
        "parties": [party.name for party in parties],
        "points": [_frozen(point, threshold=threshold) for point in points_of(picture)],
        "ranking": frozen_order(picture),
        "gone": [
            {"point": one.point_id, "title": one.point.title, "reason": one.reason}
            for one in picture.gone.filter(point__held_under="").select_related("point").order_by("id")
        ],
    }


def _frozen(point: Point, *, threshold: int) -> dict[str, Plain]:
    if point.held_under:  # a marked gap, and nothing of what it says
        return {"point": point.pk, "held_back": True, "section": point.held_under}
    return {
        "point": point.pk,
        "title": point.title,
        "text": point.text,
        "extent": point.extent,
        "consequence": point.consequence,
        "unknown": point.unknown,
        "certainty": point.certainty,
        "continues": point.continues_id,
        "priority": point.priority.title if point.priority else "",
        "figures": [
            open_copy(figure.payload) for source in point.sources.all() for figure in source.figures.all()
        ],
        "voices": [theme_count(voice.theme).payload for voice in point.voices.all()],
        "staff": [
            staff.open_facts(one, threshold=threshold)
            for source in point.sources.all()
            for one in source.finding.get("staff", ())
        ],
        "stances": [
            {
                "party": stance.party_id,
                "party_name": stance.party.name,
                "position": stance.position,
                "note": stance.note,
            }
            for stance in sorted(point.stances.all(), key=lambda one: one.party.name)
        ],
    }


def compared_releases(before: dict[str, Any], after: dict[str, Any]) -> Comparison:
    """Two pictures as everybody may read them: the content of their releases. No query."""
    reasons = {str(one["point"]): one["reason"] for one in after.get("gone", ())}
    return compare(before["points"], after["points"], reasons)


def staff_lines(finding: dict[str, Any]) -> list[str]:
    """Which staff dialogues a frozen finding rests on, in words. No query."""
    return staff.lines_of(finding)


ADOPTING = ("pictures.adopt_picture", "pictures.retract_adoption")


def picture_in_force(partnership: Partnership, *, day: date, as_known_at: datetime) -> Standing:
    """Which picture was adopted on a day, as one could know at a moment. One query."""
    chain = Entry.objects.filter(chain=partnership.pk, command__in=ADOPTING).order_by("sequence")
    return adopted_on(list(chain), day=day, as_known_at=as_known_at)


def adopted_on(entries: list[Entry], *, day: date, as_known_at: datetime) -> Standing:
    """The fold behind it: the latest adoption whose decision day has come, if not retracted by then."""
    adoptions = [
        entry
        for entry in journal.known(entries, as_known_at)
        if entry.command == "pictures.adopt_picture" and entry.day <= day
    ]
    if not adoptions:
        return Standing("not adopted", "Adopted from the day the deciding body decided.", ())
    latest = max(adoptions, key=lambda entry: (entry.day, entry.sequence))
    return Standing("adopted", "The latest decision replaces earlier ones.", (latest,))
