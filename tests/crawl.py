"""Every kind of page that a person reaches by following links, measured."""

import re
import time
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

QUERIES, SERVER_MS, BYTES = 15, 200, 150_000  # the budget of a page
# The start page, the search and the thread collect from every room, a finding shows what four rooms know of it,
# and a measure what it answers, changes, waits for and is followed by; each room asks once for each of its
# tables. One more counts how often somebody searches.
FROM_MANY_ROOMS = 27
ASKING_MANY_ROOMS = ("", "sok/", "sok/*", "traden/", "traden/*/", "iakttagelse/*/", "atgarder/*/")
# Whoever takes over reads what every room knows, once.
FROM_EVERY_ROOM, ASKING_EVERY_ROOM = 32, ("overlamning/",)
LINK = re.compile(r'<a [^>]*?href="(/[^"#]*)')
ROW = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|klausul/[^/]+|\?.*$|utgava/.*|data\.(csv|parquet)|tabell\.csv")


@dataclass(frozen=True)
class Measured:
    path: str
    queries: int
    server_ms: float
    size_bytes: int

    @property
    def kind(self) -> str:
        return ROW.sub("*", self.path)

    @property
    def allowed(self) -> int:
        page = re.sub(r"^/arbete/[^/]+/", "", self.kind)
        if not self.path.startswith("/arbete/"):
            return QUERIES
        if page in ASKING_EVERY_ROOM:
            return FROM_EVERY_ROOM
        return FROM_MANY_ROOMS if page in ASKING_MANY_ROOMS else QUERIES

    @property
    def asks_little(self) -> bool:
        return self.queries <= self.allowed

    @property
    def is_within(self) -> bool:
        return self.asks_little and self.server_ms <= SERVER_MS and self.size_bytes <= BYTES


def crawl(client: Client, start: str, *, runs: int = 1, measured: Collection[str] = ()) -> Iterator[Measured]:
    """Follow every link inside the site, one page of each kind. The first visit warms and is not counted.

    Kinds that are `measured` already are visited for their links alone.
    """
    waiting = [start, f"{start}sok/?q=trygg"] if start.startswith("/arbete/") else [start]
    met = {ROW.sub("*", one) for one in waiting}
    while waiting:
        path = waiting.pop(0)
        answer = client.get(path)
        if answer.status_code != 200 or "text/html" not in answer["Content-Type"]:
            continue
        for link in LINK.findall(answer.content.decode()):
            kind = ROW.sub("*", link)
            if kind not in met and not link.startswith("/static/"):
                met.add(kind)
                waiting.append(link.replace("&amp;", "&"))
        if ROW.sub("*", path) not in measured:
            yield _measured(client, path, runs)


def _measured(client: Client, path: str, runs: int) -> Measured:
    times: list[float] = []
    with CaptureQueriesContext(connection) as counted:
        size = len(client.get(path).content)
    asked = [one for one in counted.captured_queries if not one["sql"].startswith(("SAVEPOINT", "RELEASE"))]
    for _ in range(runs):  # the fastest counts: on a machine that others use too, the rest measures them
        begun = time.perf_counter()
        client.get(path)
        times.append((time.perf_counter() - begun) * 1000)
    return Measured(path, len(asked), min(times, default=0.0), size)
