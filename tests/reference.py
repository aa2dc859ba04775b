"""Writes the reference pages that are lists from the code: `make reference`. `tests/test_docs.py` holds them to it.

Who may do what is read from the rules themselves: the name of a rule is the expression it is made of.
"""

import argparse
import json
import os
from importlib import import_module
from pathlib import Path
from typing import Any, cast
from unittest.mock import patch

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
    "is_for_the_municipality": "for the municipality",
    "is_asked": "of whose party it is asked",
    "is_of_who_asked": "for the party that asked",
    "is_owner": "for a measure that one's own party owns",
    "owns_its_measure": "for a measure that one's own party owns",
    "is_of_the_municipality": "of the municipality",
    "is_of_the_police": "of the police",
    "answers_for_its_measure": "for a measure of one's own party, or of an outside owner",
    "is_sender": "for what one's own party released",
    "was_sent_by_oneself": "for an invitation that one sent",
    "is_begun_by_the_municipality": "the first invitation to a party where nobody has had a title",
}
OTHERS = {"is_system": "system", "is_anyone": "everybody", "is_signed_in": "one's own account"}
OTHERS |= dict.fromkeys(("holds_its_link", "holds_the_link"), "who holds the link")
AFTER_THE_LIST = """\
How well the intervals hold what they promise, with few events and with many: [coverage](../coverage.md).
A first walk through six of them on made-up data, to read or to run: [a notebook](../../tutorial/small-numbers.ipynb).

## On its own

The methods need neither the platform nor its packages: `pip install .` in a copy of the project installs NumPy, SciPy, Numba and HiGHS and no
more. They can be asked without writing Python:

```console
$ .venv/bin/python -m samsyn.analysis run rate --json '{"count": 7, "population": 6900, "per": 1000}'
{
  "count": 7.0,
  "population": 6900.0,
  "rate": 1.01…,
  "low": 0.40…,
  "high": 2.09…,
  "per": 1000,
  "level": 0.95,
  "limits": "exact",
  "few": true
}
$ printf 'counts,exposure\\n12,1000\\n9,1000\\n11,1000\\n10,1000\\n60,1000\\n' > places.csv
$ .venv/bin/python -m samsyn.analysis run funnel --csv places.csv --json '{"per": 1000}'
{
  …
  "verdicts": [
    "cannot_say",
    "cannot_say",
    "cannot_say",
    "cannot_say",
    "more"
  ]
}
```

`list` shows the methods by question and `describe METHOD` what one takes. In the CSV a column is a parameter; a name that comes again makes
a table (`points,points,times`), and an empty cell is a missing value. Other parameters go in `--json`, where lists are allowed too and
neighbours are said as `{"on_grid": [3, 3]}`. The answer is JSON: a missing number is `null`, no limit is `"inf"`. What cannot be done is
said in a sentence, with exit code 2.""".splitlines()
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


class _Asked(Exception):
    """Carries the parser of a command out of the command."""


def parser_of(command: str) -> argparse.ArgumentParser:
    """What a command accepts, from the command itself, stopped before it does anything."""
    from samsyn.config.cli import COMMANDS

    def stop(parser: argparse.ArgumentParser, *_: Any, **__: Any) -> None:
        raise _Asked(parser)

    run = import_module(f"samsyn.config.cli.{COMMANDS[command][0]}").main
    with patch.object(argparse.ArgumentParser, "parse_args", stop):
        try:
            run([])
        except _Asked as asked:
            return cast(argparse.ArgumentParser, asked.args[0])
    raise SystemExit(f"samsyn {command} reads no arguments.")


def _accepted(parser: argparse.ArgumentParser, before: str = "") -> list[str]:
    """A row per argument; those of an act below a command with the act in front."""
    rows = []
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            told = {one.dest: one.help for one in action._choices_actions}
            for name, below in action.choices.items():
                rows += [f"| `{before}{name}` | {told[name]} |", *_accepted(below, f"{before}{name} ")]
        elif not isinstance(action, argparse._HelpAction):
            word = str(action.metavar or action.dest.upper())
            value = "" if action.nargs == 0 else f" {word}" if action.option_strings else word
            said = f"{action.help or ''}{' (needed)' if action.option_strings and action.required else ''}"
            rows.append(f"| `{before}{', '.join(action.option_strings)}{value}` | {said.strip()} |")
    return rows


def command_line() -> str:
    from samsyn.config.cli import COMMANDS

    lines = ["# The command line", "", START, ""]
    lines += [
        "`samsyn COMMAND --help` says the same. Exit codes: 0 done, 1 it could not be done, 2 asked for wrongly."
    ]
    lines += ["What differs between machines is set in the environment: [settings](settings.md)."]
    for name, (_, said) in COMMANDS.items():
        lines += ["", f"## `samsyn {name}`", "", f"{said[0].upper()}{said[1:]}."]
        if rows := _accepted(parser_of(name)):
            lines += ["", "| Argument | What it does |", "|---|---|", *rows]
    return "\n".join(lines) + "\n"


def methods() -> str:
    """Every method by its question; `tests/test_method_pages.py` holds the pages themselves to the registry."""
    from samsyn.analysis.catalogue import GROUPS

    lines = [
        "# The methods, by question",
        "",
        START,
        "",
        "Ask the question first, then read when *not* to use its method. Every section has the formula, the source, what the answer",
        "contains, what *too few to say* means there, and an example that runs, often with its figure. None of the methods says more or fewer until the",
        "numbers force it to: [when the numbers are small](../../explanation/small-numbers.md).",
        "",
        "`from samsyn.analysis import METHODS` is the same list in Python, with every parameter and its unit. “heavy”: it may take",
        "more than a second. “seeded”: it draws, and the same seed gives the same answer.",
    ]
    for title, some in GROUPS.items():
        lines += ["", f"## {title}", "", "| Question | Method | Note |", "|---|---|---|"]
        for one in some:
            marks = [word for word, said in (("heavy", one.heavy), ("seeded", one.seeded)) if said]
            link = f"[`{one.name}`]({one.page}#{one.name})"
            lines.append(f"| {one.question} | {link} | {', '.join(marks)} |")
    return "\n".join([*lines, "", *AFTER_THE_LIST]) + "\n"


def schema() -> str:
    return (ROOT / "samsyn" / "agreements" / "schema.json").read_text()


def pages() -> dict[str, str]:
    made = {"permissions.md": permissions(), "roles.md": roles(), "agreement.schema.json": schema()}
    made["command-line.md"] = command_line()
    made["methods/README.md"] = methods()
    json.loads(made["agreement.schema.json"])
    return made


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    import django

    django.setup()
    for name, text in pages().items():
        (PLACE / name).write_text(text)
