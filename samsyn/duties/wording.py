"""The duties in words: what each is called, what it asks, what meets it, and whose it is."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from samsyn.core.errors import Sentence


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
