"""The tutorial notebooks run on what the library brings, print what they show, and tell nothing of a machine."""

import json
import re
from pathlib import Path

import pytest

from tests import notebook
from tests.test_docs import LINK

NOTEBOOKS = [pytest.param(file, id=file.name) for file in notebook.notebooks()]


def test_there_is_a_first_walk() -> None:
    assert [file.name for file in notebook.notebooks()] == ["small-numbers.ipynb"]


@pytest.mark.parametrize("file", NOTEBOOKS)
def test_every_cell_prints_what_stands_below_it(file: Path) -> None:
    kept = json.loads(file.read_text())

    said = notebook.printed(kept)

    for cell, text in zip(notebook.code_cells(kept), said, strict=True):
        assert text.strip(), f"Cell {cell['id']} says nothing."
        shown = "".join(line for output in cell["outputs"] for line in output["text"])
        assert text == shown, f"Cell {cell['id']}: run `make reference`."


@pytest.mark.parametrize("file", NOTEBOOKS)
def test_it_is_a_notebook_that_every_program_opens(file: Path) -> None:
    """The fields that nbformat 4.5 asks for, and no others in a cell."""
    kept = json.loads(file.read_text())

    assert (kept["nbformat"], kept["nbformat_minor"]) == (4, 5)
    assert kept["metadata"]["kernelspec"]["name"] == "python3"
    ids = [cell["id"] for cell in kept["cells"]]
    assert len(ids) == len(set(ids))
    assert all(re.fullmatch(r"[a-zA-Z0-9_-]{1,64}", one) for one in ids)
    code = {"cell_type", "id", "metadata", "source", "execution_count", "outputs"}
    for cell in kept["cells"]:
        assert set(cell) == (code if cell["cell_type"] == "code" else code - {"execution_count", "outputs"})
        assert cell["cell_type"] in ("code", "markdown")
        for output in cell.get("outputs", []):
            assert set(output) == {"name", "output_type", "text"}


@pytest.mark.parametrize("file", NOTEBOOKS)
def test_it_leads_to_pages_that_are_there_and_names_no_machine(file: Path) -> None:
    kept = json.loads(file.read_text())
    text = "\n".join("".join(cell["source"]) for cell in kept["cells"] if cell["cell_type"] == "markdown")

    targets = LINK.findall(text)
    assert targets
    assert [one for one in targets if not (file.parent / one.split("#")[0]).exists()] == []
    assert all(len(one) > 40 for one in re.findall(r"!\[([^\]]*)\]", text))
    assert not re.search(r"/(?:home|tmp|usr|root|Users)/|[A-Z]:\\\\", file.read_text())


@pytest.mark.parametrize("file", NOTEBOOKS)
def test_it_needs_the_library_alone(file: Path) -> None:
    source = "\n".join("".join(cell["source"]) for cell in notebook.code_cells(json.loads(file.read_text())))

    imported = re.findall(r"^(?:from|import) (\S+)", source, re.MULTILINE)
    assert imported
    assert [one for one in imported if not one.startswith("samsyn.analysis.")] == []
