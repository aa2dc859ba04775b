"""The duties, their rules and states in words. The rules themselves know codes only."""

from dataclasses import dataclass

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


@dataclass(frozen=True)
class Words:
    """A duty in words: what it is called, what it asks, what meets it, and whose it is."""

    title: Sentence
    asks: Sentence
    meets: Sentence
    who: Sentence
    clock: Sentence = ""


MUNICIPALITY = _("the municipality")
BOARD = _("kommunstyrelsen, or the board that kommunfullmäktige chose")
FUNCTION = _("the coordinating function")
BOTH = _("both parties")
PER_VERSION = _("For each version of the picture.")
ALWAYS = _("All the time.")

WORDS: dict[str, Words] = {
    "D01": Words(
        _("There is a picture of the whole municipality"),
        _("The municipality shall have a situational picture of crime in its area."),
        _("A picture that the municipality's body has adopted."),
        MUNICIPALITY,
        _("Since 1 July 2023."),
    ),
    "D02": Words(
        _("The picture maps crime, its extent and its consequences"),
        _("The picture shall map the crime that occurs, how much there is and what it leads to."),
        _("Findings in the adopted picture with extent, and with consequences."),
        MUNICIPALITY,
        PER_VERSION,
    ),
    "D03": Words(
        _("The picture holds other information"),
        _("The picture shall hold other information that matters, not crime numbers alone."),
        _("What residents, staff or other sources say, in the adopted picture."),
        MUNICIPALITY,
        PER_VERSION,
    ),
    "D04": Words(
        _("The picture is analysed"),
        _("Mapping and information shall be analysed."),
        _("An analysis of causes in the adopted picture."),
        MUNICIPALITY,
        PER_VERSION,
    ),
    "D05": Words(
        _("There is a decided plan"),
        _("A decided plan shall say which measures the municipality intends to take."),
        _(
            "A plan that the municipality's body has decided, with measures of its own. Those of the "
            "police do not count."
        ),
        MUNICIPALITY,
        _("Since 1 July 2024."),
    ),
    "D06": Words(
        _("The plan rests on the picture"),
        _("The picture shall be the basis of the plan."),
        _("A plan decided after the picture that stood then, with a finding behind each measure."),
        MUNICIPALITY,
        _("For each plan."),
    ),
    "D07": Words(
        _("The picture is updated"),
        _("The picture shall be updated at least every second year."),
        _(
            "A new adopted version, or a review that changed something. That a review that changed "
            "nothing is enough is a reading that takes a local decision."
        ),
        MUNICIPALITY,
        _("At most two years after the last time."),
    ),
    "D08": Words(
        _("The plan is followed up"),
        _("The plan shall be followed up at least every second year."),
        _("A follow-up that says of each measure how it went. A new plan does not start the clock anew."),
        MUNICIPALITY,
        _("At most two years after the first plan or the last follow-up."),
    ),
    "D09": Words(
        _("The work is joined with other planning"),
        _(
            "The picture and the plan are joined with analysis and planning under other laws, to the "
            "extent that it is suitable."
        ),
        _("A note on what was weighed in, or on why it was not suitable."),
        MUNICIPALITY,
        PER_VERSION,
    ),
    "D10": Words(
        _("The municipality answers for the coordination"),
        _("The municipality is responsible for the coordination that agreements and council need."),
        _("Agreements, council and leading people, or attempts to get them."),
        MUNICIPALITY,
        ALWAYS,
    ),
    "D11": Words(
        _("There are written agreements"),
        _("The municipality shall work for written agreements with relevant actors."),
        _("An agreement that is signed and in force. Else attempts that are documented."),
        MUNICIPALITY,
        _("From the day the last party signed; you are told 12 months before it ends."),
    ),
    "D11b": Words(
        _("The agreement states its purposes and areas"),
        _("An agreement shall state its purposes and the areas it covers. Attempts do not excuse this."),
        _("Purposes and areas in the agreement."),
        MUNICIPALITY,
        _("While there is an agreement."),
    ),
    "D12": Words(
        _("There is a strategic council"),
        _(
            "The municipality shall work for strategic questions being handled in a council with "
            "relevant actors."
        ),
        _("A council led by the municipality, with other actors, that has met with notes. Else attempts."),
        MUNICIPALITY,
        _("A meeting in the last 12 months; the 12 months are a policy."),
    ),
    "D12b": Words(
        _("The municipality leads the council"),
        _("The council shall be led by the municipality. Attempts do not excuse this."),
        _("That the chair comes from the municipality."),
        MUNICIPALITY,
        _("While there is a council."),
    ),
    "D13": Words(
        _("The actors send people in leading positions"),
        _("The municipality shall work for the other actors sending people in leading positions."),
        _("A seat in a leading position for each actor, or the invitation that was sent."),
        MUNICIPALITY,
        _("While the seat lasts."),
    ),
    "D14": Words(
        _("There is a coordinating function"),
        _("There shall be a function that coordinates the work."),
        _("Somebody who holds it, with a share of full time. A vacancy is a gap; a closed account is none."),
        MUNICIPALITY,
        ALWAYS,
    ),
    "D15": Words(
        _("The function is a contact point"),
        _("The function shall coordinate, support, and be the contact point."),
        _("A contact point that is published."),
        FUNCTION,
        ALWAYS,
    ),
    "D16": Words(
        _("Residents and others are informed"),
        _("The function shall help to spread information to residents and others."),
        _("What is published here, or information in another way."),
        FUNCTION,
        _("In the last 12 months; the 12 months are a policy."),
    ),
    "D17": Words(
        _("A board leads the work"),
        _("Kommunstyrelsen leads the work, unless kommunfullmäktige has chosen another board."),
        _("It is so by law until kommunfullmäktige decides otherwise."),
        BOARD,
        ALWAYS,
    ),
    "D18": Words(
        _("Kommunfullmäktige is told how it goes"),
        _("The board shall report to kommunfullmäktige continuously."),
        _("A report that kommunfullmäktige took note of."),
        BOARD,
        _("At least once in so many months as your policy says: 12, unless decided otherwise."),
    ),
    "D19": Words(
        _("Cameras have their papers in order"),
        _(
            "The municipality may use cameras so that public places are safe, and must then have "
            "weighed the interests."
        ),
        _("Purpose, weighing of interests, signs and how long recordings are kept, reviewed each year."),
        MUNICIPALITY,
        _("A review each year is a policy."),
    ),
    "A1": Words(
        _("All parties have signed"),
        _("The agreement is signed by each party."),
        _("A signature of each party."),
        BOTH,
    ),
    "A2": Words(
        _("The picture builds on what both know"),
        _("The shared view comes from the knowledge of both organisations."),
        _("An adopted picture with what each party has shared."),
        BOTH,
        PER_VERSION,
    ),
    "A3": Words(
        _("Residents may take part"),
        _("Residents are given the possibility to take part in the picture and the measures."),
        _("A dialogue about each. One that nobody answered still gave the possibility."),
        BOTH,
        _("A dialogue in the last 24 months; the 24 months are a policy."),
    ),
    "A4": Words(
        _("Other actors are involved when needed"),
        _("Other actors, such as the region, business and civil society, are involved when needed."),
        _("That somebody else was involved."),
        BOTH,
    ),
    "A5": Words(
        _("There are promises that come from dialogue"),
        _("Promises to citizens develop and strengthen the agreement, in dialogue with those who live here."),
        _("A published promise that builds on a dialogue and still runs."),
        BOTH,
    ),
    "A6": Words(
        _("The police sit in the council"),
        _(
            "The council has representation from the police. It is the agreement that says so; the "
            "law does not."
        ),
        _("A seat for the police."),
        BOTH,
    ),
    "A7": Words(
        _("Every measure serves a priority"),
        _("The parties work within the priorities of the agreement."),
        _("A decided plan in which each measure serves a priority."),
        BOTH,
        _("For each plan."),
    ),
    "A8": Words(
        _("The agreement holds"),
        _("The agreement holds on its days, and longer if it says that it is prolonged."),
        _("That it is in force; you are told 12 months before the last day."),
        BOTH,
    ),
}

OWN = Words(
    _("What we have decided ourselves"),
    _("A duty that the municipality has put on itself."),
    _("That it was done, recorded with its day."),
    MUNICIPALITY,
    _("As decided."),
)

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
        case "months_policy" | "months_decided":
            return _months(note.number or 0, is_policy=note.code == "months_policy")
        case _:
            return _late(note)


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
