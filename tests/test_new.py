"""`samsyn new`: a partnership, and a first picture of any municipality from open data, also when offline."""

import socket
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from samsyn.config.cli import Failure, new
from samsyn.core import clock, journal
from samsyn.core.actors import SYSTEM
from samsyn.evidence.models import OpenSource, Population
from samsyn.evidence.tests import build
from samsyn.evidence.tests.connectors import server
from samsyn.evidence.tests.connectors.server import State
from samsyn.parties.models import Organisation, Partnership
from samsyn.pictures.models import DraftFinding, PrivateDraft

BEGIN = ["Umeå", "--police", "Lokalpolisområde Umeå", "--administrator", "it@umea.example"]


@pytest.fixture
def state(settings: Any, db: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[State]:
    monkeypatch.setattr(new, "prepare", lambda: None)  # the test's tables stand already
    monkeypatch.setattr("samsyn.evidence.connectors.session.TRIES", 1)
    held = State(calls=1_000)
    members = [{"member_id": code, "member_title": ""} for code in ("0680", "1980", "2580")]
    held.groups = [{"title": "Liknande kommuner, övergripande, Umeå, 2025", "members": members}]
    with server.running(held) as address, build.no_sandbox():
        settings.KOLADA_URL, settings.SCB_URL = f"{address}/kolada", f"{address}/v2"
        settings.FOHM_URL = f"{address}/fohm"
        yield held


@pytest.fixture
def nobody(settings: Any) -> Iterator[Any]:
    """Nothing answers at any of the services' addresses."""

    def offline() -> None:
        settings.KOLADA_URL = settings.SCB_URL = settings.FOHM_URL = address

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{free.getsockname()[1]}"
        yield offline


def test_a_municipality_begins_with_a_picture_drafted_from_open_data(
    state: State, capsys: pytest.CaptureFixture[str]
) -> None:
    state.changed = {("N07403", "2480", 2023): 950.0, ("N07403", "2480", 2021): 800.0}
    state.changed |= {("N07403", code, 2023): value for code, value in BESIDE.items()}

    assert new.main(BEGIN) == 0

    said = capsys.readouterr().out
    assert "is at /umea/" in said and "12 findings" not in said
    draft = PrivateDraft.objects.get()
    assert draft.party == Organisation.objects.visible_to(SYSTEM).get(code="2480")
    violence = next(one for one in DraftFinding.objects.all() if "våldsbrott" in one.title)
    assert "950" in violence.title and "2023" in violence.title
    for told in ("1\u00a0010.", "880.", "640", "700", "1\u00a0200"):
        assert told in violence.text
    gaps = str(DraftFinding.objects.order_by("-id")[0].text)
    assert "STRADA" in gaps and "N07403" not in gaps
    assert Population.objects.filter(area_code="2480").count() == 3
    begun = journal.Entry.objects.get(command="pictures.draft_first_picture")
    assert (begun.actor_kind, begun.user_id, begun.chain) == ("connector", None, draft.party_id)


BESIDE = {"0024": 1010.0, "0000": 880.0, "0680": 640.0, "1980": 700.0, "2580": 1200.0}


def test_offline_it_drafts_from_what_is_stored(
    state: State, nobody: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    new.main(BEGIN)
    nobody()

    with clock.at(clock.now() + timedelta(days=370)):
        assert new.main(["2480"]) == 0

    assert "offline; what was stored before is used" in capsys.readouterr().out
    assert PrivateDraft.objects.count() == 2 and Partnership.objects.count() == 1


def test_offline_with_nothing_stored_the_partnership_stands_and_it_says_what_to_do(
    state: State, nobody: Any
) -> None:
    nobody()

    with pytest.raises(Failure, match="run `samsyn new 2480` again"):
        new.main(BEGIN)

    assert Partnership.objects.get().slug == "umea" and not PrivateDraft.objects.exists()
    assert OpenSource.objects.count() == 3


def test_what_exists_is_never_made_twice(state: State) -> None:
    new.main([*BEGIN, "--no-picture"])
    assert not OpenSource.objects.exists()

    with pytest.raises(Failure, match="has its partnership already"):
        new.main(BEGIN)
    new.main(["umeå"])
    with pytest.raises(Failure, match="has a draft for"):
        new.main(["umeå"])

    assert PrivateDraft.objects.count() == 1


@pytest.mark.parametrize(
    ("words", "says"),
    [(["Lilleputt"], "there is no municipality"), (["Umeå"], "has no partnership yet")],
)
def test_what_is_missing_is_said(state: State, words: list[str], says: str) -> None:
    with pytest.raises(Failure, match=says):
        new.main(words)
