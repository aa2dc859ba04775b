"""A local server that answers as Kolada and PxWeb do: paging, limits, haste punished, and faults on demand.

Shapes after the stored answers of Statistics Sweden (config, metadata, TAB6471) and the published description
of Kolada's version 3. A test that asks for something it does not know gets 404, as from the real ones.
"""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import product
from math import prod
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

REGIONS = ["00", "24", "2480", "2482"]
SEXES = ["1", "2"]
MONTHS = ["2026M01", "2026M02", "2026M03"]
SIZES = {"Region": REGIONS, "Kon": SEXES, "Tid": MONTHS}
TABLES = {
    "TAB1": SIZES,
    "TAB6471": {  # dimensions and codes as in the stored metadata, cut
        "Region": ["00", "24", "2480", "99", "9902"],
        "Alder": ["0", "TotSA"],
        "Kon": ["TotSa", "1", "2"],
        "ContentsCode": ["000007SF"],
        "Tid": MONTHS,
    },
    "TAB638": {
        "Region": ["00", "24", "2480", "99", "9902"],
        "Civilstand": ["OG", "G"],
        "Alder": ["0", "1"],
        "Kon": ["1", "2"],
        "ContentsCode": ["BE0101N1", "BE0101N2"],
        "Tid": ["2023", "2024"],
    },
}
MAY_BE_LEFT_OUT = {"Civilstand", "Alder", "Kon"}  # of these the service gives the total when they are
INTERVAL, SEX = "Andel och konfidensintervall", "Kön"
SURVEYED = {"Region": ["00", "24", "99"], INTERVAL: ["01", "02", "03"], SEX: ["00", "01", "02"]}
SURVEYS = {  # dimensions and codes as public code asks for them
    "raddensyreg.px": ("Rädd att gå ut ensam", {"01": "Avstått från att gå ut ensam"}),
    "litaYreg.px": ("Tillit", {"40": "Svårt att lita på andra", "41": "Litar på andra"}),
    "alkriskyreg.px": ("Alkoholkonsumtion", {"01": "Riskkonsumtion av alkohol"}),
    "tobakdagyreg.px": ("Användning av tobaks- och nikotinprodukter", {"01": "Röker dagligen"}),
}
UNIT = {
    "unit": {
        "000007SF": {"base": "antal", "decimals": 0},
        "BE0101N1": {"base": "antal", "decimals": 0},
    }
}
TITLES = {  # words of Kolada's own titles
    "N07540": "Anmälda brott totalt, antal/100 000 inv",
    "N07403": "Anmälda våldsbrott, antal/100 000 inv",
    "N07402": "Anmälda brott om grov kvinnofridskränkning, antal/100 000 inv",
    "N07544": "Anmälda narkotikabrott, antal/100 000 inv",
    "U07452": "Anmälda brott om skadegörelse, antal/1000 inv",
    "U07417": "Anmälda stöld- och tillgreppsbrott, antal/1000 inv",
    "N07546": "Anmälda bostadsinbrott, antal/100 000 inv",
    "N02905": "Invånare 15-17 år lagförda för brott, antal/1000 inv",
    "N02904": "Invånare 0-19 år i ekonomiskt utsatta hushåll, andel (%)",
    "N15428": "Elever i åk 9 som är behöriga till yrkesprogram, hemkommun, andel (%)",
}
LABEL_OF = {
    "00": {SEX: "Totalt", "Region": "Riket"},
    "01": {SEX: "Kvinnor", INTERVAL: "Andel"},
    "02": {SEX: "Män", INTERVAL: "Konfidensintervall nedre gräns"},
    "03": {INTERVAL: "Konfidensintervall övre gräns"},
}
LABELS = {
    "Region": "region",
    "Kon": "kön",
    "Tid": "månad",
    "Alder": "ålder",
    "ContentsCode": "tabellinnehåll",
    INTERVAL: INTERVAL,
    SEX: SEX,
}


@dataclass
class State:
    """What the server holds, how it behaves next, and what it was asked."""

    page_size: int = 5000
    cells: int = 150_000
    calls: int = 3
    window_s: float = 1.0
    years: list[int] = field(default_factory=lambda: [2021, 2022, 2023])
    changed: dict[tuple[str, str, int], float | None] = field(default_factory=dict)
    titles: dict[str, str] = field(default_factory=lambda: dict(TITLES))
    groups: list[dict[str, Any]] = field(default_factory=list)  # those whose title holds what is asked for
    faults: list[str] = field(default_factory=list)  # taken one a call, "" for none
    asked: list[str] = field(default_factory=list)
    called: list[float] = field(default_factory=list)
    hasty: int = 0
    base: str = ""

    def number(self, kpi: str, area: str, year: int) -> float | None:
        """Some number, the same each time it is asked for."""
        if (kpi, area, year) in self.changed:
            return self.changed[kpi, area, year]
        return round(sum(map(ord, kpi + area)) / 7 + year % 100 / 10, 2)


class Handler(BaseHTTPRequestHandler):
    state: State
    protocol_version = "HTTP/1.1"

    def handle(self) -> None:
        with suppress(BrokenPipeError, ConnectionResetError):  # the client lost its patience
            super().handle()

    def log_message(self, format: str, *args: Any) -> None:
        """Silent."""

    def do_GET(self) -> None:
        self._answer({})

    def do_POST(self) -> None:
        self._answer(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))

    def _answer(self, body: dict[str, Any]) -> None:
        state, moment = self.state, time.monotonic()
        state.asked.append(self.path)
        fault = state.faults.pop(0) if state.faults else ""
        recent = [call for call in state.called if moment - call < state.window_s]
        state.called.append(moment)
        if len(recent) >= state.calls:
            state.hasty += 1
            return self._send(429, b"{}", {"Retry-After": "1"})
        if fault == "slow":
            time.sleep(1)
        if fault.isdigit() or fault.startswith("429"):
            code, _, after = fault.partition(":")
            return self._send(int(code), b"{}", {"Retry-After": after} if after else {})
        if fault == "page":
            return self._send(200, b"<html>Underh\xc3\xa5ll</html>")
        try:
            content = json.dumps(self._found(body), ensure_ascii=False).encode()
        except KeyError:
            return self._send(404, b"{}")
        except PermissionError:
            return self._send(403, b"{}")
        if fault == "half":
            return self._send(200, content, short=True)
        return self._send(200, content)

    def _send(
        self, code: int, content: bytes, headers: dict[str, str] | None = None, *, short: bool = False
    ) -> None:
        self.send_response(code)
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content[: len(content) // 2] if short else content)
        if short:
            self.close_connection = True

    def _found(self, body: dict[str, Any]) -> Any:
        parts = urlsplit(self.path)
        steps = [unquote(step) for step in parts.path.strip("/").split("/")]
        query = parse_qs(parts.query, keep_blank_values=True)
        if steps[0] == "kolada":
            if steps[1] == "municipality_groups":
                asked = query["title"][0]
                found = [group for group in self.state.groups if asked in str(group.get("title", asked))]
                return {"count": len(found), "values": found, "next_url": None}
            return self._kolada(steps[1:], int(query.get("page", ["1"])[0]), parts.path)
        if steps[0] == "v2":
            return self._v2(steps[1:], body)
        if steps[0] == "v1":
            return self._v1(query, body)
        if steps[0] == "fohm":
            return self._v1(query, body, table=steps[-1])
        raise KeyError(steps[0])

    def _kolada(self, steps: list[str], page: int, path: str) -> Any:
        lists = {name: ids.split(",") for name, ids in zip(steps[::2], steps[1::2], strict=False)}
        if any(len(ids) > 25 for ids in lists.values()):
            raise KeyError("too many ids")
        rows: list[dict[str, Any]]
        if steps[0] == "kpi":
            titles = self.state.titles
            named = {kpi: titles.get(kpi, f"Indikator {kpi}, andel (%)") for kpi in lists["kpi"]}
            rows = [{"id": kpi, "title": title} for kpi, title in named.items() if title]
        else:
            places = dict(zip(steps[1::2], steps[2::2], strict=True))
            kpis, areas = places["kpi"].split(","), places.get("municipality", "2480,0000").split(",")
            if max(len(kpis), len(areas)) > 25:
                raise KeyError("too many ids")
            rows = [self._value(*key) for key in product(kpis, areas, self.state.years)]
        start, size = (page - 1) * self.state.page_size, self.state.page_size
        more = f"{self.state.base}{path}?page={page + 1}" if start + size < len(rows) else None
        shown = rows[start : start + size]
        return {"count": len(shown), "values": shown, "next_url": more}

    def _value(self, kpi: str, area: str, year: int) -> dict[str, Any]:
        value = {"gender": "T", "value": self.state.number(kpi, area, year), "status": "", "isdeleted": False}
        return {"kpi": kpi, "municipality": area, "period": year, "values": [value]}

    def _v2(self, steps: list[str], body: dict[str, Any]) -> Any:
        if steps == ["config"]:
            limits = {"maxDataCells": self.state.cells, "maxCallsPerTimeWindow": self.state.calls}
            return {**limits, "timeWindow": self.state.window_s}
        if steps[::2] == ["tables", "metadata"]:
            sizes = TABLES[steps[1]]
            return {"id": list(sizes), "dimension": _dimensions(sizes), "value": []}
        if steps[::2] == ["tables", "data"] and steps[1] in TABLES:
            chosen = {one["variableCode"]: one["valueCodes"] for one in body["selection"]}
            if set(TABLES[steps[1]]) - set(chosen) - MAY_BE_LEFT_OUT:
                raise KeyError("a dimension is missing")
            return self._cube(chosen)
        raise KeyError(steps[-1])

    def _v1(self, query: dict[str, list[str]], body: dict[str, Any], *, table: str = "") -> Any:
        if "config" in query:
            limits = {"maxValues": self.state.cells, "maxCells": self.state.cells}
            return {**limits, "maxCalls": self.state.calls, "timeWindow": self.state.window_s}
        if not body:
            sizes = SIZES
            if table:
                name, asked = SURVEYS[table]
                sizes = {**SURVEYED, name: list(asked), "År": ["2020-2023", "2021-2024"]}
            codes = [{"code": code, "text": code, "values": values} for code, values in sizes.items()]
            return {"title": "Folkmängd", "variables": codes}
        return self._cube({one["code"]: one["selection"]["values"] for one in body["query"]})

    def _cube(self, chosen: dict[str, list[str]]) -> Any:
        if prod(map(len, chosen.values())) > self.state.cells:
            raise PermissionError
        return {
            "version": "2.0",
            "class": "dataset",
            "label": "Andelar efter region, kön och år" if INTERVAL in chosen else "Folkmängd efter region",
            "source": "SCB",
            "id": list(chosen),
            "size": [len(codes) for codes in chosen.values()],
            "role": {
                "time": [list(chosen)[-1]],
                "metric": ["ContentsCode"] if "ContentsCode" in chosen else [],
            },
            "dimension": _dimensions(chosen),
            "value": [cell_of(codes) for codes in product(*chosen.values())],
        }


def cell_of(codes: tuple[str, ...]) -> int | None:
    """One cell; one of them is missing, as where too few live."""
    return None if codes == ("2482", "2", "2026M02") else sum(map(ord, "".join(codes))) * 3


def _dimensions(chosen: dict[str, list[str]]) -> dict[str, Any]:
    words = dict(SURVEYS.values())
    return {
        name: {
            "label": LABELS.get(name, name),
            **({"extension": {"elimination": True}} if name in MAY_BE_LEFT_OUT else {}),
            "category": {
                "index": {code: place for place, code in enumerate(codes)},
                "label": {
                    code: words.get(name, {}).get(code) or LABEL_OF.get(code, {}).get(name, code)
                    for code in codes
                },
                **(UNIT if name == "ContentsCode" else {}),
            },
        }
        for name, codes in chosen.items()
    }


@contextmanager
def running(state: State) -> Iterator[str]:
    """Serve on a free port of this machine until the block ends; its address."""
    handler = type("Bound", (Handler,), {"state": state})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        state.base = f"http://127.0.0.1:{server.server_port}"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield state.base
        finally:
            server.shutdown()
            thread.join()
