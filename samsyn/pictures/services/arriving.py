"""A picture written elsewhere: received, read, looked at; then taken into a draft, or shared as it is."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from samsyn.core import canonical, clock, journal
from samsyn.core.actors import Actor
from samsyn.core.canonical import Plain
from samsyn.core.commands import command
from samsyn.core.errors import Invalid, Refused
from samsyn.evidence import services as evidence
from samsyn.parties.models import Organisation, Partnership
from samsyn.pictures import queries
from samsyn.pictures.arriving import Arrival, Told, arrival_of, kept_of
from samsyn.pictures.models import Certainty, PictureFile, PrivateDraft
from samsyn.pictures.services.drafting import Words, write_finding
from samsyn.pictures.services.settling import refuse_what_is_settled
from samsyn.releases import services as releases
from samsyn.releases.models import Audience, Release


@command("pictures.receive_picture_file")
def receive_picture_file(party: Organisation, *, name: str, content: bytes, by: Actor) -> PictureFile:
    """Put a file in quarantine, to be read. Refused when empty. What waited for an hour is forgotten."""
    if not content:
        raise Invalid(_("The file is empty. Choose another one."), field="file")
    for old in PictureFile.objects.filter(party=party, received_at__lt=clock.now() - timedelta(hours=1)):
        evidence.forget_file(old.pk)
        old.delete()
    file = PictureFile(party=party, name=name[-120:], received_at=clock.now(), outcome="")
    evidence.put_aside(content, file=file.pk, owner=party.pk)
    file.save()
    return file


@command("pictures.record_picture_file")
def record_picture_file(file: PictureFile, *, outcome: Mapping[str, Any], by: Actor) -> None:
    """Note what the sandbox read, without the words that the file itself holds back."""
    file.state = PictureFile.State.REFUSED if "refusal" in outcome else PictureFile.State.READ
    file.outcome = canonical.text(kept_of(outcome))
    file.save()


@command("pictures.discard_picture_file")
def discard_picture_file(file: PictureFile, *, by: Actor) -> None:
    """Throw the file away. No draft is touched."""
    key = file.pk
    file.delete()
    transaction.on_commit(lambda: evidence.forget_file(key))


@command("pictures.take_into_draft")
def take_into_draft(draft: PrivateDraft, *, file: PictureFile, chosen: list[int], by: Actor) -> int:
    """Make a finding of one's own draft of each that is chosen, and throw the file away. Returns how many.

    Refused in a draft that is settled, when nothing is chosen, when something stands in the way of one that
    is chosen, for what the file holds back, and when all of it stands in the draft already.
    """
    refuse_what_is_settled(draft)
    wanted = [one for one in arrival_of(file.content).findings if one.number in chosen]
    if not wanted:
        raise Invalid(_("Choose at least one finding."), field="chosen")
    for one in wanted:
        if one.problems or one.is_held_back:
            said = {"title": one.title, "reason": (*one.problems, _("It is held back in the file."))[0]}
            raise Refused(_("“%(title)s” cannot be taken in. %(reason)s") % said)
    there = {(str(one.title), str(one.text)) for one in queries.own_findings(by, draft)}
    new = [one for one in wanted if (one.title, one.text) not in there]
    if not new:
        raise Refused(_("All of it stands in your draft already."))
    for one in new:
        write_finding(
            draft,
            words=Words(one.title, one.text, one.extent, one.consequence, unknown=one.unknown),
            certainty=Certainty(one.certainty),
            priority_key=one.priority_key,
            secrecy=one.secrecy,
            by=by,
        )
    journal.note(findings=len(new))
    discard_picture_file(file, by=by)
    return len(new)


@command("pictures.share_file")
def share_file(
    file: PictureFile,
    *,
    partnership: Partnership,
    receiver: Organisation,
    period: str,
    title: str,
    purpose: str,
    ground: str,
    by: Actor,
) -> Release:
    """Hand over a picture that was written on the party's own machines, without a draft here.

    The same file may be shared in each partnership where one has a seat. Refused while something stands in
    the way of a finding, while one lacks its decision on secrecy, for secrecy without a word on why, and
    when the same was shared here already. It cannot be undone, only withdrawn. The file stays for its hour.
    """
    found = arrival_of(file.content)
    refuse_what_is_not_whole(found)
    findings: list[Plain] = [_shared(one) for one in found.findings]
    content: dict[str, Plain] = {"title": title.strip(), "period": period, "findings": findings}
    alike = Release.objects.visible_to(by).in_use().filter(partnership=partnership, kind="pictures.draft")
    for other in alike.filter(sender=by.own_party):
        if canonical.text(other.payload["content"]) == canonical.text(content):
            raise Refused(_("The same picture is shared here already."))
    release = releases.freeze(
        partnership,
        kind="pictures.draft",
        content=content,
        proof={"secrecy": "decided per finding", "purpose": purpose, "ground": ground, "from_file": True},
        audience=Audience.PARTY,
        receiver=receiver,
        by=by,
    )
    journal.note(release=release.pk, held_back=sum(one.is_held_back for one in found.findings))
    return release


def refuse_what_is_not_whole(found: Arrival) -> None:
    """What must be mended in the file first: nobody writes in it here."""
    if found.problem or not found.findings:
        raise Refused(found.problem or _("The file holds no finding."))
    for one in found.findings:
        if reason := next(iter(one.problems), ""):
            said = {"number": one.number, "reason": reason}
            raise Refused(_("Finding %(number)d cannot be shared. %(reason)s") % said)
        if not one.secrecy:
            raise Refused(
                _("Decide on secrecy in the file for finding %(number)d, “%(title)s”.")
                % {"number": one.number, "title": one.title}
            )
        if one.is_held_back and not one.secrecy_ground:
            raise Refused(
                _("Write in the file why finding %(number)d is held back.") % {"number": one.number}
            )


def _shared(one: Told) -> dict[str, Plain]:
    if one.is_held_back:
        return {"held_back": True, "section": one.secrecy}
    return {
        "title": one.title,
        "text": one.text,
        "extent": one.extent,
        "consequence": one.consequence,
        "unknown": one.unknown,
        "certainty": one.certainty,
        "priority_key": one.priority_key,
        "continues": None,
        "without_source": list(one.numbers),
        "figures": [],
    }
