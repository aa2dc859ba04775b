"""Asking citizens, and taking care of what they answer."""

import base64
import secrets
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from samsyn.core import clock, door, journal
from samsyn.core.actors import Actor
from samsyn.core.commands import command
from samsyn.core.errors import Invalid, Missing, Refused
from samsyn.dialogue import queries
from samsyn.dialogue.models import Dialogue, Theme, Voice, VoiceTheme
from samsyn.parties.models import Area, Partnership
from samsyn.releases import services as releases
from samsyn.releases.models import Audience, Ground, Release

CODE_BYTES = 10  # 80 bits: a receipt cannot be guessed


@command("dialogue.open_dialogue")
def open_dialogue(
    partnership: Partnership,
    *,
    question: str,
    introduction: str,
    about: Dialogue.About,
    area: Area,
    opens: date,
    closes: date,
    by: Actor,
) -> Dialogue:
    """Prepare a question. Refused when it would close before it opens, and when it points out a person."""
    door.refuse_persons(question, field="question")
    if closes < opens:
        raise Invalid(_("Choose a closing day that is not before the opening day."), field="closes")
    dialogue = Dialogue(
        partnership=partnership,
        question=question,
        introduction=introduction,
        about=about,
        area=area,
        opens=opens,
        closes=closes,
    )
    dialogue.save()
    journal.note(day=opens, dialogue=dialogue.pk, about=about)
    return dialogue


@command("dialogue.publish_dialogue")
def publish_dialogue(dialogue: Dialogue, *, by: Actor) -> Release:
    """Show the question, and later the themes, on the public site. Replaces what was shown before."""
    dialogue.release = releases.freeze(
        dialogue.partnership,
        kind="dialogue.dialogue",
        content=queries.dialogue_content(dialogue),
        proof={"secrecy": "none"},
        audience=Audience.PUBLIC,
        object_id=dialogue.pk,
        replaces=dialogue.release,
        by=by,
    )
    dialogue.save()
    return dialogue.release


@command("dialogue.answer")
def answer(dialogue: Dialogue, *, text: str, submission: UUID, by: Actor) -> str:
    """Take in a citizen's answer and return the code of its receipt.

    Refused before anything is stored when the dialogue is not open, and when the text points out a person.
    The same form sent twice is one answer; its code was shown the first time and cannot be shown again.
    """
    if not queries.is_open(dialogue, clock.today()):
        raise Refused(_("This dialogue is closed. Thank you for wanting to answer."))
    if dialogue.voices.filter(submission=submission).exists():
        raise Refused(_("Your answer has arrived already. It is counted once."))
    door.refuse_persons(text, field="text")
    code = base64.b32encode(secrets.token_bytes(CODE_BYTES)).decode()
    voice = Voice(
        partnership_id=dialogue.partnership_id,
        dialogue=dialogue,
        text=text,
        received_on=clock.today(),
        receipt=queries.receipt_hash(code),
        submission=submission,
    )
    voice.save()
    return "-".join(code[start : start + 4] for start in range(0, len(code), 4))


@command("dialogue.withdraw_voice")
def withdraw_voice(dialogue: Dialogue, *, code: str, by: Actor) -> None:
    """Stop using an answer, at its writer's wish. It is hidden, not destroyed: that needs a decision."""
    voice = queries.voice_behind(dialogue, code)
    if voice is None:
        raise Missing
    if voice.state == Voice.State.WITHDRAWN:
        raise Refused(_("This answer is withdrawn already."))
    voice.state = Voice.State.WITHDRAWN
    voice.save()


@command("dialogue.erase_voice")
def erase_voice(
    partnership: Partnership, *, which: str, ground: Ground, decided_on: date, by: Actor
) -> tuple[UUID, int]:
    """Destroy an answer's text by decision, also in every withdrawn release that quotes it.

    Named by the code of its receipt, or by its id: whoever runs this does not read it. That it came, what
    became of it and how many said the same stay. Refused while the public site quotes it. Returns the answer
    and how many releases were emptied.
    """
    voice = queries.voice_named(partnership, which)
    if voice is None:
        raise Missing
    if not voice.text:
        raise Refused(_("This answer is erased already."))
    quoting = queries.releases_quoting(partnership, voice.text)
    if any(release.withdrawn_at is None for release in quoting):
        raise Refused(
            _("This answer is quoted in what is published. Publish that again without the quote, then erase.")
        )
    for release in quoting:
        releases.erase_content(release, ground=ground, by=by)
    for link in voice.themes.filter(is_quoted=True):
        link.is_quoted = False
        link.save()
    voice.erase("text")
    journal.note(day=decided_on, voice=voice.pk, ground=ground, releases=len(quoting))
    return voice.pk, len(quoting)


@command("dialogue.accept_voice")
def accept_voice(voice: Voice, *, by: Actor) -> None:
    """Count an answer. Refused when its writer has withdrawn it."""
    _judge(voice, Voice.State.ACCEPTED, "")


@command("dialogue.refuse_voice")
def refuse_voice(voice: Voice, *, reason: Voice.Reason, by: Actor) -> None:
    """Leave an answer out, with a reason that its receipt shows."""
    _judge(voice, Voice.State.REFUSED, reason)
    journal.note(reason=reason)


def _judge(voice: Voice, state: Voice.State, reason: str) -> None:
    if voice.state == Voice.State.WITHDRAWN:
        raise Refused(_("The writer has withdrawn this answer. It is not used."))
    voice.state, voice.reason = state, reason
    voice.save()


@command("dialogue.add_theme")
def add_theme(dialogue: Dialogue, *, title: str, summary: str, by: Actor) -> Theme:
    """Name what several voices say. Refused when it points out a person."""
    for field, text in (("title", title), ("summary", summary)):
        door.refuse_persons(text, field=field)
    theme = Theme(partnership_id=dialogue.partnership_id, dialogue=dialogue, title=title, summary=summary)
    theme.save()
    return theme


@command("dialogue.sort_voice")
def sort_voice(voice: Voice, *, theme: Theme, is_quoted: bool, by: Actor) -> None:
    """Put an accepted voice under a theme. Refused for voices that do not count."""
    if voice.state != Voice.State.ACCEPTED:
        raise Refused(_("Accept the answer before you sort it under a theme."))
    if theme.dialogue_id != voice.dialogue_id:
        raise Refused(_("Choose a theme of the same dialogue."))
    link = voice.themes.filter(theme=theme).first() or VoiceTheme(
        partnership_id=voice.partnership_id, voice=voice, theme=theme
    )
    link.is_quoted = is_quoted
    link.save()


@command("dialogue.summarise")
def summarise(dialogue: Dialogue, *, not_heard: str, by: Actor) -> Release:
    """Say whom the answers do not speak for, and show themes and numbers to the public.

    Refused when it points out a person.
    """
    door.refuse_persons(not_heard, field="not_heard")
    dialogue.not_heard = not_heard
    dialogue.save()
    return publish_dialogue(dialogue, by=by)
