"""Production does not start on settings that would let anybody in, and what it starts with is strict."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from samsyn.config import preparing
from samsyn.core import stores
from samsyn.parties.models import Partnership
from tests.addresses import addresses
from tests.processes import ROOT, command, environment

SAFE = {
    "SAMSYN_SECRET_KEY": "kQ7vR2mX9pL4tW8zB3nH6jD1fG5sY0cA-kQ7vR2mX9pL4tW8zB3nH",
    "SAMSYN_TRUSTED_PROXIES": "1",
    "SAMSYN_MAIL_URL": "smtp://user:word@mail.example:587",
    "SAMSYN_ORIGIN": "https://samsyn.example",
    "SAMSYN_ENV": "production",
}


@pytest.fixture
def production(settings: Any, monkeypatch: pytest.MonkeyPatch, home: Path) -> Any:
    settings.IN_PRODUCTION, settings.ORIGIN, settings.TRUSTED_PROXIES = True, SAFE["SAMSYN_ORIGIN"], 1
    for name, value in SAFE.items():
        monkeypatch.setenv(name, value)
    (home / "keys").chmod(0o700)
    return settings


def test_safe_settings_have_no_fault(db: None, production: Any) -> None:
    assert preparing.faults() == []


def _env(name: str, value: str | None) -> Callable[..., None]:
    def change(patch: pytest.MonkeyPatch, **_: Any) -> None:
        patch.setenv(name, value) if value is not None else patch.delenv(name)

    return change


def _setting(name: str, value: Any) -> Callable[..., None]:
    return lambda production, **_: setattr(production, name, value)


FAULTS = {
    "no key": (_env("SAMSYN_SECRET_KEY", None), "SECRET_KEY"),
    "a short key": (_env("SAMSYN_SECRET_KEY", "hemlig"), "SECRET_KEY"),
    "a key that somebody typed": (_env("SAMSYN_SECRET_KEY", "abcabc" * 10), "SECRET_KEY"),
    "the key of a sample": (
        _env("SAMSYN_SECRET_KEY", "django-insecure-" + SAFE["SAMSYN_SECRET_KEY"]),
        "SECRET_KEY",
    ),
    "no encryption": (_setting("ORIGIN", "http://samsyn.example"), "SAMSYN_ORIGIN"),
    "an address that is only here": (_setting("ORIGIN", "https://localhost"), "SAMSYN_ORIGIN"),
    "nobody said how many proxies": (_env("SAMSYN_TRUSTED_PROXIES", None), "PROXIES"),
    "fewer proxies than none": (_setting("TRUSTED_PROXIES", -1), "PROXIES"),
    "no mail": (_env("SAMSYN_MAIL_URL", None), "MAIL_URL"),
    "keys that others can read": (lambda home, **_: (home / "keys").chmod(0o755), "chmod 700"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_an_unsafe_setting_is_named(
    fault: str, db: None, production: Any, monkeypatch: pytest.MonkeyPatch, home: Path
) -> None:
    change, said = FAULTS[fault]
    change(patch=monkeypatch, production=production, home=home)

    (found,) = preparing.faults()

    assert said in found


def test_a_bucket_that_does_not_answer_is_named(db: None, production: Any, monkeypatch: Any) -> None:
    production.SAMSYN_OBJECTS = "s3://nobody/here"
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
    monkeypatch.setattr(stores, "TRIES", {"max_retries": 0})

    (found,) = preparing.faults()

    assert found.startswith("SAMSYN_OBJECTS=s3://nobody/here does not answer")


def test_an_exercise_whose_passwords_everybody_knows_is_named(town: Any, production: Any) -> None:
    assert preparing.faults() == []
    Partnership._base_manager.filter(pk=town.partnership.pk)._update([(_exercise(), None, True)])

    assert "exercise" in preparing.faults()[0]


def _exercise() -> Any:
    return Partnership._meta.get_field("is_exercise")


@pytest.mark.slow
def test_it_does_not_start_and_says_why(tmp_path: Path) -> None:
    unsafe = environment(tmp_path, SAMSYN_ENV="production", PORT="8999")

    done = subprocess.run(
        command("serve", "--port", "8999"), cwd=ROOT, env=unsafe, capture_output=True, text=True, timeout=120
    )

    assert done.returncode == 1 and "not started" in done.stderr
    for name in ("SAMSYN_SECRET_KEY", "SAMSYN_ORIGIN", "SAMSYN_TRUSTED_PROXIES", "SAMSYN_MAIL_URL"):
        assert name in done.stderr
    refused = subprocess.run(
        command("demo"), cwd=ROOT, env=unsafe, capture_output=True, text=True, timeout=120
    )
    assert refused.returncode == 1 and "not loaded in production" in refused.stderr


ASK = """
import json, django; django.setup()
from django.conf import settings
from django.core.management import call_command
from django.test import Client
from samsyn.config.preparing import prepare
prepare()
call_command("check", deploy=True, fail_level="WARNING")
client = Client(headers={"host": "samsyn.example", "x-forwarded-proto": "https"})
page = client.get("/konto/logga-in/")
plain = Client(headers={"host": "samsyn.example"}).get("/konto/logga-in/")
other = Client(headers={"host": "127.0.0.1", "x-forwarded-proto": "https"}).get("/")
cookie = page.cookies["csrftoken"]
print(json.dumps({
    "status": page.status_code, "hsts": page.headers.get("Strict-Transport-Security", ""),
    "plain": plain.headers.get("Location", ""), "other": other.status_code, "debug": settings.DEBUG,
    "csrf_secure": bool(cookie["secure"]), "session_secure": settings.SESSION_COOKIE_SECURE,
    "second_factor": settings.SECOND_FACTOR_REQUIRED,
}))
"""


@pytest.mark.slow
def test_what_it_starts_with_is_strict(tmp_path: Path) -> None:
    """Django's own check of deployments is clean, and the answers are as strict as the settings say."""
    done = subprocess.run(
        [sys.executable, "-c", ASK],
        cwd=ROOT,
        env=environment(tmp_path, **SAFE),
        capture_output=True,
        text=True,
    )

    assert done.returncode == 0, done.stderr[-2000:]
    told = json.loads(done.stdout.splitlines()[-1])
    assert told["status"] == 200 and "max-age=31536000" in told["hsts"] and "preload" in told["hsts"]
    assert told["plain"].startswith("https://samsyn.example/") and told["other"] == 400
    assert told["csrf_secure"] and told["session_secure"] and told["second_factor"] and not told["debug"]


def test_there_is_no_administration_over_content() -> None:
    from django.conf import settings

    assert "django.contrib.admin" not in settings.INSTALLED_APPS
    assert not [one for one in addresses() if "admin" in one.pattern or "__debug__" in one.pattern]
