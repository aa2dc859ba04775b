"""Roles as predicates. What one may not see is missing already; a rule says what one may do with the rest."""

from typing import Any

from samsyn.core.actors import Actor, Kind, Role
from samsyn.core.permissions import predicate, register
from samsyn.parties.models import Organisation


@predicate
def is_system(actor: Actor) -> bool:
    return actor.kind is Kind.SYSTEM


@predicate
def is_editor(actor: Actor) -> bool:
    return Role.EDITOR in actor.roles


@predicate
def is_approver(actor: Actor) -> bool:
    return Role.APPROVER in actor.roles


@predicate
def is_contributor(actor: Actor) -> bool:
    return Role.CONTRIBUTOR in actor.roles


@predicate
def is_reader(actor: Actor) -> bool:
    return Role.READER in actor.roles


@predicate
def is_administrator(actor: Actor) -> bool:
    return Role.ADMINISTRATOR in actor.roles


@predicate
def is_own_party(actor: Actor, party: Organisation) -> bool:
    return isinstance(party, Organisation) and actor.party_id == party.pk


@predicate
def is_anyone(actor: Actor, target: Any) -> bool:
    """Citizens too. Only for what the public is invited to do."""
    return True


works_here = is_editor | is_approver
reads_here = works_here | is_reader
takes_part = reads_here | is_contributor

PERMISSIONS = {
    "parties.found_organisation": is_system,
    "parties.found_partnership": is_system,
    "parties.add_member": is_system,
    "parties.add_area": is_system | is_editor,
    "parties.appoint": is_system | ((is_administrator | is_approver) & is_own_party),
    "parties.end_appointment": is_system | is_administrator | is_approver,
}
register(PERMISSIONS)
