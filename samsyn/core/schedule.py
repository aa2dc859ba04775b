"""What is done by itself, each Swedish day or each hour. A job's key holds both: nothing runs twice."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.cache import cache

from samsyn.core import clock

DAY_S = 26 * 60 * 60
HOUR_S = 60 * 60


@dataclass(frozen=True)
class Daily:
    name: str
    task: Callable[[], Any]  # a django task; enqueued, not called
    hour: int = 4


_jobs: dict[str, Daily] = {}
_hourly: dict[str, Any] = {}


def daily(name: str, task: Any, *, hour: int = 4) -> None:
    """Have a task enqueued once a day from this hour."""
    _jobs[name] = Daily(name, task, hour)


def hourly(name: str, task: Any) -> None:
    """Have a task enqueued at the beginning of every hour."""
    _hourly[name] = task


def start_due() -> None:
    """Enqueue what is due. `cache.add` is atomic over all processes: the first worker wins."""
    now = clock.now().astimezone(clock.SWEDEN)
    for job in _jobs.values():
        if now.hour >= job.hour and cache.add(f"schedule:{job.name}:{now.date()}", 1, DAY_S):
            job.task.enqueue()  # type: ignore[attr-defined]
    for name, task in _hourly.items():
        if cache.add(f"schedule:{name}:{now:%Y-%m-%dT%H%z}", 1, 2 * HOUR_S):
            task.enqueue()
