"""A picture that was written elsewhere, read as findings: headings are findings, paragraphs their text.

Lines that begin with a label say more of the finding. What the file holds back is not kept here.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from samsyn.core import door
from samsyn.core.errors import Invalid
from samsyn.pictures.models import Certainty, Secrecy
from samsyn.pictures.sourcing import without_source

LONGEST = {
    "title": 200,
    "text": 6000,
    "extent": 500,
    "consequence": 500,
    "unknown": 500,
    "secrecy_ground": 300,
}
LABELS = {
    "extent": ("omfattning", "extent"),
    "consequence": ("konsekvens", "konsekvenser", "consequence"),
    "unknown": ("det vi inte vet", "vad vi inte vet", "kunskapsluckor", "what we do not know", "unknown"),
    "certainty": ("hur säkert", "säkerhet i bedömningen", "how certain"),
    "secrecy": ("sekretess", "secrecy"),
    "secrecy_ground": ("varför sekretess", "why secrecy"),
    "priority_key": ("prioritering", "priority"),
    "period": ("period",),
}
NONE_SAID = ("ingen", "ingen sekretess", "none", "no secrecy")
SECTION = re.compile(r"(\d+)\s*(?::|kap\.?)\s*(\d+)")
KEY = re.compile(r"[A-Za-z]{1,3}\d{1,3}")  # of a priority: it stands open in the database, words would not
MOST = 200  # findings in one file


@dataclass(frozen=True)
class Told:
    """A finding as the file tells it, and what stands in its way."""

    number: int
    title: str
    text: str = ""
    extent: str = ""
    consequence: str = ""
    unknown: str = ""
    certainty: str = ""
    priority_key: str = ""
    secrecy: str = ""
    secrecy_ground: str = ""
    problems: tuple[str, ...] = ()

    @property
    def numbers(self) -> list[str]:
        """Those that name no source: marked, never taken away."""
        return without_source("\n".join((self.text, self.extent, self.consequence)))

    @property
    def is_held_back(self) -> bool:
        return self.secrecy not in ("", Secrecy.NONE)

    @property
    def is_fit(self) -> bool:
        return not self.problems


@dataclass
class Arrival:
    """What the file holds."""

    period: str = ""
    title: str = ""
    findings: list[Told] = field(default_factory=list)
    passed: list[str] = field(
        default_factory=list
    )  # headings without words of their own, and text before them
    problem: str = ""

    @property
    def fit(self) -> list[Told]:
        return [one for one in self.findings if one.is_fit]


def arrival_of(content: Mapping[str, Any]) -> Arrival:
    """The findings of a Word document, or of a filled-in form. No query."""
    if "form" in content:
        return _of_form(content["form"])
    return _of_blocks(content.get("blocks", ()))


def kept_of(content: Mapping[str, Any]) -> dict[str, Any]:
    """What may be kept of the file for an hour: all but the words of what it holds back itself."""
    if "refusal" in content:
        return dict(content)
    if "form" in content:
        form = dict(content["form"])
        told = form.get("findings")
        form["findings"] = [_emptied(one) for one in told] if isinstance(told, list) else []
        return {"form": form}
    return {"blocks": _blocks_kept(content["blocks"])}


def _emptied(one: Any) -> Any:
    if not isinstance(one, dict) or _section(_said(one, "secrecy")) in (None, "", Secrecy.NONE):
        return one
    return {name: one[name] for name in ("secrecy", "secrecy_ground") if name in one}


def _blocks_kept(blocks: Sequence[Sequence[Any]]) -> list[list[Any]]:
    kept: list[list[Any]] = []
    for part in _parts(blocks):
        labels = [_labelled(str(text)) for level, text, _place in part if not level]
        held = next((text for name, text in labels if name == "secrecy"), "")
        if part[0][0] and _section(held) not in (None, "", Secrecy.NONE):
            head = [part[0][0], _("Held back"), part[0][2]]
            kept += [head, *(block for block in part[1:] if _labelled(block[1])[0].startswith("secrecy"))]
        else:
            kept += part
    return kept


def _parts(blocks: Sequence[Sequence[Any]]) -> list[list[list[Any]]]:
    """The document cut at its headings."""
    parts: list[list[list[Any]]] = []
    for level, text, place in blocks:
        if level or not parts:
            parts.append([])
        parts[-1].append([level, text, place])
    return parts


def _labelled(text: str) -> tuple[str, str]:
    """Which field a line says, and what; no field for running text."""
    label, colon, rest = text.partition(":")
    name = next((name for name, words in LABELS.items() if label.strip().casefold() in words), "")
    return (name, rest.strip()) if colon and name else ("", text)


def _of_blocks(blocks: Sequence[Sequence[Any]]) -> Arrival:
    found = Arrival()
    if not any(level for level, _text, _place in blocks):
        found.problem = _(
            "The document has no headings. Mark them with the heading styles of the program, a finding each."
        )
        return found
    for part in _parts(blocks):
        values: dict[str, list[str]] = {}
        problems: list[str] = []
        for level, text, place in part:
            name, said = ("title", text) if level else _labelled(text)
            if name == "period" and not found.findings:
                found.period = said
                continue
            values.setdefault(name if name and name != "period" else "text", []).append(said)
            problems += _persons(said, _("Paragraph %(place)d") % {"place": place})
        if not part[0][0] or not any(any(texts) for name, texts in values.items() if name != "title"):
            found.passed += [part[0][1]]
            if part[0][0] == 1 and not found.title:
                found.title = part[0][1][:150]
            continue
        joined = {name: "\n\n".join(texts) for name, texts in values.items()}
        found.findings.append(_told(len(found.findings) + 1, joined, problems))
    return _bounded(found)


def _of_form(form: Mapping[str, Any]) -> Arrival:
    told = form.get("findings")
    found = Arrival(period=_said(form, "period"), title=_said(form, "title")[:150])
    if not isinstance(told, list) or not told:
        found.problem = _("The form holds no findings. Fill in the template, and bring it again.")
        return found
    for number, one in enumerate(told, start=1):
        values = {name: _said(one, name) for name in (*LONGEST, *LABELS)} if isinstance(one, dict) else {}
        values |= {"priority_key": values.get("priority_key") or _said(one, "priority")} if values else {}
        if not any(values.values()):
            continue  # an empty place of the template
        at = _("Finding %(number)d") % {"number": number}
        problems = [problem for name in LONGEST for problem in _persons(values.get(name, ""), at)]
        found.findings.append(_told(number, values, problems))
    if not found.findings:
        found.problem = _("The form holds no findings. Fill in the template, and bring it again.")
    return _bounded(found)


def _bounded(found: Arrival) -> Arrival:
    if len(found.findings) > MOST:
        found.problem = _("The file holds more than %(most)d findings. Divide it.") % {"most": MOST}
    return found


def _said(one: Any, name: str) -> str:
    value = one.get(name, "") if isinstance(one, dict) else ""
    return str(value).strip() if isinstance(value, str | int) else ""


def _persons(text: str, place: str) -> Iterable[str]:
    try:
        door.refuse_persons(text, field="")
    except Invalid as error:
        yield f"{place}: {error}"


def _told(number: int, values: Mapping[str, str], problems: list[str]) -> Told:
    section = _section(values.get("secrecy", ""))
    ground = values.get("secrecy_ground", "")
    if section not in (None, "", Secrecy.NONE):
        if not ground:
            ground = values.get("secrecy", "").partition("–")[2].strip()
        one = Told(number, _("Held back"), secrecy=str(section), secrecy_ground=ground)
    else:
        key = values.get("priority_key", "")
        one = Told(
            number,
            values.get("title", ""),
            values.get("text", ""),
            values.get("extent", ""),
            values.get("consequence", ""),
            values.get("unknown", ""),
            certainty=_certainty(values.get("certainty", "")),
            priority_key=key if KEY.fullmatch(key) else "",
            secrecy=section or "",
        )
        if not one.title or not one.text:
            problems = [*problems, _("It lacks a heading or a text.")]
    if section is None:
        problems = [*problems, _("Its secrecy is no section that is offered here.")]
    for name, longest in LONGEST.items():
        if len(getattr(one, name)) > longest:
            problems = [
                *problems,
                _("A text is longer than %(most)d characters. Divide it.") % {"most": longest},
            ]
    return replace(one, problems=tuple(problems))


def _section(text: str) -> str | None:
    """The code of a section of the law; empty when nothing is said, None when it is none that is offered."""
    said = text.strip().casefold()
    if not said:
        return ""
    if said in NONE_SAID:
        return str(Secrecy.NONE)
    found = SECTION.search(said)
    code = f"OSL {found[1]}:{found[2]}" if found else ""
    return code if code in Secrecy.values else None


def _certainty(text: str) -> str:
    """As the form or a person writes it, in either language; uncertain when it does not say."""
    said = text.strip().casefold()
    for language in ("sv", "en"):
        with translation.override(language):
            for one in Certainty:
                if said in (one.value, str(one.label).casefold()):
                    return str(one.value)
    return str(Certainty.UNCERTAIN)
