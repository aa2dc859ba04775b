from samsyn.core.permissions import register
from samsyn.parties.rules import is_administrator, reads_here, takes_part, works_here

PERMISSIONS = {
    "overview.see_start": takes_part | is_administrator,
    "overview.see_thread": takes_part,
    "overview.see_handover": reads_here,
    "overview.see_steps": works_here,
    "overview.search": takes_part,
}
register(PERMISSIONS)
