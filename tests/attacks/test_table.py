"""The table of attacks names tests that exist, one or more for each of the 36."""

import ast
import re
from pathlib import Path

from tests.processes import ROOT

TABLE = ROOT / "docs/explanation/attacks.md"
NAMED = re.compile(r"`([\w/]+\.py)::(\w+)`")


def functions_in(path: Path) -> set[str]:
    return {node.name for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.FunctionDef)}


def test_every_attack_has_a_test_that_exists() -> None:
    rows = dict(re.findall(r"^\| (\d+) \|(.*)\|$", TABLE.read_text(), re.MULTILINE))

    assert sorted(map(int, rows)) == list(range(1, 37))
    assert [number for number, row in rows.items() if not NAMED.search(row)] == []
    named = {(path, name) for row in rows.values() for path, name in NAMED.findall(row)}
    assert [
        f"{path}::{name}"
        for path, name in sorted(named)
        if not (ROOT / path).exists() or name not in functions_in(ROOT / path)
    ] == []


def test_every_test_of_attacks_stands_in_the_table() -> None:
    """What nobody finds in the table, nobody trusts."""
    told = TABLE.read_text()
    helping = {"test_table.py"}
    untold = [
        name
        for path in (ROOT / "tests/attacks").glob("test_*.py")
        if path.name not in helping
        for name in functions_in(path)
        if name.startswith("test_") and name not in told
    ]

    assert untold == []
