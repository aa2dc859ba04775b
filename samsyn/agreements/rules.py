from samsyn.core.permissions import register
from samsyn.parties.rules import is_approver, is_editor, takes_part

PERMISSIONS = {
    "agreements.see_agreement": takes_part,
    "agreements.import_agreement": is_editor,
    "agreements.write_agreement": is_editor,
    "agreements.rewrite_clause": is_editor,
    "agreements.add_clause": is_editor,
    "agreements.add_goal": is_editor,
    "agreements.add_priority": is_editor,
    "agreements.settle_link": is_editor,
    "agreements.serve_goal": is_editor,
    "agreements.approve_agreement": is_approver,
    "agreements.sign_agreement": is_editor | is_approver,
    "agreements.propose_change": is_editor | is_approver,
    "agreements.approve_change": is_approver,
    "agreements.decline_change": is_approver,
    "agreements.give_notice": is_approver,
    "agreements.publish_agreement": is_editor,
}
register(PERMISSIONS)
