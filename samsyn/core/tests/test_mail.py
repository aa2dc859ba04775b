"""Mail waits for a server that is down, and is not tried again where no trying helps."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from smtplib import SMTPRecipientsRefused, SMTPServerDisconnected
from typing import Any

import pytest
from django_tasks import task
from django_tasks_db.models import DBTaskResult

from samsyn.core import clock, mail

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 2, 12, tzinfo=clock.SWEDEN)


@task()
def nothing(letter: str, tried: int = 0) -> None:
    """Stands in for a mail."""


@pytest.fixture(autouse=True)
def queue(settings: Any) -> Iterator[None]:
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    with clock.at(NOON):
        yield


@pytest.mark.parametrize("error", [ConnectionRefusedError(), SMTPServerDisconnected(), TimeoutError()])
def test_a_mail_is_put_off_while_the_server_is_down(error: OSError) -> None:
    with mail.or_later(nothing, "letter", tried=1):
        raise error
    waiting = DBTaskResult.objects.get()
    assert waiting.run_after == NOON + timedelta(minutes=5)
    assert waiting.args_kwargs == {"args": ["letter"], "kwargs": {"tried": 2}}


def test_it_is_put_off_once_more_where_only_some_answers_are_final() -> None:
    with mail.or_later(nothing, "letter", tried=0):
        raise SMTPRecipientsRefused({"a@example.org": (450, b"try later"), "b@example.org": (550, b"nobody")})
    assert DBTaskResult.objects.count() == 1


def test_the_error_stands_after_the_last_time() -> None:
    with pytest.raises(ConnectionRefusedError), mail.or_later(nothing, "letter", tried=len(mail.WAITS)):
        raise ConnectionRefusedError
    assert not DBTaskResult.objects.exists()


def test_an_address_that_does_not_exist_is_not_tried_again() -> None:
    with pytest.raises(SMTPRecipientsRefused), mail.or_later(nothing, "letter", tried=0):
        raise SMTPRecipientsRefused({"nobody@example.org": (550, b"no such user")})
    assert not DBTaskResult.objects.exists()


def test_what_is_not_about_sending_is_not_hidden() -> None:
    with pytest.raises(ValueError, match="template"), mail.or_later(nothing, "letter", tried=0):
        raise ValueError("template")
