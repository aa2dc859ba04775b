"""Mail that a worker sends, and sends again when the mail server does not take it."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from smtplib import SMTPRecipientsRefused
from typing import Any

from samsyn.core import clock

log = logging.getLogger(__name__)
WAITS = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 720))  # fourteen hours in all
FOR_GOOD = 500  # from here on the server's answer will not change: there is no such address


@contextmanager
def or_later(task: Any, *about: str, tried: int) -> Iterator[None]:
    """Put the task off, further each time, when sending inside fails. The last time the error stands.

    One task is one mail to one address, so that what was sent is not sent twice. The task takes `about` and
    how many times it was `tried`.
    """
    try:
        yield
    except OSError as error:  # smtplib's own are of this kind too
        if tried >= len(WAITS) or _is_for_good(error):
            raise
        log.warning("mail put off by %s: %s", WAITS[tried], type(error).__name__)
        task.using(run_after=clock.now() + WAITS[tried]).enqueue(*about, tried=tried + 1)


def _is_for_good(error: OSError) -> bool:
    if not isinstance(error, SMTPRecipientsRefused):
        return False
    return all(code >= FOR_GOOD for code, _ in error.recipients.values())
