"""The methods without Python code and without the platform: ``python -m samsyn.analysis``."""

from __future__ import annotations

import argparse
import csv
import json
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, NoReturn

from samsyn.analysis.catalogue import GROUPS, METHODS
from samsyn.analysis.errors import Unusable
from samsyn.analysis.registry import Method
from samsyn.analysis.results import as_plain

# What only Python can make: tables with their sums, and rules of hiding.
PYTHON_ONLY = {"system", "policy", "table", "tables", "earlier"}
NEIGHBOURS = ("on_grid", "within", "nearest", "touching")
WORDS = {"": None, "true": True, "false": False}
ASKED_WRONGLY = 2


class Wrong(Exception):
    """What was asked for cannot be done; a sentence that says what to do instead."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command. Exit codes: 0 done, 2 asked for wrongly; the answer is on standard output.

    >>> main(["run", "rate", "--json", '{"count": -1, "population": 5}'])
    2
    """
    asked = _parser().parse_args(arguments)
    act: Callable[[argparse.Namespace], str] = asked.act
    try:
        print(act(asked))
    except Wrong as wrong:
        print(f"samsyn.analysis: {wrong}", file=sys.stderr)
        return ASKED_WRONGLY
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m samsyn.analysis", description="Statistics for small places and small numbers."
    )
    acts = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")
    one = acts.add_parser("list", help="list the methods by question")
    one.set_defaults(act=_list)
    one = acts.add_parser("describe", help="say what a method answers, takes and rests on")
    one.add_argument("method", metavar="METHOD")
    one.set_defaults(act=_describe)
    one = acts.add_parser(
        "run",
        help="run a method and print its answer as JSON",
        description="Run a method and print its answer as JSON. Missing values are null, no limit is “inf”.",
    )
    one.add_argument("method", metavar="METHOD")
    one.add_argument("--json", metavar="TEXT", help="parameters as a JSON object; - reads standard input")
    one.add_argument(
        "--csv",
        metavar="FILE",
        help="a column per parameter, named in the first row; a name that comes again makes a table, "
        "an empty cell is missing",
    )
    one.set_defaults(act=_run)
    return parser


def _list(asked: argparse.Namespace) -> str:
    width = max(map(len, METHODS))
    lines = []
    for title, methods in GROUPS.items():
        lines += ["", title, *(f"  {one.name:<{width}}  {one.question}" for one in methods)]
    return "\n".join(lines[1:])


def _describe(asked: argparse.Namespace) -> str:
    method = _method(asked.method)
    lines = [f"{method.name}, version {method.version}: {method.question}", ""]
    for one in method.parameters:
        unit = f", {one.unit}" if one.unit and one.unit not in one.meaning else ""
        lines.append(f"  {one.name}: {one.meaning}{unit}{' (needed)' if one.required else ''}")
    marks = [(method.heavy, "It may take more than a second."), (method.seeded, "It draws from a seed.")]
    lines += ["", f"Source: {method.source}.", *(said for is_so, said in marks if is_so)]
    if _python_only(method):
        lines.append("It takes tables that only Python can make, and cannot be run from here.")
    return "\n".join([*lines, f"More: docs/reference/methods/{method.page}, section {method.name}."])


def _run(asked: argparse.Namespace) -> str:
    method = _method(asked.method)
    if _python_only(method):
        raise Wrong(f"{method.name} takes tables that only Python can make. See its page: {method.page}.")
    if asked.json is None and asked.csv is None:
        raise Wrong(f"Give the parameters with --json or --csv. {_takes(method)}")
    given = {**(_columns(asked.csv) if asked.csv else {}), **(_object(asked.json) if asked.json else {})}
    known = [one.name for one in method.parameters]
    if strange := [name for name in given if name not in known]:
        raise Wrong(f"{method.name} has no parameter “{strange[0]}”. {_takes(method)}")
    if missing := [one.name for one in method.parameters if one.required and one.name not in given]:
        raise Wrong(f"{method.name} needs {' and '.join(missing)}. {_takes(method)}")
    try:
        answer = method.load()(**{name: _made(name, value) for name, value in given.items()})
    except Unusable as unusable:
        raise Wrong(str(unusable)) from None
    except (TypeError, ValueError, LookupError, ArithmeticError) as error:
        raise Wrong(f"{method.name} cannot use these values: {error}. {_takes(method)}") from None
    return json.dumps(as_plain(answer), ensure_ascii=False, indent=2, allow_nan=False)


def _method(name: str) -> Method:
    if name not in METHODS:
        raise Wrong(f"There is no method “{name}”. “list” shows those there are.")
    return METHODS[name]


def _python_only(method: Method) -> bool:
    return bool(PYTHON_ONLY & {one.name for one in method.parameters})


def _takes(method: Method) -> str:
    return f"It takes {', '.join(one.name for one in method.parameters)}."


def _object(text: str) -> dict[str, Any]:
    def refuse(word: str) -> NoReturn:
        raise Wrong(f"JSON has no {word}; a missing value is null.")

    try:
        given = json.loads(sys.stdin.read() if text == "-" else text, parse_constant=refuse)
    except json.JSONDecodeError as error:
        raise Wrong(f"This is not JSON: {error}.") from None
    if not isinstance(given, dict):
        raise Wrong('The parameters are an object, such as {"count": 7, "population": 6900}.')
    return given


def _columns(name: str) -> dict[str, Any]:
    """The columns of a table with commas, or with semicolons and then decimal commas too."""
    try:
        text = Path(name).read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise Wrong(f"{name} cannot be read as text in UTF-8: {error}.") from None
    first = text.partition("\n")[0]
    separator = ";" if ";" in first else ","
    head, *rows = csv.reader(text.splitlines(), delimiter=separator) if text.strip() else [[]]
    rows = [row for row in rows if row]
    if not rows:
        raise Wrong(f"{name} needs a row with the names of the parameters, and rows below it.")
    if uneven := [number for number, row in enumerate(rows, start=2) if len(row) != len(head)]:
        raise Wrong(f"Row {uneven[0]} of {name} has another number of cells than the first row.")
    titles = [title.strip() for title in head]
    found: dict[str, Any] = {}
    for title in dict.fromkeys(titles):
        places = [place for place, one in enumerate(titles) if one == title]
        cells = [[_cell(row[place], title, separator) for place in places] for row in rows]
        found[title] = cells if len(places) > 1 else [one for (one,) in cells]
    return found


def _cell(text: str, column: str, separator: str) -> float | bool | None:
    word = text.strip()
    if word.lower() in WORDS:
        return WORDS[word.lower()]
    try:
        return float(word.replace(",", ".") if separator == ";" else word)
    except ValueError:
        raise Wrong(f"“{word}” in column {column} is not a number.") from None


def _made(name: str, value: Any) -> Any:
    """A parameter as its method takes it."""
    if name == "neighbours":
        return _neighbours(value)
    if name in ("noise", "count_noise"):
        return _noise(value)
    return _numbers(value) if isinstance(value, list) else value


def _numbers(value: Any) -> Any:
    """Missing values inside lists are NaN."""
    if isinstance(value, list):
        return [_numbers(one) for one in value]
    return float("nan") if value is None else value


def _noise(value: Any) -> Any:
    from samsyn.analysis.noise import CellNoise

    if not (
        isinstance(value, dict) and {"variance", "largest"} <= set(value) <= {"variance", "largest", "cells"}
    ):
        raise Wrong('Say what the noise is, such as {"variance": 2, "largest": 5}, and perhaps "cells".')
    return CellNoise(**value)


def _neighbours(value: Any) -> Any:
    from samsyn.analysis.places import neighbours

    if not (isinstance(value, Mapping) and len(value) == 1 and (way := next(iter(value))) in NEIGHBOURS):
        raise Wrong(
            f'Say how places are neighbours, such as {{"on_grid": [3, 3]}}: one of {", ".join(NEIGHBOURS)}.'
        )
    given = value[way]
    return getattr(neighbours, way)(*([given] if way == "touching" else given))
