import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

import samsyn
from samsyn.agreements import queries, services, state_cli
from samsyn.agreements.comparison import Kind, compare
from samsyn.agreements.models import Agreement, PriorityGoal
from samsyn.agreements.reading import BadFile, read
from samsyn.agreements.tests import build
from samsyn.agreements.tests.build import FILE
from samsyn.core import clock
from samsyn.core.errors import Invalid, Refused
from samsyn.core.thread import Place, thread
from samsyn.parties.tests.build import Town, user_of

REAL = Path(samsyn.__file__).parent / "demo" / "umea.yaml"  # the signed agreement, word for word


def _state(town: Town, agreement: Agreement, day: date) -> str:
    found = queries.agreements_with_deeds(town.coordinator, town.partnership.pk)
    return found.standing_of(agreement, day).state


def test_a_file_becomes_an_agreement_with_its_thread(town: Town) -> None:
    agreement = build.agreement(town)

    assert _state(town, agreement, clock.today()) in ("in_force", "prolonged")
    assert {one.name for one in agreement.signatures.all()} == {""}
    place = Place(town.partnership.pk, town.partnership.slug)
    nodes = thread.nodes(town.coordinator, place)
    gaps = {(gap.node.title, gap.child) for gap in thread.gaps(nodes, town.coordinator, place)}
    assert ("mindre spelande", "priority") in gaps
    assert ("Trygga platser", "finding") in gaps


def test_a_derived_link_is_a_proposal_until_somebody_settles_it(town: Town) -> None:
    agreement = build.agreement(town)
    (link,) = queries.unconfirmed(queries.priorities_of(agreement))

    services.settle_link(link, confirm=True, by=town.coordinator)

    assert PriorityGoal.objects.get(pk=link.pk).state == "confirmed"
    assert queries.unconfirmed(queries.priorities_of(agreement)) == []


def test_the_text_is_frozen_at_the_first_signature(town: Town) -> None:
    agreement = build.agreement(town)
    clause = agreement.clauses.first()
    assert clause is not None

    with pytest.raises(Refused, match="frozen"):
        services.rewrite_clause(clause, heading="", text="Annat.", seen=clause.version, by=town.coordinator)


def test_from_blank_page_to_signed_by_both(town: Town) -> None:
    today = clock.today()
    agreement = services.write_agreement(
        town.partnership,
        title="Ny",
        short_title="Ny",
        purpose="",
        valid_from=today,
        valid_to=None,
        prolongation=Agreement.Prolongation.NONE,
        months=0,
        by=town.coordinator,
    )
    services.add_clause(agreement, address="syfte", heading="", text="Färre brott.", by=town.officer)
    sign: dict[str, Any] = {"name": "", "title": "", "day": today, "place": ""}
    with pytest.raises(Refused, match="not approved"):
        services.sign_agreement(agreement, by=town.chair, **sign)
    for actor in (town.chair, town.chief):
        services.approve_agreement(agreement, by=actor)
    services.sign_agreement(agreement, by=town.chair, **sign)
    assert _state(town, agreement, today) == "unsigned"
    with pytest.raises(Invalid, match="PDF"):
        services.sign_agreement(agreement, by=town.chief, document=b"MZ", **sign)
    services.sign_agreement(agreement, by=town.chief, document=b"%PDF-1.7 ", **sign)

    assert _state(town, agreement, today) == "in_force"


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("schema: samsyn/agreement/1", "schema: other", "schema"),
        ("from: 2025-01-01", "from: 2028-01-01", "before the first"),
        ("contributes_to: [V1]", "contributes_to: [V9]", "V9"),
        ("address: vision.1", "address: syfte", "stands twice"),
        ("from: 2025-01-01", "from: 2025-02-30", "range"),
        ("agreement:", "agreement: [", "line"),
    ],
)
def test_a_wrong_file_says_what_is_wrong_and_where(before: str, after: str, said: str) -> None:
    with pytest.raises(BadFile) as error:
        read(FILE.replace(before, after, 1).encode())

    assert any(said in fault for fault in error.value.faults)


def test_two_agreements_are_compared_clause_by_clause(town: Town) -> None:
    old = queries.clause_texts(build.agreement(town))
    new = [one for one in old if one.address != "vision.2"]
    new[0] = type(new[0])("syfte", "", "Färre brott och mer trygghet.")

    kinds = [one.kind for one in compare(old, new)]

    assert kinds == [Kind.CHANGED, Kind.SAME, Kind.SAME, Kind.REMOVED]


def test_the_command_line_tells_the_state(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "granvik.yaml"
    file.write_text(FILE)

    assert state_cli.main(["state", str(file), "--on", "2028-01-01", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {
        "day": "2028-01-01",
        "as_known": None,
        "state": "prolonged",
        "rule": "prolonged_until_further_notice",
        "valid_from": "2025-01-01",
        "valid_to": None,
    }
    assert state_cli.main(["check", str(tmp_path / "none.yaml")]) == 1


def test_the_real_umea_file_is_read() -> None:
    file = read(REAL.read_bytes())

    assert len(file.data["clauses"]) == 18
    assert file.facts.signed_on == build.day("2025-03-11")


def test_pages_in_both_languages_and_with_wrong_input(town: Town, client: Client) -> None:
    client.force_login(user_of(town.coordinator))
    slug = town.partnership.slug
    wrong = SimpleUploadedFile("fel.yaml", b"schema: [")
    answer = client.post(reverse("agreements:import", args=[slug]), {"file": wrong})
    assert answer.status_code == 422 and not Agreement.objects.exists()

    right = SimpleUploadedFile("granvik.yaml", FILE.encode())
    page = client.post(reverse("agreements:import", args=[slug]), {"file": right}, follow=True)
    assert page.status_code == 200 and "Trygga platser" in page.text

    agreement = Agreement.objects.get()
    asked = {"dag": "2028-01-01"}
    assert "Förlängd" in client.get(reverse("agreements:agreement", args=[slug, agreement.pk]), asked).text
    client.cookies["language"] = "en"
    assert "Prolonged" in client.get(reverse("agreements:agreement", args=[slug, agreement.pk]), asked).text
    clause = reverse("agreements:clause", args=[slug, agreement.pk, "vision.1"])
    assert "Trygga platser" in client.get(clause).text
