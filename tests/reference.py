"""Writes the reference pages that are lists from the code: `make reference`. `tests/test_docs.py` holds them to it.

Who may do what is read from the rules themselves: the name of a rule is the expression it is made of.
"""

import json
import os
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
PLACE = ROOT / "docs" / "reference"
ROLES = {
    "Editor": "is_editor",
    "Approver": "is_approver",
    "Contributor": "is_contributor",
    "Reader": "is_reader",
    "Administrator": "is_administrator",
}
CONDITIONS = {  # what a rule asks beside the role, in words
    "is_own_party": "for one's own party",
    "is_of_own_party": "for one's own party",
    "is_owner": "for a measure that one's own party owns",
    "is_sender": "for what one's own party released",
    "was_sent_by_oneself": "for an invitation that one sent",
    "is_begun_by_the_municipality": "the first invitation to a party where nobody has had a title",
}
OTHERS = {"is_system": "system", "is_anyone": "everybody", "is_signed_in": "one's own account"}
OTHERS |= {"holds_its_link": "who holds the link"}
START = "<!-- Made by `make reference`; change the code, not this page. -->"


def _holds(expression: str, true: set[str]) -> bool:
    names = {name: name in true for name in _names(expression)}
    return bool(eval(expression, {"__builtins__": {}}, names))  # our own rules, and only booleans


def _names(expression: str) -> list[str]:
    return [
        one
        for one in "".join(c if c.isidentifier() or c.isdigit() else " " for c in expression).split()
        if one
    ]


def permissions() -> str:
    import rules

    from samsyn.core.permissions import registered

    table: dict[str, Any] = rules.permissions.permissions
    lines = [
        "# Who may do what",
        "",
        START,
        "",
        "A row per permission, named as its command. “yes”: the role is enough. “own”: with the condition in the last",
        "column. Everything is also limited to what the person may *see*: one's own party's private rows and what the",
        "partnership shares. Which titles carry which role: [roles](roles.md).",
        "",
        f"| Permission | {' | '.join(ROLES)} | Others and conditions |",
        f"|---|{':-:|' * len(ROLES)}---|",
    ]
    for name in sorted(registered()):
        if name.startswith("tests."):
            continue
        expression = table[name].name
        conditions = set(_names(expression)) & set(CONDITIONS)
        unknown = set(_names(expression)) - set(ROLES.values()) - set(CONDITIONS) - set(OTHERS)
        if unknown:
            raise SystemExit(f"Say in tests/reference.py what {', '.join(sorted(unknown))} means ({name}).")
        cells = []
        for role in ROLES.values():
            alone = _holds(expression, {role})
            cells.append("yes" if alone else "own" if _holds(expression, {role, *conditions}) else "")
        said = [OTHERS[one] for one in _names(expression) if one in OTHERS]
        said += sorted({CONDITIONS[one] for one in conditions})
        lines.append(f"| `{name}` | {' | '.join(cells)} | {'; '.join(said)} |")
    return "\n".join(lines) + "\n"


def roles() -> str:
    from django.utils import translation

    from samsyn.parties.models import Title

    lines = [
        "# Titles, roles and appointments",
        "",
        START,
        "",
        "A person has an *appointment*: a title with a party, in one or all of its partnerships, from a day and perhaps to",
        "a day. A title carries one role. A person may have several appointments; when they are for different parties, the",
        "person chooses where to work. An appointment that has ended stops working that day, and what the person wrote stays.",
        "",
        "| Title | In Swedish | Role | Invites others to the own party |",
        "|---|---|---|---|",
    ]
    for title in Title:
        with translation.override("en"):
            english = str(title.label)
        with translation.override("sv"):
            swedish = str(title.label)
        lines.append(f"| {english} | {swedish} | {title.role.value} | {'yes' if title.invites else ''} |")
    lines += [
        "",
        "What each role is for: an *editor* writes; an *approver* stands behind, signs and adopts; a *contributor* sees the",
        "agreement and the thread and reports on the measures of the own party; a *reader* reads what is released to the",
        "partnership; an *administrator* runs the platform and reads no content. The whole table: [permissions](permissions.md).",
    ]
    return "\n".join(lines) + "\n"


def schema() -> str:
    return (ROOT / "samsyn" / "agreements" / "schema.json").read_text()


def pages() -> dict[str, str]:
    made = {"permissions.md": permissions(), "roles.md": roles(), "agreement.schema.json": schema()}
    json.loads(made["agreement.schema.json"])
    return made


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    import django

    django.setup()
    for name, text in pages().items():
        (PLACE / name).write_text(text)
