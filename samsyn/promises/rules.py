from samsyn.core.permissions import register
from samsyn.parties.rules import is_approver, is_editor, works_here

PERMISSIONS = {
    "promises.see_promises": works_here,
    "promises.write_promise": is_editor,
    "promises.rewrite_promise": is_editor,
    "promises.approve_promise": is_approver,
    "promises.publish_promise": is_editor,
    "promises.report_promise": is_editor,
    "promises.withdraw_promise": is_approver,
    "promises.decide_no_promise": is_editor | is_approver,
}
register(PERMISSIONS)
