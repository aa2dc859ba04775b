"""Sensitive readings stand in the journal: what the other party handed over, what leaves as a file, an auditor's."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client

from samsyn.config.cli import export
from samsyn.core import clock
from samsyn.core.actors import SYSTEM, VISITOR
from samsyn.core.errors import NotAllowed
from samsyn.core.journal import Entry, first_broken_link
from samsyn.evidence.models import Figure
from samsyn.evidence.tests import build as figures
from samsyn.parties.tests.build import Town, user_of
from samsyn.pictures.tests import build as drafts
from samsyn.releases import services
from samsyn.releases.models import Language, Release


def openings() -> list[Entry]:
    return list(Entry.objects.filter(command="releases.record_opening").order_by("sequence"))


def signed_in(actor: object) -> Client:
    client = Client()
    client.force_login(user_of(actor))  # type: ignore[arg-type]
    return client


def test_the_receiver_of_a_draft_who_opens_it_is_noted_once_a_day(town: Town) -> None:
    release = drafts.shared(town)
    page = f"/arbete/granvik/lagesbild/{drafts.picture(town).pk}/vag-samman/"
    officer = signed_in(town.officer)

    officer.get(page)
    officer.get(page)
    signed_in(town.chief).get(page)
    signed_in(town.coordinator).get(page)  # the sender's own

    assert [(one.user_id, one.object_id) for one in openings()] == [
        (town.officer.user_id, release.pk),
        (town.chief.user_id, release.pk),
    ]
    with clock.at(clock.now() + timedelta(days=1)):
        officer.get(page)
    assert len(openings()) == 3


def test_the_sender_sees_that_it_was_opened_and_nobody_else_learns_of_it(town: Town) -> None:
    release = drafts.shared(town)
    signed_in(town.officer).get(f"/arbete/granvik/lagesbild/{drafts.picture(town).pk}/vag-samman/")

    (entry,) = openings()

    assert entry.chain == town.partnership.pk and first_broken_link(entry.chain) is None
    assert entry.facts == {"release": str(release.pk), "hash": release.hash} and entry.changes == []
    for actor in (town.outsider, town.administrator, VISITOR):
        assert not Entry.objects.visible_to(actor).filter(pk=entry.pk).exists()
    assert Entry.objects.visible_to(town.coordinator).filter(pk=entry.pk).exists()


def test_a_page_that_shows_nothing_of_it_notes_nothing(town: Town) -> None:
    drafts.shared(town)
    officer = signed_in(town.officer)

    for path in ("", "traden/", "lagesbild/", "sok/?q=x"):
        officer.get(f"/arbete/granvik/{path}")

    assert openings() == []


def test_what_an_auditor_opens_is_noted_and_a_colleagues_is_not(town: Town) -> None:
    release = drafts.adopted_picture(town).release
    assert isinstance(release, Release)
    if not release.printouts.exists():
        services.record_printout(release, language=Language.SWEDISH, content=b"%PDF-1.7", by=SYSTEM)
    path = f"/arbete/granvik/utgava/{release.pk}/sv.pdf"

    statuses = [signed_in(who).get(path).status_code for who in (town.auditor, town.coordinator)]

    assert statuses == [200, 200]
    assert [(one.user_id, one.object_id) for one in openings()] == [(town.auditor.user_id, release.pk)]


def test_each_file_that_leaves_is_noted_in_the_partys_own_journal(town: Town) -> None:
    data = figures.dataset(town)
    figure = figures.figure(town, data)
    assert isinstance(figure, Figure)
    client = signed_in(town.coordinator)
    wanted = [("data", data, "data.csv"), ("data", data, "data.parquet")]
    wanted += [("diagram", figure, "tabell.csv"), ("diagram", figure, "diagram.json")]

    for kind, row, name in [*wanted, wanted[0]]:
        assert client.get(f"/arbete/granvik/underlag/{kind}/{row.pk}/{name}").status_code == 200

    noted = list(Entry.objects.filter(command="evidence.record_export").order_by("sequence"))
    assert [one.facts["form"] for one in noted] == ["csv", "parquet", "csv", "json", "csv"]
    assert {(one.chain, one.user_id) for one in noted} == {(town.municipality.pk, town.coordinator.user_id)}
    assert not Entry.objects.visible_to(town.officer).filter(command="evidence.record_export").exists()


def test_a_file_that_is_refused_is_not_noted(town: Town) -> None:
    data = figures.dataset(town)

    assert signed_in(town.officer).get(f"/arbete/granvik/underlag/data/{data.pk}/data.csv").status_code == 404

    assert not Entry.objects.filter(command="evidence.record_export").exists()


def test_all_that_was_released_written_to_files_is_noted(town: Town, tmp_path: Path) -> None:
    drafts.shared(town)

    assert export.main(["granvik", str(tmp_path / "out")]) == 0

    entry = Entry.objects.get(command="releases.record_export")
    assert entry.facts["releases"] == "1" and entry.chain == town.partnership.pk
    with pytest.raises(NotAllowed):
        services.record_export(town.partnership, releases=1, manifest=entry.hash, by=town.coordinator)  # type: ignore[arg-type]
