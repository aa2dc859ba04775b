from samsyn.core.actors import Actor
from samsyn.core.permissions import predicate, register
from samsyn.parties.rules import is_approver, is_editor, is_system, reads_here
from samsyn.releases.models import Release


@predicate
def is_sender(actor: Actor, release: Release) -> bool:
    return actor.party_id == release.sender_id


PERMISSIONS = {
    "releases.freeze": is_editor | is_approver,
    "releases.record_export": is_system,
    "releases.record_opening": reads_here,
    "releases.record_printout": is_system,
    "releases.erase_content": is_system,
    "releases.see_release": reads_here,
    "releases.withdraw": (is_editor | is_approver) & is_sender,
}
register(PERMISSIONS)
