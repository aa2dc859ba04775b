"""What the commands about an agreement refuse, and that nothing is saved then."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from samsyn.agreements import services
from samsyn.agreements.models import (
    Agreement,
    Approval,
    Change,
    Clause,
    Priority,
    PriorityGoal,
    Signature,
)
from samsyn.agreements.queries import Deed, Kind
from samsyn.agreements.services import Terms
from samsyn.agreements.tests import build
from samsyn.core import clock
from samsyn.core.errors import Invalid, Refused
from samsyn.parties.tests.build import Town, user_of

UNSIGNED = build.FILE.replace("  signed_on: 2025-03-11\n", "")
WITH_NOTICE = build.FILE.replace("{ rule: tills_vidare }", "{ rule: tills_vidare, notice_period: 6 }")
LATER = date(2029, 12, 31)


def written(town: Town, **given: Any) -> Agreement:
    frame = {
        "title": "Ny",
        "short_title": "Ny",
        "purpose": "",
        "valid_from": date(2026, 1, 1),
        "valid_to": None,
        "prolongation": Agreement.Prolongation.NONE,
        "months": 0,
    }
    return services.write_agreement(town.partnership, by=town.coordinator, **(frame | given))


def proposed(town: Town, agreement: Agreement, kind: Change.Kind, last_day: date) -> Change:
    terms = Terms(kind, "Arbetet behöver mer tid.", last_day=last_day)
    return services.propose_change(agreement, terms=terms, by=town.coordinator)


def signed(town: Town, agreement: Agreement, *, day: date, who: str = "chair") -> Signature:
    return services.sign_agreement(agreement, name="", title="", day=day, place="", by=getattr(town, who))


def test_an_agreement_that_ends_before_it_starts_is_not_begun(town: Town) -> None:
    with pytest.raises(Invalid, match="not before the first") as refused:
        written(town, valid_to=date(2025, 12, 31))

    assert refused.value.field == "valid_to" and not Agreement.objects.exists()


def test_a_prolongation_by_months_says_how_many(town: Town) -> None:
    with pytest.raises(Invalid, match="how many months") as refused:
        written(town, prolongation=Agreement.Prolongation.MONTHS)

    assert refused.value.field == "months" and not Agreement.objects.exists()


def test_two_clauses_never_have_one_address(town: Town) -> None:
    agreement = build.agreement(town, text=UNSIGNED)
    before = Clause.objects.count()

    with pytest.raises(Invalid, match="this address already") as refused:
        services.add_clause(agreement, address="syfte", heading="", text="Annat.", by=town.officer)

    assert refused.value.field == "address" and Clause.objects.count() == before


def test_goals_and_priorities_of_two_agreements_are_not_tied_together(town: Town) -> None:
    one, other = build.agreement(town, text=UNSIGNED), build.agreement(town, text=UNSIGNED)
    before = Priority.objects.count(), PriorityGoal.objects.count()

    with pytest.raises(Invalid, match="goals of this agreement"):
        services.add_priority(
            one, title="Skolvägar", problem="", goals=[other.goals.get(key="V1")], by=town.coordinator
        )
    with pytest.raises(Invalid, match="priority of the same agreement"):
        services.serve_goal(
            one.goals.get(key="V1"), priority=other.priorities.get(key="P1"), by=town.coordinator
        )

    assert (Priority.objects.count(), PriorityGoal.objects.count()) == before


def test_a_file_that_somebody_else_signs_is_not_brought_in(town: Town) -> None:
    for before, after in (("Granviks kommun", "Tallnäs kommun"), ("local_police_area", "region")):
        with pytest.raises(Invalid, match="no party of this partnership") as refused:
            build.agreement(town, text=build.FILE.replace(before, after))
        assert refused.value.field == "file"

    assert not Agreement.objects.exists()


def test_a_text_is_approved_once_by_each_party_and_not_before_there_is_one(town: Town) -> None:
    with pytest.raises(Refused, match="no text to approve"):
        services.approve_agreement(written(town), by=town.chair)
    agreement = build.agreement(town, text=UNSIGNED)
    services.approve_agreement(agreement, by=town.chair)

    with pytest.raises(Refused, match="approved this already"):
        services.approve_agreement(agreement, by=town.secretary)

    assert [one.party for one in Approval.objects.all()] == [town.municipality]


def test_a_party_signs_once_and_not_for_a_day_to_come(town: Town) -> None:
    agreement, today = build.agreement(town, text=UNSIGNED), clock.today()
    for actor in (town.chair, town.chief):
        services.approve_agreement(agreement, by=actor)
    with pytest.raises(Invalid, match="a day that has been") as refused:
        signed(town, agreement, day=today + timedelta(days=1))
    assert refused.value.field == "day" and not Signature.objects.exists()
    signed(town, agreement, day=today)

    with pytest.raises(Refused, match="signed already"):
        signed(town, agreement, day=today, who="secretary")

    assert Signature.objects.get().party == town.municipality


def test_what_has_taken_effect_is_neither_approved_nor_declined_again(town: Town) -> None:
    change = proposed(town, build.agreement(town), Change.Kind.PROLONGATION, LATER)
    for actor in (town.chair, town.chief):
        services.approve_change(change, by=actor)

    with pytest.raises(Refused, match="taken effect already"):
        services.approve_change(change, by=town.secretary)
    with pytest.raises(Refused, match="taken effect already"):
        services.decline_change(change, why="Vi ångrar oss.", by=town.chief)

    assert Change.objects.get().declined_on is None


def test_nothing_is_prolonged_after_notice_or_without_a_last_day(town: Town) -> None:
    ending = build.agreement(town, text=WITH_NOTICE)
    last = clock.today() + timedelta(days=200)
    services.give_notice(ending, last_day=last, why="Vi slutar.", by=town.chief)
    endless = build.agreement(town, text=build.FILE.replace("    to: 2027-12-31\n", ""))

    with pytest.raises(Refused, match="Notice is given"):
        proposed(town, ending, Change.Kind.PROLONGATION, LATER)
    with pytest.raises(Refused, match="no last day"):
        proposed(town, endless, Change.Kind.PROLONGATION, LATER)

    assert not Change.objects.exists()


def test_an_agreement_that_ends_by_itself_is_not_ended_later(town: Town) -> None:
    agreement = build.agreement(town, text=build.FILE.replace("rule: tills_vidare", "rule: none"))

    with pytest.raises(Invalid, match="ends before that day anyway") as refused:
        proposed(town, agreement, Change.Kind.TERMINATION, LATER)

    assert refused.value.field == "last_day" and not Change.objects.exists()


def test_an_approval_says_nothing_about_when_an_agreement_was_known() -> None:
    approval = Deed(uuid4(), Kind.APPROVED, uuid4(), date(2026, 1, 1), None, "", "", recorded_at=None)

    with pytest.raises(TypeError, match="decides nothing"):
        _ = approval.known


def test_what_an_address_names_and_is_not_there_is_missing(town: Town, client: Client) -> None:
    agreement = build.agreement(town)
    client.force_login(user_of(town.coordinator))

    for name, last in (("clause", "finns.inte"), ("comparison", uuid4()), ("propose_change", "annat")):
        address = reverse(f"agreements:{name}", args=["granvik", agreement.pk, last])
        assert client.get(address).status_code == 404, name
