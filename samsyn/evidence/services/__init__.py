"""What can be done with evidence: take in files, enter population, make figures."""

from samsyn.evidence.services.cells import cells_of, forget_file, put_aside, refusal_said
from samsyn.evidence.services.disclosure import (
    change_policy,
    disclosure_proof,
    record_pattern,
    state_origin,
)
from samsyn.evidence.services.exports import DRAWN, KINDS, TEMPLATED, Form, Leaving, record_export, warnings
from samsyn.evidence.services.figures import (
    check_figure,
    discard_order,
    order_figure,
    record_figure,
    refuse_figure,
)
from samsyn.evidence.services.files import (
    accept_dataset,
    answer_questions,
    discard_file,
    receive_file,
    record_reading,
    remember_mapping,
)
from samsyn.evidence.services.outlines import (
    OutlinesRead,
    Terms,
    WaitingOutlines,
    drop_outlines,
    forget_outlines,
    keep_outlines,
    open_outlines,
    read_layers,
    read_outlines,
    use_outlines,
    waiting_outlines,
)
from samsyn.evidence.services.populations import (
    enter_population,
    import_population,
    take_fetched_population,
)
from samsyn.evidence.services.prose import prose_of
from samsyn.evidence.services.requests import (
    ask_for_evidence,
    remind_of_request,
    reply_to_request,
    withdraw_request,
)
from samsyn.evidence.services.revisions import record_revision
from samsyn.evidence.services.sources import follow_source, keep_fetch, record_fault, unfollow_source
from samsyn.evidence.services.templates import LookedThrough, drop_template, keep_template, look_through

__all__ = [
    "DRAWN",
    "KINDS",
    "TEMPLATED",
    "Form",
    "Leaving",
    "LookedThrough",
    "OutlinesRead",
    "Terms",
    "WaitingOutlines",
    "accept_dataset",
    "answer_questions",
    "ask_for_evidence",
    "cells_of",
    "change_policy",
    "check_figure",
    "discard_file",
    "discard_order",
    "disclosure_proof",
    "drop_outlines",
    "drop_template",
    "enter_population",
    "follow_source",
    "forget_file",
    "forget_outlines",
    "import_population",
    "keep_fetch",
    "keep_outlines",
    "keep_template",
    "look_through",
    "open_outlines",
    "order_figure",
    "prose_of",
    "put_aside",
    "read_layers",
    "read_outlines",
    "receive_file",
    "record_export",
    "record_fault",
    "record_figure",
    "record_pattern",
    "record_reading",
    "record_revision",
    "refusal_said",
    "refuse_figure",
    "remember_mapping",
    "remind_of_request",
    "reply_to_request",
    "state_origin",
    "take_fetched_population",
    "unfollow_source",
    "use_outlines",
    "waiting_outlines",
    "warnings",
    "withdraw_request",
]
