"""`samsyn agreement state|check|compare`: agreement files, read without a database."""

import argparse
import json
import sys
from datetime import date
from pathlib import Path

from samsyn.agreements.comparison import ClauseText, Kind, compare
from samsyn.agreements.reading import AgreementFile, BadFile, read
from samsyn.agreements.validity import Standing, state_on


def main(arguments: list[str]) -> int:
    """0: answered. 1: a file is wrong, with its faults on standard error. 2: asked for wrongly."""
    asked = _parser().parse_args(arguments)
    try:
        match asked.act:
            case "state":
                return _state(asked)
            case "check":
                found = _read(asked.file)
                print(f"{asked.file}: {found.data['agreement']['title']}. No faults.")
                return 0
        return _compare(asked)
    except BadFile as error:
        for fault in error.faults:
            print(f"samsyn agreement: {fault}", file=sys.stderr)
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="samsyn agreement", description="Read agreement files.")
    acts = parser.add_subparsers(dest="act", required=True)
    state = acts.add_parser("state", help="the state on a day, and the rule that gives it")
    state.add_argument("file", type=Path, help="the agreement")
    state.add_argument(
        "--on", type=_day, required=True, metavar="DATE", help="the day asked about, YYYY-MM-DD"
    )
    state.add_argument("--as-known", type=_day, metavar="DATE", help="leave out what was signed later")
    state.add_argument("--successor", type=Path, metavar="FILE", help="the next agreement")
    state.add_argument("--json", action="store_true", help="the answer as JSON")
    acts.add_parser("check", help="every fault in a file").add_argument(
        "file", type=Path, help="the agreement"
    )
    both = acts.add_parser("compare", help="two agreements, clause by clause")
    both.add_argument("before", type=Path, help="the earlier one")
    both.add_argument("after", type=Path, help="the later one")
    return parser


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"“{text}” is no day. Write it as 2027-12-31.") from None


def _read(path: Path) -> AgreementFile:
    try:
        return read(path.read_bytes())
    except OSError as error:
        raise BadFile([f"{path} cannot be opened: {error.strerror}."]) from error
    except BadFile as error:
        raise BadFile([f"{path}: {fault}" for fault in error.faults]) from error


def _state(asked: argparse.Namespace) -> int:
    successors = [_read(asked.successor).facts] if asked.successor else []
    standing = state_on(_read(asked.file).facts, asked.on, as_known=asked.as_known, successors=successors)
    if asked.json:
        print(json.dumps(_as_json(standing)))
    else:
        until = f" to {standing.valid_to}" if standing.valid_to else ", no last day known"
        print(f"{standing.day}: {standing.state} ({standing.rule}). Valid from {standing.valid_from}{until}.")
    return 0


def _as_json(standing: Standing) -> dict[str, str | None]:
    def text(day: date | None) -> str | None:
        return day.isoformat() if day else None

    return {
        "day": text(standing.day),
        "as_known": text(standing.as_known),
        "state": standing.state.value,
        "rule": standing.rule,
        "valid_from": text(standing.valid_from),
        "valid_to": text(standing.valid_to),
    }


WORDS = {Kind.CHANGED: "changed", Kind.MOVED: "moved", Kind.ADDED: "new", Kind.REMOVED: "gone"}


def _compare(asked: argparse.Namespace) -> int:
    differences = compare(_clauses(_read(asked.before)), _clauses(_read(asked.after)))
    for one in differences:
        if one.kind is Kind.SAME:
            continue
        clause = one.after or one.before
        print(f"{clause.address if clause else ''}: {WORDS[one.kind]}")
        for part in one.parts:
            if part.kind != "same":
                print(f"  {'+' if part.kind == 'added' else '-'} {part.text}")
    same = sum(one.kind is Kind.SAME for one in differences)
    print(f"{same} clauses are the same, {len(differences) - same} are not.")
    return 0


def _clauses(file: AgreementFile) -> list[ClauseText]:
    return [ClauseText(one["address"], one.get("heading") or "", one["text"]) for one in file.data["clauses"]]
