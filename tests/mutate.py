"""Takes away one guard at a time and demands that the suite notices: `make mutate`, or `N=40 SEED=7 make mutate`.

Guards are found, not listed: every line of a permission table, every `visible_to`, every refusal of a command
(`if …: raise`). Each is removed in a copy of the project; the tests that need neither browser nor minutes
must turn red there.
"""

import ast
import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ROOT / "samsyn"
WITHOUT = {"analysis", "graphics", "demo", "readers", "migrations", "tests", "locale"}
REFUSALS = {"Refused", "Invalid", "Missing", "NotAllowed", "Outdated", "WrongWrite", "TypeError"}
NOTICED = 0.95
WALKS = ["tests/test_roles.py", "tests/test_wall.py", "tests/test_role_walk.py"]


@dataclass(frozen=True)
class Mutation:
    name: str
    path: Path
    text: str


def mutations() -> Iterator[Mutation]:
    for file in sorted(ROOMS.rglob("*.py")):
        if WITHOUT & set(file.relative_to(ROOMS).parts):
            continue
        text, path = file.read_text(), file.relative_to(ROOT)
        for node in ast.walk(ast.parse(text)):
            name = f"{path}:{getattr(node, 'lineno', 0)}"
            if isinstance(node, ast.FunctionDef) and node.name == "visible_to" and file.name != "rows.py":
                yield Mutation(f"{name} visible_to", path, _cut(text, node, "return self.all()", body=True))
            if isinstance(node, ast.Dict) and file.name == "rules.py":
                for key, value in zip(node.keys, node.values, strict=True):
                    if key is not None:
                        open_rule = '__import__("rules").predicate(lambda: True)'
                        yield Mutation(f"{name} {ast.unparse(key)}", path, _cut(text, value, open_rule))
            if isinstance(node, ast.If) and _refuses(node):
                yield Mutation(
                    f"{name} if {ast.unparse(node.test)[:60]}", path, _cut(text, node.test, "False")
                )


def _refuses(node: ast.If) -> bool:
    first = node.body[0]
    if not isinstance(first, ast.Raise) or any(isinstance(one, ast.NamedExpr) for one in ast.walk(node.test)):
        return False
    raised = first.exc.func if isinstance(first.exc, ast.Call) else first.exc
    return isinstance(raised, ast.Name) and raised.id in REFUSALS


def _cut(text: str, node: ast.expr | ast.FunctionDef, instead: str, *, body: bool = False) -> str:
    """The text with another expression, or with one line as the body of a function."""
    lines = text.encode().splitlines(keepends=True)
    first = node.body[0] if isinstance(node, ast.FunctionDef) and body else node
    assert node.end_lineno is not None and node.end_col_offset is not None
    before = b"".join(lines[: first.lineno - 1]) + lines[first.lineno - 1][: first.col_offset]
    after = lines[node.end_lineno - 1][node.end_col_offset :] + b"".join(lines[node.end_lineno :])
    return (before + instead.encode() + after).decode()


def outcome(base: Path, mutation: Mutation | None) -> bool:
    """Whether some test failed. A suite that cannot run has noticed nothing."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "samsyn"
        shutil.copytree(base, place)
        if mutation:
            (place / mutation.path).write_text(mutation.text)
        ignored = [f"--ignore=samsyn/{room}" for room in ("analysis", "graphics", "evidence/tests/readers")]
        nearest = (
            ["/".join(mutation.path.parts[:2])] if mutation else []
        )  # where it is most likely noticed, first
        alone = (
            [] if mutation else ["-n", str(os.cpu_count()), "--dist", "loadfile"]
        )  # nothing else runs then
        options = [
            "-xq",
            *alone,
            "-p",
            "no:cacheprovider",
            "-m",
            "not browser and not slow",
            *ignored,
            *nearest,
        ]
        run = subprocess.run(
            [sys.executable, "-m", "pytest", *options, *WALKS, "samsyn", "tests"],
            cwd=place,
            capture_output=True,
            text=True,
            check=False,
        )
        failed = next((line for line in run.stdout.splitlines() if line.startswith(("FAILED", "ERROR"))), "")
        word = "noticed " if run.returncode == 1 else "MISSED  "
        print(word, mutation.name if mutation else "nothing removed", "·", failed[:100], flush=True)
        return run.returncode == 1


def main() -> None:
    seed = int(os.environ.get("SEED") or random.SystemRandom().randrange(10_000))
    found = list(mutations())
    chosen = random.Random(seed).sample(found, min(int(os.environ.get("N") or 20), len(found)))
    print(f"{len(chosen)} of {len(found)} guards, seed {seed}", flush=True)
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(os.cpu_count()) as pool:
        base = Path(folder) / "base"  # the tree as it is now, whatever is edited meanwhile
        shutil.copytree(ROOT, base, ignore=shutil.ignore_patterns(".venv*", ".git", "__pycache__"))
        if outcome(base, None):
            sys.exit("The suite is red before anything is removed: nothing can be said.")
        noticed = sum(pool.map(lambda mutation: outcome(base, mutation), chosen))
    print(f"{noticed} of {len(chosen)} noticed.")
    sys.exit(noticed < NOTICED * len(chosen))


if __name__ == "__main__":
    main()
