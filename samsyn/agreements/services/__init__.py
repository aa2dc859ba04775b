"""From a file or a blank page to a signed agreement, and what happens to it afterwards."""

from samsyn.agreements.services.changing import (
    HOLDS,
    Terms,
    approve_change,
    decline_change,
    give_notice,
    propose_change,
)
from samsyn.agreements.services.importing import import_agreement
from samsyn.agreements.services.signing import (
    approve_agreement,
    publish_agreement,
    sign_agreement,
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
    "HOLDS",
    "Terms",
    "add_clause",
    "add_goal",
    "add_priority",
    "approve_agreement",
    "approve_change",
    "decline_change",
    "give_notice",
    "import_agreement",
    "propose_change",
    "publish_agreement",
    "rewrite_clause",
    "serve_goal",
    "settle_link",
    "sign_agreement",
    "write_agreement",
]
