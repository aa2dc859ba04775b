"""What the parties say of the five steps: where no data can tell, who sees to it, and by when."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from samsyn.core import clock
from samsyn.core.errors import Invalid, NotAllowed, Outdated, Refused
from samsyn.core.journal import Entry
from samsyn.council.models import StepStanding
from samsyn.council.services import say_of_step
from samsyn.council.steps import JUDGED, LINES, NEEDS, PRIVATE, WHO, Line
from samsyn.parties.tests.build import Town, user_of

BEGUN, DONE = StepStanding.Level.BEGUN, StepStanding.Level.DONE


def test_a_judgement_says_who_set_it_and_when(town: Town, client: Client) -> None:
    client.force_login(user_of(town.chief))
    address = reverse("council:step", args=[town.partnership.slug, "mandate"])
    form = {"level": "begun", "comment": "Står i överenskommelsen.", "who": "Rådet", "due": "2026-12-01"}

    assert client.post(address, {"level": "begun", "comment": ""}).status_code == 422
    assert client.post(address, form).status_code == 302

    standing = StepStanding.objects.get()
    assert (standing.level, standing.party, standing.set_on) == (BEGUN, town.police, clock.today())
    facts = Entry.objects.get(command="council.say_of_step").facts
    assert facts == {"line": "mandate", "level": "begun", "due": "2026-12-01"}
    client.force_login(user_of(town.coordinator))
    assert "Står i överenskommelsen." in client.get(address).text
    late = client.post(address, form | {"comment": "Min text.", "seen": "0"})
    assert late.status_code == 409 and "Står i överenskommelsen." in late.text and "Min text." in late.text
    assert client.post(address, form | {"comment": "Min text.", "seen": "1"}).status_code == 302
    assert StepStanding.objects.get().comment == "Min text."


def test_what_is_refused(town: Town) -> None:
    say = say_of_step
    for given, field in (
        ({"line": Line.PLAN, "level": DONE, "comment": "Klart."}, "level"),
        ({"line": Line.MANDATE, "level": DONE, "comment": " "}, "comment"),
        ({"line": Line.MANDATE, "level": DONE, "comment": "Ring 070-123 45 67"}, "comment"),
        ({"line": Line.PLAN, "who": "anna.svensson@granvik.example"}, "who"),
    ):
        with pytest.raises(Invalid) as error:
            say(town.partnership, by=town.coordinator, **given)
        assert error.value.field == field
    with pytest.raises(Refused, match="each party's own"):
        say(town.partnership, line=Line.DRAFT, who="Samordnaren", by=town.coordinator)
    with pytest.raises(NotAllowed):
        say(town.partnership, line=Line.PLAN, who="Nämnden", by=town.auditor)
    say(town.partnership, line=Line.PLAN, who="Nämnden", due=date(2027, 1, 1), by=town.officer)
    with pytest.raises(Outdated):
        say(town.partnership, line=Line.PLAN, who="KS", seen=0, by=town.coordinator)


def test_a_page_for_lines_that_the_parties_say_something_of(town: Town, client: Client) -> None:
    client.force_login(user_of(town.coordinator))
    page = {line: client.get(reverse("council:step", args=[town.partnership.slug, line])) for line in Line}

    assert {line for line, answer in page.items() if answer.status_code == 404} == PRIVATE
    assert 'name="level"' not in page[Line.PLAN].text and 'name="level"' in page[Line.MANDATE].text


def test_every_line_stands_in_one_step_and_waits_for_earlier_ones_only() -> None:
    order = [line for lines in LINES.values() for line in lines]

    assert sorted(order) == sorted(Line) and set(WHO) == set(Line) and not JUDGED & PRIVATE
    for line, first in NEEDS.items():
        assert all(order.index(one) < order.index(line) for one in first), line
