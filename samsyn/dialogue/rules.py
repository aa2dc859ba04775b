from samsyn.core.permissions import register
from samsyn.parties.rules import is_anyone, is_editor, is_system, works_here

PERMISSIONS = {
    "dialogue.see_dialogues": works_here,
    "dialogue.open_dialogue": is_editor,
    "dialogue.publish_dialogue": is_editor,
    "dialogue.answer": is_anyone,
    "dialogue.withdraw_voice": is_anyone,
    "dialogue.erase_voice": is_system,
    "dialogue.accept_voice": is_editor,
    "dialogue.refuse_voice": is_editor,
    "dialogue.add_theme": is_editor,
    "dialogue.sort_voice": is_editor,
    "dialogue.summarise": is_editor,
}
register(PERMISSIONS)
