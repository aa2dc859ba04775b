"""What is done by itself, each Swedish day or each hour. A job's key holds both: nothing runs twice."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import models, transaction

from samsyn.core import clock

KEPT = timedelta(days=3)  # a mark matters until its day is over everywhere


class Start(models.Model):
    """That a job was started for a day or an hour. In the same transaction as its task: both, or neither."""

    key = models.CharField(max_length=200, primary_key=True)
    at = models.DateTimeField()


@dataclass(frozen=True)
class Daily:
    task: Any  # a django task; enqueued, not called
    hour: int


_jobs: dict[str, Daily] = {}
_hourly: dict[str, Any] = {}


def daily(name: str, task: Any, *, hour: int = 4) -> None:
    """Have a task enqueued once a day from this hour."""
    _jobs[name] = Daily(task, hour)


def hourly(name: str, task: Any) -> None:
    """Have a task enqueued at the beginning of every hour."""
    _hourly[name] = task


def start_due() -> None:
    """Enqueue what is due and not started yet. One query while nothing is."""
    now = clock.now().astimezone(clock.SWEDEN)
    due = {_of_day(name, now): job.task for name, job in _jobs.items() if now.hour >= job.hour}
    due |= {f"{name}:{now:%Y-%m-%dT%H%z}": task for name, task in _hourly.items()}
    started = set(Start.objects.filter(key__in=due).values_list("key", flat=True))
    for key, task in due.items():
        if key not in started:
            _start(key, task)


def _start(key: str, task: Any) -> None:
    """One of several workers wins: the others wait at the same key, and see that it is there."""
    with transaction.atomic():
        _, is_first = Start.objects.get_or_create(key=key, defaults={"at": clock.now()})
        if is_first:
            task.enqueue()
            Start.objects.filter(at__lt=clock.now() - KEPT).delete()


def rest_today() -> None:
    """Start no daily job any more today."""
    now = clock.now().astimezone(clock.SWEDEN)
    for name in _jobs:
        Start.objects.get_or_create(key=_of_day(name, now), defaults={"at": clock.now()})


def _of_day(name: str, now: datetime) -> str:
    return f"{name}:{now.date()}"
