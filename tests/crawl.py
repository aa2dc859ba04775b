"""Every kind of page that a person reaches by following links, measured."""

import re
import statistics
import time
from collections.abc import Iterator
from dataclasses import dataclass

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

QUERIES, SERVER_MS, PUBLIC_BYTES = 15, 200, 150_000  # the budget of a page
# Pages that ask every room for its part of the thread, or show a whole agreement or picture. Each room asks a
# fixed number of questions, so these grow with rooms and never with rows (docs/adr/0006).
WIDER = {
    "": 60,  # the start page
    "traden/": 40,
    "sok/": 40,
    "iakttagelse/*/": 45,
    "overenskommelse/*/*/": 40,
    "overenskommelse/*/": 30,
    "lagesbild/*/": 25,
}
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
        return WIDER.get(page, QUERIES) if self.path.startswith("/arbete/") else QUERIES

    @property
    def is_within(self) -> bool:
        public = self.path.startswith(("/arbete/", "/konto/")) or self.size_bytes <= PUBLIC_BYTES
        return self.queries <= self.allowed and self.server_ms <= SERVER_MS and public


def crawl(client: Client, start: str, *, runs: int = 1) -> Iterator[Measured]:
    """Follow every link inside the site, one page of each kind. The first visit warms and is not counted."""
    waiting, met = [start], {ROW.sub("*", start)}
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
        yield _measured(client, path, runs)


def _measured(client: Client, path: str, runs: int) -> Measured:
    times: list[float] = []
    with CaptureQueriesContext(connection) as counted:
        size = len(client.get(path).content)
    asked = [one for one in counted.captured_queries if not one["sql"].startswith(("SAVEPOINT", "RELEASE"))]
    for _ in range(runs):
        begun = time.perf_counter()
        client.get(path)
        times.append((time.perf_counter() - begun) * 1000)
    return Measured(path, len(asked), statistics.median(times) if times else 0.0, size)
