"""Who may open which row: every address with a real row in it, as every role, anonymous and from next door.

What a role sees and what it may do is said here by hand, so that a rule or a guard that is changed by mistake
meets a second opinion. `test_roles.py` has the pages without a row.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.test import Client
from django.utils.safestring import SafeString

from samsyn.agreements.models import Agreement, Change, Clause, PriorityGoal, VisionGoal
from samsyn.core import permissions
from samsyn.core.actors import Actor
from samsyn.core.journal import Entry
from samsyn.core.rows import Row
from samsyn.council.models import Meeting
from samsyn.dialogue.models import Dialogue, Voice
from samsyn.duties.models import Event
from samsyn.evidence.models import (
    Dataset,
    EvidenceRequest,
    Figure,
    FigureOrder,
    FileTemplate,
    OpenSource,
    Outlines,
    Upload,
)
from samsyn.parties.models import Appointment, Invitation, Organisation, Title
from samsyn.parties.tests.build import Town, person, user_of
from samsyn.pictures.models import (
    Cause,
    DraftCitation,
    DraftFinding,
    Erratum,
    Picture,
    PictureFile,
    Point,
    PointFigure,
    PointSource,
    PrivateDraft,
    Review,
    StaffDialogue,
)
from samsyn.plans.models import (
    Evaluation,
    FollowUp,
    Indicator,
    Measure,
    MeasureActivity,
    MeasureFile,
    Plan,
    PlanMeasure,
    Referral,
    StatusRequest,
)
from samsyn.promises.models import Promise
from samsyn.releases.models import Release
from tests.addresses import Address, at_work
from tests.test_roles import EDITORS, EVERYBODY, MAY, WORKING
from tests.whole import Whole

OUR_APPROVERS, ADMINISTRATOR = {"chair", "secretary"}, {"administrator"}
APPROVERS = OUR_APPROVERS | {"chief"}
OURS = {"coordinator", "chair", "secretary"}  # those of the municipality who work here: the rows are theirs
OUR_PEOPLE = OURS | {"owner", "auditor", "administrator"}
ALL = EVERYBODY | ADMINISTRATOR

# Who knows that the row exists. For all others it is missing: 404, whatever they ask of it.
SEES: dict[type[Row], set[str]] = {
    **dict.fromkeys((Agreement, Change, Clause, PriorityGoal, VisionGoal), ALL),
    **dict.fromkeys(
        (
            *(Dataset, Figure, FigureOrder, OpenSource, Upload, PrivateDraft, DraftFinding, DraftCitation),
            *(MeasureFile, PictureFile, StaffDialogue),
        ),
        OURS,
    ),
    **dict.fromkeys(
        (
            *(
                Cause,
                Picture,
                Point,
                PointFigure,
                PointSource,
                Promise,
                Meeting,
                Dialogue,
                Voice,
                StatusRequest,
            ),
            *(
                Plan,
                PlanMeasure,
                Referral,
                FollowUp,
                Review,
                Erratum,
                FileTemplate,
                Outlines,
                EvidenceRequest,
            ),
        ),
        WORKING,
    ),
    **dict.fromkeys((Measure, MeasureActivity, Indicator, Evaluation), WORKING | {"owner"}),
    **dict.fromkeys((Release, Event), WORKING | {"auditor"}),
    Organisation: ALL,
    Appointment: OUR_PEOPLE,
    Invitation: OUR_PEOPLE,
}

# Who of them may do what the page is for. With MAY, one line per permission that stands at an address.
MAY_WITH_A_ROW: dict[str, set[str]] = {
    **dict.fromkeys(
        (
            *(f"agreements.{name}" for name in ("rewrite_clause", "add_clause", "add_goal", "add_priority")),
            *(f"agreements.{name}" for name in ("settle_link", "serve_goal", "publish_agreement")),
            *(f"evidence.{name}" for name in ("receive_file", "answer_questions", "discard_file")),
            *(f"evidence.{name}" for name in ("accept_dataset", "order_figure", "discard_order")),
            *(f"evidence.{name}" for name in ("follow_source", "unfollow_source", "import_population")),
            "evidence.state_origin",
            *(f"evidence.{name}_outlines" for name in ("keep", "drop", "use", "open")),
            *(f"pictures.{name}" for name in ("draft_first_picture", "write_finding", "rewrite_finding")),
            "pictures.draft_next_picture",
            *(f"pictures.{name}" for name in ("drop_finding", "cite_figure", "share_draft", "write_point")),
            "pictures.renew_citation",
            *(f"pictures.{name}_staff_dialogue" for name in ("record", "rewrite", "drop")),
            "pictures.cite_staff_dialogues",
            *(f"pictures.{name}_picture_file" for name in ("see", "discard")),
            *("pictures.see_picture_files", "pictures.share_file"),
            "pictures.leave_out_figure",
            *(f"pictures.{name}_cause" for name in ("state", "rewrite", "drop", "confirm")),
            "pictures.explain_gone",
            *(f"pictures.{name}" for name in ("place_finding", "part_source", "rewrite_point", "add_voice")),
            *(f"dialogue.{name}" for name in ("publish_dialogue", "accept_voice", "refuse_voice")),
            *(f"dialogue.{name}" for name in ("add_theme", "sort_voice", "summarise")),
            *(f"promises.{name}" for name in ("rewrite_promise", "publish_promise", "report_promise")),
            *(f"plans.{name}" for name in ("rewrite_measure", "describe_measure", "choose_causes")),
            *(f"plans.{name}" for name in ("add_activity", "drop_activity")),
            *(f"plans.{name}" for name in ("ask_for_status", "withdraw_request", "value_from_figure")),
            *(f"plans.{name}_indicator" for name in ("add", "rewrite", "drop", "end")),
            *(f"plans.{name}" for name in ("rewrite_plan", "put_in_plan", "take_out_of_plan", "refer_plan")),
            *(f"plans.{name}_measure_file" for name in ("see", "discard")),
            "plans.say_columns",
            *(f"plans.{name}_referral" for name in ("answer", "drop")),
        ),
        EDITORS,
    ),
    **dict.fromkeys(
        (
            *(f"agreements.{name}_change" for name in ("approve", "decline")),
            *(f"agreements.{name}" for name in ("approve_agreement", "give_notice")),
            *(f"promises.{name}_promise" for name in ("approve", "withdraw")),
            "pictures.adopt_picture",
            "pictures.approve_erratum",
        ),
        APPROVERS,
    ),
    **dict.fromkeys(
        (
            *(f"evidence.{name}" for name in ("see_evidence", "see_population", "check_figure")),
            *(f"pictures.{name}" for name in ("approve_draft", "take_stance", "endorse_picture")),
            "pictures.write_notes",
            *(f"pictures.{name}" for name in ("score_point", "weigh_criteria", "choose_order")),
            "pictures.decide_on_secrecy",
            *(f"pictures.{name}_review" for name in ("record", "retract")),
            *(f"pictures.{name}_erratum" for name in ("write", "drop")),
            *(f"pictures.{name}_draft" for name in ("weed", "archive")),
            *(f"agreements.{name}" for name in ("sign_agreement", "propose_change")),
            "promises.decide_no_promise",
            "plans.endorse_plan",
        ),
        WORKING,
    ),
    **dict.fromkeys(
        (f"plans.see_{one}" for one in ("measure", "indicator", "evaluation")), WORKING | {"owner"}
    ),
    **dict.fromkeys(("plans.count_activity", "plans.report_value"), EDITORS | {"owner"}),
    **dict.fromkeys(("plans.decide_plan", "plans.retract_decision"), OUR_APPROVERS),
    **{name: {"chief"} for name in ("plans.decide_police_part", "plans.retract_police_part")},
    **dict.fromkeys(("plans.evaluate_measure", "plans.rewrite_evaluation"), EDITORS | {"owner"}),
    "plans.approve_evaluation": OUR_APPROVERS,
    "plans.rewrite_follow_up": EDITORS,
    "evidence.drop_template": OURS & EDITORS,
    "evidence.see_request": WORKING,
    "evidence.reply_to_request": OURS,  # the municipality is asked, by the police
    "evidence.withdraw_request": {"officer", "chief"},
    **dict.fromkeys((f"plans.{one}_follow_up" for one in ("decide", "retract")), APPROVERS),
    "releases.see_release": WORKING | {"auditor"},
    "parties.see_people": ALL,
    "parties.see_key": APPROVERS | ADMINISTRATOR,
    **dict.fromkeys((f"duties.{name}_event" for name in ("record", "retract", "end")), OURS),
    **dict.fromkeys((f"parties.{name}_key" for name in ("export", "rotate", "restore")), OUR_APPROVERS),
    **dict.fromkeys(
        (f"parties.{name}" for name in ("invite", "end_appointment", "revoke_invitation")),
        OUR_APPROVERS | ADMINISTRATOR,
    ),
}

# Pages whose rule is asked about the partnership, and that then look a row up themselves.
LOOKED_UP: dict[str, tuple[type[Row], str]] = {
    "evidence:take_population": (Upload, ""),
    "parties:revoke": (Invitation, "parties.revoke_invitation"),
}
PUBLIC = {"releases:document"}  # about a public release: nobody here is surprised that it exists
READINGS = {"releases.record_opening", "evidence.record_export"}
OPENED, TAKEN = {200, 202, 302, 405}, {200, 302, 405, 409, 422}


def may(permission: str) -> set[str]:
    table = MAY | MAY_WITH_A_ROW
    if permission not in table:
        pytest.fail(f"Say who may {permission}: one line in MAY_WITH_A_ROW, tests/test_role_walk.py.")
    return table[permission]


def sees(model: type[Row]) -> set[str]:
    if model not in SEES:
        pytest.fail(f"Say who sees a {model.__name__}: one line in SEES, tests/test_role_walk.py.")
    return SEES[model]


def expected(page: Address, who: str) -> int:
    """404 for a row that one may not know of, then 403 for what one may not do, else 200."""
    assert page.permission
    if page.model and page.name not in PUBLIC and who not in sees(page.model):
        return 404
    if who not in may(page.permission):
        return 403
    row, rule = LOOKED_UP.get(page.name, (None, ""))
    if row and who not in sees(row):
        return 404
    return 403 if rule and who not in may(rule) else 200


def state() -> dict[str, object]:
    """All that an act of anybody would change: the rows of every room, and the entries of all chains.

    That a sensitive page was opened or a file was fetched is an entry of its own, and changes nothing else
    (tests/test_reading.py).
    """
    tables = [model._meta.db_table for model in apps.get_models() if issubclass(model, Row)]
    with connection.cursor() as cursor:  # asked after every form, so all tables in one question
        counted = ", ".join(f'(SELECT COUNT(*) FROM "{table}")' for table in tables)  # our names
        cursor.execute(f"SELECT {counted}")
        counts: dict[str, object] = dict(zip(tables, cursor.fetchone(), strict=True))
    entries = Entry.objects.exclude(command__in=READINGS, changes=[])
    return counts | {str(key): chain for key, chain in entries.values_list("pk", "chain")}


@contextmanager
def undone() -> Iterator[None]:
    """What a form did is rolled back, so that the next role meets the same town."""
    attempt: Any = transaction.atomic()
    attempt._from_testcase = True  # a command insists on the outermost transaction, except of a test
    with attempt:
        yield
        transaction.set_rollback(True)


@pytest.fixture
def quiet(settings: Any) -> None:
    """Work for later is only written down, and an open service is not there."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
    settings.KOLADA_URL = settings.SCB_URL = "http://127.0.0.1:9"


@pytest.fixture
def unseen(monkeypatch: pytest.MonkeyPatch) -> None:
    """Answers without their pages, which take more than a third of a walk that looks at none.

    The walk with GET renders what each role meets, and test_bad_input.py every form that comes back.
    """
    monkeypatch.setattr("django.template.backends.django.Template.render", lambda *_, **__: SafeString())


def test_the_rules_say_what_the_table_says(whole: Whole) -> None:
    """Asked about the very row that the page with this permission is about."""
    actors = whole.town.actors()
    asked = {(page.permission, page.model) for page in at_work() if page.permission in MAY_WITH_A_ROW}
    asked |= {(rule, row) for row, rule in LOOKED_UP.values() if rule}
    assert {permission for permission, _ in asked} == set(MAY_WITH_A_ROW)  # no line without a page

    for permission, model in asked:
        target = whole.rows[model] if model else whole.town.partnership
        known = sees(model) if model else ALL
        let_in = {who for who in known if permissions.allowed(permission, actors[who], target)}
        assert let_in == may(permission) & known, (permission, model)


def test_every_role_gets_from_every_address_what_the_tables_say(whole: Whole, client: Client) -> None:
    pages = at_work()
    assert len(pages) > 80
    before = state()
    wrong = []

    for who, actor in whole.town.actors().items():
        client.force_login(user_of(actor))
        for page in pages:
            wanted = expected(page, who)
            status = client.get(page.path(whole)).status_code
            if status not in (OPENED if wanted == 200 else {wanted, 405}):
                wrong.append((who, page.name, status, wanted))

    assert wrong == []
    assert state() == before  # a GET changes nothing, in no room and no chain


def test_a_form_is_taken_from_those_who_may_and_does_nothing_for_others(
    whole: Whole, client: Client, quiet: None, unseen: None
) -> None:
    before = state()
    wrong = []

    for who, actor in whole.town.actors().items():
        client.force_login(user_of(actor))
        for page in at_work():
            wanted = expected(page, who)
            with undone():
                status = client.post(page.path(whole)).status_code
                changed = wanted != 200 and state() != before
            if changed or status not in (TAKEN if wanted == 200 else {wanted}):
                wrong.append((who, page.name, status, wanted, changed))

    assert wrong == []
    assert state() == before


def strangers(town: Town) -> dict[str, Actor]:
    """The same roles in the partnership next door, whose municipality is another."""
    titles = (Title.CHAIR, Title.BOARD_SECRETARY, Title.MEASURE_OWNER, Title.AUDITOR, Title.ADMINISTRATOR)
    return {"coordinator": town.outsider} | {str(one): person(town.stranger, one) for one in titles}


@pytest.mark.parametrize("method", ["get", "post"])
def test_the_same_role_next_door_finds_nothing_here(
    whole: Whole, client: Client, method: str, unseen: None
) -> None:
    """Neither at this partnership's address nor by carrying a row's key to one's own."""
    people = strangers(whole.town)
    before = state()
    wrong = []

    for who, actor in people.items():
        client.force_login(user_of(actor))
        for page in at_work():
            status = getattr(client, method)(page.path(whole)).status_code
            if status not in {404, 405}:
                wrong.append((who, page.name, status, "here"))
            if page.model is None or page.model is Organisation:
                continue
            status = getattr(client, method)(page.path(whole, slug="tallnas")).status_code
            if status not in {404, 405}:
                wrong.append((who, page.name, status, "there"))

    assert wrong == []
    assert state() == before


@pytest.mark.parametrize("method", ["get", "post"])
def test_who_works_in_both_meets_a_joint_row_only_where_it_belongs(
    whole: Whole, client: Client, method: str, unseen: None
) -> None:
    """The police belong to both partnerships; what is one's is not the other's."""
    before = state()
    wrong = []

    for actor in (whole.town.officer, whole.town.chief):
        client.force_login(user_of(actor))
        for page in at_work():
            if page.model and page.model is not Organisation:
                status = getattr(client, method)(page.path(whole, slug="tallnas")).status_code
                if status not in {404, 405}:
                    wrong.append((page.name, status))

    assert wrong == []
    assert state() == before


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_visitor_is_sent_to_sign_in(whole: Whole, client: Client, method: str) -> None:
    before = state()
    wrong = []

    for page in at_work():
        answer = getattr(client, method)(page.path(whole))
        to_sign_in = answer.status_code == 302 and answer.headers["Location"].startswith("/konto/logga-in/")
        if not to_sign_in and answer.status_code != 405:
            wrong.append((page.name, answer.status_code))

    assert wrong == []
    assert state() == before
