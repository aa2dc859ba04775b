"""Roles as predicates. What one may not see is missing already; a rule says what one may do with the rest."""

from typing import Any

from samsyn.core.actors import Actor, Kind, Role
from samsyn.core.permissions import predicate, register
from samsyn.parties.models import Appointment, Invitation, Membership, Organisation


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
def is_for_the_municipality(actor: Actor) -> bool:
    own = Organisation.objects.filter(pk__in=[actor.party_id], kind=Organisation.Kind.MUNICIPALITY)
    return own.exists()


@predicate
def is_signed_in(actor: Actor) -> bool:
    return actor.kind is Kind.USER


@predicate
def holds_its_link(actor: Actor, invitation: Invitation | None) -> bool:
    return actor.kind is Kind.LINK and invitation is not None and actor.object_id == invitation.pk


@predicate
def is_of_own_party(actor: Actor, row: Appointment | Invitation | None) -> bool:
    return row is not None and actor.party_id == row.organisation_id


@predicate
def was_sent_by_oneself(actor: Actor, invitation: Invitation | None) -> bool:
    return invitation is not None and actor.user_id is not None and actor.user_id == invitation.sent_by_id


@predicate
def is_begun_by_the_municipality(actor: Actor, organisation: Organisation | None) -> bool:
    """Nobody has ever had a title there and nobody is invited: somebody must invite the first one.

    Never again after that. Else the municipality's administrator could invite themself behind the wall.
    """
    if not isinstance(organisation, Organisation) or organisation.pk == actor.party_id:
        return False
    from_municipality = Organisation.objects.filter(
        pk__in=[actor.party_id], kind=Organisation.Kind.MUNICIPALITY
    ).exists()
    shared = Membership.objects.filter(partnership__in=actor.partnership_ids, organisation=organisation)
    return (
        from_municipality
        and shared.exists()
        and not Appointment.objects.filter(organisation=organisation).exists()
        and not Invitation.objects.filter(organisation=organisation).waiting().exists()
    )


@predicate
def is_anyone(actor: Actor, target: Any) -> bool:
    """Citizens too. Only for what the public is invited to do."""
    return True


works_here = is_editor | is_approver
reads_here = works_here | is_reader
takes_part = reads_here | is_contributor
has_a_title = takes_part | is_administrator

PERMISSIONS = {
    "parties.found_organisation": is_system,
    "parties.found_partnership": is_system,
    "parties.add_member": is_system,
    "parties.add_area": is_system | is_editor,
    "parties.appoint": is_system | ((is_administrator | is_approver) & is_own_party),
    "parties.end_appointment": is_system | ((is_administrator | is_approver) & is_of_own_party),
    "parties.invite": is_system
    | ((is_administrator | is_approver) & is_own_party)
    | (is_administrator & is_begun_by_the_municipality),
    "parties.accept_invitation": holds_its_link,
    "parties.revoke_invitation": ((is_administrator | is_approver) & is_of_own_party)
    | (is_administrator & was_sent_by_oneself),
    "parties.see_people": has_a_title,
    "parties.see_key": is_approver | is_administrator,
    "parties.export_key": is_approver & is_own_party,
    "parties.rotate_key": is_approver & is_own_party,
    "parties.restore_key": is_approver & is_own_party,
    "parties.change_account": is_signed_in,
    "parties.set_up": is_system,
    "parties.erase_account": is_system,
    "parties.forget_invitations": is_system,
    "parties.record_anchor": is_system,
    "parties.record_restore": is_system,
    "parties.take_in_partnership": is_system,
}
register(PERMISSIONS)
