"""Bytes grown by what they reach in the readers, for as long as one likes: `make fuzz`, `FOR=600 make fuzz`.

The tests try random bytes (`test_any_bytes.py`); here a fuzzer sees which lines of the readers each input runs
through and keeps what reaches new ones. It begins with a good file of every kind. Whatever comes out but a
Reading or a Refusal stops it, with the bytes printed and kept in a file that starts with `crash-`.
"""

import os
import sys
import tempfile
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["samsyn.evidence.readers"]):
    from samsyn.evidence.readers import Refusal, read
    from samsyn.evidence.tests.readers.test_any_bytes import NAMES, samples

LONGEST = 4096


def one_input(data: bytes) -> None:
    """The first byte chooses the name that the rest is read under."""
    if data:
        try:
            read(data[1:], name=NAMES[data[0] % len(NAMES)])
        except Refusal:
            return


def main() -> None:
    seconds = os.environ.get("FOR") or "60"
    with tempfile.TemporaryDirectory() as corpus:
        for number, (name, content) in enumerate(samples()):
            kind = next((at for at, one in enumerate(NAMES) if one.split(".")[-1] == name.split(".")[-1]), 0)
            (Path(corpus) / f"{number}").write_bytes(bytes([kind]) + content)
        given = [sys.argv[0], corpus, f"-max_total_time={seconds}", f"-max_len={LONGEST}", "-timeout=20"]
        atheris.Setup(given, one_input)
        atheris.Fuzz()


if __name__ == "__main__":
    main()
