"""The last links of the journals, told outside each month and held against the journals later."""

from datetime import UTC, datetime
from typing import Any

from django.core.mail import EmailMessage
from django.db import connection

from samsyn.core import clock
from samsyn.core.actors import SYSTEM
from samsyn.core.journal import SYSTEM_CHAIN, Entry, Head
from samsyn.parties import tasks
from samsyn.parties.models import Appointment, Title
from samsyn.parties.services import end_appointment
from samsyn.parties.tests.build import Town, person, user_of


def links(mail: EmailMessage) -> set[tuple[str, int, str]]:
    rows = [line.split() for line in str(mail.body).splitlines()]
    return {(row[0], int(row[1]), row[2]) for row in rows if len(row) == 3 and len(row[2]) == 64}


def heads(*chains: Any) -> set[tuple[str, int, str]]:
    return {
        (str(one.chain), one.sequence, one.hash)
        for one in Head.objects.filter(chain__in=chains, sequence__gt=0)
    }


def test_each_party_is_told_its_own_journals_and_the_auditor_the_joint_ones(
    town: Town, settings: Any, mailoutbox: list[EmailMessage]
) -> None:
    police = person(town.police, Title.ADMINISTRATOR)
    settings.ANCHOR_ADDRESSES = ["revisor@exempel.example"]
    joint = (SYSTEM_CHAIN, town.partnership.pk)
    told = {
        user_of(town.administrator).email: heads(*joint, town.municipality.pk),
        user_of(police).email: heads(*joint, town.elsewhere.pk, town.police.pk),
        "revisor@exempel.example": heads(*joint, town.elsewhere.pk),
    }

    tasks.mail_anchors.enqueue()

    assert {mail.to[0]: links(mail) for mail in mailoutbox} == told
    assert "Spara mejlet utanför Samsyn" in str(mailoutbox[0].body)
    assert str(mailoutbox[0].subject).startswith("Journalerna i Samsyn")


def test_it_is_done_once_a_month_and_a_missed_day_only_delays_it(
    town: Town, mailoutbox: list[EmailMessage]
) -> None:
    done = []
    for month, day in ((1, 31), (2, 7), (2, 8), (2, 28), (3, 1)):
        with clock.at(datetime(2031, month, day, 6, tzinfo=UTC)):
            tasks.mail_anchors.enqueue()
        done.append(len(mailoutbox))

    assert done == [1, 2, 2, 2, 3]
    assert Entry.objects.filter(chain=SYSTEM_CHAIN, command="parties.record_anchor").count() == 3


def test_who_is_no_longer_administrator_is_told_nothing(town: Town, mailoutbox: list[EmailMessage]) -> None:
    with clock.at(datetime(2031, 1, 1, tzinfo=UTC)):
        end_appointment(
            Appointment.objects.get(user=town.administrator.user_id), last_day=clock.today(), by=SYSTEM
        )
    with clock.at(datetime(2031, 1, 3, tzinfo=UTC)):
        tasks.mail_anchors.enqueue()

    assert not mailoutbox
    assert not Entry.objects.filter(command="parties.record_anchor").exists()  # nobody was told: not done


def test_an_exercise_tells_nobody(town: Town, settings: Any, mailoutbox: list[EmailMessage]) -> None:
    settings.ANCHOR_ADDRESSES = ["revisor@exempel.example"]
    with connection.cursor() as cursor:
        cursor.execute("UPDATE parties_partnership SET is_exercise = %s", [True])

    tasks.mail_anchors.enqueue()

    assert not mailoutbox
