"""States, rules and notes in sentences. The rules themselves know codes only."""

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from samsyn.core.errors import Sentence
from samsyn.core.templatetags.words import day as day_in_words
from samsyn.core.thread import Sign
from samsyn.duties.judging import Source, State, Strength
from samsyn.duties.spans import Note

STATES: dict[State, tuple[Sentence, Sign]] = {
    State.OVERDUE: (_("Overdue"), Sign.LATE),
    State.NOT_MET: (_("Not met"), Sign.STOPPED),
    State.DUE_SOON: (_("Met, due soon"), Sign.UNDER_WAY),
    State.UNKNOWN: (_("Unknown"), Sign.PLANNED),
    State.ATTEMPTED: (_("Attempted, and that is what is asked"), Sign.DONE),
    State.MET: (_("Met"), Sign.DONE),
    State.NOT_APPLICABLE: (_("Not owed on this day"), Sign.NONE),
}
STRENGTHS: dict[Strength, Sentence] = {
    Strength.SHALL: _("shall"),
    Strength.WORK_FOR: _("shall work for: documented attempts count"),
    Strength.WHEN_FIT: _("to the extent that it is suitable: a note, no alarm"),
    Strength.MAY: _("may: a right, with duties for whoever uses it"),
}
SOURCES: dict[Source, Sentence] = {
    Source.LAW: _("law (2023:196)"),
    Source.AGREEMENT: _("the agreement"),
    Source.LOCAL_DECISION: _("a decision of our own"),
}
SECTIONS: dict[str, Sentence] = {
    "4": _("The situational picture"),
    "5": _("The plan"),
    "6": _("Every second year"),
    "7": _("With other planning"),
    "8": _("Coordination"),
    "9": _("Agreements"),
    "10": _("The council"),
    "11": _("The coordinating function"),
    "12": _("What the function does"),
    "13": _("Leading and reporting"),
    "14": _("Camera surveillance"),
}


RULES: dict[str, Sentence] = {
    "adopted": _("The municipality's body has adopted a picture."),
    "agreement_in_force": _("A signed agreement is in force."),
    "agreement_prolonged": _("A signed agreement is prolonged."),
    "all_serve": _("Each measure of the decided plan serves a priority."),
    "all_signed": _("Every party has signed."),
    "attempted": _("Attempts are documented, and a duty to work for something is met by attempts."),
    "before_the_law": _("The duty did not exist yet."),
    "board_chosen_leads": _("Kommunfullmäktige has chosen the board that leads."),
    "both_know": _("Each party has shared what the picture builds on."),
    "camera_papers": _("The papers of each camera are in order and reviewed."),
    "contact_published": _("The contact point is published."),
    "decided": _("The municipality's body has decided a plan with measures of its own."),
    "dialogue_on_measures": _("Residents were asked what should be done."),
    "dialogue_on_picture": _("Residents were asked how it is here."),
    "done_as_decided": _("It was done as you have decided."),
    "executive_board_leads": _("Kommunstyrelsen leads by law."),
    "first_not_due": _("The first time is not due yet."),
    "followed_up_every_second_year": _(
        "The clock runs two years from the first plan or the last whole follow-up."
    ),
    "holds_analysis": _("The version that stands is analysed."),
    "holds_mapping": _("The version that stands says extent and consequences."),
    "holds_other": _("The version that stands holds other information."),
    "informed": _("Something was published or told."),
    "integrated": _("Other planning is weighed in for the version that stands."),
    "leading_position": _("Each actor sends somebody in a leading position."),
    "led_by_municipality": _("The chair comes from the municipality."),
    "meeting_with_notes": _("The council has met, with notes."),
    "no_agreement": _("There is no agreement that this could hang on."),
    "no_agreement_in_force": _("No agreement is in force."),
    "no_camera": _("No camera is recorded; the section gives a right, not a duty."),
    "no_council": _("There is no council that this could hang on."),
    "no_other_actor": _("No other actor sits in the council."),
    "no_picture": _("There is no adopted picture that this could hang on."),
    "no_plan": _("There is no decided plan that this could hang on."),
    "no_plan_needed_yet": _("The law asked for no plan before 1 July 2024."),
    "nobody_vouches": _(
        "Nobody has said that the record is complete, so what is missing may have been done."
    ),
    "not_decided": _("The decision does not hold on this day."),
    "not_there": "",
    "nothing_recorded": _("The record is complete, and nothing in it meets the duty."),
    "other_actors_sit": _("Other actors sit in the council."),
    "others_involved": _("Somebody else was involved."),
    "police_sit": _("The police have a seat."),
    "promise_from_dialogue": _("A promise that builds on a dialogue runs."),
    "reported": _("Kommunfullmäktige was told."),
    "rests_on_picture": _("The plan rests on the picture that stood when it was decided."),
    "somebody_holds_it": _("Somebody holds the function."),
    "updated_every_second_year": _(
        "The clock runs two years from the last time the picture was adopted or changed."
    ),
    "written_elsewhere": _("A written agreement with another actor holds."),
}

EVIDENCE: dict[str, Sentence] = {
    "agreement": _("the agreement"),
    "area": _("a priority of the agreement"),
    "signature": _("a signature"),
    "change": _("a change of the agreement"),
    "notice": _("notice on the agreement"),
    "decision": _("a decision"),
    "promise": _("a promise"),
    "end": _("the end of it"),
}


def note_in_words(note: Note) -> str:
    """What else should be said of a state."""
    said = {"day": day_in_words(note.day), "number": note.number}
    match note.code:
        case "months_24":
            return gettext("By 24 months, the strict reading, the last day is %(day)s.") % said
        case "calendar_years":
            return gettext("By calendar years the last day is %(day)s.") % said
        case "leap_day":
            return gettext(
                "There is no such day that year, so it is the last of the month: 1 § law (1930:173)."
            )
        case "weekend":
            return (
                gettext(
                    "%(day)s is no working day. 2 § law (1930:173) may move it to the next one; that "
                    "is not used here."
                )
                % said
            )
        case "without_verdict":
            return _without_verdict(note.number or 0, said)
        case "months_policy" | "months_decided":
            return _months(note.number or 0, is_policy=note.code == "months_policy")
        case _:
            return _late(note)


def _without_verdict(number: int, said: dict[str, str | int | None]) -> str:
    words = ngettext(
        "The follow-up of %(day)s left %(number)s measure without a verdict: it was not of the whole plan.",
        "The follow-up of %(day)s left %(number)s measures without a verdict: it was not of the whole plan.",
        number,
    )
    return words % {**said, "number": number}


def _months(number: int, *, is_policy: bool) -> str:
    if is_policy:
        words = ngettext(
            "%(number)s month from then on: a policy; the law names no time.",
            "%(number)s months from then on: a policy; the law names no time.",
            number,
        )
    else:
        words = ngettext("Each %(number)s month.", "Every %(number)s months, as decided.", number)
    return words % {"number": number}


def _late(note: Note) -> str:
    """By how much the last act came after the day before it, by one reading."""
    number = note.number or 0
    by_24 = note.code == "late_months_24"
    if number <= 0:
        return (
            gettext("By 24 months it came in time.")
            if by_24
            else gettext("By calendar years it came in time.")
        )
    if by_24:
        words = ngettext(
            "By 24 months it came %(number)s day late.", "By 24 months it came %(number)s days late.", number
        )
    else:
        words = ngettext(
            "By calendar years it came %(number)s day late.",
            "By calendar years it came %(number)s days late.",
            number,
        )
    return words % {"number": number}
