"""One side of one row in a process of its own: reads the inputs, runs, writes the results and what they cost.

    python child.py ours|peers NAME inputs.npz results.npz RUNS SECONDS

The module of the side gives ``SIDES[NAME](inputs)``, which prepares and returns the function to be timed.
That function returns arrays; ``"seconds"`` among them (another language timed itself) is used instead.
"""

from __future__ import annotations

import importlib
import json
import statistics
import sys
import time
import warnings
from importlib import metadata
from pathlib import Path

import numpy as np

warnings.filterwarnings("ignore")
TOO_LONG = 90.0  # seconds of a first call after which no second one is waited for


def memory_mb(field: str) -> float:
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith(field):
            return int(line.split()[1]) / 1024
    return float("nan")


def forget_peak() -> None:
    Path("/proc/self/clear_refs").write_text("5")


def main() -> None:
    side, name, source, target, runs, seconds = sys.argv[1:]
    sys.path.insert(0, str(Path(__file__).parent))
    module = importlib.import_module(side)
    with np.load(source) as stored:
        inputs = {key: stored[key] for key in stored.files}
    began = time.perf_counter()
    run = module.SIDES[name](inputs)
    prepared = time.perf_counter() - began
    times, results = [], {}
    started = time.perf_counter()
    while len(times) < int(runs) + 1 and (len(times) < 2 or time.perf_counter() - started < float(seconds)):
        if len(times) <= 1:  # the first call compiles and imports: neither its time nor its memory counts
            forget_peak()
            before = memory_mb("VmRSS")
        began = time.perf_counter()
        results = run()
        times.append(time.perf_counter() - began)
        if "seconds" in results:
            times[-1] = float(results.pop("seconds"))
        if times[0] > TOO_LONG:
            break
    kept = times[1:] or times
    np.savez(target, **results)
    print(
        json.dumps(
            {
                "least": min(kept),
                "median": statistics.median(kept),
                "first": times[0],
                "prepared": prepared,
                "runs": len(kept),
                "cold": len(times) == 1,
                "peak_mb": memory_mb("VmHWM"),
                "extra_mb": max(0.0, memory_mb("VmHWM") - before),
                "version": ", ".join(
                    f"{one} {metadata.version(one)}" for one in module.VERSIONS.get(name, ())
                ),
            }
        )
    )


if __name__ == "__main__":
    main()
