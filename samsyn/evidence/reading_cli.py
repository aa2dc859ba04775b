"""`samsyn read`: how a table file is understood, printed and not stored."""

import argparse
import csv
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from samsyn.evidence.readers.messages import in_english
from samsyn.evidence.readers.table import COLUMNS, Reading, Refusal, Row, row_texts
from samsyn.evidence.sandbox import read_in_sandbox, read_layers_in_sandbox

SHOWN: Final = 40
WIDEST: Final = 44


def main(argv: list[str]) -> int:
    """Exit codes: 0 read (perhaps with questions), 1 refused, 2 asked for wrongly."""
    options = _parser().parse_args(argv)
    path = Path(options.file)
    if not path.is_file():
        print(f"samsyn read: there is no file “{options.file}”.", file=sys.stderr)
        return 2
    try:
        answers = _answers(options.answer) | ({"layer": options.layer} if options.layer else {})
        reading = read_in_sandbox(path, name=path.name, source=options.source, answers=answers)
    except Refusal as refusal:
        _print_refusal(refusal, as_json=options.json)
        if "layer" in (refusal.params.get("key"), refusal.code.removeprefix("which_")):
            _print_layers(path)
        return 1
    except ValueError as error:
        print(f"samsyn read: {error}", file=sys.stderr)
        return 2
    show = _print_json if options.json else _print_csv if options.csv else _print_text
    try:
        show(reading)
    except BrokenPipeError:  # `samsyn read FILE | head`
        sys.stderr.close()
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="samsyn read", description="Show how a table file is understood, without storing it."
    )
    parser.add_argument("file", metavar="FILE", help="the table file")
    parser.add_argument("--source", metavar="NAME", help="whose file it is: bra, scb, kolada …")
    parser.add_argument("--layer", metavar="NAME", help="which layer of a file with areas")
    parser.add_argument(
        "--answer",
        action="append",
        default=[],
        metavar="KEY=VALUE",
        help="answer a question, such as period=2023; a value may be JSON",
    )
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="everything, as JSON")
    form.add_argument("--csv", action="store_true", help="the rows as CSV, notes on standard error")
    return parser


def _print_layers(path: Path) -> None:
    """What there is to choose from, a layer a line."""
    print("Choose one with --layer NAME:", file=sys.stderr)
    try:
        for one in read_layers_in_sandbox(path, name=path.name):
            columns = ", ".join(header for header, _samples in one.columns)
            what = one.refusal or f"{one.areas} areas, {one.others} points or lines; columns: {columns}"
            print(f"  {one.name}: {what}", file=sys.stderr)
    except Refusal as refusal:
        _print_refusal(refusal, as_json=False)


def _answers(pairs: Sequence[str]) -> dict[str, Any]:
    answers: dict[str, Any] = {}
    for pair in pairs:
        key, equals, value = pair.partition("=")
        if not equals:
            raise ValueError(f"“{pair}” is no KEY=VALUE.")
        answers[key] = json.loads(value) if value[:1] in '[{"' else value
    return answers


def _print_refusal(refusal: Refusal, *, as_json: bool) -> None:
    if as_json:
        plain = {
            "code": refusal.code,
            "where": refusal.where,
            "params": refusal.params,
            "text": in_english(refusal),
        }
        print(json.dumps({"refusal": plain}, ensure_ascii=False))
    where = f" ({refusal.where})" if refusal.where else ""
    print(f"samsyn read: refused{where}: {in_english(refusal)}", file=sys.stderr)


def _print_json(reading: Reading) -> None:
    """One object a row, so that a large table never stands twice in memory."""
    write = sys.stdout.write
    write('{"source": ' + json.dumps(reading.source) + ', "kind": ' + json.dumps(reading.kind.value))
    notes = [
        {"code": note.code, "params": dict(note.params), "text": in_english(note)} for note in reading.notes
    ]
    write(', "notes": ' + json.dumps(notes, ensure_ascii=False))
    questions = [
        {
            "key": question.key,
            "options": question.options,
            "where": question.where,
            "params": dict(question.params),
            "text": in_english(question),
        }
        for question in reading.questions
    ]
    write(', "questions": ' + json.dumps(questions, ensure_ascii=False) + ', "rows": [')
    for index, row in enumerate(reading.rows):
        write((",\n" if index else "\n") + _row_json(row))
    write("\n]}\n")


def _row_json(row: Row) -> str:
    """The value as a JSON number in the source's own digits, which no float could promise."""
    cells = dict(zip(COLUMNS, row_texts(row), strict=True))
    value = cells["value"] or "null"
    return (
        "{"
        + ", ".join(
            f'"{name}": {value if name == "value" else json.dumps(text, ensure_ascii=False)}'
            for name, text in cells.items()
        )
        + "}"
    )


def _print_csv(reading: Reading) -> None:
    writer = csv.writer(sys.stdout)
    writer.writerow(COLUMNS)
    writer.writerows(row_texts(row) for row in reading.rows)
    _print_notes(reading, sys.stderr)


def _print_notes(reading: Reading, file: Any) -> None:
    for note in reading.notes:
        print(f"· {in_english(note)}", file=file)
    for question in reading.questions:
        options = f" [{' / '.join(question.options)}]" if question.options else ""
        print(f"? {question.key}: {in_english(question)}{options}", file=file)


def _print_text(reading: Reading) -> None:
    """Notes, questions and the first rows in columns."""
    _print_notes(reading, sys.stdout)
    print()
    lines = [COLUMNS, *(row_texts(row) for row in reading.rows[:SHOWN])]
    cut = [[cell if len(cell) <= WIDEST else cell[: WIDEST - 1] + "…" for cell in line] for line in lines]
    widths = [max(len(line[index]) for line in cut) for index in range(len(COLUMNS))]
    for line in cut:
        print("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip())
    if reading.row_count > SHOWN:
        print(f"… {reading.row_count - SHOWN} rows more; --csv or --json prints all")
