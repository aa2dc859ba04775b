"""The library asked from a shell: the answers are those of Python, and what is wrong is a sentence."""

import io
import json
import subprocess
import sys
from pathlib import Path

import pytest

from samsyn.analysis import METHODS
from samsyn.analysis.command_line import PYTHON_ONLY, main
from samsyn.analysis.registry import Method
from samsyn.analysis.results import as_plain

HERE = Path(__file__).parents[3]


def asked(capsys: pytest.CaptureFixture[str], *words: str) -> object:
    assert main(words) == 0
    return json.loads(capsys.readouterr().out)


def test_the_list_names_every_method_below_its_question(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["list"]) == 0

    said = capsys.readouterr().out
    for method in METHODS.values():
        assert any(line.split() == [method.name, *method.question.split()] for line in said.splitlines())


@pytest.mark.parametrize("method", METHODS.values(), ids=lambda method: method.name)
def test_a_method_is_described_with_all_that_it_takes(
    method: Method, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["describe", method.name]) == 0

    said = capsys.readouterr().out
    assert method.question in said
    assert method.source in said
    for one in method.parameters:
        line = next(line for line in said.splitlines() if line.startswith(f"  {one.name}: "))
        assert line.endswith("(needed)") == one.required
    for_python = bool(PYTHON_ONLY & {one.name for one in method.parameters})
    assert ("cannot be run from here" in said) == for_python


def test_a_rate_is_the_one_that_python_gives(capsys: pytest.CaptureFixture[str]) -> None:
    found = asked(capsys, "run", "rate", "--json", '{"count": 7, "population": 6900, "limits": "byar"}')

    assert found == as_plain(METHODS["rate"].load()(7, 6_900, limits="byar"))


def test_parameters_may_come_from_standard_input(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO('{"counts": [71, null, 74, 78, 83, 79, 80]}'))

    found = asked(capsys, "run", "trend", "--json", "-")

    assert found == as_plain(METHODS["trend"].load()([71, float("nan"), 74, 78, 83, 79, 80]))


@pytest.mark.parametrize(
    "text",
    [
        "counts,exposure\n12,1000.5\n9,1000.5\n\n,1000.5\n60,1000.5\n",
        "\ufeffcounts;exposure\r\n12;1000,5\r\n9;1000,5\r\n;1000,5\r\n60;1000,5\r\n",
    ],
    ids=["commas", "semicolons and decimal commas"],
)
def test_a_table_has_a_column_per_parameter(
    text: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "places.csv"
    file.write_bytes(text.encode())

    found = asked(capsys, "run", "funnel", "--csv", str(file), "--json", '{"per": 1000}')

    assert found == as_plain(METHODS["funnel"].load()([12, 9, float("nan"), 60], [1000.5] * 4, per=1_000))


def test_a_column_that_comes_again_makes_a_table(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    counts = [[30, 28, 31, 29, 12, 11, 14, 10], [41, 40, 38, 42, 40, 42, 39, 41]]
    file = tmp_path / "places.csv"
    rows = [f"{','.join(map(str, row))},{word}" for row, word in zip(counts, ("true", "false"), strict=True)]
    file.write_text("\n".join([",".join(["counts"] * 8 + ["treated"]), *rows]))

    found = asked(capsys, "run", "difference_in_differences", "--csv", str(file), "--json", '{"at": 4}')

    assert found == as_plain(METHODS["difference_in_differences"].load()(counts, [True, False], 4))


def test_neighbours_and_noise_are_said_in_json(capsys: pytest.CaptureFixture[str]) -> None:
    cells = {
        "counts": [30, 28, 3, 2, 3, 2, 3, 2, 4],
        "exposure": [100] * 9,
        "neighbours": {"on_grid": [3, 3]},
    }
    spots = asked(capsys, "run", "hot_spots", "--json", json.dumps(cells))
    noise = {"count": 12, "population": 340, "noise": {"variance": 2.0, "largest": 5}}
    noisy = asked(capsys, "run", "noisy_rate", "--json", json.dumps(noise))

    assert spots["verdicts"][:3] == [
        "more",
        "more",
        "cannot_say",
    ]  # those of docs/reference/methods/places.md
    assert noisy["low"] < METHODS["rate"].load()(12, 340).low


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["describe", "guess"], "There is no method “guess”"),
        (["run", "guess", "--json", "{}"], "There is no method “guess”"),
        (["run", "rate"], "Give the parameters with --json or --csv. It takes count, population,"),
        (["run", "rate", "--json", "{}"], "rate needs count and population."),
        (
            ["run", "rate", "--json", '{"count": 1, "people": 5}'],
            "has no parameter “people”. It takes count,",
        ),
        (["run", "rate", "--json", '{"count": -1, "population": 5}'], "A count must be zero or more"),
        (["run", "rate", "--json", '{"count": "few", "population": 5}'], "cannot use these values"),
        (["run", "rate", "--json", '{"count": NaN, "population": 5}'], "a missing value is null"),
        (["run", "rate", "--json", "count=1"], "This is not JSON"),
        (["run", "rate", "--json", "[1, 5]"], "The parameters are an object"),
        (["run", "suppress", "--json", "{}"], "only Python can make"),
        (["run", "lisa", "--json", '{"values": [1, 2], "neighbours": 3}'], "Say how places are neighbours"),
        (
            ["run", "noisy_rate", "--json", '{"count": 1, "population": 9, "noise": 2}'],
            "Say what the noise is",
        ),
        (["run", "trend", "--csv", "/nowhere.csv"], "/nowhere.csv cannot be read"),
    ],
)
def test_what_is_asked_wrongly_is_a_sentence(
    words: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(words) == 2

    answer = capsys.readouterr()
    assert answer.out == ""
    assert said in answer.err
    assert answer.err.startswith("samsyn.analysis: ")
    assert answer.err.rstrip().endswith(".")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "needs a row with the names"),
        ("counts\n", "needs a row with the names"),
        ("counts\n1\n2,3\n", "Row 3 of"),
        ("counts\n1\nmany\n", "“many” in column counts is not a number."),
    ],
)
def test_a_table_that_cannot_be_read_says_where(
    text: str, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "counts.csv"
    file.write_text(text)

    assert main(["run", "trend", "--csv", str(file)]) == 2
    assert said in capsys.readouterr().err


def test_it_needs_no_django() -> None:
    code = (
        "import sys; sys.argv[1:] = ['run', 'share', '--json', '{\"part\": 9, \"whole\": 14}']\n"
        "from samsyn.analysis.command_line import main\n"
        "code = main(); sys.exit(code or 'django' in sys.modules)"
    )

    done = subprocess.run([sys.executable, "-c", code], cwd=HERE, capture_output=True, text=True, check=False)
    helped = subprocess.run(
        [sys.executable, "-m", "samsyn.analysis", "--help"],
        cwd=HERE,
        capture_output=True,
        text=True,
        check=True,
    )

    assert (done.returncode, json.loads(done.stdout)["few"]) == (0, True), done.stderr
    assert all(word in helped.stdout for word in ("list", "describe", "run"))
