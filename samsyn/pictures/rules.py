from samsyn.core.permissions import register
from samsyn.parties.rules import is_approver, is_editor, is_own_party, works_here

PERMISSIONS = {
    "pictures.see_pictures": works_here,
    "pictures.see_drafts": works_here,
    "pictures.start_draft": is_editor & is_own_party,
    "pictures.draft_first_picture": is_editor,
    "pictures.write_finding": is_editor,
    "pictures.rewrite_finding": is_editor,
    "pictures.drop_finding": is_editor,
    "pictures.cite_figure": is_editor,
    "pictures.renew_citation": is_editor,
    "pictures.approve_draft": works_here,
    "pictures.share_draft": is_editor,
    "pictures.open_picture": is_editor,
    "pictures.write_point": is_editor,
    "pictures.place_finding": is_editor,
    "pictures.part_source": is_editor,
    "pictures.leave_out_figure": is_editor,
    "pictures.rewrite_point": is_editor,
    "pictures.take_stance": works_here,
    "pictures.add_voice": is_editor,
    "pictures.endorse_picture": works_here,
    "pictures.adopt_picture": is_approver,
    "pictures.retract_adoption": is_approver,
    "pictures.record_review": works_here,
    "pictures.retract_review": works_here,
    "pictures.explain_gone": is_editor,
    "pictures.write_erratum": works_here,
    "pictures.drop_erratum": works_here,
    "pictures.approve_erratum": is_approver,
}
register(PERMISSIONS)
