"""What holds for every model, command and page, also those not yet written."""

import ast
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models
from django.urls import URLPattern, URLResolver, get_resolver

import samsyn
from samsyn.core import commands, permissions, translations
from samsyn.core.rows import Row, RowQuerySet
from samsyn.core.sealing import SealedTextField
from samsyn.parties.models import PrivateRow

ROOT = Path(samsyn.__file__).parent
ROWS = [model for model in apps.get_models() if issubclass(model, Row)]
PRIVATE = [model for model in ROWS if issubclass(model, PrivateRow)]
READING = ("see_", "search")


def test_every_command_has_a_rule_and_every_rule_a_command_or_a_page() -> None:
    rules = {name for name in permissions.registered() if not name.split(".")[1].startswith(READING)}

    assert {name for name in rules if not name.startswith("tests.")} == {
        name for name in commands.names if not name.startswith("tests.")
    }


@pytest.mark.parametrize("model", ROWS, ids=lambda model: model._meta.label)
def test_every_row_has_a_guard(model: type[Row]) -> None:
    rows = model._default_manager.get_queryset()
    assert isinstance(rows, RowQuerySet)
    assert type(rows).visible_to is not RowQuerySet.visible_to


@pytest.mark.parametrize("model", [m for m in ROWS if m not in PRIVATE], ids=lambda model: model._meta.label)
def test_nothing_outside_the_private_tables_points_at_a_private_row(model: type[Row]) -> None:
    assert not [f for f in model._meta.get_fields() if f.concrete and f.related_model in PRIVATE]


@pytest.mark.parametrize("model", PRIVATE, ids=lambda model: model._meta.label)
def test_private_rows_are_unique_within_their_party_only_and_hold_no_open_text(
    model: type[PrivateRow],
) -> None:
    unique = [one for one in model._meta.constraints if isinstance(one, models.UniqueConstraint)]
    inside = {f.name for f in model._meta.concrete_fields if f.related_model in PRIVATE}

    assert all("party" in one.fields or inside & set(one.fields) for one in unique)
    assert not [f.name for f in model._meta.concrete_fields if type(f) is models.TextField]
    assert SealedTextField  # the field that free text uses instead


WRITES = {"save", "create", "update", "get_or_create", "update_or_create", "bulk_create", "bulk_update"}
ROOMS = [
    "releases",
    "council",
    "agreements",
    "dialogue",
    "pictures",
    "plans",
    "promises",
    "duties",
    "overview",
    "publishing",
]


@pytest.mark.parametrize("room", ROOMS)
def test_only_services_write(room: str) -> None:
    for path in (ROOT / room).rglob("*.py"):
        if "services" in str(path) or "tests" in path.parts or "migrations" in path.parts:
            continue
        calls = [node.func for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Call)]
        found = [f.attr for f in calls if isinstance(f, ast.Attribute) and f.attr in WRITES]
        assert [name for name in found if name != "update"] == [], path


def views(patterns: list[URLPattern | URLResolver], before: str = "") -> list[tuple[str, object]]:
    found: list[tuple[str, object]] = []
    for one in patterns:
        if isinstance(one, URLResolver):
            found += views(one.url_patterns, before + str(one.pattern))
        else:
            found.append((before + str(one.pattern), one.callback))
    return found


def test_every_page_of_ours_says_who_may_open_it() -> None:
    ours = [
        (path, view)
        for path, view in views(get_resolver().url_patterns)
        if getattr(view, "__module__", "").startswith("samsyn")
    ]

    assert len(ours) > 60
    assert [path for path, view in ours if not hasattr(view, "access")] == []


def test_every_message_has_its_swedish() -> None:
    assert translations.untranslated() == []
    assert translations.missing() == []


def test_no_file_is_longer_than_a_newcomer_can_hold() -> None:
    long = [
        path
        for path in ROOT.rglob("*.py")
        if "migrations" not in path.parts and len(path.read_text().splitlines()) > 400
    ]

    assert long == []
