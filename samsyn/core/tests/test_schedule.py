"""What is due is started once: also by several workers, and by one that is killed while it starts it."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django_tasks_db.models import DBTaskResult

from samsyn.core import clock, jobs, schedule
from samsyn.parties.tasks import mail_anchors

NOON = datetime(2031, 3, 5, 11, tzinfo=UTC)
NIGHT = datetime(2031, 3, 5, 1, tzinfo=UTC)  # two o'clock in Sweden


@pytest.fixture(autouse=True)
def one_job(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The real queue, with one job a day, and no other."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    monkeypatch.setattr(schedule, "_jobs", {})
    monkeypatch.setattr(schedule, "_hourly", {})
    schedule.daily("tests.daily", mail_anchors)
    with clock.at(NOON):
        yield


def waiting() -> int:
    return DBTaskResult.objects.filter(status="READY").count()


def test_a_daily_job_starts_once_a_day_and_not_before_its_hour(db: None) -> None:
    with clock.at(NIGHT):
        schedule.start_due()
    assert waiting() == 0

    schedule.start_due()
    schedule.start_due()
    assert waiting() == 1

    with clock.at(NOON + timedelta(days=1)):
        schedule.start_due()
    assert waiting() == 2


def test_an_hourly_job_starts_each_hour_and_old_marks_go(db: None) -> None:
    schedule.hourly("tests.hourly", mail_anchors)
    schedule.start_due()

    with clock.at(NOON + timedelta(days=4)):
        schedule.start_due()
        kept = {one.at for one in schedule.Start.objects.all()}

    assert waiting() == 4
    assert kept == {NOON + timedelta(days=4)}


class Killed(BaseException):
    """As when the process ends: nothing after it runs, and the transaction is not committed."""


@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_between_mark_and_task_leaves_neither(monkeypatch: pytest.MonkeyPatch) -> None:
    class Dying:
        def enqueue(self) -> None:
            mail_anchors.enqueue()
            raise Killed

    schedule.daily("tests.daily", Dying())
    with pytest.raises(Killed):
        schedule.start_due()
    assert (waiting(), schedule.Start.objects.count()) == (0, 0)

    schedule.daily("tests.daily", mail_anchors)
    schedule.start_due()
    assert waiting() == 1


@pytest.mark.django_db(transaction=True)
def test_of_twenty_workers_one_starts_it() -> None:
    def work(_: int) -> None:
        try:
            with clock.at(NOON):
                schedule.start_due()
        finally:
            connection.close()

    with ThreadPoolExecutor(20) as pool:
        list(pool.map(work, range(20)))

    assert waiting() == 1


def test_after_a_restore_nothing_waits_and_nothing_more_starts_that_day(db: None) -> None:
    mail_anchors.enqueue()

    assert jobs.break_off() == 1
    schedule.rest_today()
    schedule.start_due()

    assert waiting() == 0
    with clock.at(NOON + timedelta(days=1)):
        schedule.start_due()
    assert waiting() == 1
