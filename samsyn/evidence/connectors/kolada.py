"""Kolada's API, version 3. Twenty-five ids in a call; one failed page fails the whole."""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import quote

from samsyn.evidence.connectors.session import Fault, FetchFailed, Session

IDS: Final = 25
MOST_PAGES: Final = 1_000
# "Liknande kommuner, övergripande, Höör, 2025": matched on the whole, else on income, education and housing.
KINDS: Final = ("övergripande", "socioekonomi")


@dataclass(frozen=True)
class Similar:
    """The municipalities that Kolada calls similar to one, and in which of its groups."""

    group: str = ""
    codes: tuple[str, ...] = ()


def session(address: str) -> Session:
    """No rate is published: two calls a second are polite."""
    return Session(address, calls=2, window_s=1.0)


def titles(service: Session, kpis: Sequence[str], *, needed: Sequence[str] | None = None) -> dict[str, str]:
    """The indicators' titles, which alone hold their units. All that are needed, or FetchFailed."""
    found: dict[str, str] = {}
    if not kpis:
        return found
    for ids in _batches(kpis):
        for item in _pages(service, f"/kpi/{_listed(ids)}"):
            if not isinstance(item, dict) or not isinstance(item.get("title"), str) or "id" not in item:
                raise FetchFailed(Fault.CHANGED, "kpi")
            found[str(item["id"])] = item["title"]
    if missing := sorted(set(kpis if needed is None else needed) - set(found)):
        raise FetchFailed(Fault.REFUSED, ", ".join(missing)[:200])
    return found


def similar(service: Session, *, code: str, name: str) -> Similar:
    """Whom Kolada compares a municipality with: its newest group. Nobody when it has none."""
    found: list[tuple[int, int, Similar]] = []
    wanted = re.compile(rf"Liknande kommuner,? ({'|'.join(KINDS)}), {re.escape(name)}, (20\d\d)")
    for group in _pages(service, f"/municipality_groups?title={quote(name, safe='')}&per_page=5000"):
        try:
            title, members = str(group["title"]), [str(one["member_id"]) for one in group["members"]]
        except (KeyError, TypeError):
            raise FetchFailed(Fault.CHANGED, "municipality_groups") from None
        if match := wanted.fullmatch(title):
            codes = tuple(sorted(one for one in set(members) if re.fullmatch(r"\d{4}", one) and one != code))
            found.append((-KINDS.index(match[1]), int(match[2]), Similar(title, codes)))
    return max(found, key=lambda one: one[:2])[2] if found else Similar()


def values(service: Session, kpis: Sequence[str], *, areas: Sequence[str] = ()) -> bytes:
    """One answer as Kolada would send it without limits: all batches and pages of it.

    Floats keep their shortest decimal form, which is what Kolada writes (at most 15 digits).
    """
    rows: list[Any] = []
    for ids in _batches(kpis):
        for places in _batches(areas):
            path = f"/data/kpi/{_listed(ids)}"
            path += f"/municipality/{_listed(places)}" if places else ""
            found = _pages(service, path + "?per_page=5000")
            _check(found, set(ids), set(places))
            rows += found
    return json.dumps({"count": len(rows), "next_url": None, "values": rows}, ensure_ascii=False).encode()


def _batches(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    """At most twenty-five at a time; once with nothing when nothing narrows the question."""
    for start in range(0, max(1, len(ids)), IDS):
        yield ids[start : start + IDS]


def _listed(ids: Sequence[str]) -> str:
    return ",".join(quote(one, safe="") for one in ids)


def _pages(service: Session, path: str) -> list[Any]:
    """All pages of an answer. The count may be of the page or of the whole; one of them must agree."""
    rows: list[Any] = []
    counts: list[int] = []
    pages: list[int] = []
    seen: set[str] = set()
    while path:
        if path in seen or len(seen) >= MOST_PAGES:
            raise FetchFailed(Fault.CHANGED, "endless pages")
        seen.add(path)
        page = service.get(path).json()
        if not isinstance(page, dict) or not isinstance(page.get("values"), list):
            raise FetchFailed(Fault.CHANGED, "values")
        if not isinstance(page.get("count"), int):
            raise FetchFailed(Fault.CHANGED, "count")
        rows += page["values"]
        pages.append(len(page["values"]))
        counts.append(page["count"])
        following = page.get("next_url") or ""
        path = service.within(str(following)) if following else ""
    if counts != pages and set(counts) != {len(rows)}:
        raise FetchFailed(Fault.HALF, f"{len(rows)} of {max(counts)}")
    return rows


def _check(rows: Sequence[Any], kpis: set[str], areas: set[str]) -> None:
    """What was asked for and nothing else."""
    for row in rows:
        if not isinstance(row, dict) or not {"kpi", "municipality", "period", "values"} <= set(row):
            raise FetchFailed(Fault.CHANGED, "row")
        if row["kpi"] not in kpis or (areas and row["municipality"] not in areas):
            raise FetchFailed(Fault.CHANGED, "not asked for")
