"""Taking in a plan that was made elsewhere: its columns are named, looked at, and only then measures."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samsyn.agreements.models import Priority
from samsyn.core import canonical, door, journal
from samsyn.core.actors import Actor
from samsyn.core.commands import command
from samsyn.core.errors import Invalid, Refused
from samsyn.parties.models import Membership, Organisation, Partnership
from samsyn.pictures.models import Point
from samsyn.plans import arriving
from samsyn.plans.arriving import Arrival, Coming, Common
from samsyn.plans.models import Measure, MeasureFile, RememberedColumn
from samsyn.plans.services.bringing import BESIDE_IT, IN_THE_MEASURE, discard_measure_file
from samsyn.plans.services.columns import describe_measure
from samsyn.plans.services.measures import propose_measure

COMMON: Final = "common"  # the priorities that were chosen for the whole file


@command("plans.say_columns")
def say_columns(
    file: MeasureFile,
    *,
    columns: Mapping[int, str],
    points: list[Point],
    priorities: list[Priority],
    owner: Organisation | None,
    owner_title: str,
    kind: Measure.Kind,
    days: Mapping[str, date | None],
    heads: str = "",
    by: Actor,
) -> MeasureFile:
    """Say which column is which field, and what holds for rows that do not say it. No measure is made yet.

    Refused when no column is the title, when two columns are the same field, without a finding and a
    priority, because a measure answers and serves something, and for words that point out a person.
    """
    named = [name for name in columns.values() if name]
    if "title" not in named:
        raise Invalid(_("Say which column holds the name of the measure."), field="columns")
    if twice := next((name for name in named if named.count(name) > 1), None):
        said = {"field": arriving.FIELDS[twice]}
        raise Invalid(_("Two columns cannot both be “%(field)s”.") % said, field="columns")
    if not points:
        raise Invalid(_("Choose the finding that these measures answer."), field="points")
    if not priorities:
        raise Invalid(_("Choose the priority that these measures serve."), field="priorities")
    door.refuse_persons(owner_title, field="owner_title")
    file.answers = canonical.text(
        {
            "columns": {str(at): name for at, name in columns.items()},
            "points": [one.pk for one in points],
            "priorities": [one.pk for one in priorities],
            "owner": owner.pk if owner else None,
            "owner_title": owner_title.strip(),
            "kind": kind,
            "heads": heads,
            "days": {name: day for name, day in days.items() if day},
        }
    )
    file.save()
    return file


def arrival_of(file: MeasureFile, partnership: Partnership, *, by: Actor) -> Arrival:
    """What taking in the plan would make, as it stands. Four queries."""
    said = file.said
    table = arriving.table_of(file.content, said.get("heads", ""))
    if table is None or not said:
        return Arrival()
    owners = list(
        Organisation.objects.visible_to(by).filter(
            pk__in=Membership.objects.filter(partnership=partnership).values("organisation")
        )
    )
    days = {name: date.fromisoformat(day) for name, day in said["days"].items()}
    common = Common(
        next((one for one in owners if str(one.pk) == said["owner"]), None),
        said["owner_title"],
        said["kind"],
        **days,
    )
    return arriving.arrived(
        table,
        {int(at): name for at, name in said["columns"].items() if name},
        common,
        owners=owners,
        priorities=Priority.objects.visible_to(by).filter(partnership=partnership),
        measures=Measure.objects.visible_to(by).filter(partnership=partnership),
    )


@command("plans.take_in_plan")
def take_in_plan(
    partnership: Partnership,
    *,
    file: MeasureFile,
    seen: str,
    without_unfit: bool,
    priority_of: Mapping[str, str] | None = None,
    by: Actor,
) -> int:
    """Make a proposed measure of each row, remember the columns, and throw the file away. Returns how many.

    All or nothing: refused while a cell stands in the way, unless its whole row is to be left out. Refused
    when it is not what was looked at any more, and when nothing would be made: rows that stand here already
    make nothing twice. Refused too while `priority_of` does not say which priority a text means that is none
    of the agreement's: an id, or `COMMON` for those that were chosen for the whole file.
    """
    found = arrival_of(file, partnership, by=by)
    if found.seen != seen:
        raise Refused(_("Something has changed since you looked. Look through the file once more."))
    if found.unfit and not without_unfit:
        rows = len({one.number for one in found.unfit})
        raise Refused(
            ngettext(
                "%(n)d row has a cell that cannot be taken in. Mend the file, or leave the row out.",
                "%(n)d rows have cells that cannot be taken in. Mend the file, or leave the rows out.",
                rows,
            )
            % {"n": rows}
        )
    if not found.coming:
        raise Refused(_("Nothing in the file would become a new measure."))
    said, here = file.said, {"partnership": partnership}
    of_agreement = {str(one.pk): one for one in Priority.objects.visible_to(by).filter(**here)}
    chosen = {arriving.plain(text): key for text, key in (priority_of or {}).items()}
    for text in found.unknown:
        if chosen.get(arriving.plain(text)) not in {COMMON, *of_agreement}:
            raise Invalid(_("Say which priority “%(text)s” is.") % {"text": text}, field="priorities")
    points = list(Point.objects.visible_to(by).filter(pk__in=said["points"], **here))
    priorities = list(Priority.objects.visible_to(by).filter(pk__in=said["priorities"], **here))
    for one in found.coming:
        key = chosen.get(arriving.plain(one.unknown), COMMON) if one.unknown else COMMON
        own = one.priority or of_agreement.get(key)
        _propose(partnership, one, said, points, [own] if own else priorities, by=by)
    table = arriving.table_of(file.content, said.get("heads", ""))
    heads = table.heads if table else []
    for at, name in said["columns"].items():
        if head := heads[int(at)].casefold():
            remember_column(partnership, head=head, field=name, by=by)
    journal.note(rows=len(found.coming), left=len({one.number for one in found.unfit}))
    discard_measure_file(file, by=by)
    return len(found.coming)


def _propose(
    partnership: Partnership,
    one: Coming,
    said: Mapping[str, Any],
    points: list[Point],
    priorities: list[Priority],
    *,
    by: Actor,
) -> None:
    values = one.values
    measure = propose_measure(
        partnership,
        **{name: values[name] for name in IN_THE_MEASURE},
        kind=Measure.Kind(said["kind"]),
        owner=one.owner,
        points=points,
        priorities=priorities,
        by=by,
    )
    if any(values[name] not in ("", None) for name in BESIDE_IT):
        describe_measure(
            measure,
            **{name: values[name] for name in BESIDE_IT},
            horizon="",
            rhythm="",
            evidence="",
            partners=[],
            blocked_by=[],
            seen=measure.version,
            by=by,
        )


@command("plans.remember_column")
def remember_column(partnership: Partnership, *, head: str, field: str, by: Actor) -> RememberedColumn:
    """Keep what a column with this head is, for the next file. Refused when the head points out a person."""
    door.refuse_persons(head, field="columns")
    kept = RememberedColumn.objects.filter(partnership=partnership, head=head).first()
    kept = kept or RememberedColumn(partnership=partnership, head=head)
    kept.field = field
    kept.save()
    return kept
