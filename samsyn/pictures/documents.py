"""The adopted picture as a document."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samsyn.core import printing
from samsyn.core.law import cited
from samsyn.core.printing import Layout
from samsyn.core.templatetags.words import day
from samsyn.graphics.documents import Block, Facts, Heading, Paragraph, Quote
from samsyn.pictures import staff
from samsyn.pictures.models import Certainty


def picture_layout(content: dict[str, Any], language: str) -> Layout:
    """Who stands behind it, then finding by finding with what it rests on and how the parties see it."""
    facts = [
        (_("Covers"), content["scope"]),
        (_("Parties"), ", ".join(content["parties"])),
        (_("The council stood behind it"), _decision(content["endorsement"])),
        (_("Adopted"), _decision(content["decision"])),
    ]
    blocks: list[Block] = [Facts([pair for pair in facts if pair[1]])]
    blocks += _errata(content.get("errata", []))
    if len(content["points"]) > 1:
        blocks.append(Heading(_("In short")))
        blocks += [
            Paragraph(f"{number}. {_titled(point)}")
            for number, point in enumerate(content["points"], start=1)
        ]
    blocks += _order(content)
    for number, point in enumerate(content["points"], start=1):
        blocks += _point(point, number=number, language=language)
    title = _("Situational picture %(period)s") % {"period": content["period"]}
    return Layout(title, blocks)


def _order(content: dict[str, Any]) -> list[Block]:
    """Which findings come first and why; nothing in pictures of before, and where no order was chosen."""
    ranking = content.get("ranking")
    if not ranking:
        return []
    said = {"party": ranking["party_name"], "day": day(ranking["day"])}
    return [
        Heading(_("Which findings come first")),
        *(Paragraph(f"{place}. {_titled(one)}") for place, one in enumerate(ranking["order"], start=1)),
        Paragraph(ranking["reason"]),
        Paragraph(_("The order was recorded by %(party)s, %(day)s.") % said),
    ]


def _errata(errata: list[dict[str, Any]]) -> list[Block]:
    """Corrections stand first: whoever reads on has read them."""
    blocks: list[Block] = [Heading(_("Corrections"))] if errata else []
    for one in errata:
        about = one["title"] or _("The picture as a whole")
        blocks += [
            Heading(f"{day(one['day'])}: {about}", level=2),
            Facts([(_("There stands:"), one["wrong"]), (_("Right is:"), one["right"])]),
        ]
    return blocks


def _titled(finding: dict[str, Any]) -> str:
    """What it is called; of one that was held back, under which section of the law, and nothing else."""
    if finding.get("held_back"):
        return _("Held back under %(section)s") % {"section": cited(finding["section"])}
    return str(finding["title"])


def _point(point: dict[str, Any], *, number: int, language: str) -> list[Block]:
    if point.get("held_back"):
        return [Heading(f"{number}. {_titled(point)}"), Paragraph(_("Its party does not publish it."))]
    facts = [
        (_("Priority"), point["priority"]),
        (_("Extent"), point["extent"]),
        (_("Consequence"), point["consequence"]),
        (_("What we do not know"), point.get("unknown", "")),
        (_("How certain"), str(Certainty(point["certainty"]).label)),
    ]
    blocks: list[Block] = [
        Heading(f"{number}. {point['title']}"),
        Paragraph(point["text"]),
        Facts([pair for pair in facts if pair[1]]),
    ]
    for figure in point["figures"]:
        blocks += printing.figure_blocks(figure, language)
    if rested := staff.lines_of(point):
        blocks.append(Facts([(_("What staff said"), line) for line in rested]))
    for voice in point["voices"]:
        blocks += _voice(voice)
    for stance in point["stances"]:
        if stance["position"] == "differs":
            said = {"party": stance["party_name"]}
            blocks += [
                Heading(_("%(party)s sees it differently") % said, level=2),
                Quote(stance["note"]),
            ]
    return blocks


def _voice(voice: dict[str, Any]) -> list[Block]:
    counted = ngettext(
        "%(heard)d answer to “%(question)s” is about %(theme)s.",
        "%(heard)d answers to “%(question)s” are about %(theme)s.",
        voice["heard"],
    ) % {"heard": voice["heard"], "question": voice["question"], "theme": voice["title"]}
    return [Paragraph(counted), *(Quote(quote) for quote in voice["quotes"])]


def _decision(facts: dict[str, Any] | None) -> str:
    if not facts:
        return ""
    section = f"§ {facts['section']}" if facts["section"] else ""
    return ", ".join(
        part for part in (facts["body"], day(facts["day"]), section, facts["registration_number"]) if part
    )


printing.draws("pictures.picture", picture_layout)
