"""The five steps of Samverkanshandboken (Brå, Polisen, SKR), and what is done when a step is done.

What each line says is our own wording. Which lines are judged by people, and which are read from what is
recorded, is said here; how they stand is folded in `overview`.
"""

from collections.abc import Mapping
from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _

from samsyn.core.errors import Sentence


class Step(models.TextChoices):
    SUPPORT = "support", _("Starting up and winning support")
    OWN = "own", _("Each party's own preparations")
    JOINT = "joint", _("Preparations together")
    DOING = "doing", _("Carrying it out")
    LOOKING_BACK = "looking_back", _("Following up and evaluating")


class Line(models.TextChoices):
    """One line of a step's list, in the order of the work."""

    AGREEMENT = "agreement", _("The agreement is signed by every party")
    COUNCIL = "council", _("The council, or a steering group, has met")
    ROLES = "roles", _("Your party's roles are filled")
    MANDATE = "mandate", _("The council knows what it may decide, and with which money")
    ANCHORED = "anchored", _("Managers and staff know why we work together")
    DRAFT = "draft", _("You have written your own picture")
    STAFF = "staff", _("You have held dialogues with your own staff")
    READ = "read", _("Your own management has read your picture")
    SHARED = "shared", _("You have shared a copy with the other party")
    RECEIVED = "received", _("The other party has shared theirs")
    WORDS = "words", _("We mean the same by our words")
    MERGED = "merged", _("The pictures are merged, and both have taken their stance on every finding")
    VOICES = "voices", _("Citizen dialogues deepen what we see")
    ORDER = "order", _("It is chosen which findings come first")
    CAUSES = "causes", _("Causes are stated for every finding that comes first")
    ENDORSED = "endorsed", _("The council stands behind the picture")
    ADOPTED = "adopted", _("The deciding body has adopted the picture")
    TAKE_PART = "take_part", _("Those who are to do it have taken part in choosing how")
    MEASURES = "measures", _("Every finding that comes first has a measure")
    OWNERS = "owners", _("Every measure in the plan has a function that answers for it")
    AIMED = "aimed", _("Every measure in the plan is to change a stated cause")
    TARGETS = "targets", _("Every measure in the plan has an indicator with a target")
    PLAN = "plan", _("The plan is decided")
    POLICE_PLAN = "police_plan", _("The police have decided their part")
    PROMISES = "promises", _("Promises are made and published")
    KNOWN = "known", _("Residents know what is promised, and where to turn")
    REPORTED = "reported", _("No measure is left without a report after its last day")
    EVALUATED = "evaluated", _("Every measure that has ended is looked back at")
    KEPT = "kept", _("It is said of every promise that has ended whether it was kept")
    FOLLOWED_UP = "followed_up", _("The plan is followed up, and a body has dealt with it")
    FED_BACK = "fed_back", _("Those who were asked have heard what became of it")
    NEXT_ROUND = "next_round", _("What we learned is taken into the next round")


LINES: Final[Mapping[Step, tuple[Line, ...]]] = {
    Step.SUPPORT: (Line.AGREEMENT, Line.COUNCIL, Line.ROLES, Line.MANDATE, Line.ANCHORED),
    Step.OWN: (Line.DRAFT, Line.STAFF, Line.READ, Line.SHARED, Line.RECEIVED),
    Step.JOINT: (
        Line.WORDS,
        Line.MERGED,
        Line.VOICES,
        Line.ORDER,
        Line.CAUSES,
        Line.ENDORSED,
        Line.ADOPTED,
    ),
    Step.DOING: (
        Line.TAKE_PART,
        Line.MEASURES,
        Line.OWNERS,
        Line.AIMED,
        Line.TARGETS,
        Line.PLAN,
        Line.POLICE_PLAN,
        Line.PROMISES,
        Line.KNOWN,
    ),
    Step.LOOKING_BACK: (
        Line.REPORTED,
        Line.EVALUATED,
        Line.KEPT,
        Line.FOLLOWED_UP,
        Line.FED_BACK,
        Line.NEXT_ROUND,
    ),
}
JUDGED: Final = frozenset(
    {Line.MANDATE, Line.ANCHORED, Line.WORDS, Line.TAKE_PART, Line.KNOWN, Line.FED_BACK, Line.NEXT_ROUND}
)
# Each party's own: the other one has no say in it, and does not see how it stands.
PRIVATE: Final = frozenset({Line.ROLES, Line.DRAFT, Line.STAFF, Line.READ, Line.SHARED})

BOTH, EDITORS, COUNCIL = _("Both parties"), _("Coordinator and kommunpolis"), _("The council")
MANAGEMENT = _("Your own management")
WHO: Final[Mapping[Line, Sentence]] = {
    Line.AGREEMENT: _("Those who sign for the parties"),
    Line.COUNCIL: COUNCIL,
    Line.ROLES: MANAGEMENT,
    Line.MANDATE: COUNCIL,
    Line.ANCHORED: _("Managers at both parties"),
    Line.DRAFT: _("Whoever coordinates at your party"),
    Line.STAFF: _("Whoever coordinates at your party"),
    Line.READ: MANAGEMENT,
    Line.SHARED: _("Whoever coordinates at your party"),
    Line.RECEIVED: _("The other party"),
    Line.WORDS: BOTH,
    Line.MERGED: EDITORS,
    Line.VOICES: EDITORS,
    Line.ORDER: COUNCIL,
    Line.CAUSES: EDITORS,
    Line.ENDORSED: COUNCIL,
    Line.ADOPTED: _("The deciding body"),
    Line.TAKE_PART: _("Managers at both parties"),
    Line.MEASURES: EDITORS,
    Line.OWNERS: EDITORS,
    Line.AIMED: EDITORS,
    Line.TARGETS: _("Those who answer for the measures"),
    Line.PLAN: _("The deciding body"),
    Line.POLICE_PLAN: _("The local police area chief"),
    Line.PROMISES: BOTH,
    Line.KNOWN: BOTH,
    Line.REPORTED: _("Those who answer for the measures"),
    Line.EVALUATED: _("Those who answer for the measures"),
    Line.KEPT: EDITORS,
    Line.FOLLOWED_UP: _("The deciding body"),
    Line.FED_BACK: EDITORS,
    Line.NEXT_ROUND: COUNCIL,
}
# What has to be done first. A line that is not done is blocked by those of these that are not.
NEEDS: Final[Mapping[Line, tuple[Line, ...]]] = {
    Line.COUNCIL: (Line.AGREEMENT,),
    Line.MANDATE: (Line.COUNCIL,),
    Line.STAFF: (Line.DRAFT,),
    Line.READ: (Line.DRAFT,),
    Line.SHARED: (Line.READ,),
    Line.MERGED: (Line.SHARED, Line.RECEIVED),
    Line.VOICES: (Line.MERGED,),
    Line.ORDER: (Line.MERGED,),
    Line.CAUSES: (Line.ORDER,),
    Line.ENDORSED: (Line.MERGED,),
    Line.ADOPTED: (Line.ENDORSED,),
    Line.MEASURES: (Line.ORDER,),
    Line.AIMED: (Line.CAUSES,),
    Line.PLAN: (Line.ADOPTED, Line.MEASURES),
    Line.POLICE_PLAN: (Line.PLAN,),
    Line.PROMISES: (Line.VOICES, Line.MEASURES),
    Line.KNOWN: (Line.PROMISES,),
    Line.REPORTED: (Line.PLAN,),
    Line.EVALUATED: (Line.REPORTED,),
    Line.KEPT: (Line.PROMISES,),
    Line.FOLLOWED_UP: (Line.PLAN,),
    Line.FED_BACK: (Line.PROMISES,),
    Line.NEXT_ROUND: (Line.FOLLOWED_UP,),
}


def step_of(line: Line) -> Step:
    return next(step for step, lines in LINES.items() if line in lines)
