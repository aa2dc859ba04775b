"""Every page on the exercise against its budget: `make bench`. Works on an empty DATABASE_URL too."""

import os
import platform
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
WHO = ("samordnare", "kommunpolis", "ordforande", "revisor", "")
RUNS = 7


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
    from django.test import Client

    from samsyn.core import translations
    from samsyn.parties.models import User
    from tests.crawl import PUBLIC_BYTES, QUERIES, SERVER_MS, Measured, crawl

    translations.compile_all()
    worst: dict[str, Measured] = {}
    for who in WHO:
        client = Client(headers={"host": "localhost"})
        if who:
            client.force_login(User.objects.get(email=f"{who}@alvhamra.example"))
        for one in crawl(client, "/arbete/alvhamra/" if who else "/alvhamra/", runs=RUNS):
            if one.kind not in worst or worst[one.kind].server_ms < one.server_ms:
                worst[one.kind] = one
    print(
        f"Python {platform.python_version()}, {connection.vendor}, {os.cpu_count()} cores, median of {RUNS}."
    )
    print(f"Budget: {QUERIES} queries, {SERVER_MS} ms, {PUBLIC_BYTES // 1000} kB for a public page;")
    print("pages that read the whole thread may ask more (tests/crawl.py).\n")
    print("| Page | Queries | Server, ms | kB | |\n|---|--:|--:|--:|---|")
    for kind, one in sorted(worst.items()):
        verdict = "" if one.is_within else "over"
        print(f"| `{kind}` | {one.queries} | {one.server_ms:.0f} | {one.size_bytes / 1000:.0f} | {verdict} |")
    over = [kind for kind, one in worst.items() if not one.is_within]
    print(f"\n{len(worst)} pages, {len(over)} over budget.")
    return 1 if over else 0


if __name__ == "__main__":
    sys.exit(main())
