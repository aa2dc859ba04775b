"""From a file or a blank page to a signed agreement, and what happens to it afterwards."""

from samsyn.agreements.services.importing import import_agreement
from samsyn.agreements.services.signing import (
    amend_agreement,
    approve_agreement,
    publish_agreement,
    sign_agreement,
    terminate_agreement,
)
from samsyn.agreements.services.writing import (
    add_clause,
    add_goal,
    add_priority,
    rewrite_clause,
    serve_goal,
    settle_link,
    write_agreement,
)

__all__ = [
    "add_clause",
    "add_goal",
    "add_priority",
    "amend_agreement",
    "approve_agreement",
    "import_agreement",
    "publish_agreement",
    "rewrite_clause",
    "serve_goal",
    "settle_link",
    "sign_agreement",
    "terminate_agreement",
    "write_agreement",
]
