"""The docs are held to the project: their commands run, their links lead somewhere, their rooms exist."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import polib
import pytest

from samsyn.agreements.reading import read
from samsyn.core import translations
from samsyn.parties.tests.build import Town
from tests import pictures, reference
from tests.processes import ROOT, environment

PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
FENCE = re.compile(r"^```(.*?)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"(?:!?\[[^\]]*\]\(|<img src=\")([^)\s\"]+)")
IN_BOLD = re.compile(r"\*\*([A-Z][^*]+[^*.])\*\*(?: \(\*([^*]+)\*\))?")
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
SHELLS = ("sh", "console")
REASONS = {
    "stays in the foreground",
    "takes minutes",
    "needs root",
    "needs the network",
    "needs PostgreSQL",
    "needs what only your place has",
}
# Lines that show a command without running it must stand in a fence, so that they are found.
INDENTED_COMMAND = re.compile(r"^    (\S*samsyn|make|git|pip|sudo) ", re.MULTILINE)


def blocks(page: Path) -> Iterator[tuple[str, str]]:
    """The fenced blocks: what stands after the fence, and the text."""
    for info, text in FENCE.findall(page.read_text()):
        yield info.strip(), text


def runs(page: Path) -> list[tuple[str, str]]:
    return [(info, text) for info, text in blocks(page) if info in SHELLS]


def name_of(page: Path) -> str:
    return str(page.relative_to(ROOT))


@pytest.mark.slow
@pytest.mark.parametrize("page", [page for page in PAGES if runs(page)], ids=name_of)
def test_the_commands_on_the_page_run_and_say_what_it_shows(page: Path, tmp_path: Path) -> None:
    """The blocks of a page run after each other in one place, as a reader would run them."""
    surroundings = environment(tmp_path / "home", PATH=f"{Path(sys.executable).parent}:{os.environ['PATH']}")
    for name in ("samsyn", "docs", "Makefile"):
        (tmp_path / name).symlink_to(ROOT / name)
    (tmp_path / ".venv").symlink_to(Path(sys.executable).parent.parent)
    for info, text in runs(page):
        for words, shown in _steps(text) if info == "console" else [(text, None)]:
            done = subprocess.run(
                ["bash", "-euo", "pipefail", "-c", words],
                cwd=tmp_path,
                env=surroundings,
                capture_output=True,
                text=True,
                check=False,
            )
            assert done.returncode == 0, (words, done.stdout, done.stderr)
            if shown is not None:
                assert _fits(shown, done.stdout), (words, done.stdout, shown)


def _steps(text: str) -> list[tuple[str, str]]:
    """`$ command` and what stands under it."""
    parts = re.split(r"^\$ ", text, flags=re.MULTILINE)
    assert not parts[0].strip(), "A console block begins with `$ `."
    return [(words, shown) for words, _, shown in (part.partition("\n") for part in parts[1:])]


def _fits(shown: str, said: str) -> bool:
    """`…` stands for anything."""
    pattern = ".*".join(re.escape(part) for part in shown.strip().split("…"))
    return re.fullmatch(pattern, said.strip(), re.DOTALL) is not None


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_a_command_that_is_not_run_says_why(page: Path) -> None:
    for info, _ in blocks(page):
        language, _, rest = info.partition(" ")
        if language in SHELLS and rest:
            assert rest.startswith("norun ") and rest.removeprefix("norun ") in REASONS, info
    assert not INDENTED_COMMAND.search(FENCE.sub("", page.read_text()))


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_link_and_picture_leads_somewhere(page: Path) -> None:
    for target in LINK.findall(FENCE.sub("", page.read_text())):
        if re.match(r"https?:|mailto:", target):
            continue
        path, _, part = target.partition("#")
        file = (page.parent / path).resolve() if path else page
        assert file.exists(), target
        if part:
            headings = {_anchor(heading) for heading in HEADING.findall(file.read_text())}
            assert part in headings, (target, headings)


def _anchor(heading: str) -> str:
    return re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-")


def test_the_agreements_that_the_docs_show_can_be_brought_in() -> None:
    shown = [
        text for page in PAGES for info, text in blocks(page) if info == "yaml" and "samsyn/agreement" in text
    ]

    assert shown
    for text in shown:
        assert read(text.encode()).data["parties"]


def test_the_words_in_bold_are_those_on_the_pages_in_both_languages() -> None:
    """A guide that says **Share a copy** (*Dela en kopia*) means the words that stand there."""
    said: dict[str, set[str]] = {}
    for catalog in translations.catalogs():
        for entry in polib.pofile(str(catalog)):
            said.setdefault(entry.msgid, set()).add(entry.msgstr)
    guides = [page for page in PAGES if page.parent.name in ("tutorial", "how-to")]

    wrong = []
    for page in guides:
        for english, swedish in IN_BOLD.findall(" ".join(FENCE.sub("", page.read_text()).split())):
            if english not in said or (swedish and swedish not in said[english]):
                wrong.append((page.name, english, swedish))
    assert wrong == []


def test_every_page_can_be_reached_from_the_first() -> None:
    met, waiting = set(), [ROOT / "README.md"]
    while waiting:
        page = waiting.pop()
        if page in met or page.suffix != ".md":
            continue
        met.add(page)
        for target in LINK.findall(page.read_text()):
            file = (page.parent / target.split("#")[0]).resolve()
            if "://" not in target and file.is_file():
                waiting.append(file)
            if "://" not in target and file.is_dir():
                waiting += file.glob("*.md")

    assert sorted(name_of(page) for page in set(PAGES) - met) == []


def test_the_readme_can_be_read_in_a_minute() -> None:
    assert len((ROOT / "README.md").read_text().splitlines()) < 120


def test_every_room_is_named_where_the_rooms_are_explained_and_no_other() -> None:
    text = (ROOT / "docs" / "explanation" / "architecture.md").read_text()
    chain = next(text for _, text in blocks(ROOT / "docs" / "explanation" / "architecture.md"))
    rooms = {path.parent.name for path in (ROOT / "samsyn").glob("*/__init__.py")}

    assert set(re.findall(r"[a-z]+", chain)) == rooms
    assert {room for room in rooms if f"**{room}**" not in text} == set()


def test_the_lists_in_the_reference_are_those_of_the_code() -> None:
    made = reference.pages()

    different = [name for name, text in made.items() if (reference.PLACE / name).read_text() != text]
    assert different == [], "Run `make reference`."


def test_what_the_reference_says_of_a_role_is_what_the_rules_say(town: Town) -> None:
    """The table is read from the names of the rules; here the rules themselves are asked."""
    from samsyn.core import permissions

    heads, *rows = (
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in reference.permissions().splitlines()
        if line.startswith("| ")
    )
    for role, actor in (("Editor", town.coordinator), ("Approver", town.chair)):
        for row in rows:
            name, said = row[0].strip("`"), row[heads.index(role)]
            if said != "own":
                expected = said == "yes" or any(word in row[-1] for word in ("everybody", "own account"))
                assert permissions.allowed(name, actor, None) is expected, (name, role)


def test_every_setting_that_the_code_reads_is_explained() -> None:
    text = (ROOT / "docs" / "reference" / "settings.md").read_text()
    read = set()
    for file in (ROOT / "samsyn").rglob("*.py"):
        if "tests" not in file.parts:
            text_of = file.read_text()
            read |= set(re.findall(r"environ(?:\.get\(|\[)\s*\"(SAMSYN_\w+|PORT|DATABASE_URL)", text_of))
            read |= set(re.findall(r"\"(AWS_\w+)\"", text_of))

    told = {
        name
        for row in re.findall(r"^\|([^|]*)\|", text, re.MULTILINE)
        for name in re.findall(r"`(\w+)`", row)
    }
    assert told == read  # none is missing, and none is told of that nobody reads


def test_every_command_and_option_is_explained() -> None:
    """The list itself is made from the parsers; here is that each says what it does."""
    from samsyn.config.cli import COMMANDS

    text = (reference.PLACE / "command-line.md").read_text()

    assert re.findall(r"^## `samsyn (\w+)`$", text, re.MULTILINE) == list(COMMANDS)
    assert re.findall(r"^\| `[^`]+` \|  ?\|$", text, re.MULTILINE) == []


def test_the_pictures_are_those_that_the_command_makes_and_small() -> None:
    kept = {file.name: file.stat().st_size for file in pictures.PLACE.iterdir()}

    assert set(kept) == {one.file for one in pictures.PICTURES}
    assert max(kept.values()) < pictures.MAX_BYTES
    assert sum(kept.values()) < pictures.ALL_BYTES
