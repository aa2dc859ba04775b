"""A file comes back after somebody has saved here: only what was changed in both places clashes."""

from datetime import timedelta
from typing import Any

from django.test import Client

from samsyn.parties.tests.build import Town
from samsyn.pictures.models import Point
from samsyn.plans import services
from samsyn.plans.models import Measure
from samsyn.plans.tests import build
from samsyn.plans.tests.test_bringing import (
    as_file,
    brought,
    changed,
    point,
    preview,
    rows_of,
    take_in,
    taken_along,
    town,
)

__all__ = ["point", "town"]  # fixtures


def rewritten(town: Town, one: Measure, **given: Any) -> None:
    names = ("title", "text", "kind", "owner_title", "starts", "ends", "follow_up")
    stands = {name: getattr(one, name) for name in names}
    services.rewrite_measure(one, **(stands | given), seen=one.version, by=town.officer)


def test_what_was_changed_here_alone_stays_and_clashes_with_nothing(
    town: Town, point: Point, client: Client
) -> None:
    reported, both = build.measure(town, point, title="Lampor"), build.measure(town, point, title="Bänkar")
    build.measure(town, point, title="Staket")
    rows = rows_of(taken_along(client, town))
    assert rows[0][-1] == "checksum" and len(rows[1][-1]) < 130
    changed(rows, "Lampor", Metod="Vandring")
    changed(rows, "Bänkar", **{"Det som görs": "Filens text.", "Metod": "Målning"})
    services.report_status(reported, state=Measure.State.ONGOING, text="Pågår.", by=town.officer)
    rewritten(town, both, text="Kollegans text.", owner_title="enhetschef")
    fence = Measure.objects.get(title="Staket")
    rewritten(town, fence, text="Bara här.")
    file = brought(town, as_file(rows))

    found = preview(town, file)

    said = {row.measure.title: [change.name for change in row.changes] for row in found.changed}
    assert said == {"Lampor": ["method"], "Bänkar": ["method"]}
    assert [(row.measure, [one.name for one in row.changes]) for row in found.conflicts] == [(both, ["text"])]
    assert (found.newer_here, found.same) == (1, 0)
    assert take_in(town, file) == 2
    both = Measure.objects.get(pk=both.pk)
    assert (both.text, both.method, both.owner_title) == ("Kollegans text.", "Målning", "enhetschef")
    again = brought(town, as_file(rows))  # the file is as it was: its text can still be chosen
    assert preview(town, again).changed == [] and take_in(town, again, str(both.pk)) == 1
    assert Measure.objects.get(pk=both.pk).text == "Filens text."


def test_days_that_only_fit_together_are_chosen_together(town: Town, point: Point, client: Client) -> None:
    one = build.measure(town, point, title="Lampor")
    rows = rows_of(taken_along(client, town))
    late = {
        name: (one.ends + timedelta(days=days)).isoformat() for name, days in (("Från", 10), ("Till", 20))
    }
    changed(rows, "Lampor", **late, **{"Följs upp senast": late["Till"]})
    rewritten(town, one, ends=one.ends + timedelta(days=1), follow_up=one.follow_up + timedelta(days=1))

    found = preview(town, brought(town, as_file(rows)))

    assert found.changed == []
    assert {change.name for change in found.conflicts[0].changes} == {"starts", "ends", "follow_up"}


def test_a_file_without_signs_is_judged_by_its_rows(town: Town, point: Point, client: Client) -> None:
    one = build.measure(town, point, title="Lampor")
    rows = [row[:-1] for row in changed(rows_of(taken_along(client, town)), "Lampor", Metod="Vandring")]
    services.report_status(one, state=Measure.State.ONGOING, text="Pågår.", by=town.officer)

    found = preview(town, brought(town, as_file(rows)))

    assert found.changed == [] and [row.measure for row in found.conflicts] == [one]
