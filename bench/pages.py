"""Every page against its budget, on the exercise and on a town that has worked for eight years: `make bench`.

Works on an empty DATABASE_URL too.
"""

import os
import platform
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.crawl import Measured

ROOT = Path(__file__).resolve().parent.parent
WHO = ("samordnare", "kommunpolis", "ordforande", "revisor", "")
RUNS = 5


def main() -> int:
    with tempfile.TemporaryDirectory() as home:
        os.environ |= {
            "SAMSYN_HOME": home,
            "DJANGO_SETTINGS_MODULE": "samsyn.config.settings",
            "SAMSYN_ENV": "development",
        }
        loaded = subprocess.run([sys.executable, "-m", "samsyn.config.cli", "demo"], cwd=ROOT, check=False)
        return loaded.returncode or _measure()


def _measure() -> int:
    sys.path.insert(0, str(ROOT))
    import django

    django.setup()
    from django.db import connection

    from samsyn.core import translations
    from samsyn.parties.models import Partnership
    from tests.crawl import BYTES, FROM_MANY_ROOMS, QUERIES, SERVER_MS
    from tests.growth import grow

    translations.compile_all()
    print(
        f"Python {platform.python_version()}, {connection.vendor}, {os.cpu_count()} cores, fastest of {RUNS}."
    )
    print(f"Budget: {QUERIES} queries ({FROM_MANY_ROOMS} for the pages that ask many")
    print(f"rooms), {SERVER_MS} ms, {BYTES // 1000} kB before compression.\n")
    small = _pages()
    grow(Partnership.objects.get(slug="alvhamra"))
    grown = _pages()
    print("| Page | Queries | Server, ms | kB | Queries, grown | Server, ms, grown | kB, grown | |")
    print("|---|--:|--:|--:|--:|--:|--:|---|")
    over = 0
    for kind in sorted({*small, *grown}):
        pair = [small.get(kind), grown.get(kind)]
        is_over = any(one is not None and not one.is_within for one in pair)
        over += is_over
        print(f"| `{kind}` | {_numbers(pair[0])} | {_numbers(pair[1])} | {'over' if is_over else ''} |")
    print(f"\n{len({*small, *grown})} pages, {over} over budget.")
    return 1 if over else 0


def _numbers(one: "Measured | None") -> str:
    return f"{one.queries} | {one.server_ms:.0f} | {one.size_bytes / 1000:.0f}" if one else "– | – | –"


def _pages() -> "dict[str, Measured]":
    """Each kind of page, as the first of those who reach it meets it."""
    from django.test import Client

    from samsyn.parties.models import User
    from tests.crawl import crawl

    found: dict[str, Measured] = {}
    for who in WHO:
        client = Client(headers={"host": "localhost"})
        if who:
            client.force_login(User.objects.get(email=f"{who}@alvhamra.example"))
        start = "/arbete/alvhamra/" if who else "/alvhamra/"
        found |= {one.kind: one for one in crawl(client, start, runs=RUNS, measured={*found})}
    return found


if __name__ == "__main__":
    sys.exit(main())
