"""What several rules count as evidence: things that stand, versions that follow each other, attempts."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from itertools import zip_longest

from samsyn.agreements.validity import Changed, Ended, Facts, Prolongation, Signed, Standing, State, timeline
from samsyn.duties.record import Noted, View
from samsyn.duties.sources.local import Policy, decides, for_months
from samsyn.duties.spans import FOREVER, ONE_DAY, Level, Span

HOLDS = (State.IN_FORCE, State.PROLONGED)


def told(entry: Noted, *names: str) -> Level:
    """MET if every named fact is there and above zero; UNKNOWN if one is not stated; else NOT_MET."""
    values = [entry.number(name) for name in names]
    if any(value == 0 for value in values):
        return Level.NOT_MET
    return Level.UNKNOWN if None in values else Level.MET


def none_of(entry: Noted, name: str) -> Level:
    """MET if the count of what is missing is nothing, UNKNOWN when nobody counted."""
    return {None: Level.UNKNOWN, 0: Level.MET}.get(entry.number(name), Level.NOT_MET)


def standing(view: View, entries: list[Noted], rule: str, counts: str = "") -> list[Span]:
    """Each thing until its last day or a recorded end; `counts` names a fact that must be told."""
    spans = []
    for entry in entries:
        ends = [one.day for one in view.of("end", entry.object)]
        last = min([entry.day_of("until") or FOREVER, *ends])
        level = told(entry, counts) if counts else Level.MET
        if level:
            spans += Span(entry.surely_by, last, level, (rule,), (entry.id,)).clip()
    return spans


def versions(entries: list[Noted], rule: str, level: Callable[[Noted], Level]) -> list[Span]:
    """Each version carries what it holds until the next one takes its place or its period ends."""
    spans = []
    for entry, following in zip_longest(entries, entries[1:]):
        replaced = following.surely_by - ONE_DAY if following else FOREVER
        last = min(entry.day_of("until") or FOREVER, replaced)
        if level(entry):
            spans += Span(entry.surely_by, last, level(entry), (rule,), (entry.id,)).clip()
    return spans


def from_first(entries: list[Noted]) -> list[Span]:
    """From the first of them on there is something to judge."""
    return [Span(min(one.surely_by for one in entries), FOREVER, Level.MET, ())] if entries else []


def attempts(view: View, matter: str, policy: Policy) -> list[Span]:
    """Documented attempts: they meet a duty to work for something, for a while."""
    return [
        for_months(one, policy.attempt_months, Level.ATTEMPTED, "attempted")
        for one in view.of(f"attempt_{matter}")
    ]


def adopted_pictures(view: View) -> list[Noted]:
    """Pictures that the right body adopted; the council only stands behind them."""
    return [one for one in view.of("picture") if decides(view, "picture", one)]


def decided_plans(view: View) -> list[Noted]:
    """Plans with measures of the municipality's own that the right body has decided."""
    return [one for one in view.of("plan") if decides(view, "plan", one) and told(one, "own_measures")]


def picture_content(view: View, rule: str, *names: str) -> list[Span]:
    """What each version of the picture holds, also by what somebody stated of it afterwards."""
    pictures = adopted_pictures(view)
    spans = versions(pictures, rule, lambda one: told(one, *names))
    for version in versions(pictures, rule, lambda one: Level.MET):
        picture = next(one for one in pictures if one.id in version.evidence)
        stated = [one for one in view.of("content") if version.first <= one.day <= version.last]
        facts: Mapping[str, str] = picture.facts
        for one in stated:
            facts = {**facts, **one.facts}
            level = told(replace(picture, facts=facts), *names)
            if level:
                both = replace(version, level=level, evidence=(picture.id, one.id))
                spans += both.clip(first=one.surely_by)
    return spans


def agreement_facts(view: View, entry: Noted) -> Facts:
    """What decides about the validity of an agreement, from its entries."""
    signed = [Signed(one.facts["party"], one.day, one.known) for one in view.of("signature", entry.object)]
    signed += [
        Signed(name, date.fromisoformat(day), entry.known)
        for name, day in entry.facts.items()
        if name.startswith("signed_by_")
    ]
    changes = [one for one in view.of("change", entry.object) if one.number("in_effect")]
    prolongation = Prolongation(entry.facts.get("prolongation", Prolongation.NONE))
    months = entry.number("months") or 0
    ended = [*view.of("notice", entry.object), *(one for one in changes if _ends(one))]
    return Facts(
        # How many parties sign is what counts; each signs once.
        tuple(_parties(signed, entry.number("parties") or 2)),
        entry.day,
        entry.day_of("valid_to"),
        prolongation,
        months,
        tuple(signed),
        tuple(Ended(one.day, one.known) for one in ended),
        tuple(
            Changed(one.day_of("valid_to"), prolongation, months, one.day, one.known)
            for one in changes
            if not _ends(one) and one.day_of("valid_to")
        ),
    )


def _ends(change: Noted) -> bool:
    return change.facts.get("change_kind") == "termination"


def _parties(signed: list[Signed], number: int) -> list[str]:
    known = sorted({one.party for one in signed})
    return [*known, *(f"party {count}" for count in range(len(known), number))]


def agreement_line(view: View, entry: Noted) -> list[tuple[date, date, Standing]]:
    """The state of one agreement on every day."""
    key = ("line", entry.id)
    if key not in view.memo:
        successors = [
            agreement_facts(view, one)
            for one in view.of("agreement")
            if one.facts.get("follows") == entry.object
        ]
        view.memo[key] = timeline(agreement_facts(view, entry), successors)
    found: list[tuple[date, date, Standing]] = view.memo[key]
    return found


def in_force(view: View, entry: Noted) -> list[Span]:
    """The days on which an agreement holds, prolonged ones too, shown by its entry and its signatures."""
    shown = (entry.id, *(one.id for one in view.of("signature", entry.object)))
    return [
        Span(first, last, Level.MET, (f"agreement_{found.state}",), shown)
        for first, last, found in agreement_line(view, entry)
        if found.state in HOLDS
    ]


def any_in_force(view: View) -> list[Span]:
    return [span for entry in view.of("agreement") for span in in_force(view, entry)]


def signed_on(view: View, entry: Noted) -> date | None:
    """The day the last party signed."""
    return agreement_facts(view, entry).signed_on
