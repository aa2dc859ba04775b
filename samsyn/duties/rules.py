from samsyn.core.actors import Actor
from samsyn.core.permissions import predicate, register
from samsyn.parties.models import Organisation
from samsyn.parties.rules import reads_here, works_here


@predicate
def is_for_the_municipality(actor: Actor) -> bool:
    """The law's duties are the municipality's: it alone says how they are met."""
    own = Organisation.objects.filter(pk__in=[actor.party_id], kind=Organisation.Kind.MUNICIPALITY)
    return own.exists()


PERMISSIONS = {
    "duties.see_duties": reads_here,
    "duties.record_event": works_here & is_for_the_municipality,
    "duties.retract_event": works_here & is_for_the_municipality,
    "duties.end_event": works_here & is_for_the_municipality,
    "duties.declare_complete": works_here & is_for_the_municipality,
    "duties.set_policy": works_here & is_for_the_municipality,
}
register(PERMISSIONS)
