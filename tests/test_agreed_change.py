"""Two approvers agree on a prolongation in the browser: each is asked, and told who has and has not approved."""

from datetime import date

import pytest
from django.urls import reverse

from samsyn.agreements import queries, services
from samsyn.agreements.models import Agreement, Change
from samsyn.agreements.services import Terms
from samsyn.agreements.tests import build
from samsyn.core import clock
from samsyn.parties.tests import build as parties
from tests.browser import OpenPage, browser, faults_of, open_page, signed_in

__all__ = ["browser", "open_page"]
pytestmark = [pytest.mark.browser]
LAST = date(2029, 12, 31)


def test_a_prolongation_is_approved_by_one_after_the_other(
    transactional_db: None, live_server: object, open_page: OpenPage
) -> None:
    town = parties.town()
    agreement = build.agreement(town)
    terms = Terms(Change.Kind.PROLONGATION, "Arbetet behöver mer tid.", last_day=LAST)
    change = services.propose_change(agreement, terms=terms, by=town.coordinator)
    address = str(live_server) + reverse("agreements:change", args=["granvik", change.pk])
    faults = []

    for actor, width, said in ((town.chair, 390, "väntar"), (town.chief, 1280, "gäller nu")):
        with open_page(address, width=width, cookies=signed_in(actor)) as page:
            faults += faults_of(page)
            page.get_by_role("button", name="Godkänn för vår part").click()
            page.get_by_role("dialog").get_by_text("31 december 2029").wait_for()
            faults += faults_of(page)
            page.get_by_role("dialog").get_by_role("button", name="Godkänn för vår part").click()
            page.get_by_text(said).first.wait_for()
            faults += faults_of(page)

    assert faults == []
    assert queries.standing_of(Agreement.objects.get(), clock.today()).valid_to == LAST
