"""Ours and the peers side by side: ``make bench-analysis``.

``ONLY=knox`` runs some rows, ``QUICK=1`` leaves the slow ones out. Every side runs in a process and an
environment of its own on the same file of inputs. The least of several runs counts, since other work on the
machine only ever adds. A row whose answers disagree fails the run.
"""

from __future__ import annotations

import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path

import numpy as np
from rows import ROWS, Agreement, Row

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
OURS, PEERS = sys.executable, ROOT / ".venv-bench/bin/python"
PAGE = ROOT / "docs/reference/benchmarks.md"
RUNS, SECONDS, PATIENCE = 15, 8.0, 240.0


@dataclass(frozen=True)
class Side:
    """What one side of a row cost, or why there is nothing."""

    name: str
    cost: dict[str, float | str | bool]
    results: dict[str, np.ndarray]
    failed: str = ""

    @property
    def seconds(self) -> float:
        return float(self.cost["least"])


def side(python: Path | str, module: str, name: str, source: Path, *, times: int = 1) -> Side:
    target = source.with_name("results.npz")
    target.unlink(missing_ok=True)
    command = [
        str(python),
        str(HERE / "child.py"),
        module,
        name,
        str(source),
        str(target),
        str(RUNS),
        str(SECONDS),
    ]
    home = {"PYTHONPATH": str(ROOT), "SAMSYN_HOME": str(ROOT / "var")} if module == "ours" else {}
    try:
        done = subprocess.run(
            command, capture_output=True, text=True, timeout=PATIENCE, env={**os.environ, **home}, check=False
        )
    except subprocess.TimeoutExpired:
        return Side(name, {}, {}, f"stopped after {PATIENCE:.0f} s")
    if done.returncode:
        return Side(name, {}, {}, (done.stderr.strip().splitlines() or ["ended"])[-1][:160])
    cost = json.loads(done.stdout.splitlines()[-1])
    cost["least"] *= times
    with np.load(target) as stored:
        return Side(name, cost, {key: stored[key] for key in stored.files})


def measured(row: Row, machine: dict[str, float], folder: Path) -> list[str]:
    given = row.make(row.n, 1)
    source = folder / "inputs.npz"
    np.savez(source, **given)
    if "hidden by" in row.also:
        given["hidden"] = side(OURS, "ours", row.also["hidden by"], source).results["hidden"]
        np.savez(source, **given)
    ours = side(OURS, "ours", row.ours, source)
    if ours.failed:
        raise SystemExit(f"{row.question}, {row.size}: {ours.failed}")
    bound = row.bound(given, machine) if row.bound else None
    if row.fewer > 1:
        given["replications"] = given["replications"] // row.fewer
        np.savez(source, **given)
    first = [
        row.question,
        row.size,
        "Samsyn",
        seconds(ours.seconds),
        megabytes(ours),
        "",
        f"{bound / ours.seconds:.0%} of {seconds(bound)}" if bound else "",
        target(row, ours),
        "",
    ]
    table = ["| " + " | ".join(first) + " |"]
    for name in row.peers:
        if name.startswith("R ") and shutil.which("Rscript") is None:
            table.append(f"| | | {name} | | | | | | R is not installed |")
            continue
        peer = side(PEERS, "peers", name, source, times=row.fewer)
        if peer.failed:
            table.append(f"| | | {name} | | | | | | {peer.failed} |")
            continue
        agreed: Agreement = row.compare(given, ours.results, peer.results)
        if not agreed.holds:
            disagreed.append(f"{row.question}, {row.size}, {name}: {agreed.text}")
        took = (
            seconds(peer.seconds)
            + (" (x)" if row.fewer > 1 else "")
            + (" (first)" if peer.cost["cold"] else "")
        )
        times = f"{peer.seconds / ours.seconds:,.1f}"
        table.append(f"| | | {name} | {took} | {megabytes(peer)} | {times} | | | {agreed.text} |")
        versions.add(str(peer.cost["version"]))
    return table


def seconds(value: float) -> str:
    return f"{value * 1000:.3g} ms" if value < 1 else f"{value:.3g} s"


def megabytes(one: Side) -> str:
    return f"{one.cost['peak_mb']:.0f} [{one.cost['extra_mb']:.0f}]"


def target(row: Row, ours: Side) -> str:
    if row.target is None:
        return ""
    return f"{'met' if ours.seconds <= row.target else '**missed**'}: {seconds(row.target)}"


def processor() -> str:
    lines = [line for line in Path("/proc/cpuinfo").read_text().splitlines() if line.startswith("model name")]
    return lines[0].split(":", 1)[1].strip() if lines else platform.processor()


disagreed: list[str] = []
versions: set[str] = set()


def main() -> int:
    wanted = os.environ.get("ONLY", "")
    chosen = [row for row in ROWS if wanted in f"{row.question}, {row.size}"]
    if os.environ.get("QUICK"):
        chosen = [row for row in chosen if not row.slow]
    before = os.getloadavg()[0]
    known = subprocess.run([OURS, str(HERE / "machine.py")], capture_output=True, text=True, check=True)
    machine = json.loads(known.stdout)
    lines = [
        "| question | size | who | time | peak MB [own] | times ours | bound reached | target | agrees |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    print("\n".join(lines), flush=True)
    with tempfile.TemporaryDirectory() as name:
        for row in chosen:
            found = measured(row, machine, Path(name))
            print("\n".join(found), flush=True)
            lines += found
    page = PAGE.read_text().split("## Measured")[0] if PAGE.exists() else "# Benchmarks\n\n"
    ours = ", ".join(f"{one} {metadata.version(one)}" for one in ("numpy", "scipy", "numba", "highspy"))
    whole = "" if len(chosen) == len(ROWS) else f" Only {len(chosen)} of {len(ROWS)} rows."
    units = ", ".join(f"{name} {value * 1e9:.3g} ns" for name, value in machine.items() if name != "cores")
    text = [
        "## Measured",
        "",
        f"{datetime.now(UTC):%Y-%m-%d}, {processor()}, {machine['cores']:.0f} cores, "
        f"Python {platform.python_version()}; "
        f"load {before:.1f} before and {os.getloadavg()[0]:.1f} after.{whole}",
        "",
        f"Ours: {ours}. Peers: {'; '.join(sorted(one for one in versions if one))}.",
        "",
        f"Measured in this run: {units}.",
        "",
        *lines,
        "",
    ]
    if whole:
        print(f"\nNot written to {PAGE.relative_to(ROOT)}: some rows were left out.")
    else:
        PAGE.write_text(page + "\n".join(text))
    for one in disagreed:
        print(f"DISAGREES: {one}")
    return 1 if disagreed else 0


if __name__ == "__main__":
    raise SystemExit(main())
