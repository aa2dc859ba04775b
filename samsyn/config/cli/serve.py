"""Web server and worker under one roof. When either dies it is started again; when this dies, both do."""

import os
import signal
import subprocess
import sys
import time

from django.conf import settings
from django.db import connection

from samsyn.config.cli import Failure, parser
from samsyn.config.cli.demo import load_if_empty, refuse_in_production
from samsyn.config.preparing import faults, prepare
from samsyn.config.processes import die_with_parent

RESTART_PAUSE_S = 1.0


def main(arguments: list[str]) -> int:
    options = parser("serve")
    options.add_argument("--host", default="127.0.0.1", help="address to listen on (127.0.0.1)")
    options.add_argument(
        "--port", type=int, default=int(os.environ.get("PORT", "8000")), help="PORT, or 8000"
    )
    options.add_argument("--no-worker", action="store_true", help="serve pages only; run workers elsewhere")
    options.add_argument(
        "--exercise", action="store_true", help="load the exercise first, when nothing is here"
    )
    asked = options.parse_args(arguments)
    if str(asked.port) != os.environ.get("PORT", "8000"):
        # Links in pages and mails hold the port, and settings are read once: begin again with this one.
        os.environ["PORT"] = str(asked.port)
        os.execv(sys.executable, [sys.executable, "-m", "samsyn.config.cli", "serve", *arguments])  # noqa: S606
    if asked.exercise:
        refuse_in_production()
    prepare()
    if asked.exercise:
        load_if_empty()
    if found := faults():
        raise Failure("not started.\n  - " + "\n  - ".join(found))
    _greet(asked.port)
    connection.close()
    return _supervise(_programs(asked.host, asked.port, with_worker=not asked.no_worker))


def _greet(port: int) -> None:
    from samsyn.parties.models import Partnership, User
    from samsyn.parties.setup import setup_link

    print(f"Samsyn is at {settings.ORIGIN}/ (port {port}). Stop with Ctrl+C.")
    if not Partnership.objects.exists() and (link := setup_link()):
        print(f"Nothing here yet. Begin at this address; it works once:\n  {link}")
    if any(Partnership.objects.filter(is_exercise=True)):
        from samsyn.demo.sign_ins import sign_ins

        offered = {address: (who, address, password) for who, address, password in sign_ins()}
        # Whoever came with an import has no password until a new one is set: only what opens is told.
        there = User.objects.filter(email__in=offered).order_by("pk")
        opening = [offered[one.email] for one in there if one.has_usable_password()]
        if opening:
            print("Sign in to the exercise as:")
        for who, address, password in opening:
            print(f"  {who:<34} {address:<36} {password}")
    sys.stdout.flush()


def _programs(host: str, port: int, *, with_worker: bool) -> list[list[str]]:
    """One process with threads on SQLite, whose writers queue anyway; more on PostgreSQL."""
    cores = os.cpu_count() or 2
    processes = "1" if connection.vendor == "sqlite" else str(cores)
    granian = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", host, "--port", str(port)]
    granian += [
        "--workers",
        processes,
        "--blocking-threads",
        str(min(8, 2 * cores + 1)),  # with more of them granian warns
        "--no-access-log",
        "--log-level",
        "warning",
    ]
    web = [*granian, "samsyn.config.wsgi:application"]
    worker = [sys.executable, "-m", "samsyn.config.cli", "worker"]
    return [web, worker] if with_worker else [web]


def _supervise(programs: list[list[str]]) -> int:
    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    signal.signal(signal.SIGTERM, stop)
    running = {index: _start(program) for index, program in enumerate(programs)}
    quick_deaths = 0
    try:
        while True:
            time.sleep(RESTART_PAUSE_S)
            for index, child in running.items():
                if child.poll() is None:
                    continue
                quick_deaths += 1
                if quick_deaths > 60:
                    raise Failure("a part of Samsyn dies again and again; see the log above.")
                running[index] = _start(programs[index])
    except KeyboardInterrupt:
        return 0
    finally:
        for child in running.values():
            child.terminate()
        for child in running.values():
            try:
                child.wait(timeout=10)
            except subprocess.TimeoutExpired:
                child.kill()


def _start(program: list[str]) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(program, preexec_fn=die_with_parent)  # no threads here
