"""What to ask one's own staff, and how: two guides to print. Our own words, on the steps of the handbook."""

from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext_lazy as _

from samsyn.core.errors import Sentence


@dataclass(frozen=True)
class Part:
    heading: Sentence
    time: Sentence
    questions: tuple[Sentence, ...]
    lines: int = 3  # left empty on paper, to write on


@dataclass(frozen=True)
class Guide:
    title: Sentence
    lead: Sentence
    before: tuple[Sentence, ...]
    say_first: tuple[Sentence, ...]
    parts: tuple[Part, ...]
    after: tuple[Sentence, ...]


NOBODY: Final = _(
    "We talk about places, times and situations. No names, and nothing by which a person can be recognised: "
    "neither those you meet nor colleagues."
)
CONCERN: Final = _(
    "Worry about a child, a tip about a crime and a threat have their own ways. They are not handled here."
)
SHARED: Final = _(
    "What you say is summed up for our own picture. To the other party goes at most that you were asked: "
    "which group, which day and how many."
)

DIALOGUE: Final = Guide(
    title=_("Guide for a staff dialogue"),
    lead=_(
        "For six to fifteen people who do the same work, an hour and a quarter. One leads, another one "
        "writes. The dialogue is to catch what no statistics show: what staff see every week."
    ),
    before=(
        _("Choose groups that meet residents at different times and places, not only those easy to ask."),
        _("Tell the group in advance what the dialogue is for and what becomes of what they say."),
        _("Bring a map of the area, and at most three figures from your draft. Show them last."),
        _("Decide who leads and who writes. A manager of the group should do neither."),
    ),
    say_first=(NOBODY, CONCERN, SHARED),
    parts=(
        Part(
            _("What do you see?"),
            _("20 minutes"),
            (
                _("What makes people unsafe or exposed where you work? Where, on which days, at what time?"),
                _("What has become more common the last year, and what has become rarer?"),
                _("Who is hit, and what follows for them? Think of groups, never of persons."),
            ),
            lines=5,
        ),
        Part(
            _("Why is it so?"),
            _("20 minutes"),
            (
                _("What comes before it happens? What in the place or the situation makes it possible?"),
                _("Who is there and could step in: adults, staff, neighbours? When is nobody there?"),
                _("What makes it stop, where it does?"),
            ),
            lines=5,
        ),
        Part(
            _("What is not seen?"),
            _("10 minutes"),
            (
                _("What do you believe is never reported, and why not?"),
                _("Whom do you never meet? What would we need to know that nobody here knows?"),
            ),
        ),
        Part(
            _("What would help?"),
            _("15 minutes"),
            (
                _("What do you do already that works? What have you stopped doing?"),
                _("What could you do yourselves, what does somebody else have to do, and who?"),
            ),
        ),
        Part(
            _("Does our picture hold?"),
            _("10 minutes"),
            (
                _("Show the figures. Is this what you see? What do they not show?"),
                _("Which is the most important thing that you have said today? Let each one answer."),
            ),
        ),
    ),
    after=(
        _("Read the notes together the same day. Take out what could point out a person."),
        _("Write the dialogue down in your draft: day, group, how many, and what was said in short."),
        _("Mark what several said and what one said. Write what the group was unsure of, and disagreed on."),
        _("Tell the group what became of it when the picture is adopted."),
    ),
)

INTERVIEW: Final = Guide(
    title=_("Guide for an interview"),
    lead=_(
        "For one or a few people who know a place, a group or a question well: a head teacher, a caretaker, "
        "a shift leader. Half an hour to three quarters. Ask the same questions of everybody, so that "
        "the answers can be laid side by side."
    ),
    before=(
        _("Decide what you need to know that the figures and the dialogues do not say."),
        _("Choose people with different places to see from, also one who probably disagrees."),
        _("Send the questions some days before. Say that it is voluntary, and how the answers are used."),
    ),
    say_first=(
        NOBODY,
        CONCERN,
        SHARED,
        _("You are asked for what you know in your work. One person is easy to recognise: read the summary."),
    ),
    parts=(
        Part(
            _("Your place to see from"),
            _("5 minutes"),
            (
                _("What do you work with, and which places and times do you see?"),
                _("What do you not see from where you are?"),
            ),
        ),
        Part(
            _("The problem"),
            _("15 minutes"),
            (
                _("Which problem do you meet most often, and which is the most serious one?"),
                _("Take the last time. Where and when was it, and what happened first, then and after?"),
                _("How do you know? Have you seen it yourself, heard it, or read it?"),
                _("How often: each day, each week, some times a year? Has it changed, and since when?"),
            ),
            lines=6,
        ),
        Part(
            _("Causes and protection"),
            _("10 minutes"),
            (
                _("What do you think lies behind it? What speaks against that?"),
                _("Where or when does it not happen, though it could? What is different there?"),
            ),
            lines=4,
        ),
        Part(
            _("What is done, and what is missing"),
            _("10 minutes"),
            (
                _("What has been tried? What worked, for whom, and what did not?"),
                _("Who should know this but does not? Whom should we ask next?"),
            ),
        ),
    ),
    after=(
        _("Let the one you asked read the summary and correct it before it is written down."),
        _("Write it down in your draft as an interview: the unit and not the person, the day and how many."),
        _("Let a finding rest on several sources. One interview is a lead, not a finding."),
    ),
)

GUIDES: Final = {"medarbetardialog": DIALOGUE, "intervju": INTERVIEW}
