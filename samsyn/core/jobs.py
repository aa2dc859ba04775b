"""Work done outside the web process, and what happens when a worker dies in the middle of it.

django-tasks-db keeps the queue. It does not notice a worker that was killed, so each worker holds a lock for
its whole life, which the kernel or the database frees at death: no heartbeat, no lease clock. A task whose
worker is gone is put back; at its third death it fails, and its page offers to try again.
"""

import fcntl
import hashlib
import logging
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.db import close_old_connections, connection, connections
from django.utils import timezone
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from samsyn.core import schedule

log = logging.getLogger(__name__)
DEATHS_ALLOWED = 3
SWEEP_S = 1.0


def work(*, until_empty: bool = False) -> None:
    """Take tasks until stopped. Keeps the schedule too; several workers share it by job keys."""
    name = secrets.token_hex(16)
    with _alive(name):
        worker = _SweepingWorker(name, until_empty=until_empty)
        worker.configure_signals()
        worker.run()


class _SweepingWorker(Worker):
    """The library's worker, looking for dead colleagues and due jobs between tasks."""

    def __init__(self, name: str, *, until_empty: bool) -> None:
        super().__init__(
            queue_names=["*"],
            interval=0.3,
            batch=until_empty,
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id=name,
            excluded_queue_names=[],
        )
        self._looked_at = 0.0

    def run(self) -> None:
        sweep()
        super().run()

    def run_task(self, db_task_result: "DBTaskResult[Any, Any]") -> None:
        super().run_task(db_task_result)
        close_old_connections()

    @property
    def interval(self) -> float:
        """Read by the library each time it finds nothing to do: the moment to look around."""
        if time.monotonic() - self._looked_at > SWEEP_S:
            self._looked_at = time.monotonic()
            sweep()
            schedule.start_due()
        return self._interval

    @interval.setter
    def interval(self, value: float) -> None:
        self._interval = value


def sweep() -> int:
    """Put back what dead workers left behind. Returns how many tasks were taken from the dead."""
    taken = 0
    for task in DBTaskResult.objects.filter(status="RUNNING"):
        last = task.worker_ids[-1] if task.worker_ids else ""
        if last and _is_alive(last):
            continue
        fields = (
            {"status": "READY", "started_at": None}
            if len(task.worker_ids) < DEATHS_ALLOWED
            else {
                "status": "FAILED",
                "finished_at": timezone.now(),
                "exception_class_path": "builtins.RuntimeError",
                "traceback": "The worker died three times on this task.",
            }
        )
        # Compare and set: another worker may have swept or taken it meanwhile.
        taken += DBTaskResult.objects.filter(pk=task.pk, status="RUNNING", worker_ids=task.worker_ids).update(
            **fields
        )
    return taken


def break_off() -> int:
    """Begin none of what waits, and leave what ran. Its pages offer to try again. Returns how many tasks."""
    return DBTaskResult.objects.filter(status__in=["READY", "RUNNING"]).update(
        status="FAILED",
        finished_at=timezone.now(),
        exception_class_path="builtins.RuntimeError",
        traceback="A backup was brought back before this was done.",
    )


@contextmanager
def _alive(name: str) -> Iterator[None]:
    """Hold the lock that says that this worker lives."""
    if connection.vendor == "postgresql":
        own = connections.create_connection("default")
        try:
            own.cursor().execute("SELECT pg_advisory_lock(%s)", [_number(name)])
            yield
        finally:
            own.close()
        return
    with _file(name) as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        try:
            yield
        finally:
            Path(file.name).unlink(missing_ok=True)


def _is_alive(name: str) -> bool:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_lock(%s)", [_number(name)])
            (free,) = cursor.fetchone()
            if free:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [_number(name)])
        return not free
    path = _place(name)
    if not path.exists():
        return False
    with path.open("ab") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    path.unlink(missing_ok=True)
    return False


def _place(name: str) -> Path:
    return Path(settings.SAMSYN_HOME) / "locks" / f"worker-{name}"


def _file(name: str) -> IO[bytes]:
    return _place(name).open("ab")


def _number(name: str) -> int:
    return int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], signed=True)
