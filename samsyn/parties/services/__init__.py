"""Writing: founding, appointing, inviting, keys, and one's own account."""

from samsyn.parties.services.account import change_account
from samsyn.parties.services.anchoring import record_anchor
from samsyn.parties.services.appointing import appoint, end_appointment
from samsyn.parties.services.erasing import erase_account, forget_invitations
from samsyn.parties.services.founding import (
    Administrator,
    Invited,
    add_area,
    add_member,
    found_organisation,
    found_partnership,
    set_up,
)
from samsyn.parties.services.inviting import accept_invitation, first_titles, invite, revoke_invitation
from samsyn.parties.services.keys import export_key, restore_key, rotate_key
from samsyn.parties.services.restoring import record_restore, take_in_partnership

__all__ = [
    "Administrator",
    "Invited",
    "accept_invitation",
    "add_area",
    "add_member",
    "appoint",
    "change_account",
    "end_appointment",
    "erase_account",
    "export_key",
    "first_titles",
    "forget_invitations",
    "found_organisation",
    "found_partnership",
    "invite",
    "record_anchor",
    "record_restore",
    "restore_key",
    "revoke_invitation",
    "rotate_key",
    "set_up",
    "take_in_partnership",
]
