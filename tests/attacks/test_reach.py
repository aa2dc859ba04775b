"""What belongs to others, reached through what is one's own: ids in forms, extra fields, files, links."""

import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.test import Client
from django.urls import reverse

from samsyn.core import clock
from samsyn.core.actors import SYSTEM
from samsyn.council import services as council
from samsyn.council.models import Body, Decision, Meeting
from samsyn.dialogue import services as dialogues
from samsyn.dialogue.models import Dialogue, Theme, Voice
from samsyn.dialogue.tests import build
from samsyn.evidence.models import Dataset, Figure
from samsyn.parties import services as parties
from samsyn.parties.models import Area
from samsyn.parties.tests.build import Town, user_of
from samsyn.pictures import services as pictures
from samsyn.pictures.models import Certainty, DraftFinding, Picture, Point
from samsyn.pictures.services.drafting import Words
from samsyn.pictures.tests import build as drafts
from samsyn.plans.models import Measure
from tests.test_role_walk import state, undone
from tests.whole import Whole


class Elsewhere:
    """Rows of the partnership next door, where the officer works too."""

    def __init__(self, town: Town) -> None:
        there, by = town.elsewhere, town.officer
        area = parties.add_area(
            there, code="9903", name="Tallnäs", slug="hela", kind=Area.Kind.MUNICIPALITY, by=SYSTEM
        )
        self.body = council.found_body(there, name="Rådet", kind=Body.Kind.COUNCIL, by=by)
        today = clock.today()
        self.meeting = council.call_meeting(there, body=self.body, day=today, place="", by=by)
        self.decision = council.record_decision(
            there,
            body=self.body,
            kind=Decision.Kind.ENDORSE,
            day=today,
            text="Ja.",
            **_NO_NUMBERS,
            by=town.chief,
        )
        asked = dialogues.open_dialogue(
            there,
            question="Hur är det i Tallnäs?",
            introduction="",
            about=Dialogue.About.PICTURE,
            area=area,
            opens=today,
            closes=today + timedelta(days=9),
            by=by,
        )
        self.theme = dialogues.add_theme(asked, title="Tallnästema", summary="", by=by)
        picture = pictures.open_picture(there, period="2027", scope="Tallnäs", by=by)
        words = Words("Tallnäsiakttagelse", "Något har ökat.")
        self.point = pictures.write_point(
            picture, words=words, certainty=Certainty.FAIRLY, priority=None, by=by
        )


_NO_NUMBERS: dict[str, Any] = {"section": "1", "registration_number": ""}


def _forms(whole: Whole, other: Elsewhere) -> list[tuple[str, Any, dict[str, Any], str, Any, Any]]:
    """Page, row, the rest of the form, the field that names another row, an own one, a foreign one."""
    today = clock.today()
    point, voice = whole.rows[Point], Voice.objects.exclude(themes=None).get()
    own_theme = Theme.objects.get(dialogue__partnership=whole.town.partnership)
    own_body = Body.objects.filter(partnership=whole.town.partnership).earliest("id")
    decided = {"kind": "endorse", "day": today, "text": "Ja.", "section": "2"}
    measure = {
        "title": "x",
        "text": "x",
        "kind": "situational",
        "owner": whole.town.municipality.pk,
        "owner_title": "chef",
        "starts": today,
        "ends": today,
        "follow_up": today,
        "priorities": [link.pk for link in [getattr(point, "priority", None)] if link],
    }
    return [
        ("council:call_meeting", None, {"day": today + timedelta(days=7)}, "body", own_body, other.body),
        ("council:decide", None, decided, "body", own_body, other.body),
        (
            "council:decide",
            None,
            decided | {"body": own_body.pk},
            "meeting",
            whole.rows[Meeting],
            other.meeting,
        ),
        ("dialogue:sort", voice, {}, "theme", own_theme, other.theme),
        ("plans:propose", None, measure, "points", point, other.point),
        ("pictures:endorse", whole.rows[Picture], {}, "decision", None, other.decision),
        ("pictures:add_voice", point, {}, "theme", None, other.theme),
    ]


def test_a_foreign_row_in_ones_own_form_is_refused_and_not_named(whole: Whole, client: Client) -> None:
    """Also by somebody who may see both: what is one partnership's never enters the other's."""
    other = Elsewhere(whole.town)
    client.force_login(user_of(whole.town.officer))
    before = state()

    for name, row, rest, field, own, foreign in _forms(whole, other):
        path = reverse(name, args=["granvik", *([row.pk] if row else [])])
        if own is not None:  # the form is right but for the row: with one's own it is taken
            with undone():
                taken = client.post(path, rest | {field: own.pk})
                assert taken.status_code == 302, (name, field)
        answer = client.post(path, rest | {field: foreign.pk})
        assert answer.status_code in (404, 409, 422), (name, field)
        assert "Tallnäs" not in answer.text.split("<main")[1], (name, field)
        assert state() == before, (name, field)


def test_the_other_partys_figure_cannot_be_cited_and_its_title_is_not_told(
    whole: Whole, client: Client
) -> None:
    own = drafts.draft(whole.town, by="officer", period="2028")
    finding = DraftFinding.objects.get(draft=own)
    figure = whole.rows[Figure]
    client.force_login(user_of(whole.town.officer))

    answer = client.post(
        reverse("pictures:cite", args=["granvik", finding.pk]), {"figure": figure.pk, "note": ""}
    )

    assert answer.status_code == 422 and str(getattr(figure, "title", "?")) not in answer.text
    assert not finding.citations.exists()


EXTRA = {"id", "pk", "by", "actor", "party", "sender", "version", "released_at", "state", "number", "release"}


def test_fields_that_a_form_does_not_have_change_nothing(whole: Whole, client: Client) -> None:
    town = whole.town
    client.force_login(user_of(town.coordinator))
    measure = whole.rows[Measure]
    assert isinstance(measure, Measure)
    extra = dict.fromkeys(EXTRA, str(town.elsewhere.pk)) | {"partnership": str(town.elsewhere.pk)}
    today = clock.today()

    answer = client.post(
        reverse("plans:rewrite", args=["granvik", measure.pk]),
        extra
        | {
            "title": "Nytt namn",
            "text": "x",
            "kind": "situational",
            "owner_title": "chef",
            "seen": measure.version,
        }
        | {"starts": today, "ends": today, "follow_up": today},
    )

    changed = Measure.objects.get(pk=measure.pk)
    assert answer.status_code == 302 and changed.title == "Nytt namn"
    kept = {"partnership_id", "state", "owner_id", "id"}
    assert {name: getattr(changed, name) for name in kept} == {name: getattr(measure, name) for name in kept}


def test_the_address_of_a_file_is_worth_nothing_to_others(whole: Whole) -> None:
    """Copied from the browser of one who may: to nobody signed in, to the other party, to a stranger."""
    town = whole.town
    statuses = {
        town.coordinator: 200,
        None: 302,
        town.officer: 404,
        town.outsider: 404,
        town.administrator: 404,
    }
    files = [(page, whole.rows[Dataset]) for page in ("dataset_csv", "dataset_parquet")]
    files += [(page, whole.rows[Figure]) for page in ("figure_csv", "figure_json")]

    for page, row in files:
        for actor, wanted in statuses.items():
            client = Client()
            if actor:
                client.force_login(user_of(actor))
            answer = client.get(reverse(f"evidence:{page}", args=["granvik", row.pk]))
            assert answer.status_code == wanted, (page, actor)


def test_no_address_is_made_of_a_hash() -> None:
    """An object is reached through a row that says who may see it, never by what it is stored as."""
    from tests.addresses import addresses

    named = {one.name for one in addresses() if "key>" in one.pattern or "hash" in one.pattern}
    assert named <= {"account_reset_password_from_key"}


def test_a_receipt_has_eighty_bits_and_a_wrong_one_tells_nothing(town: Town, client: Client) -> None:
    path = f"/granvik/dialog/{build.dialogue(town).pk}/"
    page = client.post(path, {"text": "Bron är mörk.", "submission": uuid4()})

    wrong = client.post(f"{path}kvitto/", {"code": "AAAA-BBBB-CCCC-DDDD"})

    (code,) = re.findall(r"\b(?:[A-Z2-7]{4}-){3}[A-Z2-7]{4}\b", page.text)
    assert len(code.replace("-", "")) * 5 >= 80  # letters of five bits each
    assert wrong.status_code == 422 and "Bron är mörk" not in wrong.text
