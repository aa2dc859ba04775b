from samsyn.core.permissions import register
from samsyn.parties.rules import is_for_the_municipality, reads_here, works_here

# The law's duties are the municipality's: it alone says how they are met.
PERMISSIONS = {
    "duties.see_duties": reads_here,
    "duties.record_event": works_here & is_for_the_municipality,
    "duties.retract_event": works_here & is_for_the_municipality,
    "duties.end_event": works_here & is_for_the_municipality,
    "duties.declare_complete": works_here & is_for_the_municipality,
    "duties.set_policy": works_here & is_for_the_municipality,
}
register(PERMISSIONS)
