"""A party's own draft, and the share of it."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from samsyn.core import clock, door, journal
from samsyn.core.actors import Actor
from samsyn.core.canonical import Plain
from samsyn.core.commands import command
from samsyn.core.errors import Invalid, Refused
from samsyn.core.law import cited
from samsyn.evidence import queries as evidence
from samsyn.evidence.models import DisclosurePolicy, Figure, Revision
from samsyn.parties.models import Organisation, Partnership
from samsyn.pictures import queries, sourcing
from samsyn.pictures.comparison import WORDS
from samsyn.pictures.models import Certainty, DraftCitation, DraftFinding, Picture, PrivateDraft, Secrecy
from samsyn.pictures.services.settling import refuse_what_is_settled
from samsyn.releases import services as releases
from samsyn.releases.models import Audience, Release


@dataclass(frozen=True)
class Words:
    """What a finding says."""

    title: str
    text: str
    extent: str = ""
    consequence: str = ""
    unknown: str = ""  # what nobody knows of it yet: a gap, said as one

    def refuse_persons(self) -> None:
        for field in WORDS:
            door.refuse_persons(getattr(self, field), field=field)


@command("pictures.start_draft")
def start_draft(
    party: Organisation, *, period: str, title: str, by: Actor, carry_over: Picture | None = None
) -> PrivateDraft:
    """Begin one's own picture of a period, empty or with the findings of an adopted picture.

    What is carried over is the party's own to change or drop; figures and decisions on secrecy are not: both
    are made anew. Refused when the party already has a draft of the period, and for a picture that is not
    adopted.
    """
    if queries.own_drafts(by).filter(period=period).exists():
        raise Refused(_("You already have a draft for this period. Open that one instead."))
    if carry_over and carry_over.release is None:
        raise Refused(_("Only an adopted picture can be carried over."))
    carried_from = carry_over.period if carry_over else ""
    draft = PrivateDraft(party=party, period=period, title=title, carried_from=carried_from, notes="")
    draft.save()
    for point in queries.points_of(carry_over) if carry_over else ():
        DraftFinding(
            draft=draft,
            party_id=draft.party_id,
            title=point.title,
            text=point.text,
            extent=point.extent,
            consequence=point.consequence,
            unknown=point.unknown,
            certainty=point.certainty,
            priority_key=point.priority.key if point.priority else "",
            continues=point.pk,
            secrecy_ground="",
        ).save()
    return draft


def _refuse_without_ground(secrecy: str, ground: str) -> None:
    """A section without a word on why cannot be tried again when somebody asks for the text."""
    if secrecy not in ("", Secrecy.NONE) and not ground.strip():
        raise Invalid(_("Write why that section holds it back."), field="secrecy_ground")
    door.refuse_persons(ground, field="secrecy_ground")


@command("pictures.write_finding")
def write_finding(
    draft: PrivateDraft,
    *,
    words: Words,
    certainty: Certainty,
    priority_key: str,
    secrecy: str,
    by: Actor,
    secrecy_ground: str = "",
) -> DraftFinding:
    """Write one thing the party sees.

    Refused when it points out a person, for secrecy without a word on why, and in a draft that is settled.
    """
    refuse_what_is_settled(draft)
    words.refuse_persons()
    _refuse_without_ground(secrecy, secrecy_ground)
    finding = DraftFinding(
        draft=draft,
        party_id=draft.party_id,
        title=words.title,
        text=words.text,
        extent=words.extent,
        consequence=words.consequence,
        unknown=words.unknown,
        certainty=certainty,
        priority_key=priority_key,
        secrecy=secrecy,
        secrecy_ground=secrecy_ground,
    )
    finding.save()
    _note_secrecy(secrecy)
    return finding


def _note_secrecy(secrecy: str) -> None:
    """Which section was chosen, in the party's own chain; why stands in the row alone."""
    if secrecy:
        journal.note(secrecy=Secrecy(secrecy))


@command("pictures.rewrite_finding")
def rewrite_finding(
    finding: DraftFinding,
    *,
    words: Words,
    certainty: Certainty,
    priority_key: str,
    secrecy: str,
    seen: int,
    by: Actor,
    secrecy_ground: str = "",
) -> DraftFinding:
    """Refused when a colleague saved after the version that the form showed, and as `write_finding` is."""
    finding.expect(seen, stored=finding.text)
    refuse_what_is_settled(finding.draft)
    words.refuse_persons()
    _refuse_without_ground(secrecy, secrecy_ground)
    finding.title, finding.text = words.title, words.text
    finding.extent, finding.consequence, finding.unknown = words.extent, words.consequence, words.unknown
    finding.certainty, finding.priority_key = certainty, priority_key
    finding.secrecy, finding.secrecy_ground = secrecy, secrecy_ground
    finding.save()
    _note_secrecy(secrecy)
    return finding


@command("pictures.drop_finding")
def drop_finding(finding: DraftFinding, *, by: Actor) -> None:
    """Take a finding out of one's own draft. What was shared before stays with its receiver."""
    for citation in [*finding.citations.all(), *finding.staff_citations.all()]:
        citation.delete()
    finding.delete()


@command("pictures.cite_figure")
def cite_figure(finding: DraftFinding, *, figure: Figure, note: str, by: Actor) -> DraftCitation:
    """Let a finding rest on a figure.

    Refused twice for the same, when the note points out a person, and in a draft that is settled.
    """
    refuse_what_is_settled(finding.draft)
    door.refuse_persons(note, field="note")
    if finding.citations.filter(figure=figure).exists():
        raise Refused(_("This finding cites that figure already."))
    citation = DraftCitation(party_id=finding.party_id, finding=finding, figure=figure, note=note)
    citation.save()
    return citation


@command("pictures.renew_citation")
def renew_citation(citation: DraftCitation, *, by: Actor) -> DraftCitation:
    """Let the finding rest on the figure of the newer numbers instead. The older figure stays as it is.

    Refused while there is no newer figure.
    """
    revision = Revision.objects.filter(figure=citation.figure).first()
    if revision is None or revision.successor is None:
        raise Refused(_("No newer figure is made of this one."))
    if citation.finding.citations.filter(figure=revision.successor).exists():
        raise Refused(_("This finding cites the newer figure already."))
    citation.figure = revision.successor
    citation.save()
    return citation


@command("pictures.write_notes")
def write_notes(draft: PrivateDraft, *, text: str, seen: int, by: Actor) -> PrivateDraft:
    """Keep the party's own notes on its draft: they go with no share, and are gone when it is weeded out.

    Refused when a colleague saved after the version that the form showed, when they point out a person, and
    in a draft that is settled.
    """
    draft.expect(seen, stored=str(draft.notes or ""))
    refuse_what_is_settled(draft)
    door.refuse_persons(text, field="text")
    draft.notes = text
    draft.save()
    return draft


@command("pictures.approve_draft")
def approve_draft(draft: PrivateDraft, *, by: Actor) -> None:
    """Say that the party's own management has read it. Refused without findings."""
    if not queries.own_findings(by, draft):
        raise Refused(_("Write at least one finding before the draft is approved."))
    draft.approved_on = clock.today()
    draft.save()


@command("pictures.share_draft")
def share_draft(
    draft: PrivateDraft,
    *,
    partnership: Partnership,
    receiver: Organisation,
    purpose: str,
    ground: str,
    by: Actor,
) -> Release:
    """Hand a copy over to another party. It cannot be undone, only withdrawn.

    Refused without findings, and while a finding has no decision on secrecy, or a section and no word on why:
    drafts that are older than that rule have such. What is secret is held back and
    leaves a marked gap. The act stands in two chains: the party's own and the partnership's.
    """
    refuse_what_is_settled(draft)
    findings = list(queries.own_findings(by, draft))
    if not findings:
        raise Refused(_("Write at least one finding before you share the draft."))
    if undecided := [finding for finding in findings if not finding.secrecy]:
        raise Refused(
            _("Decide on secrecy for “%(title)s” before you share.") % {"title": undecided[0].title}
        )
    if bare := next((one for one in findings if _lacks_ground(one)), None):
        said = {"title": bare.title, "section": cited(bare.secrecy)}
        raise Refused(_("Write why %(section)s holds “%(title)s” back before you share.") % said)
    policy = evidence.policy_of(partnership)
    release = releases.freeze(
        partnership,
        kind="pictures.draft",
        content={
            "title": draft.title,
            "period": draft.period,
            "findings": [_shared(finding, policy) for finding in findings],
        },
        proof={"secrecy": "decided per finding", "purpose": purpose, "ground": ground},
        audience=Audience.PARTY,
        receiver=receiver,
        by=by,
    )
    journal.note(release=release.pk, held_back=sum(one.secrecy != Secrecy.NONE for one in findings))
    return release


def _lacks_ground(finding: DraftFinding) -> bool:
    return finding.secrecy not in ("", Secrecy.NONE) and not str(finding.secrecy_ground or "").strip()


def _shared(finding: DraftFinding, policy: DisclosurePolicy) -> dict[str, Plain]:
    if finding.secrecy != Secrecy.NONE:
        return {"held_back": True, "section": finding.secrecy}
    return {
        "title": finding.title,
        "text": finding.text,
        "extent": finding.extent,
        "consequence": finding.consequence,
        "unknown": str(finding.unknown or ""),
        "certainty": finding.certainty,
        "priority_key": finding.priority_key,
        "continues": finding.continues,
        "without_source": sourcing.bare_numbers(finding, cites=bool(finding.citations.all())),
        "figures": [_figure(citation, policy) for citation in finding.citations.all()],
        "staff": [citation.dialogue.facts for citation in finding.staff_citations.all()],
    }


def _figure(citation: DraftCitation, policy: DisclosurePolicy) -> dict[str, Plain]:
    """With what its party's patterns say of it: who publishes it later cannot see the party's data."""
    checked = evidence.disclosure_of(citation.figure, policy)
    payload = {**evidence.figure_payload(citation.figure), "disclosure": checked.plain}
    # What its party knows of older figures is said with the newer one, from the share on.
    if revised := Revision.objects.filter(successor=citation.figure).select_related("figure").order_by("id"):
        payload["revises"] = [{"of": one.figure.identity, "how": one.how} for one in revised]
    return payload
