"""The decided plan as a document, and the police's part of it."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from samsyn.core import printing
from samsyn.core.printing import Layout
from samsyn.core.templatetags.words import day
from samsyn.graphics.documents import Block, Facts, Heading, Paragraph, Table
from samsyn.plans.models import Measure


def plan_layout(content: dict[str, Any], language: str) -> Layout:
    """Who decided and on what it rests, then measure by measure; those that ride along for themselves."""
    picture = content["picture"] or {}
    facts = [
        (_("Period"), _span(content)),
        (_("Parties"), ", ".join(content["parties"])),
        (_("Rests on"), _("the picture %(period)s") % {"period": picture.get("period", "")}),
        (_("The council stood behind it"), _endorsed(content)),
        (_("Decided"), _decision(content["decision"])),
        (_("Follows"), content["follows"]),
    ]
    blocks: list[Block] = [Facts([pair for pair in facts if pair[1]])]
    own = [one for one in content["measures"] if one["counts"]]
    others = [one for one in content["measures"] if not one["counts"]]
    blocks += [Heading(_("The municipality's measures")), *_measures(own)]
    if others:
        blocks += [
            Heading(_("Measures that ride along")),
            Paragraph(
                _("Others do these. They never count for the law's 5 §; the police decide their own part.")
            ),
            *_measures(others),
        ]
    return Layout(content["title"], [*blocks, *_referrals(content["referrals"])])


def police_layout(content: dict[str, Any], language: str) -> Layout:
    """The police's own decision on their own measures."""
    facts = Facts([(_("Period"), _span(content)), (_("Decided"), _decision(content["decision"]))])
    title = _("The police's part of %(plan)s") % {"plan": content["title"]}
    return Layout(title, [facts, *_measures(content["measures"])])


def _measures(found: Iterable[dict[str, Any]]) -> list[Block]:
    blocks: list[Block] = []
    for one in found:
        facts = [
            (_("Answers"), "; ".join(one["answers"])),
            (_("Cause that it changes"), one["cause"]),
            (_("Operative goals"), one["goal"]),
            (_("Who does it"), ", ".join(part for part in (one["owner"], one["owner_title"]) if part)),
            (_("Others who do their part"), ", ".join(one["partners"])),
            (_("Kind"), str(Measure.Kind(one["kind"]).label)),
            (_("Time"), _span(one)),
            (_("Followed up by"), day(one["follow_up"])),
            (_("Serves"), "; ".join(one["serves"])),
            (_("Cost in kronor"), "" if one["cost_sek"] is None else str(one["cost_sek"])),
            (_("Who pays"), one["funding"]),
        ]
        blocks += [
            Heading(one["title"], level=2),
            Paragraph(one["text"]),
            Facts([pair for pair in facts if pair[1]]),
        ]
    return blocks


def _referrals(found: list[dict[str, Any]]) -> list[Block]:
    if not found:
        return []
    heads = [_("To whom"), _("Sent on"), _("Answered on"), _("What became of it")]
    rows = [
        [
            one["receiver"],
            day(one["sent_on"]),
            day(one["answered_on"]) if one["answered_on"] else _("no answer"),
            one["outcome"],
        ]
        for one in found
    ]
    return [Heading(_("Referred to those concerned")), Table(heads, rows)]


def _span(content: dict[str, Any]) -> str:
    return f"{day(content['starts'])}–{day(content['ends'])}"


def _endorsed(content: dict[str, Any]) -> str:
    return (
        _("not asked: the body decided without")
        if content["is_decided_alone"]
        else _decision(content["endorsement"])
    )


def _decision(facts: dict[str, Any] | None) -> str:
    if not facts:
        return ""
    section = f"§ {facts['section']}" if facts["section"] else ""
    return ", ".join(
        part for part in (facts["body"], day(facts["day"]), section, facts["registration_number"]) if part
    )


printing.draws("plans.plan", plan_layout)
printing.draws("plans.police_part", police_layout)
