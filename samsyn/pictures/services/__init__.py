"""From two private drafts to one adopted picture."""

from samsyn.pictures.services.adopting import adopt_picture, endorse_picture, retract_adoption
from samsyn.pictures.services.arriving import (
    discard_picture_file,
    receive_picture_file,
    record_picture_file,
    share_file,
    take_into_draft,
)
from samsyn.pictures.services.causes import confirm_cause, drop_cause, rewrite_cause, state_cause
from samsyn.pictures.services.correcting import approve_erratum, drop_erratum, write_erratum
from samsyn.pictures.services.drafting import (
    approve_draft,
    cite_figure,
    drop_finding,
    renew_citation,
    rewrite_finding,
    share_draft,
    start_draft,
    write_finding,
    write_notes,
)
from samsyn.pictures.services.first_picture import draft_first_picture
from samsyn.pictures.services.merging import (
    add_voice,
    leave_out_figure,
    open_picture,
    part_source,
    place_finding,
    rewrite_point,
    take_stance,
    write_point,
)
from samsyn.pictures.services.next_picture import draft_next_picture
from samsyn.pictures.services.ranking import choose_order, score_point, weigh_criteria
from samsyn.pictures.services.reviewing import explain_gone, record_review, retract_review
from samsyn.pictures.services.secrecy import decide_for_point, decide_on_secrecy
from samsyn.pictures.services.settling import archive_draft, weed_draft
from samsyn.pictures.services.staff import (
    cite_staff_dialogues,
    drop_staff_dialogue,
    record_staff_dialogue,
    rewrite_staff_dialogue,
)

__all__ = [
    "add_voice",
    "adopt_picture",
    "approve_draft",
    "approve_erratum",
    "archive_draft",
    "choose_order",
    "cite_figure",
    "cite_staff_dialogues",
    "confirm_cause",
    "decide_for_point",
    "decide_on_secrecy",
    "discard_picture_file",
    "draft_first_picture",
    "draft_next_picture",
    "drop_cause",
    "drop_erratum",
    "drop_finding",
    "drop_staff_dialogue",
    "endorse_picture",
    "explain_gone",
    "leave_out_figure",
    "open_picture",
    "part_source",
    "place_finding",
    "receive_picture_file",
    "record_picture_file",
    "record_review",
    "record_staff_dialogue",
    "renew_citation",
    "retract_adoption",
    "retract_review",
    "rewrite_cause",
    "rewrite_finding",
    "rewrite_point",
    "rewrite_staff_dialogue",
    "score_point",
    "share_draft",
    "share_file",
    "start_draft",
    "state_cause",
    "take_into_draft",
    "take_stance",
    "weed_draft",
    "weigh_criteria",
    "write_erratum",
    "write_finding",
    "write_notes",
    "write_point",
]
