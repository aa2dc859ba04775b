"""Approving and signing, and what happens to an agreement afterwards."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from samsyn.agreements import queries
from samsyn.agreements.models import Agreement, Approval, Signature
from samsyn.agreements.reading import Signatory
from samsyn.core import clock, journal, objects
from samsyn.core.actors import Actor
from samsyn.core.commands import command
from samsyn.core.errors import Invalid, Refused
from samsyn.parties.models import Organisation
from samsyn.parties.queries import parties_of
from samsyn.releases import services as releases
from samsyn.releases.models import Audience, Release


def refuse_if_frozen(agreement: Agreement) -> None:
    if queries.is_frozen(agreement):
        raise Refused(_("Somebody has signed this agreement. Its text is frozen; make an amendment instead."))


def fall_approvals(agreement: Agreement) -> None:
    for approval in agreement.approvals.all():
        approval.delete()


def terms_as_facts(agreement: Agreement) -> dict[str, Any]:
    """What the journal says of its terms, so that its validity can be told from the journal alone."""
    facts: dict[str, Any] = {
        "valid_to": agreement.valid_to,
        "prolongation": Agreement.Prolongation(agreement.prolongation),
        "months": agreement.months,
        "parties": len(parties_of(agreement.partnership)),
        "purposes": bool(agreement.purpose.strip()),
        "follows": agreement.predecessor_id,
    }
    return {name: value for name, value in facts.items() if value is not None}


def save_signature(
    agreement: Agreement, party: Organisation, signed: Signatory, document: str = ""
) -> Signature:
    signature = Signature(
        partnership_id=agreement.partnership_id,
        agreement=agreement,
        party=party,
        name=signed.name,
        title=signed.title,
        signed_on=signed.day,
        place=signed.place,
        document=document,
        recorded_at=clock.now(),
    )
    signature.save()
    return signature


@command("agreements.approve_agreement")
def approve_agreement(agreement: Agreement, *, by: Actor) -> Approval:
    """Approve the text for one's own party. Refused twice, without text, and once signed."""
    refuse_if_frozen(agreement)
    if not agreement.clauses.exists():
        raise Refused(_("There is no text to approve yet. Add the clauses first."))
    if agreement.approvals.filter(party=by.own_party).exists():
        raise Refused(_("Your party has approved this already."))
    approval = Approval(
        partnership_id=agreement.partnership_id,
        agreement=agreement,
        party_id=by.own_party,
        approved_on=clock.today(),
    )
    approval.save()
    journal.note(party=by.own_party)
    return approval


@command("agreements.sign_agreement")
def sign_agreement(
    agreement: Agreement,
    *,
    name: str,
    title: str,
    day: date,
    place: str,
    by: Actor,
    document: bytes = b"",
) -> Signature:
    """Record that one's own party signed. Empty name: signed, signatory not stated.

    Refused before every party has approved the text, twice for a party, for a day to come, and when the
    attached document is no PDF.
    """
    approved = set(agreement.approvals.values_list("party", flat=True))
    waiting = [party for party in parties_of(agreement.partnership) if party.pk not in approved]
    if waiting and not queries.is_frozen(agreement):
        raise Refused(_("%(party)s has not approved the text yet.") % {"party": waiting[0].name})
    if agreement.signatures.filter(party=by.own_party).exists():
        raise Refused(_("Your party has signed already."))
    if day > clock.today():
        raise Invalid(_("Choose a day that has been: a signature is recorded when it is made."), field="day")
    if document and not document.startswith(b"%PDF-"):
        raise Invalid(
            _("The file is not a PDF. Scan or print the signed agreement as PDF."), field="document"
        )
    key = objects.put(document) if document else ""
    party = next(one for one in parties_of(agreement.partnership) if one.pk == by.own_party)
    signed = Signatory(str(party.pk), name, title, day, place)
    signature = save_signature(agreement, party, signed, key)
    journal.note(day=day, party=party.pk, stated=bool(name))
    return signature


@command("agreements.publish_agreement")
def publish_agreement(agreement: Agreement, *, by: Actor) -> Release:
    """Show the agreement on the public site. Refused before every party has signed."""
    signed = set(agreement.signatures.values_list("party", flat=True))
    if waiting := [party for party in parties_of(agreement.partnership) if party.pk not in signed]:
        raise Refused(_("%(party)s has not signed yet.") % {"party": waiting[0].name})
    return show(agreement, by=by)


def show(agreement: Agreement, *, by: Actor) -> Release:
    """Put the agreement as it stands in the place of the copy that the public reads."""
    agreement.release = releases.freeze(
        agreement.partnership,
        kind="agreements.agreement",
        content=queries.agreement_content(agreement),
        proof={"secrecy": "none"},
        audience=Audience.PUBLIC,
        object_id=agreement.pk,
        replaces=agreement.release,
        by=by,
    )
    agreement.save()
    return agreement.release
