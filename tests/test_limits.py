"""Who asks too often meets a page that says when to come back, in every process, and leaves no address behind."""

import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.core.cache import caches
from django.core.management import call_command
from django.db import connection
from django.test import Client, RequestFactory
from django.urls import resolve

from samsyn.core import clock, limits
from samsyn.core.errors import TooMany
from samsyn.core.limits import Limit
from samsyn.core.models import Tally
from samsyn.core.tasks import forget
from samsyn.dialogue.models import Voice
from samsyn.dialogue.tests import build
from samsyn.parties.tests.build import Town, user_of
from tests.addresses import addresses
from tests.processes import ROOT, same_database
from tests.whole import Whole

NOON = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)
THREE = Limit("three", 3, 600)
UNCOUNTED = {"health", "language"}  # answers from memory; changes a cookie


@pytest.fixture(autouse=True)
def at_noon() -> Iterator[None]:
    with clock.at(NOON):
        yield


def test_one_more_than_the_limit_is_told_how_long_to_wait(db: None) -> None:
    for _ in range(3):
        limits.count(THREE, "somebody")

    with clock.at(NOON + timedelta(seconds=150)), pytest.raises(TooMany) as told:
        limits.count(THREE, "somebody")

    assert told.value.wait_s == 450 and "Wait 8 minutes" in str(told.value)


def test_others_other_limits_and_the_next_window_are_counted_apart(db: None) -> None:
    for _ in range(3):
        limits.count(THREE, "somebody")

    limits.count(THREE, "somebody else")
    limits.count(Limit("other", 3, 600), "somebody")
    with clock.at(NOON + timedelta(seconds=600)):
        limits.count(THREE, "somebody")


@pytest.mark.parametrize(("language", "said"), [("sv", "Vänta 60 minuter"), ("en", "Wait 60 minutes")])
def test_a_citizen_who_answers_without_end_is_stopped_with_a_page(
    town: Town, client: Client, language: str, said: str
) -> None:
    asked = build.dialogue(town)
    path = f"/en/granvik/dialogue/{asked.pk}/" if language == "en" else f"/granvik/dialog/{asked.pk}/"
    answers = [
        client.post(path, {"text": "Belysningen vid bron är trasig.", "submission": uuid4()})
        for _ in range(limits.ANSWER.tries + 1)
    ]

    page = answers[-1].content.decode()
    assert [one.status_code for one in answers] == [200] * limits.ANSWER.tries + [429]
    assert answers[-1].headers["Retry-After"] == "3600" and said in page and page.count("<h1>") == 1
    assert "Belysningen vid bron" in page  # what was written is not lost
    assert Voice.objects.count() == limits.ANSWER.tries
    assert client.get(path).status_code == 200  # reading is never stopped


def test_a_receipts_code_cannot_be_tried_again_and_again(town: Town, client: Client) -> None:
    asked = build.dialogue(town)
    path = f"/granvik/dialog/{asked.pk}/kvitto/"

    statuses = [client.post(path, {"code": f"AAAA-{number}"}).status_code for number in range(21)]

    assert statuses == [422] * 20 + [429]


def test_search_is_counted_for_the_account_and_not_for_the_office(town: Town, client: Client) -> None:
    client.force_login(user_of(town.coordinator))
    statuses = [client.get("/arbete/granvik/sok/?q=ljus").status_code for _ in range(limits.SEARCH.tries + 1)]
    colleague = Client()
    colleague.force_login(user_of(town.chair))

    assert statuses[-2:] == [200, 429]
    assert colleague.get("/arbete/granvik/sok/?q=ljus").status_code == 200


def test_a_claimed_address_changes_nothing_and_a_trusted_proxys_does(
    rf: RequestFactory, settings: Any
) -> None:
    forged = {limits.who(rf.get("/", headers={"X-Forwarded-For": f"10.0.0.{n}"})) for n in range(9)}
    settings.TRUSTED_PROXIES = 1
    true = {limits.who(rf.get("/", headers={"X-Forwarded-For": f"6.6.6.6, 10.0.0.{n}"})) for n in range(9)}

    assert len(forged) == 1 and len(true) == 9


def test_addresses_that_one_household_chooses_freely_are_one(rf: RequestFactory) -> None:
    def of(address: str) -> str:
        return limits.who(rf.get("/", REMOTE_ADDR=address))

    assert of("2001:db8:1:2::1") == of("2001:db8:1:2:ffff::9") != of("2001:db8:1:3::1")
    assert of("::ffff:10.0.0.1") == of("10.0.0.1") != of("10.0.0.2")
    assert of("nonsense") == of("other nonsense")


def test_no_address_is_stored_and_what_is_past_is_forgotten(
    town: Town, client: Client, settings: Any, django_user_model: Any
) -> None:
    """Our own counts, and those of the sign-in, which stand in the shared cache."""
    settings.CACHES = {"default": _shared_cache()}
    call_command("createcachetable", verbosity=0)
    asked = build.dialogue(town)
    client.post(f"/granvik/dialog/{asked.pk}/kvitto/", {"code": "A"}, REMOTE_ADDR="203.0.113.77")
    client.post("/konto/logga-in/", {"login": "a@x.example", "password": "b"}, REMOTE_ADDR="203.0.113.77")

    with connection.cursor() as cursor:
        cursor.execute("SELECT cache_key FROM core_cache")
        stored = [key for (key,) in cursor.fetchall()]
    stored += Tally.objects.values_list("key", flat=True)
    assert len(stored) > 2 and {len(key) for key in stored} == {64}
    with clock.at(datetime.now(UTC) + timedelta(days=1)):
        forget.call()
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM core_cache")
        assert cursor.fetchone() == (0,) and not Tally.objects.exists()


def _shared_cache() -> dict[str, Any]:
    from samsyn.config import settings as real

    return real.CACHES["default"]


def test_a_flood_of_other_keys_does_not_push_out_a_count(db: None, settings: Any) -> None:
    settings.CACHES = {"default": _shared_cache()}
    call_command("createcachetable", verbosity=0)
    cache = caches["default"]
    cache.set("counted", 5, 600)

    for number in range(400):  # more than what Django keeps when it is not told
        cache.set(f"other {number}", 1, 600)

    assert cache.get("counted") == 5


COUNTS = """
import django; django.setup()
from samsyn.core import limits
from samsyn.core.errors import TooMany
passed = 0
for _ in range(60):
    try:
        limits.count(limits.Limit("shared", 40, 10**9), "somebody"); passed += 1
    except TooMany: pass
print(passed)
"""


@pytest.mark.django_db(transaction=True)
def test_two_processes_count_together(home: Path) -> None:
    environment = same_database(home)
    running = [
        subprocess.Popen(
            [sys.executable, "-c", COUNTS], cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True
        )
        for _ in range(2)
    ]

    passed = [int(one.communicate(timeout=120)[0]) for one in running]

    assert sum(passed) == 40, passed


def test_every_public_form_is_counted() -> None:
    """Of allauth's pages its own limits count (`ACCOUNT_RATE_LIMITS`)."""
    public = [one for one in addresses() if one.is_ours and one.permission is None]
    reading = {
        "front",
        "accessibility",
        "personal_data",
        "contact",
        "follow_up",
        "home",
        "agreement",
        "picture",
        "plan",
        "quoted_picture",
        "promises",
    }

    uncounted = {one.name.split(":")[-1] for one in public if one.limit is None}

    assert uncounted == reading | UNCOUNTED
    assert {one.limit for one in public} >= {limits.ANSWER, limits.RECEIPT, limits.OPEN_LINK}


def test_every_file_that_one_can_fetch_or_send_is_counted(whole: Whole, client: Client) -> None:
    client.force_login(user_of(whole.town.coordinator))
    files, takers = set(), set()
    for page in addresses():
        answer = client.get(page.path(whole)) if page.is_ours else None
        if answer is None or answer.status_code != 200:
            continue
        if answer.headers["Content-Type"].startswith("text/html"):
            for form in re.findall(r"<form[^>]*multipart/form-data[^>]*>", answer.text):
                action = re.search(r'action="([^"?]*)', form)
                takers.add(resolve(action[1] if action and action[1] else page.path(whole)).func)
        elif "health" not in page.name:
            files.add(page)

    assert {one.limit for one in files} == {limits.DOWNLOAD, limits.PUBLIC_DOCUMENT}
    assert {getattr(one, "limit", None) for one in takers} <= {limits.UPLOAD, limits.KEY}
    assert len(files) > 5 and len(takers) > 1
