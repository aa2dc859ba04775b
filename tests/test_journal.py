"""The chain holds, refuses change, and answers what was known when."""

from datetime import UTC, date, datetime

import pytest
from django.db import DatabaseError, transaction

from samsyn.core import clock, guard
from samsyn.core.journal import Entry, first_broken_link
from samsyn.council.models import Decision
from samsyn.council.services import record_decision
from samsyn.parties.tests.build import Town
from samsyn.pictures import services
from samsyn.pictures.queries import picture_in_force
from samsyn.pictures.tests import build


def moment(day: int) -> datetime:
    return datetime(2031, 3, day, 12, tzinfo=UTC)


def decided(town: Town, day: date) -> Decision:
    made = build.decision(town, Decision.Kind.DECIDE)
    return record_decision(
        town.partnership,
        body=made.body,
        kind=Decision.Kind.DECIDE,
        day=day,
        section="1",
        registration_number="",
        text="x",
        by=town.secretary,
    )


def test_adopted_on_day_x_as_known_at_y(town: Town) -> None:
    """Adopted on 2 March; recorded on the 5th with the wrong day; corrected on the 9th."""
    with clock.at(moment(1)):
        picture = build.agreed_picture(town)
    with clock.at(moment(5)):
        services.adopt_picture(picture, decision=decided(town, date(2031, 2, 2)), by=town.chair)
    with clock.at(moment(9)):
        services.retract_adoption(picture, by=town.chair)
        services.adopt_picture(picture, decision=decided(town, date(2031, 3, 2)), by=town.chair)

    def state(day: date, known: int) -> str:
        return picture_in_force(town.partnership, day=day, as_known_at=moment(known)).state

    assert state(date(2031, 3, 3), known=4) == "not adopted"  # decided, but nobody had recorded it
    assert state(date(2031, 2, 10), known=6) == "adopted"  # as the wrong day said
    assert state(date(2031, 2, 10), known=10) == "not adopted"  # as corrected
    assert state(date(2031, 3, 3), known=10) == "adopted"


def test_the_chain_holds_and_an_edited_entry_is_named(town: Town) -> None:
    build.agreed_picture(town)
    chain = town.partnership.pk
    assert first_broken_link(chain) is None

    with guard.lifted():
        Entry.objects.filter(chain=chain, sequence=3).update(command="something.else")

    assert first_broken_link(chain) == 3


def test_an_entry_cut_from_the_end_is_found(town: Town) -> None:
    build.agreed_picture(town)
    chain = town.partnership.pk
    last = Entry.objects.filter(chain=chain).latest("sequence")

    with guard.lifted():
        last.delete()

    assert first_broken_link(chain) == last.sequence


@pytest.mark.parametrize("act", ["update", "delete"])
def test_the_database_refuses_to_change_the_journal(town: Town, act: str) -> None:
    entry = Entry.objects.filter(chain=town.partnership.pk).earliest("sequence")

    change = (
        entry.delete if act == "delete" else lambda: Entry.objects.filter(pk=entry.pk).update(command="x")
    )

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        change()

    assert not guard.missing()
