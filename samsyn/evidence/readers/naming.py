"""What a figure of a table is called: its measure, and what the other columns narrow it to."""

import re
from typing import Final

from samsyn.evidence.readers import units
from samsyn.evidence.readers.layout import Layout, body_of, cell_of
from samsyn.evidence.readers.roles import Column, Role
from samsyn.evidence.readers.titles import from_name, tidy, without_footnote

PLAIN: Final = {
    "value",
    "värde",
    "varde",
    "antal",
    "count",
    "n",
    "number",
    "andel",
    "procent",
    "obs_value",
    "andel (%)",
    "antal (st)",
}
BRA_TOTALS: Final = re.compile(r"(?:totalt|summa|hela året|antal|per 100\s?000\b.*)$", re.I)


PEOPLE: Final = re.compile(
    r"|kön(?: och ålder)?|sex|gender|ålder\w*|age\w*|grupp\w*|bakgrund\w*|födelse\w*|årskurs|klass|svar\w*",
    re.I,
)
WHOLE: Final = re.compile(r"(?:samtlig[at]|total[at]?|summa|alla|hela)\b", re.I)


def nest(layout: Layout) -> None:
    """Texts that are set in stand under the one above: "Kvinnor", then "   16-19 år"."""
    for column in layout.having(Role.DIMENSION)[:1]:
        texts = [cell_of(row, column) for row in body_of(layout)]
        depths = [len(text) - len(text.lstrip()) for text in texts]
        if not any(depths) or all(depths):
            continue
        above: list[tuple[int, str]] = []
        for row, text, depth in zip(body_of(layout), texts, depths, strict=True):
            while above and above[-1][0] >= depth:
                above.pop()
            row[column.index : column.index + 1] = [", ".join([*(name for _, name in above), text.strip()])]
            if not WHOLE.match(text.strip()):
                above.append((depth, text.strip()))


def measure_of(layout: Layout, cells: list[str], column: Column) -> str:
    """The figure's name: stated measure or header, then what the other columns narrow it to."""
    stated = [tidy(cell_of(cells, other)) for other in layout.having(Role.MEASURE)]
    cleaned = without_footnote if layout.bra else tidy
    narrowed = [
        f"{other.header.casefold()} {text}" if text.isdecimal() and other.header else cleaned(text)
        for other in layout.having(Role.DIMENSION)
        if (text := cell_of(cells, other).strip())
    ]
    label = "" if _tells_no_measure(column) else " ".join(column.label.split())
    if (stated or narrowed) and (
        label.casefold() in PLAIN
        or (layout.bra and bool(BRA_TOTALS.match(label)))
        or _is_title(label, layout)
        or (stated and not column.period)
    ):
        label = ""
    if not stated and not label and not narrowed:
        label = str(layout.answers.get("measure", "")) or layout.topic or from_name(layout.name)
    elif not stated and not label and not layout.bra and layout.topic and _only_people(layout):
        label = layout.topic
    elif not stated and not narrowed and (label.casefold() in PLAIN or units.LIMITS.match(label)):
        label = ", ".join(part for part in (layout.topic, label) if part)
    parts = [
        *(text for text in stated if text),
        *([label] if label else []),
        *narrowed,
        *([layout.suffix] if layout.suffix else []),
    ]
    return ", ".join(parts)


def _tells_no_measure(column: Column) -> bool:
    return bool(column.month or column.quarter or column.whole or column.area)


def _only_people(layout: Layout) -> bool:
    """Whether the rows tell whose figures they are, and not what was measured."""
    return all(PEOPLE.fullmatch(column.header.strip()) for column in layout.having(Role.DIMENSION))


def _is_title(label: str, layout: Layout) -> bool:
    """PxWeb's clients put the whole table title over the figures: "Hälsa efter region, kön och år. Andel"."""
    _, efter, rest = label.casefold().partition(" efter ")
    names = [
        column.header.casefold()
        for column in layout.columns
        if column.role is not Role.VALUE and column.header
    ]
    return bool(efter) and sum(name in rest for name in names) >= 2
