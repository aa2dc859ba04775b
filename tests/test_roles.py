"""Who may open which page: every page of the signed-in part, walked as every role."""

from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from samsyn.core import permissions
from samsyn.parties.models import Organisation
from samsyn.parties.tests.build import Town, user_of

# What each role may do, said a second time by hand. A line per permission that opens a page without a row.
WORKING = {"coordinator", "officer", "chair", "chief", "secretary"}
EDITORS = {"coordinator", "officer"}
EVERYBODY = WORKING | {"owner", "auditor"}
MAY = {
    "overview.see_start": EVERYBODY | {"administrator"},
    "overview.see_thread": EVERYBODY,
    "overview.see_handover": WORKING | {"auditor"},
    "overview.see_steps": WORKING,
    "overview.search": EVERYBODY,
    "agreements.see_agreement": EVERYBODY,
    "agreements.import_agreement": EDITORS,
    "agreements.write_agreement": EDITORS,
    "evidence.see_requests": WORKING | {"owner"},
    "evidence.ask_for_evidence": WORKING,
    "evidence.change_policy": {"chair", "chief", "secretary"},
    "evidence.record_pattern": WORKING,
    "pictures.see_pictures": WORKING,
    "pictures.see_drafts": WORKING,
    "pictures.open_picture": EDITORS,
    "plans.see_measures": WORKING | {"owner"},
    "plans.propose_measure": EDITORS,
    "plans.take_in_file": EDITORS,
    "plans.see_plans": WORKING,
    "plans.open_plan": EDITORS,
    "plans.see_follow_ups": WORKING,
    "plans.begin_follow_up": EDITORS,
    "promises.see_promises": WORKING,
    "promises.write_promise": EDITORS,
    "dialogue.see_dialogues": WORKING,
    "dialogue.open_dialogue": EDITORS,
    "council.see_council": WORKING,
    "council.found_body": EDITORS,
    "council.call_meeting": EDITORS,
    "council.record_decision": WORKING,
    "council.say_of_step": WORKING,
    "duties.see_duties": WORKING | {"auditor"},
    "duties.declare_complete": {"coordinator", "chair", "secretary"},
    "duties.set_policy": {"coordinator", "chair", "secretary"},
}


def work_pages() -> list[tuple[str, str]]:
    """Path and permission of each page that needs no row."""
    found: list[tuple[str, str]] = []

    def walk(patterns: list[URLPattern | URLResolver], before: str) -> None:
        for one in patterns:
            path = before + str(one.pattern)
            if isinstance(one, URLResolver):
                walk(one.url_patterns, path)
                continue
            access: Any = getattr(one.callback, "access", None)
            if path.startswith("arbete/<slug:partnership>/") and path.count("<") == 1 and access:
                found.append((path.replace("<slug:partnership>", "{slug}"), access[0]))

    walk(get_resolver().url_patterns, "")
    return found


@pytest.mark.parametrize("name", MAY)
def test_the_rules_say_what_the_table_says(town: Town, name: str) -> None:
    actors = town.actors()

    assert {
        who for who, actor in actors.items() if permissions.allowed(name, actor, town.partnership)
    } == MAY[name]


def test_every_page_answers_each_role_as_its_rule_says(town: Town, client: Client) -> None:
    pages = work_pages()
    assert len(pages) > 15
    for who, actor in town.actors().items():
        client.force_login(user_of(actor))
        for path, permission in pages:
            status = client.get("/" + path.format(slug=town.partnership.slug)).status_code
            allowed = permissions.allowed(permission, actor, town.partnership)
            assert status in ((200, 302, 405) if allowed else (403, 405)), (who, path, status)


def test_nobody_of_another_partnership_and_no_visitor_gets_in(town: Town, client: Client) -> None:
    for path, _ in work_pages():
        address = "/" + path.format(slug=town.partnership.slug)
        assert client.get(address).status_code in (302, 405)
    client.force_login(user_of(town.outsider))
    for path, _ in work_pages():
        assert client.get("/" + path.format(slug=town.partnership.slug)).status_code in (404, 405), path


def test_a_get_changes_nothing(town: Town, client: Client) -> None:
    from samsyn.core.journal import Entry

    client.force_login(user_of(town.coordinator))
    before = Entry.objects.count()
    for path, _ in work_pages():
        client.get("/" + path.format(slug=town.partnership.slug))

    assert Entry.objects.count() == before
    assert Organisation.objects.count() == 3
