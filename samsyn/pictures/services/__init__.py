"""From two private drafts to one adopted picture."""

from samsyn.pictures.services.adopting import adopt_picture, endorse_picture, retract_adoption
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
from samsyn.pictures.services.reviewing import explain_gone, record_review, retract_review
from samsyn.pictures.services.settling import archive_draft, weed_draft

__all__ = [
    "add_voice",
    "adopt_picture",
    "approve_draft",
    "approve_erratum",
    "archive_draft",
    "cite_figure",
    "draft_first_picture",
    "drop_erratum",
    "drop_finding",
    "endorse_picture",
    "explain_gone",
    "leave_out_figure",
    "open_picture",
    "part_source",
    "place_finding",
    "record_review",
    "renew_citation",
    "retract_adoption",
    "retract_review",
    "rewrite_finding",
    "rewrite_point",
    "share_draft",
    "start_draft",
    "take_stance",
    "weed_draft",
    "write_erratum",
    "write_finding",
    "write_point",
]
