"""Server and worker killed with -9 again and again while people write and files wait to be read.

Real processes on a database of their own, of the kind that the tests run on. Nothing that was acknowledged is
lost, nothing is there twice, the chains hold, and every file that was taken in is read once.
"""

import http.client
import os
import random
import re
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable
from contextlib import suppress
from http.cookiejar import CookieJar
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from samsyn.demo.sign_ins import PASSWORD
from samsyn.evidence.tests.build import BRA
from tests.processes import ROOT, Place, command

KILLS = int(os.environ.get("SAMSYN_KILLS") or 8)  # 50 shows more, and takes three minutes on each database
FILES = 4
# Minutes, not seconds: each time a process starts anew, with all that it imports.
pytestmark = [pytest.mark.slow, pytest.mark.both]


class Browser:
    """A client that keeps cookies and tries again while nobody answers."""

    def __init__(self, server: str) -> None:
        self.server, self.jar = server, CookieJar()
        self._opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.jar))

    def get(self, path: str) -> str:
        return self._open(urllib.request.Request(self.server + path))[1]

    def post(self, path: str, page: str, **fields: str) -> tuple[str, str]:
        """Press a form's button once. Raises when the answer is lost: then nothing was acknowledged."""
        body = urllib.parse.urlencode({"csrfmiddlewaretoken": token(page), **fields}).encode()
        return self._open(urllib.request.Request(self.server + path, body, self._origin()), tries=1)

    def send_file(self, path: str, page: str, name: str, content: bytes) -> tuple[str, str]:
        edge = uuid4().hex
        parts = [
            f'--{edge}\r\nContent-Disposition: form-data; name="csrfmiddlewaretoken"\r\n\r\n{token(page)}\r\n',
            f'--{edge}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n'
            "Content-Type: text/plain\r\n\r\n",
        ]
        body = "".join(parts).encode() + content + f"\r\n--{edge}--\r\n".encode()
        headers = self._origin() | {"Content-Type": f"multipart/form-data; boundary={edge}"}
        return self._open(urllib.request.Request(self.server + path, body, headers), tries=1)

    def _origin(self) -> dict[str, str]:
        return {"Origin": self.server, "Referer": self.server + "/"}

    def _open(self, request: urllib.request.Request, tries: int = 120) -> tuple[str, str]:
        for attempt in range(tries):
            try:
                with self._opener.open(request, timeout=20) as answer:
                    return answer.url, answer.read().decode()
            except urllib.error.HTTPError:
                raise
            except (OSError, http.client.HTTPException) as error:  # not reached, or cut off in the answer
                if attempt == tries - 1:
                    raise ConnectionError("No whole answer came.") from error
                time.sleep(0.25)
        raise AssertionError


def token(page: str) -> str:
    found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    assert found, page[:500]
    return found[1]


def start(place: Place, port: int) -> "subprocess.Popen[bytes]":
    env = place.environment(SAMSYN_ORIGIN=f"http://127.0.0.1:{port}")
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    return subprocess.Popen(command("serve", "--port", str(port)), cwd=ROOT, env=env, **quiet)


def family(pid: int) -> list[int]:
    """The processes below one, as the kernel knows them."""
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return []
    return [one for child in children for one in (int(child), *family(int(child)))]


def whole_family(server: "subprocess.Popen[bytes]") -> list[int]:
    """Web server, its child and the worker, once all of them run."""
    for _ in range(100):
        if len(found := family(server.pid)) >= 3:
            return found
        time.sleep(0.2)
    raise AssertionError("Samsyn does not get up again.")


def test_nothing_acknowledged_is_lost_and_nothing_is_done_twice(new_place: Callable[[str], Place]) -> None:
    place, running = new_place("home"), list[subprocess.Popen[bytes]]()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    loaded = place.samsyn("demo")
    assert loaded.returncode == 0, loaded.stderr
    try:
        written, files = _work(place, port, running)
    finally:
        for one in running:
            for pid in [*family(one.pid), one.pid]:
                kill_9(pid)
            one.wait(timeout=20)
    checked = place.samsyn("verify")
    assert checked.returncode == 0, checked.stdout + checked.stderr
    bodies, readings = _found(place)
    assert len(written) >= KILLS / 2 and len(files) > FILES / 2  # people got on with their work
    assert [name for name in written if bodies.count(name) != 1] == []
    assert len(bodies) == len(set(bodies))
    assert [key for key in files if readings.count(key) != 1] == []


def kill_9(pid: int) -> None:
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)


def _work(place: Place, port: int, running: list["subprocess.Popen[bytes]"]) -> tuple[list[str], list[str]]:
    """Write and send files while processes are killed. Gives what was acknowledged."""
    chance, server = random.Random(2026), start(place, port)
    running.append(server)
    person = Browser(f"http://127.0.0.1:{port}")
    sign_in = person.get("/konto/logga-in/")
    person.post(
        "/konto/logga-in/",
        sign_in,
        login="samordnare@alvhamra.example",
        password=PASSWORD,
        next="/arbete/",
    )
    written: list[str] = []
    files: list[str] = []
    form = "/arbete/alvhamra/radet/organ/"
    for kill in range(KILLS):
        page = person.get(form)
        name = f"Nämnd {kill}"
        victim = server.pid if kill % 10 == 9 else chance.choice(whole_family(server))
        if kill % 2:
            kill_9(victim)
        try:
            person.post(form, page, name=name, kind="board")
            written.append(name)
        except OSError:
            pass
        if kill % (KILLS // FILES) == 0:
            page = person.get("/arbete/alvhamra/underlag/ny-fil/")
            try:
                address, _ = person.send_file(
                    "/arbete/alvhamra/underlag/ny-fil/", page, f"fil{kill}.txt", BRA.encode("cp1252")
                )
                files.append(address.rstrip("/").rsplit("/", 1)[1])
            except OSError:
                pass
        if not kill % 2:
            kill_9(victim)
        if victim == server.pid:
            server.wait(timeout=20)
            server = start(place, port)
            running.append(server)
    _until_read(person, files)
    return written, files


def _until_read(person: Browser, files: list[str]) -> None:
    """Wait for the worker; press "try again" for a file whose worker died three times."""
    deadline = time.monotonic() + 90
    for key in files:
        address = f"/arbete/alvhamra/underlag/fil/{key}/"
        while time.monotonic() < deadline:
            page = person.get(address)
            if "Behåll uppgifterna" in page:
                break
            if f"{address}las-igen/" in page:
                person.post(f"{address}las-igen/", page)
            time.sleep(0.5)


def _found(place: Place) -> tuple[list[str], list[str]]:
    """The bodies that are there, and the file of each reading that the journal knows."""
    bodies = place.rows("SELECT name FROM council_body WHERE name LIKE 'Nämnd %'")
    readings = place.rows("SELECT object_id FROM core_entry WHERE command = 'evidence.record_reading'")
    return [name for (name,) in bodies], [str(UUID(str(key))) for (key,) in readings]
