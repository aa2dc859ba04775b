"""What a fresh web process has loaded after a walk over all pages. Run by `test_web_process.py`, not by pytest."""

import json
import sys

HEAVY = [
    "polars",
    "scipy",
    "numba",
    "typst",
    "vl_convert",
    "fastexcel",
    "pyproj",
    "shapely",
    "pandas",
    "matplotlib",
    "pyarrow",
    "numpy",
    "highspy",
]


def main() -> None:
    """Reads who walks where from standard input; answers with the statuses and the heavy modules."""
    asked = json.load(sys.stdin)
    from django.contrib.auth import get_user_model
    from django.test import Client

    from samsyn.config.preparing import prepare
    from samsyn.config.wsgi import application  # as granian starts it

    assert application
    prepare()
    walker = Client(raise_request_exception=False)
    walker.force_login(get_user_model().objects.get(pk=asked["user"]))
    statuses, first = {}, {}
    for method in ("get", "post"):
        for name, path in asked["paths"]:
            statuses[f"{method} {name}"] = getattr(walker, method)(path).status_code
            for heavy in HEAVY:
                if heavy in sys.modules:
                    first.setdefault(heavy, f"{method} {name}")
    with open(asked["file"], "rb") as file:
        sent = walker.post(asked["upload"], {"file": file, "source_name": "Brå"})
    statuses["a file"] = sent.status_code
    first |= {one: "a file" for one in HEAVY if one in sys.modules and one not in first}
    json.dump({"statuses": statuses, "loaded": first}, sys.stdout)


if __name__ == "__main__":
    main()
