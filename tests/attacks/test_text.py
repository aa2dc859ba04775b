"""Whatever somebody writes, or has in a file, is shown as text: on pages, in files, in documents, in the log."""

import ast
import csv
import io
import json
import logging
import threading
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from django.test import Client

from samsyn.core.downloads import csv_file
from samsyn.evidence.models import Figure
from samsyn.evidence.tests import build as figures
from samsyn.graphics import office
from samsyn.graphics.tests.reading import words_of
from samsyn.parties.tests.build import Town, user_of
from samsyn.releases.models import Language, Release
from samsyn.releases.printing import printed
from tests.addresses import addresses
from tests.attacks.hostile import ESCAPED, TEXT, Elements, poison
from tests.processes import ROOT
from tests.whole import Whole


def pages(whole: Whole, client: Client) -> dict[str, str]:
    """Every page that opens for this client."""
    found = {}
    for page in addresses():
        if page.is_ours:
            path = page.path(whole)
            answer = client.get(path)
            assert answer.status_code < 500, path
            if answer.headers["Content-Type"].startswith("text/html"):
                found[page.name] = answer.text
    return found


def test_a_hostile_text_in_every_field_is_shown_as_text_on_every_page(whole: Whole, client: Client) -> None:
    assert poison() > 60

    seen: dict[str, str] = pages(whole, client)  # the public site, without an account
    for who, actor in whole.town.actors().items():
        client.force_login(user_of(actor))
        seen |= {f"{name} as {who}": page for name, page in pages(whole, client).items()}

    shown = [name for name, page in seen.items() if ESCAPED in page]
    assert {name: wrong for name, page in seen.items() if (wrong := Elements(page).wrong)} == {}
    assert [name for name, page in seen.items() if "<svg onload" in page] == []
    assert len(shown) > 60 and any(name.startswith("publishing:") for name in shown)
    assert any("{{7*7}}" in page for page in seen.values())  # not even a template reads it


def test_a_hostile_text_in_a_release_is_text_in_its_document(whole: Whole) -> None:
    poison()
    release = Release.objects.get(pk=whole.printed.pk) if whole.printed else None
    assert release

    document = printed(release, Language.SWEDISH)

    assert TEXT[:16] in words_of(document)
    assert not [one for one in (b"/JavaScript", b"/OpenAction", b"/Launch", b"/AA ") if one in document]


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        ("=1+1", "'=1+1"),
        ("+1-1", "'+1-1"),
        ("-1+2", "'-1+2"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("\r=1", "'\r=1"),
        ("\n=1", "'\n=1"),
        ("  =1", "'  =1"),
        ("＝1", "'＝1"),
        ("--1", "'--1"),
        ("=cmd|' /C calc'!A0", "'=cmd|' /C calc'!A0"),
        ("-12,5", "-12,5"),
        ("+3", "+3"),
        ("-4.5%", "-4.5%"),
        ("Ålidhem", "Ålidhem"),
        ("", ""),
    ],
)
def test_a_spreadsheet_runs_nothing_of_a_table_and_numbers_stay_numbers(cell: str, written: str) -> None:
    content = csv_file("x.csv", [cell], [[cell, "7"]]).content.decode("utf-8-sig")

    assert list(csv.reader(io.StringIO(content, newline=""), delimiter=";")) == [[written], [written, "7"]]


def test_a_line_of_the_log_is_one_line_whatever_stands_in_the_address(
    db: None, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    (handler,) = [one for one in logging.getLogger().handlers if type(one) is logging.StreamHandler]
    monkeypatch.setattr(handler, "stream", io.StringIO())

    client.get("/ingen/%0a%0dWARNING%20everything%20is%20well%1b[2J")

    lines = handler.stream.getvalue().splitlines()
    assert len(lines) == 1 and json.loads(lines[0])["status_code"] == 404
    assert not [sign for sign in lines[0] if ord(sign) < 32]


def test_a_hostile_name_in_a_file_is_text_in_drawing_table_and_page(town: Town, client: Client) -> None:
    """The one thing that pages show unescaped is what we drew ourselves."""
    name = "<svg onload=f()><b hx-get=/x>"
    data = figures.dataset(town, figures.BRA.replace("Totalt antal brott", name))
    figure = figures.figure(town, data)
    assert isinstance(figure, Figure)
    client.force_login(user_of(town.coordinator))

    page = client.get(f"/arbete/granvik/underlag/diagram/{figure.pk}/").text

    assert page.count("<svg") >= 2 and "&lt;svg onload=f()&gt;" in page
    assert Elements(page).wrong == [] and "<svg onload" not in page


SOURCES = [path for path in (ROOT / "samsyn").rglob("*.py") if not {"tests", "migrations"} & set(path.parts)]


def calls_in(path: Path) -> list[ast.Call]:
    return [node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Call)]


def test_a_chart_is_never_drawn_with_leave_to_fetch() -> None:
    """vl-convert fetches every address that a specification names, unless it is told of none.

    A finished drawing cannot be told so: `office.png`, the one that makes dots of it, draws none with an address.
    """
    found = 0
    for path in SOURCES:
        for call in calls_in(path):
            if isinstance(call.func, ast.Attribute) and ast.unparse(call.func.value) == "vl_convert":
                given = {one.arg: ast.unparse(one.value) for one in call.keywords}
                is_dots = (call.func.attr, path.name) == ("svg_to_png", "office.py")
                is_safe = call.func.attr == "register_font_directory" or is_dots
                assert is_safe or given["allowed_base_urls"] == "[]", path
                found += 1
    assert found


@pytest.mark.parametrize(
    "inside",
    [
        '<image href="http://127.0.0.1/x.png"/>',
        '<use xlink:href="http://127.0.0.1/x.svg#a"/>',
        '<rect fill="url(http://127.0.0.1/x.svg#a)"/>',
        "<style>@import 'http://127.0.0.1/x.css'</style>",
    ],
)
def test_a_drawing_that_names_an_address_is_not_made_into_dots(inside: str) -> None:
    drawing = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">{inside}</svg>'

    with pytest.raises(ValueError, match="address"):
        office.png(drawing)


def test_a_chart_that_names_an_address_fetches_nothing() -> None:
    import vl_convert

    asked: list[str] = []

    class Listener(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_error(404)

        def log_message(self, *_: object) -> None:
            """Be quiet."""

    server = HTTPServer(("127.0.0.1", 0), Listener)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    spec = {"data": {"url": f"http://127.0.0.1:{server.server_port}/x.json"}, "mark": "point", "encoding": {}}
    try:
        with suppress(ValueError):
            vl_convert.vegalite_to_svg(json.dumps(spec), vl_version="6.4", allowed_base_urls=[])
    finally:
        server.shutdown()
        server.server_close()

    assert asked == []


def test_xml_from_outside_is_read_with_the_careful_reader_only() -> None:
    careless = ("xml.etree", "xml.dom", "xml.sax", "lxml")
    no_readers = {"SAXException", "ContentHandler", "escape", "quoteattr"}  # the last two write
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text())):
            modules = [one.name for one in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom) and {one.name for one in node.names} - no_readers:
                modules.append(node.module or "")
            assert not [one for one in modules if one.startswith(careless)], path


def test_no_question_to_the_database_is_made_of_a_persons_words() -> None:
    """`extra`, `RawSQL` and lookups named by a request: what ruff's rule on SQL does not see."""
    for path in SOURCES:
        for call in calls_in(path):
            name = call.func.attr if isinstance(call.func, ast.Attribute) else ""
            assert name not in ("extra", "RawSQL"), path
            if name in ("filter", "exclude", "order_by", "values", "annotate", "get"):
                assert not [
                    one for one in call.keywords if one.arg is None and "request" in ast.unparse(one)
                ], path
            if name == "order_by":
                assert "request" not in "".join(map(ast.unparse, call.args)), path
