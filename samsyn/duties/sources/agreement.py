"""Source: agreement. What the parties of a samverkansöverenskommelse promised each other.

Each duty is owed only where the agreement says so: `SAID_IN` names the kind of clause and a word in it.
"""

from samsyn.duties.judging import Duty, Rule, Source, Strength
from samsyn.duties.record import Noted, View
from samsyn.duties.sources.evidence import (
    adopted_pictures,
    any_in_force,
    decided_plans,
    in_force,
    none_of,
    picture_content,
    signed_on,
    standing,
    versions,
)
from samsyn.duties.sources.local import Policy, for_months
from samsyn.duties.spans import FOREVER, Level, Span, all_of, only_while

# Which clause says it: its kind, and words that stand in its text. Empty: every agreement does.
SAID_IN: dict[str, tuple[str, str]] = {
    "A1": ("", ""),
    "A2": ("cooperation_model", "kunskaper"),
    "A3": ("cooperation_model", "medborgare"),
    "A4": ("cooperation_model", "andra aktörer"),
    "A5": ("citizen_promises", ""),
    "A6": ("background", "representation från polisen"),
    "A7": ("priority", ""),
    "A8": ("validity", ""),
}


def while_in_force(rule: Rule) -> Rule:
    """The agreement binds on the days it is in force, prolonged ones too."""

    def spans(view: View, policy: Policy) -> list[Span]:
        return only_while(rule(view, policy), any_in_force(view), "no_agreement_in_force")

    return spans


def all_signed(view: View, policy: Policy) -> list[Span]:
    spans = []
    for entry in view.of("agreement"):
        if signed := signed_on(view, entry):
            shown = (entry.id, *(one.id for one in view.of("signature", entry.object)))
            spans.append(Span(signed, FOREVER, Level.MET, ("all_signed",), shown))
    return only_while(spans, _registered(view), "no_agreement")


def _registered(view: View) -> list[Span]:
    return [Span(one.day, FOREVER, Level.MET, ()) for one in view.of("agreement")]


def both_know(view: View, policy: Policy) -> list[Span]:
    def heard(entry: Noted) -> Level:
        inputs, parties = entry.number("inputs"), entry.number("parties")
        if inputs is None or parties is None:
            return Level.UNKNOWN
        return Level.MET if inputs >= parties else Level.NOT_MET

    counted = versions(adopted_pictures(view), "both_know", heard)
    return [*counted, *picture_content(view, "both_know", "both")]


def citizens_take_part(view: View, policy: Policy) -> list[Span]:
    """They are to be *given the possibility*: a dialogue that nobody answered still gave it."""
    held = [
        [
            for_months(one, policy.dialogue_months, Level.MET, f"dialogue_on_{matter}")
            for one in view.of("dialogue")
            if one.facts.get("about") == matter or one.number(f"on_{matter}")
        ]
        for matter in ("picture", "measures")
    ]
    return all_of(*held)


def others_involved(view: View, policy: Policy) -> list[Span]:
    return [
        for_months(one, policy.dialogue_months, Level.MET, "others_involved") for one in view.of("involved")
    ]


def promised(view: View, policy: Policy) -> list[Span]:
    return standing(view, view.of("promise"), "promise_from_dialogue", "themes")


def police_on_council(view: View, policy: Policy) -> list[Span]:
    return standing(view, view.of("seat", actor="local_police_area"), "police_sit")


def measures_serve(view: View, policy: Policy) -> list[Span]:
    return versions(decided_plans(view), "all_serve", lambda one: none_of(one, "without_priority"))


def holds(view: View, policy: Policy) -> list[Span]:
    spans = [span for entry in view.of("agreement") for span in in_force(view, entry)]
    return only_while(spans, _registered(view), "no_agreement")


S, A = Strength.SHALL, Source.AGREEMENT
DUTIES = (
    Duty("A1", "", A, S, None, all_signed, ("agreement",)),
    Duty("A2", "", A, S, None, while_in_force(both_know), ("picture", "content")),
    Duty("A3", "", A, S, None, while_in_force(citizens_take_part), ("dialogue",)),
    Duty("A4", "", A, Strength.WHEN_FIT, None, while_in_force(others_involved), ("involved",)),
    Duty("A5", "", A, S, None, while_in_force(promised), ("promise",)),
    Duty("A6", "", A, S, None, while_in_force(police_on_council), ("seat",)),
    Duty("A7", "", A, S, None, while_in_force(measures_serve), ("plan",)),
    Duty("A8", "", A, S, None, holds, ("agreement",), warn_months=12),
)
