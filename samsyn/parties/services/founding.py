"""Taking in organisations and beginning partnerships."""

import re
from dataclasses import dataclass

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from samsyn.core import journal, sealing
from samsyn.core.actors import Actor
from samsyn.core.commands import command
from samsyn.core.errors import Invalid, Missing
from samsyn.parties.models import Area, Invitation, Membership, Organisation, Partnership, Title
from samsyn.parties.municipalities import Municipality
from samsyn.parties.services.appointing import appoint
from samsyn.parties.services.inviting import invite

# First words of addresses that the platform itself uses beside /<slug>/.
RESERVED = frozenset({"arbete", "en", "health", "konto", "start", "sprak", "static", "sv", "svar"})


@command("parties.found_organisation")
def found_organisation(
    name: str,
    *,
    kind: Organisation.Kind,
    by: Actor,
    code: str = "",
    visiting_address: str = "",
    postal_address: str = "",
    phone: str = "",
    email: str = "",
    web: str = "",
) -> Organisation:
    """Take in an organisation, with its key and its own chain.

    Refused with a web address that is none: the public site links to it.
    """
    if web and not web.startswith(("https://", "http://")):
        raise Invalid(_("Write the web address with https:// first."), field="web")
    organisation = Organisation(
        name=name,
        kind=kind,
        code=code,
        visiting_address=visiting_address,
        postal_address=postal_address,
        phone=phone,
        email=email,
        web=web,
    )
    sealing.make_key(organisation.pk)
    journal.open_chain(organisation.pk, kind=journal.Head.Kind.PARTY)
    organisation.save()
    journal.note(kind=kind)
    return organisation


@command("parties.found_partnership")
def found_partnership(
    name: str,
    *,
    slug: str,
    municipality_code: str,
    parties: list[Organisation],
    by: Actor,
    is_exercise: bool = False,
    deciding_body: str = "Kommunstyrelsen",
) -> Partnership:
    """Begin the cooperation of a municipality with its police, with a chain of its own.

    Refused when the address is taken, or is one that the platform itself uses.
    """
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug):
        raise Invalid(_("Use lower-case letters a–z, digits and hyphens in the address."), field="slug")
    if slug in RESERVED or Partnership.objects.filter(slug=slug).exists():
        raise Invalid(_("This address is taken. Choose another one."), field="slug")
    partnership = Partnership(
        name=name,
        slug=slug,
        municipality_code=municipality_code,
        county_code=municipality_code[:2],
        is_exercise=is_exercise,
        deciding_body=deciding_body,
    )
    journal.open_chain(partnership.pk, kind=journal.Head.Kind.PARTNERSHIP)
    partnership.save()
    for party in parties:
        Membership(partnership=partnership, organisation=party).save()
    return partnership


@command("parties.add_member")
def add_member(
    partnership: Partnership, *, organisation: Organisation, is_party: bool, by: Actor
) -> Membership:
    """Let an organisation take part, as party that signs or as actor involved when needed."""
    membership = Membership(partnership=partnership, organisation=organisation, is_party=is_party)
    membership.save()
    journal.note(organisation=organisation.pk, is_party=is_party)
    return membership


@command("parties.add_area")
def add_area(
    partnership: Partnership, *, code: str, name: str, slug: str, kind: Area.Kind, by: Actor
) -> Area:
    """Name an area that the partnership covers."""
    area = Area(partnership=partnership, code=code, name=name, slug=slug, kind=kind)
    area.save()
    return area


@dataclass(frozen=True)
class Administrator:
    """Who sets the platform up and runs it."""

    name: str
    email: str
    password: str


@dataclass(frozen=True)
class Invited:
    """Whom the first invitation of a party goes to."""

    email: str
    title: Title


@command("parties.set_up")
def set_up(
    municipality: Municipality,
    *,
    police_name: str,
    slug: str,
    deciding_body: str,
    administrator: Administrator,
    by: Actor,
    invited_municipality: Invited | None = None,
    invited_police: Invited | None = None,
) -> tuple[Partnership, list[Invitation]]:
    """Begin an empty installation: both parties, their partnership, an administrator, the first invitations.

    All or nothing. Missing when somebody was quicker: the set-up link works once.
    """
    if Partnership.objects.exists():
        raise Missing
    if invited_police and invited_police.email.lower() == administrator.email.lower():
        raise Invalid(
            _("You run the platform for the municipality. Invite somebody of the police."),
            field="police_email",
        )
    kinds = Organisation.Kind
    ours = found_organisation(
        municipality.official_name, kind=kinds.MUNICIPALITY, code=municipality.code, by=by
    )
    police = found_organisation(police_name, kind=kinds.LOCAL_POLICE_AREA, by=by)
    # Content has one language, and the names of authorities are Swedish; inside a name it is no first word.
    other = police.name.replace("Lokalpolisområde", "lokalpolisområde", 1)
    partnership = found_partnership(
        f"{ours.name} och {other}",
        slug=slug,
        municipality_code=municipality.code,
        parties=[ours, police],
        deciding_body=deciding_body,
        by=by,
    )
    add_area(
        partnership,
        code=municipality.code,
        name=ours.name,
        slug="hela",
        kind=Area.Kind.MUNICIPALITY,
        by=by,
    )
    user = appoint(
        ours, email=administrator.email, name=administrator.name, title=Title.ADMINISTRATOR, by=by
    ).user
    try:
        validate_password(administrator.password, user)
    except ValidationError as error:
        raise Invalid(" ".join(error.messages), field="password") from None
    user.set_password(administrator.password)
    user.save()
    pairs = ((ours, invited_municipality), (police, invited_police))
    invitations = [
        invite(party, email=who.email, title=who.title, partnership=partnership, sender_id=user.pk, by=by)
        for party, who in pairs
        if who
    ]
    journal.note(partnership=partnership.pk)
    return partnership, invitations
