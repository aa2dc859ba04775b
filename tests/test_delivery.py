"""What travels to the browser: few files, compressed, kept there for good; pages compressed where it is safe."""

import gzip
import re
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from whitenoise.middleware import WhiteNoiseMiddleware

from samsyn.config.settings import STORAGES
from samsyn.core.middleware import PublicCompression
from samsyn.parties.tests.build import Town, user_of

FILE = re.compile(r'(?:href|src)="(/static/[^"]+)"')
GZIP = {"accept-encoding": "gzip"}


@pytest.fixture
def collected(settings: Any, tmp_path: Path) -> WhiteNoiseMiddleware:
    """The files as `samsyn serve` collects them, behind the door that serves them."""
    settings.STORAGES, settings.STATIC_ROOT = STORAGES, tmp_path / "static"
    call_command("collectstatic", verbosity=0, interactive=False)
    return WhiteNoiseMiddleware(lambda request: HttpResponse(status=404))


def test_files_have_hashed_names_are_compressed_and_kept_for_good(
    collected: WhiteNoiseMiddleware, town: Town, client: Client
) -> None:
    client.force_login(user_of(town.coordinator))
    work, public = (
        client.get(path).text for path in (f"/arbete/{town.partnership.slug}/", "/tillganglighet/")
    )

    assert len(set(FILE.findall(public))) <= 6  # icon, font, four sheets: once, and then no more
    assert len(set(FILE.findall(work))) <= 8  # and two scripts
    for path in FILE.findall(work):
        served = collected(RequestFactory().get(path, headers=GZIP))
        assert re.search(r"\.[0-9a-f]{12}\.\w+$", path), path
        assert "immutable" in served["Cache-Control"], path
        assert int(served["Cache-Control"].split("max-age=")[1].split(",")[0]) >= 365 * 24 * 60 * 60
        if path.endswith((".css", ".js")):
            assert served.get("Content-Encoding") == "gzip" or int(served["Content-Length"]) < 1000, path
        served.close()


def test_a_public_page_is_compressed_and_a_page_at_work_never(town: Town, client: Client) -> None:
    page = client.get("/tillganglighet/", headers=GZIP)
    assert page["Content-Encoding"] == "gzip"
    assert "<h1>" in gzip.decompress(page.content).decode()

    client.force_login(user_of(town.coordinator))
    for path in (f"/arbete/{town.partnership.slug}/sok/?q=ord", "/konto/", "/tillganglighet/"):
        assert "Content-Encoding" not in client.get(path, headers=GZIP)


@pytest.mark.parametrize("method", ["post", "get"])
def test_neither_the_answer_to_a_form_nor_a_page_with_a_cookie_is_compressed(method: str) -> None:
    def page(request: HttpRequest) -> HttpResponse:
        answer = HttpResponse("kod " * 500)
        if request.method == "GET":
            answer.set_cookie("language", "sv")
        return answer

    request = getattr(RequestFactory(), method)("/umea/", headers=GZIP)
    assert "Content-Encoding" not in PublicCompression(page)(request)
