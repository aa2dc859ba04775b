"""A town that has worked for years: the exercise with many more rows, copied past the commands.

Only for measuring. The copies stand in no journal, so they show how pages grow and nothing else.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from itertools import cycle, islice
from typing import Any
from uuid import UUID

from django.db import models
from django.db.models import Model
from uuid_utils.compat import uuid7

from samsyn.agreements import models as agreements
from samsyn.core import canonical, clock
from samsyn.council import models as council
from samsyn.dialogue import models as dialogue
from samsyn.evidence import models as evidence
from samsyn.parties.models import Partnership
from samsyn.pictures import models as pictures
from samsyn.plans import models as plans
from samsyn.promises import models as promises
from samsyn.releases.models import Release

Rows = Sequence[type[Model]]
Keys = dict[UUID, UUID]

IN_AGREEMENT: Rows = (
    agreements.Clause,
    agreements.VisionGoal,
    agreements.Priority,
    agreements.PriorityItem,
    agreements.PriorityGoal,
    agreements.OtherActor,
    agreements.HistoryEvent,
)
MEETINGS: Rows = (council.Meeting, council.AgendaItem, council.Decision)
REQUESTS: Rows = (evidence.EvidenceRequest, evidence.EvidenceReply)
DIALOGUES: Rows = (dialogue.Dialogue, dialogue.Theme, dialogue.Voice, dialogue.VoiceTheme)
POINTS: Rows = (
    pictures.Point,
    pictures.PointSource,
    pictures.PointFigure,
    pictures.PointVoice,
    pictures.Stance,
    pictures.PointSecrecy,
    pictures.PointScore,
    pictures.Cause,
    pictures.CauseFigure,
    pictures.CauseVoice,
)
MEASURES: Rows = (
    plans.Measure,
    plans.MeasurePoint,
    plans.MeasurePriority,
    plans.MeasureSubAim,
    plans.MeasureCause,
    plans.MeasureActivity,
    plans.PlanMeasure,
    plans.Evaluation,
    plans.StatusReport,
    plans.Indicator,
    plans.IndicatorValue,
)
PROMISES: Rows = (
    promises.Promise,
    promises.PromiseMeasure,
    promises.PromiseTheme,
    promises.Approval,
    promises.Report,
    promises.NoPromise,
)


def everything_twice(partnership: Partnership) -> None:
    """Each joint row once more, with what hangs on it, in the agreement and the picture that are there."""
    copy(partnership, (*IN_AGREEMENT, *MEETINGS, *REQUESTS, *DIALOGUES, *POINTS, *MEASURES, *PROMISES))
    another_agreement(partnership, years=4)


def another_agreement(partnership: Partnership, *, years: int) -> None:
    """The agreement of an earlier time, with all its parts and signatures."""

    def earlier(row: Any) -> None:
        shift = timedelta(days=365 * years)
        row.valid_from, row.valid_to = row.valid_from - shift, row.valid_from - timedelta(days=365)
        row.predecessor, row.release = None, None

    newest = agreements.Agreement._base_manager.filter(partnership=partnership).order_by("-valid_from")[:1]
    inside = {model: {"agreement": newest[0]} for model in (*IN_AGREEMENT, agreements.Signature)}
    inside[agreements.PriorityItem] = inside[agreements.PriorityGoal] = {"priority__agreement": newest[0]}
    only: Mapping[type[Model], Any] = {agreements.Agreement: {"pk": newest[0].pk}, **inside}
    copy(partnership, tuple(only), only=only, changes={agreements.Agreement: earlier})


def copy(
    partnership: Partnership,
    tables: Rows,
    *,
    only: Mapping[type[Model], Any] | None = None,
    changes: Mapping[type[Model], Callable[[Any], None]] | None = None,
) -> Keys:
    """One more of each row; a copy points at copies where there are any. Says which became which."""
    keys: Keys = {}
    for table in tables:
        rows = list(table._base_manager.filter(partnership=partnership, **(only or {}).get(table, {})))
        for row in rows:
            _renew(row, keys)
            (changes or {}).get(table, lambda row: None)(row)
        table._base_manager.bulk_create(rows, batch_size=500)
    return keys


def _renew(row: Any, keys: Keys) -> None:
    keys[row.pk] = row.pk = uuid7()
    row._state.adding = True
    for field in row._meta.concrete_fields:
        if isinstance(field, models.ForeignKey):
            target = getattr(row, field.attname)
            setattr(row, field.attname, keys.get(target, target))
    mark = row.pk.hex[-10:]
    match row:
        case dialogue.Voice():
            row.receipt, row.submission = row.pk.hex, uuid7()
        case agreements.Clause():
            row.address = f"{row.address}.{mark}"
        case agreements.VisionGoal() | agreements.Priority() | agreements.PriorityItem():
            row.key = f"{row.key}.{mark}"


# --- a town of eight years


def grow(
    partnership: Partnership,
    *,
    findings: int = 60,
    measures: int = 300,
    reports: int = 5000,
    pledges: int = 40,
    voices: int = 2000,
    meetings: int = 50,
    years: int = 8,
) -> None:
    """`findings` are each party's own, shared and being merged; the agreement goes back `years`."""
    here = {"partnership": partnership}
    for back in range(4, years + 1, 4):
        another_agreement(partnership, years=back)
    _more(council.Meeting, meetings, here)
    points = _open_picture(partnership, findings)
    added = _more(plans.Measure, measures, here)
    every = list(plans.Measure._base_manager.filter(**here))
    _link(
        plans.MeasurePoint,
        [(one, points[n % len(points)]) for n, one in enumerate(every)],
        "measure",
        "point",
    )
    _report(every, reports)
    pledged = _more(promises.Promise, pledges, here)
    _link(
        promises.PromiseMeasure,
        [(one, added[n % len(added)]) for n, one in enumerate(pledged)],
        "promise",
        "measure",
    )
    said = _more(dialogue.Voice, voices, here)
    themes = list(dialogue.Theme._base_manager.filter(**here))
    sorted_ = [one for one in said if one.state == dialogue.Voice.State.ACCEPTED]
    _link(
        dialogue.VoiceTheme,
        [(one, themes[n % len(themes)]) for n, one in enumerate(sorted_)],
        "voice",
        "theme",
    )


def _more(table: type[Model], until: int, here: dict[str, Any]) -> list[Any]:
    """Copies of the rows that are there, in turn, until there are so many."""
    there = list(table._base_manager.filter(**here).order_by("pk"))
    added = []
    for number in range(max(until - len(there), 0)):
        row = table._base_manager.get(pk=there[number % len(there)].pk)
        _renew(row, {})
        if isinstance(row, dialogue.Voice) and number % 10 == 0:
            row.state = dialogue.Voice.State.RECEIVED
        added.append(row)
    table._base_manager.bulk_create(added, batch_size=500)
    return added


def _report(measures: Sequence[plans.Measure], until: int) -> None:
    """As many reports, a month apart, on the measures in turn."""
    there = plans.StatusReport._base_manager.filter(measure__in=measures).count()
    today = clock.today()
    added = [
        plans.StatusReport(
            partnership_id=measure.partnership_id,
            measure=measure,
            state=measure.state,
            text="Det går som det var tänkt.",
            reported_on=today - timedelta(days=30 * (number // len(measures))),
        )
        for number, measure in enumerate(islice(cycle(measures), max(until - there, 0)))
    ]
    plans.StatusReport._base_manager.bulk_create(added, batch_size=500)


def _link(table: type[Model], pairs: Sequence[tuple[Any, Any]], one: str, other: str) -> None:
    rows = [table(partnership_id=a.partnership_id, **{one: a, other: b}) for a, b in pairs]
    table._base_manager.bulk_create(rows, batch_size=500, ignore_conflicts=True)


def _open_picture(partnership: Partnership, findings: int) -> list[pictures.Point]:
    """A picture that is being merged: half of the findings known to both, some not placed yet."""
    here = {"partnership": partnership}
    newest = pictures.Picture._base_manager.filter(**here).order_by("-number")[0]
    picture = pictures.Picture(**here, number=newest.number + 1, period="2029", scope=newest.scope)
    old = list(newest.points.exclude(priority=None).order_by("pk"))
    drafts = [_long_draft(one, findings) for one in _drafts(partnership)]
    priorities = list(agreements.Priority._base_manager.filter(agreement=old[0].priority.agreement))
    points, sources, stances = [], [], []
    for number in range(findings):
        point = pictures.Point._base_manager.get(pk=old[number % len(old)].pk)
        _renew(point, {})
        point.picture, point.title = picture, f"{point.title[:180]} ({number + 1})"
        point.priority = priorities[number % len(priorities)]
        points.append(point)
        knows = drafts if number % 2 else drafts[number // 2 % 2 :][:1]
        sources += [pictures.PointSource(**here, point=point, release=draft, index=number) for draft in knows]
        stances += [
            pictures.Stance(
                **here,
                point=point,
                party=draft.sender,
                position=pictures.Stance.Position.DIFFERS if number % 9 == 0 else "agrees",
                note="Vi ser det annorlunda." if number % 9 == 0 else "",
            )
            for draft in islice(drafts, number % 3)
        ]
    pictures.Picture._base_manager.bulk_create([picture])
    Release._base_manager.bulk_create(drafts)
    pictures.Point._base_manager.bulk_create(points)
    pictures.PointSource._base_manager.bulk_create(sources)
    pictures.Stance._base_manager.bulk_create(stances)
    return points


def _drafts(partnership: Partnership) -> list[Release]:
    """What each party shared last: one release of each sender."""
    found = Release._base_manager.filter(partnership=partnership, kind="pictures.draft", withdrawn_at=None)
    return list(
        {one.sender_id: one for one in found.select_related("sender").order_by("released_at")}.values()
    )


def _long_draft(release: Release, findings: int) -> Release:
    """The same draft for another period, with so many findings, hashed as a release is."""
    payload = json.loads(release.content)
    shown = [one for one in payload["content"]["findings"] if not one.get("held_back")]
    payload["content"]["period"] = "2029"
    payload["content"]["findings"] = [
        {**shown[number % len(shown)], "title": f"{shown[number % len(shown)]['title']} ({number + 1})"}
        for number in range(findings)
    ]
    content = json.dumps(payload, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    _renew(release, {})
    release.content, release.hash = content, canonical.sha256(content)
    return release
