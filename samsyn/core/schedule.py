"""What is done by itself, once a Swedish day. A job's key is its name and the day: nothing runs twice."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.cache import cache

from samsyn.core import clock

DAY_S = 26 * 60 * 60


@dataclass(frozen=True)
class Daily:
    name: str
    task: Callable[[], Any]  # a django task; enqueued, not called
    hour: int = 4


_jobs: dict[str, Daily] = {}


def daily(name: str, task: Any, *, hour: int = 4) -> None:
    """Have a task enqueued once a day from this hour."""
    _jobs[name] = Daily(name, task, hour)


def start_due() -> None:
    """Enqueue what is due. `cache.add` is atomic over all processes: the first worker wins."""
    now = clock.now().astimezone(clock.SWEDEN)
    for job in _jobs.values():
        if now.hour >= job.hour and cache.add(f"schedule:{job.name}:{now.date()}", 1, DAY_S):
            job.task.enqueue()  # type: ignore[attr-defined]
