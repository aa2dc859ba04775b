from samsyn.core.permissions import register
from samsyn.parties.rules import is_editor, is_system, works_here

PERMISSIONS = {
    "council.see_council": works_here,
    "council.found_body": is_system | is_editor,
    "council.call_meeting": is_editor,
    "council.add_agenda_item": is_editor,
    "council.record_notes": works_here,
    "council.record_decision": works_here,
    "council.say_of_step": works_here,
}
register(PERMISSIONS)
