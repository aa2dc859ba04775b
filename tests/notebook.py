"""Runs the tutorial notebooks and writes below each cell what it prints: part of `make reference`."""

import contextlib
import io
import json
from pathlib import Path
from typing import Any

PLACE = Path(__file__).resolve().parent.parent / "docs" / "tutorial"


def notebooks() -> list[Path]:
    return sorted(PLACE.glob("*.ipynb"))


def code_cells(notebook: dict[str, Any]) -> list[dict[str, Any]]:
    return [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]


def printed(notebook: dict[str, Any]) -> list[str]:
    """What each code cell prints, run after each other in one namespace as a notebook runs them."""
    names: dict[str, Any] = {"__name__": "__main__"}
    said = []
    for cell in code_cells(notebook):
        out = io.StringIO()
        with contextlib.redirect_stdout(out):
            exec(compile("".join(cell["source"]), f"cell {cell['id']}", "exec"), names)
        said.append(out.getvalue())
    return said


def filled(notebook: dict[str, Any]) -> str:
    """The file with the outputs of its cells made anew."""
    for number, (cell, text) in enumerate(zip(code_cells(notebook), printed(notebook), strict=True), start=1):
        lines = text.splitlines(keepends=True)
        cell["execution_count"] = number
        cell["outputs"] = [{"name": "stdout", "output_type": "stream", "text": lines}] if lines else []
    return json.dumps(notebook, ensure_ascii=False, indent=1) + "\n"


if __name__ == "__main__":
    for file in notebooks():
        file.write_text(filled(json.loads(file.read_text())))
