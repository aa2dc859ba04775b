"""Calling meetings, noting what was said, recording what was decided."""

from datetime import date

from django.utils.translation import gettext as _

from samsyn.core import clock, door, journal
from samsyn.core.actors import Actor
from samsyn.core.commands import command
from samsyn.core.errors import Invalid, NotAllowed, Refused
from samsyn.council.models import AgendaItem, Body, Decision, Meeting, StepStanding
from samsyn.council.steps import JUDGED, PRIVATE, Line
from samsyn.parties.models import Partnership


@command("council.found_body")
def found_body(partnership: Partnership, *, name: str, kind: Body.Kind, by: Actor) -> Body:
    """Name a body that endorses or decides. Refused when the name is taken."""
    if Body.objects.filter(partnership=partnership, name=name).exists():
        raise Invalid(_("There is a body of that name already."), field="name")
    body = Body(partnership=partnership, name=name, kind=kind)
    body.save()
    journal.note(body=body.pk, kind=kind)
    return body


@command("council.call_meeting")
def call_meeting(partnership: Partnership, *, body: Body, day: date, place: str, by: Actor) -> Meeting:
    """Call a meeting. Refused when the body meets that day already."""
    if body.meetings.filter(day=day).exists():
        raise Invalid(_("That body has a meeting on that day already."), field="day")
    meeting = Meeting(partnership=partnership, body=body, day=day, place=place)
    meeting.save()
    journal.note(day=day, meeting=meeting.pk)
    return meeting


@command("council.add_agenda_item")
def add_agenda_item(meeting: Meeting, *, title: str, by: Actor) -> AgendaItem:
    """Put an item on the agenda. Refused once the meeting is held."""
    if meeting.is_held:
        raise Refused(_("This meeting is held. Put it on the agenda of the next one."))
    item = AgendaItem(
        partnership_id=meeting.partnership_id,
        meeting=meeting,
        title=title,
        position=meeting.agenda.count() + 1,
    )
    item.save()
    return item


@command("council.record_notes")
def record_notes(meeting: Meeting, *, present: str, notes: str, seen: int, by: Actor) -> Meeting:
    """Note what was said and who was there, by function. Refused before the day."""
    meeting.expect(seen, stored=meeting.notes)
    if meeting.day > clock.today():
        raise Refused(_("The meeting has not been held yet."))
    door.refuse_persons(notes, field="notes")
    meeting.present, meeting.notes, meeting.is_held = present, notes, True
    meeting.save()
    journal.note(day=meeting.day, body=Body.Kind(meeting.body.kind))
    return meeting


@command("council.record_decision")
def record_decision(
    partnership: Partnership,
    *,
    body: Body,
    kind: Decision.Kind,
    day: date,
    section: str,
    registration_number: str,
    text: str,
    by: Actor,
    meeting: Meeting | None = None,
) -> Decision:
    """Record what a body decided.

    Refused for a day to come, for a council that decides (it stands behind; another body decides), and for a
    decision of a board without its section.
    """
    if day > clock.today():
        raise Invalid(_("Choose a day that has been: a decision is recorded when it is made."), field="day")
    if kind == Decision.Kind.DECIDE and body.kind == Body.Kind.COUNCIL:
        raise Invalid(_("The council advises. It can stand behind; another body decides."), field="kind")
    if kind == Decision.Kind.DECIDE and body.kind != Body.Kind.POLICE and not section:
        raise Invalid(_("Write the section of the minutes, such as 62."), field="section")
    decision = Decision(
        partnership=partnership,
        body=body,
        meeting=meeting,
        kind=kind,
        day=day,
        section=section.removeprefix("§").strip(),
        registration_number=registration_number,
        text=text,
    )
    decision.save()
    journal.note(day=day, decision=decision.pk, kind=kind, body=body.pk, of=Body.Kind(body.kind))
    return decision


@command("council.say_of_step")
def say_of_step(
    partnership: Partnership,
    *,
    line: Line,
    level: StepStanding.Level | None = None,
    comment: str = "",
    who: str = "",
    due: date | None = None,
    seen: int | None = None,
    by: Actor,
) -> StepStanding:
    """Say how a line of the five steps stands, who sees to it and by when.

    Refused for what is a party's own, for a level where data says how it stands, for a level without a word
    on what it is built on, when a text points out a person, and after a colleague saved meanwhile.
    """
    if line in PRIVATE:
        raise Refused(_("This is each party's own. The other party has no say in it."))
    if level and line not in JUDGED:
        raise Invalid(_("How this stands is read from what is recorded."), field="level")
    if level and not comment.strip():
        raise Invalid(_("Write what you build it on."), field="comment")
    door.refuse_persons(comment, field="comment")
    door.refuse_persons(who, field="who")
    standing = StepStanding.objects.filter(partnership=partnership, line=line).first()
    if standing is None:
        standing = StepStanding(partnership=partnership, line=line)
    standing.expect(seen, stored=standing.comment)
    standing.level, standing.comment = level or "", comment.strip()
    standing.who, standing.due = who.strip(), due
    if by.user_id is None:
        raise NotAllowed
    standing.set_by_id, standing.party_id, standing.set_on = by.user_id, by.own_party, clock.today()
    standing.save()
    journal.note(line=line)
    if level:
        journal.note(level=level)
    if due:
        journal.note(due=due)
    return standing
