from samsyn.core.actors import Actor
from samsyn.core.permissions import predicate, register
from samsyn.evidence.models import EvidenceRequest
from samsyn.parties.rules import (
    is_approver,
    is_contributor,
    is_editor,
    is_for_the_municipality,
    is_system,
    works_here,
)


@predicate
def is_asked(actor: Actor, request: EvidenceRequest) -> bool:
    """One's own party is. Whoever contributes sees only what is asked of their own title."""
    return isinstance(request, EvidenceRequest) and actor.party_id == request.party_id


@predicate
def is_of_who_asked(actor: Actor, request: EvidenceRequest) -> bool:
    return isinstance(request, EvidenceRequest) and actor.party_id == request.asker_id


PERMISSIONS = {
    "evidence.see_evidence": works_here,
    "evidence.see_population": works_here,
    "evidence.receive_file": is_editor,
    "evidence.answer_questions": is_editor,
    "evidence.record_reading": is_editor,
    "evidence.discard_file": is_editor,
    "evidence.accept_dataset": is_editor,
    "evidence.remember_mapping": is_editor,
    "evidence.enter_population": is_editor,
    "evidence.import_population": is_editor,
    "evidence.take_fetched_population": is_editor,
    "evidence.order_figure": is_editor,
    "evidence.record_figure": is_editor,
    "evidence.refuse_figure": is_editor,
    "evidence.discard_order": is_editor,
    "evidence.record_revision": is_editor,
    "evidence.check_figure": works_here,
    "evidence.follow_source": is_editor,
    "evidence.unfollow_source": is_editor,
    "evidence.keep_fetch": is_editor,
    "evidence.record_export": works_here,
    "evidence.record_fault": is_editor,
    "evidence.change_policy": is_approver,
    "evidence.state_origin": is_editor,
    "evidence.record_pattern": works_here,
    "evidence.keep_template": is_editor & is_for_the_municipality,
    "evidence.drop_template": is_editor & is_for_the_municipality,
    "evidence.keep_outlines": is_editor,
    "evidence.see_requests": works_here | is_contributor,
    "evidence.see_request": works_here | is_contributor,
    "evidence.ask_for_evidence": works_here,
    "evidence.reply_to_request": (works_here | is_contributor) & is_asked,
    "evidence.withdraw_request": works_here & is_of_who_asked,
    "evidence.remind_of_request": is_system,
    "evidence.drop_outlines": is_editor,
    "evidence.use_outlines": is_editor,
    "evidence.open_outlines": is_editor,
}
register(PERMISSIONS)
