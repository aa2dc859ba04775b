"""Nothing of a party's own numbers reaches the public past the partnership's threshold."""

from datetime import date

import numpy as np
import pytest
from django.test import Client
from django.urls import reverse
from scipy import sparse

from samsyn.analysis.disclosure.audit import audit
from samsyn.analysis.disclosure.cells import CellSystem
from samsyn.analysis.disclosure.policy import Policy
from samsyn.core import objects
from samsyn.core.actors import VISITOR
from samsyn.core.errors import Refused
from samsyn.council.models import Decision
from samsyn.evidence import hiding, queries
from samsyn.evidence.asking import Asked
from samsyn.evidence.models import DisclosurePattern
from samsyn.evidence.queries import Verdict
from samsyn.evidence.tests import test_disclosure as numbers
from samsyn.parties.tests.build import Town, user_of
from samsyn.pictures import services
from samsyn.pictures.models import Picture, PointFigure
from samsyn.pictures.tests import build
from samsyn.releases.models import Release

HIDDEN = "Berget"


def agreed(town: Town, place: str) -> Picture:
    return build.agreed_picture(town, figure=numbers.figure(town, numbers.own(town), place))


def adopt(town: Town, picture: Picture) -> Release:
    decided = build.decision(town, Decision.Kind.DECIDE)
    return services.adopt_picture(picture, decision=decided, by=town.chair)


def test_a_figure_with_a_hidden_number_stops_the_adoption_and_says_what_to_do(town: Town) -> None:
    picture = agreed(town, HIDDEN)

    with pytest.raises(Refused, match=HIDDEN) as refused:
        adopt(town, picture)

    assert "wider area" in str(refused.value) or "större område" in str(refused.value)
    assert not Release.objects.visible_to(VISITOR).exists()


def test_without_the_citation_it_is_adopted(town: Town, client: Client) -> None:
    picture = agreed(town, HIDDEN)
    cited = PointFigure.objects.get()
    client.force_login(user_of(town.officer))
    client.cookies["language"] = "en"
    point = picture.points.get()
    page = reverse("pictures:point", args=[town.partnership.slug, point.pk])
    assert "May not be published: too few" in client.get(page).text

    client.post(reverse("pictures:leave_out_figure", args=[town.partnership.slug, cited.pk]))

    assert not PointFigure.objects.exists() and not point.stances.exists()
    build.agree(town, point)
    release = adopt(town, picture)
    assert release.payload["proof"]["disclosure"]["figures"] == []
    assert HIDDEN not in Client().get(f"/{town.partnership.slug}/lagesbild/").text


def test_another_threshold_asks_for_a_new_share(town: Town) -> None:
    data = numbers.own(town, {"Berget": (31, 12), "Hamnen": (44, 25), "Staden": (80, 67)})
    picture = build.agreed_picture(town, figure=numbers.figure(town, data, "Staden"))
    numbers.change(town, 7)

    with pytest.raises(Refused, match="7"):
        adopt(town, picture)


def test_what_is_published_carries_its_proof_and_no_hash_to_guess_against(town: Town) -> None:
    data = numbers.own(town, {"Berget": (31, 12), "Hamnen": (44, 25), "Staden": (80, 67)})
    made = numbers.figure(town, data, "Staden")
    picture = build.agreed_picture(town, figure=made)

    release = adopt(town, picture)

    pattern = DisclosurePattern.objects.get()
    proof = release.payload["proof"]["disclosure"]
    assert (proof["threshold"], proof["policy"], proof["verdict"]) == (5, 0, "open")
    assert proof["figures"][0]["patterns"] == [pattern.hash]
    for guessable in (data.content_hash, made.result_hash, made.identity):
        assert guessable not in release.content
    assert len(pattern.unpacked("content")["salt"]) == 32


def test_an_attacker_with_all_that_was_published_finds_no_small_number(town: Town) -> None:
    """Every figure that the gate lets through, side by side, against the library's audit of the true table."""
    data = numbers.own(town)
    policy = queries.policy_of(town.partnership)
    figures = [numbers.figure(town, data, place) for place in (*numbers.COUNTS, "Totalt")]
    through = [one for one in figures if queries.disclosure_of(one, policy).verdict == Verdict.OPEN]
    shown = [Asked.of(one.unpacked("parameters")) for one in through]
    cells = hiding.cells_of(objects.get(data.table_key, owner=data.party_id))
    order = sorted(cell for cell in cells if cell.end == date(2024, 12, 31))
    sums = [[-1 if cell.place == "Totalt" else 1 for cell in order]]
    values = np.array([cells[cell] for cell in order], dtype=float)
    listed = np.ones(len(order), dtype=bool)
    system = CellSystem(values, sparse.csr_matrix(sums), listed, (len(order),))
    hidden = [not any(hiding.stands_on(asked, cell) for asked in shown) for cell in order]

    found = audit(system, hidden, Policy(threshold=5, width=5.0))

    assert through and found.protected == 1 and found.safe
