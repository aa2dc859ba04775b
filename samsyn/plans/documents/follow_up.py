"""The follow-up report as a document."""

from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samsyn.core import printing
from samsyn.core.printing import Layout
from samsyn.core.templatetags.words import day, number, said
from samsyn.graphics.documents import Block, Facts, Heading, Paragraph, Table

Content = dict[str, Any]


def follow_up_layout(content: Content, language: str) -> Layout:
    """Who decided, the numbers, what was learned, and measure by measure what became of it."""
    period = f"{day(content['starts'])}–{day(content['ends'])}"
    facts = [
        (_("Period"), period),
        (_("Parties"), ", ".join(content["parties"])),
        (_("Decision"), _decision(content["decision"])),
    ]
    blocks: list[Block] = [Facts(facts), *_numbers(content, language)]
    blocks += [Heading(_("What we learned in all")), Paragraph(content["learned"])]
    if content["evaluated"]:
        blocks.append(Heading(_("Measures that were looked back at")))
    for one in content["evaluated"]:
        blocks += _measure(one, language)
    if content["cancelled"]:
        blocks.append(Heading(_("Cancelled with a reason")))
    for one in content["cancelled"]:
        blocks += _measure(one, language)
    blocks.append(Heading(_("Not looked back at")))
    for one in content["not_evaluated"]:
        blocks.append(Paragraph(f"{one['title']}. {one['owner']}. {said(one['state'], language)}"))
    if not content["not_evaluated"]:
        blocks.append(
            Paragraph(
                _("None: every measure of the period has been looked back at or was cancelled with a reason.")
            )
        )
    return Layout(_("Follow-up %(period)s") % {"period": period}, blocks)


def _numbers(content: Content, language: str) -> list[Block]:
    numbers = content["numbers"]
    total, cancelled = numbers["total"], numbers["cancelled"]
    told = ngettext(
        "%(number)s measure lay in the period.", "%(number)s measures lay in the period.", total
    ) % {"number": total}
    if cancelled:
        left_out = ngettext(
            "%(number)s was cancelled and is left out of the numbers below: there is nothing to follow.",
            "%(number)s were cancelled and are left out of the numbers below: there is nothing to follow.",
            cancelled,
        ) % {"number": cancelled}
        told = f"{told} {left_out}"
    as_of = _("As it stood on %(day)s.") % {"day": day(content["as_of"])}
    blocks: list[Block] = [Heading(_("In numbers")), Paragraph(f"{told} {as_of}")]
    for name, heading in (("activity", _("What is done")), ("outcome", _("What becomes different"))):
        rows = [
            [
                ("– " if row["depth"] else "") + said(row["label"], language),
                str(row["own"]),
                str(row["others"]),
            ]
            for row in numbers[name]
        ]
        blocks.append(Table([heading, _("The municipality"), _("Others")], rows))
    chosen = [(capfirst(said(one["label"], language)), str(one["number"])) for one in content["choices"]]
    chosen += [
        (_("Cancelled with a reason"), str(len(content["cancelled"]))),
        (_("Not looked back at"), str(len(content["not_evaluated"]))),
    ]
    return [*blocks, Facts(chosen)]


def _measure(told: Content, language: str) -> list[Block]:
    head = Heading(told["title"], level=2)
    facts = [(_("Who does it"), f"{told['owner']}, {told['owner_title']}")]
    evaluation = told["evaluation"]
    if evaluation is None:
        return [head, Facts([*facts, (_("Why it was cancelled"), told["why_cancelled"])])]
    facts.append(
        (
            _("Was it done?"),
            _joined(capfirst(said(evaluation["done_label"], language)), evaluation["done_text"]),
        )
    )
    if evaluation["is_cancelled"]:
        facts.append((_("Why it was cancelled"), evaluation["why_cancelled"]))
    else:
        facts.append((_("Did it help?"), _outcome(evaluation, language)))
    choice = capfirst(said(evaluation["choice_label"], language))
    facts += [
        (_("Side effects"), evaluation["side_effects"] or _("Nobody has told of any.")),
        (_("What we learned"), evaluation["learning"]),
        (_("What is chosen"), f"{choice}: {evaluation['reason']}"),
    ]
    numbers = [*_activities(evaluation), *_indicators(evaluation, language)]
    return [head, Facts(facts), *(Paragraph(line) for line in numbers)]


def _outcome(evaluation: Content, language: str) -> str:
    told = said(evaluation["outcome_label"], language)
    if not evaluation["has_outcome"]:
        told = _joined(told, _("There is no indicator of outcome."))
    elif evaluation["says_less"]:
        told = _joined(told, _("The numbers allow more; those who evaluated say less."))
    return _joined(told, evaluation["outcome_note"])


def _joined(first: str, then: str) -> str:
    return f"{first}. {then}" if then else first


def _activities(evaluation: Content) -> list[str]:
    return [
        f"{one['title']}: "
        + (
            _("nobody has counted, %(times)s planned") % {"times": one["times"]}
            if one["done"] is None
            else _("%(done)s of %(times)s") % {"done": one["done"], "times": one["times"]}
        )
        for one in evaluation["activities"]
    ]


def _indicators(evaluation: Content, language: str) -> list[str]:
    lines = []
    for one in evaluation["indicators"]:
        parts = [_value(one[name], one["unit"], label) for name, label in _series() if one[name]]
        if one.get("is_baseline_too_few"):
            parts.insert(0, f"{_('baseline')} {_('too few to show')}, {day(one['baseline_day'])}")
        elif one["baseline"]:
            parts.insert(0, f"{_('baseline')} {number(one['baseline'])}, {day(one['baseline_day'])}")
        parts.append(
            f"{_('target')} {number(one['target'])}, {day(one['target_day'])}"
            if one["target"]
            else _("no target")
        )
        lines.append(f"{one['definition']}: {'; '.join(parts)}. {said(one['said'], language)}")
    return lines


def _series() -> list[tuple[str, str]]:
    return [("own", _("own count")), ("official", _("official"))]


def _value(value: Content, unit: str, label: str) -> str:
    until = day(value["day"])
    time = f"{day(value['starts'])}–{until}" if value["starts"] else until
    if value.get("is_too_few"):
        return f"{label} {_('too few to show')}, {time}"
    interval = f" ({number(value['low'])}–{number(value['high'])})" if value["low"] else ""
    return f"{label} {number(value['value'])}{interval} {unit}".rstrip() + f", {time}"


def _decision(facts: Content) -> str:
    section = f"§ {facts['section']}" if facts["section"] else ""
    return ", ".join(
        part for part in (facts["body"], day(facts["day"]), section, facts["registration_number"]) if part
    )


printing.draws("plans.follow_up", follow_up_layout)
