"""The pages on the methods are held to the registry: every method is there, and every example runs."""

import doctest
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from samsyn.analysis import METHODS, Method
from tests.processes import ROOT

PLACE = ROOT / "docs" / "reference" / "methods"
PAGES = sorted(PLACE.glob("*.md"))
SECTION = re.compile(r"^## ([^\n]+)\n(.*?)(?=^## |\Z)", re.MULTILINE | re.DOTALL)
FENCE = re.compile(r"^```(\S*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
PARTS = ("When not to use it", "Formula", "Source", "The answer")
OPTIONS = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
LONGEST = 400
COMPILED = ("places.md", "surveillance.md")  # their kernels are compiled before the first answer


def section(method: Method) -> str:
    """What stands below the method's heading on its page; empty when it has none."""
    return dict(SECTION.findall((PLACE / method.page).read_text())).get(method.name, "")


def examples(text: str) -> list[str]:
    return [code for language, code in FENCE.findall(text) if language == "python"]


def every_example() -> Iterator[Any]:
    for page in PAGES:
        marks = [pytest.mark.slow] if page.name in COMPILED else []
        for number, code in enumerate(examples(page.read_text()), start=1):
            yield pytest.param(code, id=f"{page.name} {number}", marks=marks)


@pytest.mark.parametrize("method", METHODS.values(), ids=lambda method: method.name)
def test_every_method_has_its_section_with_all_parts(method: Method) -> None:
    text = section(method)

    assert text.strip().startswith(method.question), "A section begins with the question, as registered."
    parts = dict(re.findall(r"^\*\*([^*]+)\.\*\* ?(.*?)(?=^\*\*|\Z)", text, re.MULTILINE | re.DOTALL))
    assert tuple(parts) == PARTS
    assert all(part.strip() for part in parts.values())
    said = " ".join(text.lower().replace("_", " ").split())
    assert "too few" in said, "Say what too few to say means here, or that it does not."


@pytest.mark.parametrize("method", METHODS.values(), ids=lambda method: method.name)
def test_every_method_has_an_example_that_calls_it(method: Method) -> None:
    module, _, function = method.path.partition(":")

    code = "\n".join(examples(section(method)))

    assert re.search(rf"^>>> from samsyn\.analysis\.{module} import .*\b{function}\b", code, re.MULTILINE)
    assert re.search(rf"\b{function}\(", code)


@pytest.mark.parametrize("method", METHODS.values(), ids=lambda method: method.name)
def test_the_page_names_whom_the_registry_names(method: Method) -> None:
    """Every year of publication in the catalogue stands in the section, and none in its source that no code names."""
    registered = set(re.findall(r"\b(?:19|20)\d\d\b", method.source))
    source = section(method).partition("**Source.**")[2].partition("**The answer.**")[0]
    module, _, _ = method.path.partition(":")
    code = (ROOT / "samsyn" / "analysis" / f"{module.replace('.', '/')}.py").read_text()

    years = set(re.findall(r"\b(?:19|20)\d\d\b", source))
    assert registered <= years
    assert {year for year in years - registered if year not in code} == set()


def test_no_section_tells_of_a_method_that_is_not_registered() -> None:
    headed = {
        heading
        for page in PAGES
        if page.name != "README.md"
        for heading, _ in SECTION.findall(page.read_text())
    }

    assert headed == set(METHODS)
    assert {page.name for page in PAGES} == {method.page for method in METHODS.values()} | {"README.md"}


@pytest.mark.parametrize("code", list(every_example()))
def test_every_example_gives_what_it_shows(code: str) -> None:
    """Each block stands alone: a reader may copy any of them."""
    test = doctest.DocTestParser().get_doctest(code, {}, "example", None, None)
    said: list[str] = []

    failed = doctest.DocTestRunner(optionflags=OPTIONS).run(test, out=said.append).failed

    assert test.examples
    assert failed == 0, "".join(said)


def test_the_list_leads_to_every_method() -> None:
    """Whether the links lead somewhere is asked of all pages in `test_docs.py`."""
    text = (PLACE / "README.md").read_text()

    for method in METHODS.values():
        assert f"| {method.question} | [`{method.name}`]({method.page}#{method.name}) |" in text


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_page_is_short_and_names_the_list(page: Path) -> None:
    lines = page.read_text().splitlines()

    assert len(lines) < LONGEST
    assert page.name == "README.md" or "(README.md)" in page.read_text()
