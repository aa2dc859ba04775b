"""Bad input in every form that the site shows: refused with a sentence that leads to the field, nothing lost.

The forms are found by walking, as every role and as a visitor. What each field takes is read from the page.
"""

from collections.abc import Iterator
from datetime import date
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client
from django.urls import Resolver404, resolve, reverse

from samsyn.core.models import Tally
from samsyn.council.models import Decision
from samsyn.evidence.models import Upload
from samsyn.evidence.tests import build as figures
from samsyn.parties import setup
from samsyn.parties.tests.build import PASSWORD, user_of
from samsyn.pictures import services as pictures
from samsyn.pictures.models import Picture, PrivateDraft
from samsyn.pictures.tests import build as drafts
from samsyn.plans.models import Measure
from samsyn.promises.services import approve_promise
from samsyn.promises.tests import build as promises
from samsyn.releases.models import Release
from tests.addresses import at_work
from tests.forms import OURS, Control, Page, PageForm
from tests.test_role_walk import state
from tests.whole import Whole

PAGES_OF_A_KIND = 3  # rows in different states show different forms
TOO_LONG = "å" * 20_001
NUMBER_OF_A_PERSON = "Ring 19121212-1212 i kväll"
GOOD = {
    "number": "7",
    "date": date(2026, 11, 20).isoformat(),
    "email": "nagon@granvik.example",
    "password": "fyra-ord-som-ingen-gissar",
}

# Addresses that only take a form and that no page of the walk shows, each with its reason.
NOT_MET: dict[str, str] = {
    "evidence:protect": "a button, shown when the other party has changed the threshold",
    "evidence:use_outlines": "a button, shown beside outlines that are out of use",
    "evidence:retry_file": "a button, shown when a worker died while it read",
    "parties:renew_key": "a button, shown once the recovery file was fetched",
    "plans:retract_follow_up": "a button, shown once a body has dealt with the follow-up",
    "pictures:confirm_cause": "a button, shown at a cause that came with a finding of the picture before",
    "pictures:renew_citation": "a button, shown when newer numbers stand beside a figure that is cited",
    "pictures:start_from_new_numbers": "a button, shown when newer numbers stand beside the adopted picture",
    "pictures:weigh": "a button, shown while other weights are tried in the address",
    "pictures:start_from_open_data": "a button, shown when an open service has answered",
}


def name_of(path: str) -> str:
    return resolve(urlsplit(path).path).view_name


def walk(client: Client, starts: list[str], met: set[str]) -> Iterator[tuple[str, PageForm]]:
    """Follow the links; some pages of each kind. Yields each form with the page that it stands on."""
    waiting, seen, kinds = list(starts), set(starts), dict[str, int]()
    while waiting:
        path = waiting.pop(0)
        try:
            kind = name_of(path)
        except Resolver404:
            continue
        if path not in starts and kinds.get(kind, 0) >= PAGES_OF_A_KIND:
            continue
        kinds[kind] = kinds.get(kind, 0) + 1
        answer = client.get(path)
        if answer.status_code != 200 or "text/html" not in answer.headers["Content-Type"]:
            if answer.streaming:  # a document is an open file until it is read
                b"".join(answer)
            if answer.status_code == 302 and answer["Location"] not in seen:
                seen.add(answer["Location"])
                waiting.append(answer["Location"])
            continue
        page = Page(answer.text, path)
        for form in page.forms:
            met.add(name_of(form.action))
            if form.filled_in:
                yield path, form
        fresh = [link for link in dict.fromkeys(page.inner_links()) if link not in seen]
        seen |= set(fresh)
        waiting += [link for link in fresh if not link.startswith("/static/")]


def good(control: Control) -> list[str]:
    """Something that a person could have filled in, told from every other field's."""
    if control.is_choice:
        return [value for value in control.offered if value][:1]
    return [GOOD.get(control.kind, f"Ord i {control.name} & <mer>")]


def faults(control: Control) -> dict[str, list[str]]:
    """What is wrong in this field, by the name of the fault."""
    if control.kind == "password":
        return {"blank": [""]}
    if control.is_choice:
        is_box = control.kind == "checkbox" and control.offered == ["on"]  # ticked or not: no third way
        wrong: dict[str, list[str]] = {} if is_box else {"wrong type": ["finns-inte"], "NUL": ["\0"]}
        empty = [""] if control.kind == "select" else []
        return wrong | ({"blank": empty} if control.is_required else {})
    wrong = {"blank": [""]} if control.is_required else {}
    if control.kind in ("number", "date"):
        return wrong | {"wrong type": ["tolv"], "no such": ["31 februari"], "too long": ["9" * 20_001]}
    wrong |= {"too long": [TOO_LONG], "NUL": ["Ord\0mer"], "control": ["Ord\x07mer"]}
    if control.kind == "email":
        return wrong | {"wrong type": ["ingen adress"]}
    return wrong | {"person": [NUMBER_OF_A_PERSON]}


def sent(form: PageForm, fault: str) -> tuple[dict[str, list[str]], list[Control]]:
    """All fields filled in, those with this fault wrongly; and which ones they are."""
    given = {one.name: one.values for one in form.controls.values() if one.kind == "hidden"}
    bad = []
    for control in form.filled_in:
        found = faults(control).get(fault)
        given[control.name] = good(control) if found is None else found
        if found is not None:
            bad.append(control)
    return given, bad


def complaints(answer: HttpResponse, form: PageForm, fault: str) -> Iterator[str]:
    """All that is wrong with the answer to a form with this fault."""
    given, bad = sent(form, fault)
    if answer.status_code != 422:
        yield f"answers {answer.status_code}"
        return
    page = Page(answer.content.decode(), form.action)
    if page.summary is None or not page.summary_takes_focus:
        yield "has no summary that takes the focus"
        return
    again = page.form_like(form)
    if again is None:
        yield "does not show the form again"
        return
    for control in bad:
        ids = {f"#{one}" for one in again.controls[control.name].ids}
        if not ids & set(page.summary):
            yield f"does not lead to {control.name}"
    for control in form.filled_in:
        if control.kind == "password":
            continue  # never sent back
        if control in bad and (control.is_choice or fault in ("NUL", "control")):
            continue  # what is not offered cannot be chosen; what cannot be seen, not shown
        if again.controls[control.name].values != given[control.name]:
            yield f"loses {control.name}"


def try_all(client: Client, met: Iterator[tuple[str, PageForm]], tried: set[Any]) -> list[str]:
    """Send every fault in every form not tried before. Returns what is wrong, a line each."""
    wrong = []
    for path, form in list(met):
        name = name_of(form.action)
        key = (name, tuple(sorted(set(form.controls) - OURS)))
        if key in tried:
            continue
        tried.add(key)
        if path.startswith("/arbete/") and "once" not in form.controls:
            wrong.append(f"{name} on {path} has no one-time key")
        kinds = dict.fromkeys(fault for control in form.filled_in for fault in faults(control))
        for fault in kinds:
            cache.clear()  # tries are counted; that is another test's matter
            Tally.objects.all().delete()
            given, _ = sent(form, fault)
            answer: Any = client.post(form.action, given)
            wrong += [f"{name} on {path}: {fault} {said}" for said in complaints(answer, form, fault)]
    return wrong


@pytest.fixture
def files(whole: Whole) -> None:
    """Two more that were read: one with open questions, one with a population."""
    figures.upload(whole.town, "Kommun;Antal stölder\nUmeå;12\nVännäs;3\n", name="lista.csv")
    table = "Kommun;År;Folkmängd\nUmeå;2023;132235\nVännäs;2023;9000\n"
    figures.upload(whole.town, table, name="folk.csv", purpose=Upload.Purpose.POPULATION)


@pytest.fixture
def quiet(settings: Any) -> None:
    """Work for later is only written down, and an open service is not there."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
    settings.KOLADA_URL = settings.SCB_URL = "http://127.0.0.1:9"


def move_on(whole: Whole) -> None:
    """The same town some weeks later: the picture is adopted, and the next one is begun of the same drafts."""
    town = whole.town
    adopted = Picture.objects.get()
    decision = drafts.decision(town, Decision.Kind.DECIDE)
    pictures.adopt_picture(adopted, decision=decision, by=town.chair)
    following = pictures.open_picture(
        town.partnership, period=adopted.period, scope="hela", by=town.coordinator
    )
    ours, theirs = whole.rows[Release], drafts.shared(town, by="officer", word="torget")
    assert isinstance(ours, Release)
    point = pictures.place_finding(following, release=ours, index=0, by=town.coordinator)
    pictures.place_finding(following, release=theirs, index=0, point=point, by=town.coordinator)
    pictures.share_draft(  # once more, so that something waits to be taken in
        PrivateDraft.objects.get(party=town.municipality),
        partnership=town.partnership,
        receiver=town.police,
        purpose="handed_over",
        ground="2023:196 4 §",
        by=town.coordinator,
    )
    promised = promises.promise(town, Measure.objects.earliest("id"), themes=[], text="Fler lampor")
    for actor in (town.chair, town.chief):
        approve_promise(promised, by=actor)


@pytest.mark.slow
def test_every_form_says_what_is_wrong_and_keeps_what_was_typed(
    whole: Whole, files: None, client: Client, quiet: None
) -> None:
    tried: set[Any] = set()
    met: set[str] = set()
    wrong: list[str] = []
    people = {who: user_of(actor) for who, actor in whole.town.actors().items()}
    later = {who: people[who] for who in ("coordinator", "chief")}  # the others see no form more than before

    for moment, who_looks in enumerate((people, later)):
        if moment:
            move_on(whole)
        before = state()
        for user in who_looks.values():
            cache.clear()
            client.logout()
            client.post(reverse("account_login"), {"login": user.email, "password": PASSWORD})
            starts = [page.path(whole) for page in at_work()] + ["/konto/", "/konto/faktor/"]
            wrong += try_all(client, walk(client, starts, met), tried)
        assert state() == before  # nothing of all this was taken in

    client.logout()
    starts = ["/", "/granvik/", "/en/granvik/", reverse("account_login"), reverse("account_reset_password")]
    wrong += try_all(client, walk(client, starts, met), tried)
    only_forms = {page.name for page in at_work() if client.get(page.path(whole)).status_code == 405}

    assert wrong == []
    assert len(tried) > 50
    assert sorted(only_forms - met) == sorted(NOT_MET)  # every address that takes a form was met on some page


def test_an_empty_installations_first_form(client: Client, db: None) -> None:
    link = setup.setup_link().split("8000", 1)[1]

    wrong = try_all(client, walk(client, [link], set()), set())

    assert wrong == []
