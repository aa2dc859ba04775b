"""How far the cooperation has come by the five steps: folded from what is recorded, and from what is said."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samsyn.core import permissions
from samsyn.core.actors import Actor
from samsyn.core.errors import Sentence
from samsyn.core.paths import path
from samsyn.core.templatetags import words
from samsyn.core.thread import Sign
from samsyn.council.models import StepStanding
from samsyn.council.queries import step_standings
from samsyn.council.steps import JUDGED, LINES, NEEDS, PRIVATE, WHO, Line, Step
from samsyn.overview.counts import Counts, counts_of
from samsyn.parties.models import Partnership


@dataclass(frozen=True)
class Stand:
    """How one line stands, and where it is done."""

    url: str
    is_done: bool = False
    is_begun: bool = False
    remark: Sentence = ""
    is_unseen: bool = False  # written where we cannot see it: neither done nor missing


@dataclass(frozen=True)
class Shown:
    """One line of a step on the page."""

    line: Line
    stand: Stand
    sign: Sign
    word: Sentence
    who: Sentence
    said: StepStanding | None
    say_url: str
    blocked_by: Sequence[Line]

    @property
    def is_private(self) -> bool:
        return self.line in PRIVATE

    @property
    def is_judged(self) -> bool:
        return self.line in JUDGED


@dataclass(frozen=True)
class ShownStep:
    step: Step
    lines: Sequence[Shown]

    @property
    def done(self) -> int:
        return sum(one.stand.is_done or one.stand.is_unseen for one in self.lines)

    @property
    def is_done(self) -> bool:
        return self.done == len(self.lines)


@dataclass(frozen=True)
class DayStep:
    """One part of a day's work for somebody who has a day in the week for this."""

    title: Sentence
    what: Sentence
    time: Sentence
    url: str
    is_done: bool
    is_next: bool


@dataclass(frozen=True)
class SoFar:
    period: str
    holds_meanwhile: str  # period of the adopted picture while the next one is drafted
    steps: Sequence[ShownStep]
    day: Sequence[DayStep]

    @property
    def done(self) -> int:
        return sum(step.done for step in self.steps)

    @property
    def all(self) -> int:
        return sum(len(step.lines) for step in self.steps)

    @property
    def day_is_over(self) -> bool:
        return all(part.is_done for part in self.day)

    @property
    def next(self) -> Shown | None:
        """The first line that can be done now."""
        waiting = [one for step in self.steps for one in step.lines]
        return next((one for one in waiting if not _is_over(one.stand) and not one.blocked_by), None)


def so_far(actor: Actor, partnership: Partnership, today: date) -> SoFar:
    """Thirteen queries, however much there is."""
    counts = counts_of(actor, partnership, today)
    said = step_standings(actor, partnership)
    stands = {**_judged(said, partnership.slug), **_counted(counts, partnership.slug)}
    if counts.plan and not counts.plan.of_police:
        del stands[Line.POLICE_PLAN]
    may_say = permissions.allowed("council.say_of_step", actor, partnership)
    steps = [
        ShownStep(
            step,
            [
                _shown(line, stands, said.get(line), today, partnership.slug if may_say else "")
                for line in lines
                if line in stands
            ],
        )
        for step, lines in LINES.items()
    ]
    before = counts.before.period if counts.before and counts.before.is_adopted else ""
    return SoFar(counts.period, before, steps, _day(counts, partnership.slug))


def _is_over(stand: Stand) -> bool:
    return stand.is_done or stand.is_unseen


def _shown(
    line: Line, stands: Mapping[Line, Stand], said: StepStanding | None, today: date, slug: str
) -> Shown:
    stand = stands[line]
    blocked = [] if _is_over(stand) else [one for one in NEEDS.get(line, ()) if not _is_over_in(stands, one)]
    sign, word = _signed(stand, said, today)
    may_be_said = slug and line not in PRIVATE
    return Shown(
        line=line,
        stand=stand,
        sign=sign,
        word=word,
        who=(said.who if said else "") or WHO[line],
        said=said,
        say_url=_step_url(line, slug) if may_be_said else "",
        blocked_by=blocked,
    )


def _is_over_in(stands: Mapping[Line, Stand], line: Line) -> bool:
    return line not in stands or _is_over(stands[line])


def _signed(stand: Stand, said: StepStanding | None, today: date) -> tuple[Sign, Sentence]:
    if stand.is_unseen:
        return Sign.NONE, _("Not seen here")
    if stand.is_done:
        return Sign.DONE, _("Finished")
    if said and said.due and said.due < today:
        return Sign.LATE, _("Late")
    return (Sign.UNDER_WAY, _("Begun")) if stand.is_begun else (Sign.PLANNED, _("Not yet"))


def _step_url(line: Line, slug: str) -> str:
    return path("council:step", slug, line.value) if slug else ""


def _judged(said: Mapping[Line, StepStanding], slug: str) -> dict[Line, Stand]:
    """What people have to say, because no data can."""
    found = {}
    for line in JUDGED:
        standing = said.get(line)
        level = standing.level if standing else ""
        found[line] = Stand(
            _step_url(line, slug),
            is_done=level == StepStanding.Level.DONE,
            is_begun=level in (StepStanding.Level.BEGUN, StepStanding.Level.MOSTLY),
            remark=str(StepStanding.Level(level).label) if level else _("nobody has judged it"),
        )
    return found


def _counted(counts: Counts, slug: str) -> dict[Line, Stand]:
    return {
        **_support(counts, slug),
        **_own(counts, slug),
        **_joint(counts, slug),
        **_doing(counts, slug),
        **_looking_back(counts, slug),
    }


def _of(url: str, done: int, every: int, *, none: bool = False) -> Stand:
    """So many of so many. Of nothing, nothing is done, unless `none` says that there need not be any."""
    remark = _("%(done)d of %(all)d") % {"done": done, "all": every} if every else ""
    return Stand(url, is_done=done == every and (every > 0 or none), is_begun=done > 0, remark=remark)


def _support(counts: Counts, slug: str) -> dict[Line, Stand]:
    filled = counts.roles_wanted - len(counts.roles_missing)
    missing = ", ".join(sorted(str(one.label) for one in counts.roles_missing))
    met = counts.last_met
    return {
        Line.AGREEMENT: Stand(
            path("agreements:index", slug), counts.is_signed, is_begun=counts.agreement is not None
        ),
        Line.COUNCIL: Stand(
            path("council:index", slug),
            met is not None,
            is_begun=counts.has_council,
            remark=_("last %(day)s") % {"day": words.day(met)} if met else "",
        ),
        Line.ROLES: Stand(
            path("parties:people", slug),
            not counts.roles_missing,
            is_begun=filled > 0,
            remark=_("missing: %(roles)s") % {"roles": missing} if missing else "",
        ),
    }


def _own(counts: Counts, slug: str) -> dict[Line, Stand]:
    draft: Any = counts.draft
    received = Stand(path("pictures:index", slug), counts.is_received)
    if draft is None:
        begin = path("pictures:start_draft", slug)
        unseen = counts.is_shared  # it came as a file, or the round is before the drafts that are kept
        own = Stand(begin, is_unseen=unseen)
        return {
            **dict.fromkeys((Line.DRAFT, Line.STAFF, Line.READ), own),
            Line.SHARED: Stand(path("pictures:bring", slug), counts.is_shared),
            Line.RECEIVED: received,
        }
    here = path("pictures:draft", slug, draft.pk)
    return {
        Line.DRAFT: Stand(here, draft.written > 0, is_begun=True, remark=_findings(draft.written)),
        Line.STAFF: Stand(f"{here}#medarbetardialoger", draft.dialogues > 0, remark=_held(draft.dialogues)),
        Line.READ: Stand(here, draft.approved_on is not None),
        Line.SHARED: Stand(path("pictures:share", slug, draft.pk), counts.is_shared),
        Line.RECEIVED: received,
    }


def _findings(number: int) -> str:
    said = ngettext("%(number)d finding", "%(number)d findings", number)
    return said % {"number": number} if number else ""


def _held(number: int) -> str:
    return _("%(number)d held") % {"number": number} if number else ""


def _published(number: int) -> str:
    return _("%(number)d published") % {"number": number} if number else ""


def _joint(counts: Counts, slug: str) -> dict[Line, Stand]:
    picture: Any = counts.picture
    if picture is None:
        index = Stand(path("pictures:index", slug))
        lines = (Line.MERGED, Line.ORDER, Line.CAUSES, Line.ENDORSED, Line.ADOPTED)
        return {**dict.fromkeys(lines, index), Line.VOICES: Stand(path("dialogue:index", slug))}
    here, ranking = path("pictures:picture", slug, picture.pk), path("pictures:ranking", slug, picture.pk)
    return {
        Line.MERGED: _of(
            path("pictures:merge", slug, picture.pk), picture.findings - picture.waiting, picture.findings
        ),
        Line.VOICES: Stand(path("dialogue:index", slug), picture.heard > 0, remark=_behind(picture.heard)),
        Line.ORDER: Stand(ranking, picture.chosen_on is not None),
        Line.CAUSES: _of(here, picture.explained, picture.first),
        Line.ENDORSED: Stand(here, picture.endorsement_id is not None),
        Line.ADOPTED: Stand(here, picture.is_adopted),
    }


def _behind(number: int) -> str:
    said = ngettext("behind %(number)d finding", "behind %(number)d findings", number)
    return said % {"number": number} if number else ""


def _doing(counts: Counts, slug: str) -> dict[Line, Stand]:
    plan, picture = counts.plan, counts.picture
    plans = path("plans:plan", slug, plan.pk) if plan else path("plans:plans", slug)
    every = plan.all if plan else 0
    promises = counts.promises
    thread = path("overview:thread", slug)
    return {
        Line.MEASURES: _of(thread, picture.answered, picture.first) if picture else Stand(thread),
        Line.OWNERS: _of(plans, plan.owned if plan else 0, every),
        Line.AIMED: _of(plans, plan.aimed if plan else 0, every),
        Line.TARGETS: _of(plans, plan.measured if plan else 0, every),
        Line.PLAN: Stand(plans, bool(plan and plan.is_decided), is_begun=plan is not None),
        Line.POLICE_PLAN: Stand(plans, bool(plan and plan.is_decided_by_the_police)),
        Line.PROMISES: Stand(
            path("promises:index", slug),
            promises["published"] > 0,
            is_begun=promises["written"] > 0,
            remark=_published(promises["published"]),
        ),
    }


def _looking_back(counts: Counts, slug: str) -> dict[Line, Stand]:
    plan, promises = counts.plan, counts.promises
    measures = path("plans:index", slug)
    decided = bool(plan and plan.is_decided)
    late = plan.late if plan else 0
    waiting = _("%(number)d without a report") % {"number": late} if late else ""
    evaluated = _of(measures, plan.looked_at, plan.ended, none=decided) if plan else Stand(measures)
    return {
        Line.REPORTED: Stand(measures, decided and not late, is_begun=decided, remark=waiting),
        Line.EVALUATED: evaluated,
        Line.KEPT: _of(
            path("promises:index", slug),
            promises["answered"],
            promises["ended"],
            none=promises["published"] > 0,
        ),
        Line.FOLLOWED_UP: Stand(
            path("plans:follow_ups", slug),
            bool(plan and plan.followed_up),
            is_begun=bool(plan and plan.is_followed),
        ),
    }


def _day(counts: Counts, slug: str) -> list[DayStep]:
    """A first draft, a view of the duties and one plan, for somebody who has a day for it."""
    draft: Any = counts.draft
    has_draft = counts.is_shared or bool(draft and draft.written)
    drafts = path("pictures:draft", slug, draft.pk) if draft else path("pictures:start_draft", slug)
    parts = [
        (
            _("Bring the agreement in"),
            _("From the file that you have. Everything else hangs on it."),
            _("half an hour"),
            path("agreements:index", slug),
            counts.agreement is not None,
        ),
        (
            _("Begin your own picture"),
            _("From open numbers, from the picture that you have in Word, or with what you know."),
            _("an hour"),
            drafts,
            has_draft,
        ),
        (
            _("Read it through"),
            _("Drop what you do not need, add what your staff see, decide on secrecy for each finding."),
            _("an hour and a half"),
            drafts,
            counts.is_shared or bool(draft and draft.written and not draft.undecided),
        ),
        (
            _("Go through what the law asks"),
            _("Record what is done outside Samsyn, and say from when the record is complete."),
            _("an hour"),
            path("duties:index", slug),
            counts.is_declared,
        ),
        (
            _("Make one plan"),
            _("Bring in the plan that you have, or put your first measure in a new one."),
            _("two hours"),
            path("plans:plans", slug),
            counts.has_any_plan,
        ),
    ]
    undone = next((number for number, part in enumerate(parts) if not part[-1]), None)
    return [DayStep(*part, is_next=number == undone) for number, part in enumerate(parts)]
