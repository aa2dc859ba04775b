"""How far they have come: read from what is recorded, for each party as it may see it."""

from datetime import timedelta

from django.test import Client
from django.urls import reverse

from samsyn.agreements.tests import build as agreements
from samsyn.core import clock
from samsyn.core.actors import Actor
from samsyn.council.models import StepStanding
from samsyn.council.services import call_meeting, record_notes, say_of_step
from samsyn.council.steps import LINES, Line, Step
from samsyn.overview.steps import Shown, SoFar, so_far
from samsyn.parties.tests.build import Town, user_of
from samsyn.pictures import services as pictures
from samsyn.pictures.models import Picture, PictureFile
from samsyn.pictures.tests import build as drafts
from samsyn.plans.tests import build as plans
from samsyn.promises.tests import build as promises


def read(town: Town, by: Actor) -> SoFar:
    return so_far(by, town.partnership, clock.today())


def lines(found: SoFar) -> dict[Line, Shown]:
    return {one.line: one for step in found.steps for one in step.lines}


def done(found: SoFar) -> set[Line]:
    return {line for line, one in lines(found).items() if one.stand.is_done}


def test_nothing_is_done_where_nobody_has_begun_and_the_day_begins_with_the_agreement(town: Town) -> None:
    found = read(town, town.coordinator)

    assert done(found) <= {Line.ROLES} and found.period == ""
    assert lines(found)[Line.ADOPTED].blocked_by == [Line.ENDORSED]
    assert [part.is_next for part in found.day] == [True, False, False, False, False]
    assert found.next is not None and found.next.line is Line.AGREEMENT


def test_each_party_reads_its_own_preparations(town: Town) -> None:
    agreements.agreement(town)
    made = drafts.draft(town)
    pictures.record_staff_dialogue(made, held=drafts.held(), findings=[], by=town.coordinator)
    pictures.approve_draft(made, by=town.coordinator)

    ours, theirs = read(town, town.coordinator), read(town, town.officer)

    assert {Line.AGREEMENT, Line.DRAFT, Line.STAFF, Line.READ} <= done(ours) and ours.period == "2027"
    assert not {Line.DRAFT, Line.STAFF, Line.READ, Line.RECEIVED} & done(theirs) and theirs.period == ""
    assert [part.is_done for part in ours.day] == [True, True, True, False, False]
    drafts.hand_over(town, made)
    assert Line.SHARED in done(read(town, town.coordinator))
    drafts.shared(town, by="officer", word="hamnen")
    assert Line.RECEIVED in done(read(town, town.officer))


def test_from_the_merge_to_the_follow_up(town: Town) -> None:
    agreements.agreement(town)
    picture = drafts.agreed_picture(town)
    assert {Line.MERGED, Line.ENDORSED} <= done(read(town, town.coordinator))
    point = picture.points.get()
    pictures.choose_order(picture, order=[point], reason="Störst.", seen=None, by=town.chair)
    found = lines(read(town, town.coordinator))
    assert found[Line.ORDER].stand.is_done and str(found[Line.CAUSES].stand.remark) == "0 of 1"
    stated = drafts.cause(town, point)
    measure = plans.measure(town, point)
    patrol = plans.measure(town, point, title="Fotpatrull", owner=town.police)
    drafts.adopted(town, Picture.objects.get())
    plans.plan(town, measure, patrol, picture=picture)

    found = lines(read(town, town.coordinator))

    for line in (Line.CAUSES, Line.ADOPTED, Line.MEASURES, Line.OWNERS):
        assert found[line].stand.is_done, line
    assert str(found[Line.AIMED].stand.remark) == "0 of 2" and stated.pk
    assert found[Line.PLAN].stand.is_begun and not found[Line.PLAN].stand.is_done
    assert found[Line.POLICE_PLAN].blocked_by == [Line.PLAN]
    promises.published(town, measure, themes=[])
    found = lines(read(town, town.coordinator))
    assert found[Line.PROMISES].stand.is_done and found[Line.KEPT].stand.is_done


def test_the_next_round_begins_with_the_own_draft(town: Town) -> None:
    drafts.adopted_picture(town)
    drafts.draft(town, period="2029")

    found, theirs = read(town, town.coordinator), read(town, town.officer)

    assert (found.period, found.holds_meanwhile) == ("2029", "2027") and Line.ADOPTED not in done(found)
    assert theirs.period == "2027" and Line.ADOPTED in done(theirs)
    unseen = {line for line, one in lines(theirs).items() if one.stand.is_unseen}
    assert unseen == set()


def test_what_came_as_a_file_is_not_missing(town: Town) -> None:
    file = pictures.receive_picture_file(town.police, name="bild.json", content=b"{}", by=town.officer)
    told = {"title": "Mörkt i tunneln", "text": "Lampor saknas.", "secrecy": "none"}
    read_file = {"form": {"title": "Bild", "period": "2027", "findings": [told]}}
    pictures.record_picture_file(file, outcome=read_file, by=town.officer)
    given = {"purpose": "handed_over", "ground": "x", "period": "2027", "title": "Bild"}
    pictures.share_file(
        PictureFile.objects.get(),
        partnership=town.partnership,
        receiver=town.municipality,
        by=town.officer,
        **given,
    )
    drafts.picture(town)

    found = read(town, town.officer)

    assert {line for line, one in lines(found).items() if one.stand.is_unseen} == {
        Line.DRAFT,
        Line.STAFF,
        Line.READ,
    }
    assert Line.SHARED in done(found) and Line.RECEIVED in done(read(town, town.coordinator))


def test_the_page_says_who_when_what_waits_and_where(town: Town, client: Client) -> None:
    agreements.agreement(town)
    body = drafts.decision(town, drafts.Decision.Kind.ENDORSE).body
    held = call_meeting(town.partnership, body=body, day=clock.today(), place="", by=town.coordinator)
    record_notes(held, present="Alla", notes="Bra.", seen=held.version, by=town.coordinator)
    yesterday = clock.today() - timedelta(days=1)
    say_of_step(town.partnership, line=Line.PLAN, who="Nämnden", due=yesterday, by=town.officer)
    say_of_step(
        town.partnership,
        line=Line.MANDATE,
        level=StepStanding.Level.DONE,
        comment="Beslutat i rådet.",
        by=town.chair,
    )
    address = reverse("overview:steps", args=[town.partnership.slug])

    client.force_login(user_of(town.coordinator))
    page = client.get(address).text

    assert page.count("Försenat") == 1 and "Nämnden" in page and "Beslutat i rådet." in page
    assert "Väntar på:" in page and "Börja här" in page and 'aria-current="step"' in page
    assert reverse("pictures:start_draft", args=[town.partnership.slug]) in page
    assert address in client.get(reverse("overview:start", args=[town.partnership.slug])).text
    assert address in client.get(reverse("overview:handover", args=[town.partnership.slug])).text
    client.force_login(user_of(town.auditor))
    assert client.get(address).status_code == 403
    assert address not in client.get(reverse("overview:handover", args=[town.partnership.slug])).text
    assert len(LINES) == len(Step) == 5
