"""The agreement as a document, clause by clause."""

from typing import Any

from django.utils.translation import gettext as _

from samsyn.core import printing
from samsyn.core.printing import Layout
from samsyn.core.templatetags.words import day
from samsyn.graphics.documents import Block, Facts, Heading, Paragraph, Table


def agreement_layout(content: dict[str, Any], language: str) -> Layout:
    """Parties and validity, the vision, the priorities, every clause with its address, the signatures."""
    # A copy frozen before amendments were shown holds none.
    amendments = content.get("amendments", [])
    moved = [one["valid_to"] for one in amendments if one["valid_to"]]
    last = content.get("last_day") or (moved[-1] if moved else content["valid_to"])
    until = day(last) if last else _("until further notice")
    facts = [
        (_("Parties"), ", ".join(content["parties"])),
        (_("Valid"), f"{day(content['valid_from'])} – {until}"),
    ]
    blocks: list[Block] = [Facts(facts)]
    if content["purpose"] and not content["clauses"]:
        blocks += [Heading(_("Purpose")), Paragraph(content["purpose"])]
    if content["goals"]:
        blocks.append(Heading(_("Vision goals")))
        blocks += [Paragraph(f"{goal['key']}. {goal['text']}") for goal in content["goals"]]
    if content["priorities"]:
        blocks.append(Heading(_("Priorities")))
        for priority in content["priorities"]:
            blocks += [Heading(f"{priority['key']}. {priority['title']}", level=2)]
            blocks += [Paragraph(priority["problem"])] if priority["problem"] else []
    if content["clauses"]:
        blocks.append(Heading(_("Clauses")))
    for clause in content["clauses"]:
        heading = f"{clause['heading']} ({clause['address']})" if clause["heading"] else clause["address"]
        blocks += [Heading(heading, level=2), Paragraph(clause["text"])]
    if amendments:
        blocks.append(Heading(_("Amendments")))
    for one in amendments:
        blocks += [
            Heading(_("From %(day)s") % {"day": day(one["from_day"])}, level=2),
            Paragraph(one["text"]),
        ]
    if content["signatures"]:
        columns = [_("Party"), _("Name"), _("Title"), _("Signed on")]
        rows = [
            [one["party"], one["name"] or _("not stated"), one["title"] or _("not stated"), day(one["day"])]
            for one in content["signatures"]
        ]
        blocks += [Heading(_("Signatures")), Table(columns, rows)]
    return Layout(content["title"], blocks)


printing.draws("agreements.agreement", agreement_layout)
