"""Source: law. Lag (2023:196) om kommuners ansvar för brottsförebyggande arbete, as changed by 2025:223."""

from dataclasses import replace
from datetime import date

from samsyn.agreements.validity import add_months
from samsyn.duties.judging import Duty, Rule, Source, Strength
from samsyn.duties.record import Noted, View
from samsyn.duties.sources.evidence import (
    adopted_pictures,
    any_in_force,
    attempts,
    decided_plans,
    from_first,
    in_force,
    none_of,
    picture_content,
    signed_on,
    standing,
    told,
    versions,
)
from samsyn.duties.sources.local import READINGS, Policy, every_second_year, for_months
from samsyn.duties.spans import (
    EVER,
    FOREVER,
    ONE_DAY,
    Level,
    Note,
    Span,
    all_of,
    clip_all,
    every_one,
    only_while,
)

LAW, PLANS, CAMERAS = date(2023, 7, 1), date(2024, 7, 1), date(2025, 4, 1)
NOT_YET = Span(EVER, PLANS - ONE_DAY, Level.NOT_APPLICABLE, ("no_plan_needed_yet",))


def picture(view: View, policy: Policy) -> list[Span]:
    return [
        Span(one.surely_by, FOREVER, Level.MET, ("adopted",), (one.id,)) for one in adopted_pictures(view)
    ]


def content(rule: str, *names: str) -> Rule:
    def spans(view: View, policy: Policy) -> list[Span]:
        return only_while(
            picture_content(view, rule, *names), from_first(adopted_pictures(view)), "no_picture"
        )

    return spans


def plan(view: View, policy: Policy) -> list[Span]:
    plans = decided_plans(view)
    return [
        NOT_YET,
        *(
            Span(
                one.surely_by,
                one.day_of("until") or FOREVER,
                told(one, "own_measures"),
                ("decided",),
                (one.id,),
            )
            for one in plans
        ),
    ]


def plan_rests_on_picture(view: View, policy: Policy) -> list[Span]:
    """“Med lägesbilden som underlag”: the picture that stood when the plan was decided."""
    pictures, plans = adopted_pictures(view), decided_plans(view)

    def rests(entry: Noted) -> Level:
        standing_then = [one for one in pictures if one.day <= entry.day]
        if not standing_then:
            return Level.NOT_MET
        if entry.facts.get("picture") not in (None, standing_then[-1].object):
            return Level.NOT_MET
        return none_of(entry, "without_finding")

    there = versions(plans, "", lambda one: Level.MET)
    return [NOT_YET, *only_while(versions(plans, "rests_on_picture", rests), there, "no_plan")]


def picture_updated(view: View, policy: Policy) -> list[Span]:
    pictures = adopted_pictures(view)
    known = {one.object for one in pictures}
    reviews = [
        one
        for one in view.of("review")
        if ("event" in one.facts or one.object in known)  # told by hand: of the picture that stood
        and (policy.unchanged_counts or told(one, "changed") is Level.MET)
    ]
    spans = _clocked([*pictures, *reviews], policy, "updated_every_second_year")
    return only_while(spans, from_first(pictures), "no_picture")


def plan_followed_up(view: View, policy: Policy) -> list[Span]:
    """The clock starts with the first plan and with each whole follow-up; a new plan does not wind it."""
    plans = decided_plans(view)
    known = {one.object for one in plans}
    made = [one for one in view.of("follow_up") if one.facts.get("about", "") in known | {""}]
    done = [one for one in made if none_of(one, "without_verdict") is Level.MET]
    spans = _clocked([*plans[:1], *done], policy, "followed_up_every_second_year")
    spans += [_with_gaps(spans.pop(), made)] if spans else []
    return only_while(spans, from_first(plans), "no_plan")


def _with_gaps(last: Span, made: list[Noted]) -> Span:
    """What was followed up since then, but not whole: said, as somebody believes that it counts."""
    since = [one for one in made if one.day >= last.first and one.id not in last.evidence]
    gaps = [Note("without_verdict", one.day, one.number("without_verdict")) for one in since]
    return replace(last, notes=(*last.notes, *(note for note in gaps if note.number)))


def _clocked(acts: list[Noted], policy: Policy, rule: str) -> list[Span]:
    """Each act winds the clock of 6 §; one that came after its day says by how much, by each reading."""
    spans: list[Span] = []
    for act in sorted(acts, key=lambda one: one.day):
        span = every_second_year(act, policy, not_before=LAW, rule=rule)
        if spans:
            before = {note.code: note.day for note in spans[-1].notes if note.code in READINGS}
            late = {name: (act.day - day).days for name, day in before.items() if day}
            if any(days > 0 for days in late.values()):
                span = replace(
                    span, notes=(*span.notes, *(Note(f"late_{n}", number=d) for n, d in late.items()))
                )
        spans.append(span)
    return spans


def integrated(view: View, policy: Policy) -> list[Span]:
    pictures = adopted_pictures(view)
    spans = [
        part
        for weighed in view.of("integration")
        for version in versions(pictures, "integrated", lambda one: Level.MET)
        if version.first <= weighed.day <= version.last
        for part in replace(version, evidence=(weighed.id,)).clip(first=weighed.surely_by)
    ]
    return only_while(spans, from_first(pictures), "no_picture")


def agreements(view: View, policy: Policy) -> list[Span]:
    """Valid backwards an agreement may be; made backwards it cannot be: it counts from the last signature."""
    return [*attempts(view, "agreement", policy), *_agreements(view)]


def _agreements(view: View) -> list[Span]:
    spans = []
    for entry in view.of("agreement"):
        areas = (entry.number("areas") or 0) + len(view.of("area", entry.object))
        known = replace(entry, facts={**entry.facts, "areas": str(areas)})
        signed, level = signed_on(view, entry), told(known, "purposes", "areas")
        if signed and level:
            spans += [replace(one, level=level) for one in clip_all(in_force(view, entry), first=signed)]
    for written in view.of("written"):
        level = told(written, "purposes", "areas")
        spans += [
            replace(one, level=level) for one in standing(view, [written], "written_elsewhere") if level
        ]
    return spans


def agreement_content(view: View, policy: Policy) -> list[Span]:
    there = [*any_in_force(view), *standing(view, view.of("written"), "")]
    return only_while(_agreements(view), there, "no_agreement")


def _led(view: View) -> list[Span]:
    return standing(view, view.of("chair"), "led_by_municipality", "municipality")


def _others(view: View) -> list[Noted]:
    return [one for one in view.of("seat") if one.facts.get("actor") != "municipality"]


def council(view: View, policy: Policy) -> list[Span]:
    kept = [
        for_months(one, policy.meeting_months, Level.MET, "meeting_with_notes") for one in view.of("meeting")
    ]
    others = standing(view, _others(view), "other_actors_sit")
    return [*all_of(_led(view), others, kept), *attempts(view, "council", policy)]


def council_led(view: View, policy: Policy) -> list[Span]:
    there = from_first([*view.of("meeting"), *view.of("chair"), *view.of("seat")])
    return only_while(_led(view), there, "no_council")


def leading_people(view: View, policy: Policy) -> list[Span]:
    things = []
    for actor in sorted({one.facts.get("actor", "") for one in _others(view)}):
        seats = [one for one in _others(view) if one.facts.get("actor", "") == actor]
        sent = standing(view, seats, "leading_position", "leading") + attempts(view, "leading", policy)
        things.append((standing(view, seats, ""), sent))
    return every_one(things, "no_other_actor")


def coordinated(view: View, policy: Policy) -> list[Span]:
    """8 § makes the municipality answer for 9 and 10 §§; those ask for work, and attempts are work."""
    parts = []
    for rule in (agreements, council, leading_people):
        spans = clip_all(rule(view, policy), first=LAW)
        parts.append(
            [replace(one, level=Level.UNKNOWN if one.level is Level.UNKNOWN else Level.MET) for one in spans]
        )
    return all_of(*parts)


def function(view: View, policy: Policy) -> list[Span]:
    return standing(view, view.of("function"), "somebody_holds_it", "share")


def contact(view: View, policy: Policy) -> list[Span]:
    return standing(view, view.of("contact"), "contact_published")


def yearly(kind: str, rule: str, window: str) -> Rule:
    """The law says continuously; our policy is months, from the law's first day and from each act."""

    def spans(view: View, policy: Policy) -> list[Span]:
        months: int = getattr(policy, window)
        due = add_months(LAW, months)
        notes = (Note("months_policy", number=months),)
        first = Span(LAW, due, Level.NOT_APPLICABLE, ("first_not_due",), (), due, notes)
        return [first, *(for_months(one, months, Level.MET, rule) for one in view.of(kind))]

    return spans


def leads(view: View, policy: Policy) -> list[Span]:
    chosen = standing(view, view.of("lead"), "board_chosen_leads")
    return [Span(LAW, FOREVER, Level.MET, ("executive_board_leads",)), *chosen]


def cameras(view: View, policy: Policy) -> list[Span]:
    papers = ("purpose", "weighing", "signage", "retention")
    things = []
    for camera in view.of("camera"):
        reviews = [camera, *view.of("camera_review")]
        months = policy.camera_months
        fresh = [
            for_months(one, months, told(one, *papers), "camera_papers", not_before=CAMERAS)
            for one in reviews
            if one.day >= camera.day
        ]
        things.append((standing(view, [camera], ""), [one for one in fresh if one.level]))
    return every_one(things, "no_camera")


S, W, L = Strength.SHALL, Strength.WORK_FOR, Source.LAW
DUTIES = (
    Duty("D01", "4", L, S, LAW, picture, ("picture",)),
    Duty("D02", "4", L, S, LAW, content("holds_mapping", "extent", "consequences"), ("picture", "content")),
    Duty("D03", "4", L, S, LAW, content("holds_other", "other"), ("picture", "content")),
    Duty("D04", "4", L, S, LAW, content("holds_analysis", "analysis"), ("picture", "content")),
    Duty("D05", "5", L, S, LAW, plan, ("plan",)),
    Duty("D06", "5", L, S, LAW, plan_rests_on_picture, ("plan",)),
    Duty("D07", "6", L, S, LAW, picture_updated, ("picture", "review")),
    Duty("D08", "6", L, S, LAW, plan_followed_up, ("follow_up",)),
    Duty("D09", "7", L, Strength.WHEN_FIT, LAW, integrated, ("integration",)),
    Duty("D10", "8", L, S, LAW, coordinated, warn_months=3),
    Duty("D11", "9", L, W, LAW, agreements, ("agreement", "written", "attempt_agreement"), 12),
    Duty("D11b", "9", L, S, LAW, agreement_content, ("agreement", "written")),
    Duty("D12", "10", L, W, LAW, council, ("chair", "seat", "meeting", "attempt_council"), warn_months=3),
    Duty("D12b", "10", L, S, LAW, council_led, ("chair",)),
    Duty("D13", "10", L, W, LAW, leading_people, ("seat", "attempt_leading")),
    Duty("D14", "11", L, S, LAW, function, ("function",)),
    Duty("D15", "12", L, S, LAW, contact, ("contact",)),
    Duty(
        "D16", "12", L, S, LAW, yearly("information", "informed", "information_months"), ("information",), 3
    ),
    Duty("D17", "13", L, S, LAW, leads, ("lead",)),
    Duty("D18", "13", L, S, LAW, yearly("report", "reported", "report_months"), ("report",), warn_months=3),
    Duty("D19", "14", L, Strength.MAY, CAMERAS, cameras, ("camera", "camera_review"), warn_months=3),
)
