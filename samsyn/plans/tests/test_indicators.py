"""Indicators: no target without all that it needs, values that are never overwritten, words that claim no more."""

from dataclasses import fields, replace
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from samsyn.core import clock
from samsyn.core.errors import Invalid, Missing, NotAllowed, Outdated, Refused
from samsyn.core.journal import Entry
from samsyn.evidence.models import Figure
from samsyn.evidence.tests import build as figures
from samsyn.parties.tests.build import Town, user_of
from samsyn.pictures.models import Point
from samsyn.pictures.tests import build as drafts
from samsyn.plans import queries, services, verdicts
from samsyn.plans.models import Indicator, IndicatorValue, Measure, Outlook
from samsyn.plans.services.indicators import Terms
from samsyn.plans.tests import build
from tests import standing

OWN, OFFICIAL = IndicatorValue.Standing


@pytest.fixture
def town(db: None, home: Path) -> Town:
    return standing.once(drafts.agreed_town, home)


@pytest.fixture
def measure(town: Town) -> Measure:
    return build.measure(town, Point.objects.get())


def said(indicator: Indicator, *, days: int = 0) -> Outlook:
    found = queries.with_values(indicator)
    return verdicts.follow(found, clock.today() + timedelta(days=days)).verdict.outlook


def rewritten(town: Town, indicator: Indicator, **changes: Any) -> Indicator:
    seen = changes.pop("seen", indicator.version)
    same = Terms(**{field.name: getattr(indicator, field.name) for field in fields(Terms)})
    return services.rewrite_indicator(
        indicator, terms=replace(same, **changes), seen=seen, by=town.coordinator
    )


@pytest.mark.parametrize("missing", ["baseline", "unit", "direction", "target_day"])
def test_no_target_without_baseline_unit_direction_and_day(
    town: Town, measure: Measure, missing: str
) -> None:
    empty: dict[str, Any] = {missing: "" if missing in ("unit", "direction") else None}
    if missing == "baseline":
        empty["baseline_day"] = None

    with pytest.raises(Invalid, match="target needs") as error:
        build.indicator(town, measure, **empty)

    assert error.value.field == missing
    assert build.indicator(town, measure, **empty | {"target": None, "target_day": None}).target is None


def test_what_an_indicator_refuses(town: Town, measure: Measure) -> None:
    today = clock.today()
    for match, changes in {
        "wanted side": {"target": Decimal(25)},
        "after that of the baseline": {"target_day": today - timedelta(days=400)},
        "points out a person": {"source": "Ring 070-174 06 05"},
        "which day": {"baseline_day": None},
    }.items():
        with pytest.raises(Invalid, match=match):
            build.indicator(town, measure, **changes)
    light = Terms(Indicator.Kind.OUTCOME, "Ljus")
    with pytest.raises(NotAllowed):
        services.add_indicator(measure, terms=light, by=town.owner)
    with pytest.raises(Missing):
        services.add_indicator(measure, terms=light, by=town.outsider)
    services.report_status(measure, state=Measure.State.DONE, text="Klart.", by=town.coordinator)
    with pytest.raises(Refused, match="over"):
        build.indicator(town, measure)


def test_the_owner_reports_values_also_when_the_measure_is_done(town: Town, measure: Measure) -> None:
    indicator = build.indicator(town, measure)
    services.report_status(measure, state=Measure.State.DONE, text="Klart.", by=town.coordinator)

    value = build.value(town, indicator, 21, by=town.owner)

    assert (value.reported_by_id, value.party_id) == (town.owner.user_id, town.municipality.pk)
    assert value.reported_on == clock.today()
    with pytest.raises(NotAllowed):
        build.value(town, indicator, 21, by=town.chair)
    with pytest.raises(Missing):
        build.value(town, indicator, 21, by=town.outsider)


def test_a_correction_is_a_new_row_and_nothing_is_overwritten(town: Town, measure: Measure) -> None:
    indicator = build.indicator(town, measure)
    wrong = build.value(town, indicator, 12)

    with pytest.raises(Invalid, match="for that day"):
        build.value(town, indicator, 21)
    right = build.value(town, indicator, 21, corrects=wrong)
    build.value(town, indicator, 22, standing=OFFICIAL)

    assert [one.value for one in indicator.values.order_by("id")] == [12, 21, 22]
    found = verdicts.follow(queries.with_values(indicator), clock.today())
    assert (found.own.latest, found.own.latest and found.own.latest.value) == (right, 21)
    assert found.official.latest is not None and found.official.latest.value == 22
    with pytest.raises(Refused, match="corrected already"):
        build.value(town, indicator, 20, corrects=wrong)
    other = build.indicator(town, measure, definition="Något annat")
    with pytest.raises(Invalid, match="this indicator"):
        build.value(town, other, 20, corrects=right)


def test_what_a_value_refuses(town: Town, measure: Measure) -> None:
    indicator = build.indicator(town, measure)
    today = clock.today()
    for match, changes in {
        "not come yet": {"day": today + timedelta(days=1)},
        "first day": {"starts": today + timedelta(days=1)},
        "both limits": {"low": Decimal(20)},
        "between the limits": {"low": Decimal(22), "high": Decimal(25)},
        "how it was counted": {"note": " "},
        "points out a person": {"note": "Ring 070-174 06 05"},
    }.items():
        with pytest.raises(Invalid, match=match):
            build.value(town, indicator, 21, **changes)
    assert not indicator.values.exists()


def test_an_indicator_is_dropped_before_it_has_values_and_ended_after(town: Town, measure: Measure) -> None:
    services.drop_indicator(build.indicator(town, measure), by=town.officer)
    indicator = build.indicator(town, measure)
    build.value(town, indicator, 21)

    with pytest.raises(Refused, match="end it"):
        services.drop_indicator(indicator, by=town.coordinator)
    with pytest.raises(Invalid, match="why"):
        services.end_indicator(indicator, reason=" ", by=town.coordinator)
    services.end_indicator(indicator, reason="Mätningen görs inte längre.", by=town.coordinator)

    with pytest.raises(Refused, match="ended"):
        build.value(town, indicator, 20, day=clock.today() - timedelta(days=1))
    with pytest.raises(Refused, match="ended"):
        services.end_indicator(indicator, reason="En gång till.", by=town.coordinator)
    assert indicator.values.count() == 1


def test_two_who_rewrite_never_overwrite_and_values_keep_their_meaning(town: Town, measure: Measure) -> None:
    indicator = build.indicator(town, measure)
    again = rewritten(town, indicator, definition="Andel otrygga")
    with pytest.raises(Outdated) as error:
        rewritten(town, indicator, definition="Mitt")
    assert error.value.stored == "Andel otrygga"
    build.value(town, again, 21)

    with pytest.raises(Invalid, match="begin a new one") as refused:
        rewritten(town, again, unit="personer")
    assert refused.value.field == "unit"

    with clock.at(clock.now() + timedelta(days=1)):
        moved = rewritten(town, again, target=Decimal(20))
        assert moved.target_set_on == clock.today()
    assert verdicts.follow(queries.with_values(moved), clock.today()).was_set_late


def test_the_words_never_claim_more_than_is_known(town: Town, measure: Measure) -> None:
    indicator = build.indicator(town, measure)
    assert said(indicator) is Outlook.CANNOT_SAY  # only the baseline

    first = build.value(town, indicator, 15)
    assert said(indicator) is Outlook.CANNOT_SAY  # past the target, without interval
    wide = build.value(town, indicator, 15, low=Decimal(11), high=Decimal(19), corrects=first)
    assert said(indicator) is Outlook.CANNOT_SAY  # the target lies inside
    sure = build.value(town, indicator, 15, low=Decimal(13), high=Decimal(17), corrects=wide)
    assert said(indicator) is Outlook.REACHED

    worse = build.value(town, indicator, 22, low=Decimal(20), high=Decimal(24), corrects=sure)
    assert said(indicator) is Outlook.NOT_YET
    assert said(indicator, days=31) is Outlook.CANNOT_SAY  # nothing from the target's day or later
    assert worse.day < indicator.target_day

    build.value(town, indicator, 15, low=Decimal(13), high=Decimal(17), standing=OFFICIAL)
    assert said(indicator) is Outlook.CANNOT_SAY  # own and official say different things


def test_a_target_that_passed_with_a_value_from_its_day_was_not_reached(town: Town, measure: Measure) -> None:
    indicator = build.indicator(town, measure, target_day=clock.today())

    build.value(town, indicator, 22, low=Decimal(20), high=Decimal(24))

    assert said(indicator) is Outlook.NOT_YET
    assert said(indicator, days=1) is Outlook.MISSED


def test_what_is_done_is_counted_without_an_interval_and_no_target_means_cannot_say(
    town: Town, measure: Measure
) -> None:
    lamps = build.indicator(
        town,
        measure,
        kind=Indicator.Kind.ACTIVITY,
        definition="Tända lampor",
        unit="lampor",
        denominator="",
        direction=Indicator.Direction.MORE,
        baseline=Decimal(0),
        target=Decimal(38),
    )
    aimless = build.indicator(town, measure, target=None, target_day=None)
    build.value(town, lamps, 38)
    build.value(town, aimless, 15, low=Decimal(13), high=Decimal(17))

    assert said(lamps) is Outlook.REACHED
    assert said(aimless) is Outlook.CANNOT_SAY
    followed = [verdicts.follow(one, clock.today()) for one in queries.indicators_of(measure)]
    assert verdicts.of_measure(followed) is Outlook.CANNOT_SAY


def test_a_number_of_a_figure_is_copied_and_the_figure_stays_private(town: Town, measure: Measure) -> None:
    figure = figures.figure(town)
    assert isinstance(figure, Figure)
    reported = build.indicator(
        town, measure, definition="Anmälda brott", unit="anmälningar", denominator="per 100 000 invånare"
    )
    other = build.indicator(town, measure)
    given: dict[str, Any] = {"figure": figure, "standing": OFFICIAL, "is_open": True, "by": town.coordinator}

    with pytest.raises(Invalid, match="secrecy"):
        services.value_from_figure(reported, **given | {"is_open": False})
    with pytest.raises(Invalid, match="per 100"):
        services.value_from_figure(other, **given)
    with pytest.raises(Missing):  # it is the municipality's
        services.value_from_figure(reported, **given | {"by": town.officer})
    with pytest.raises(NotAllowed):
        services.value_from_figure(reported, **given | {"by": town.chair})
    value = services.value_from_figure(reported, **given)

    assert value.value == figure.estimate and value.low is not None and value.low < value.value
    assert value.figure_hash == figure.result_hash and "Umeå" in value.figure["sentence"]["sv"]
    with pytest.raises(Invalid, match="already"):
        services.value_from_figure(reported, **given)
    assert IndicatorValue.objects.visible_to(town.officer).get() == value
    assert not Figure.objects.visible_to(town.officer).exists()
    taken = Entry.objects.get(command="evidence.record_export")
    assert taken.chain == town.municipality.pk and taken.facts["form"] == "indicator"


def test_the_page_of_the_measure_shows_activity_and_outcome_beside_each_other(
    town: Town, measure: Measure, client: Client, django_assert_max_num_queries: Any
) -> None:
    build.activity(town, measure)
    indicator = build.indicator(town, measure)
    wrong = build.value(town, indicator, 12)
    build.value(town, indicator, "21.5", corrects=wrong)
    build.value(town, indicator, 20, low=Decimal(19), high=Decimal(22), standing=OFFICIAL)
    client.force_login(user_of(town.coordinator))
    slug = town.partnership.slug
    address = reverse("plans:measure", args=[slug, measure.pk])

    with django_assert_max_num_queries(40) as few:
        page = " ".join(client.get(address).text.split())
    for words in ("Aktivitet och utfall", "ingen har räknat", "21,5", "(19–22)", "Inte framme än", "gjort"):
        assert words in page, words
    for number in range(3):
        another = build.indicator(town, measure, definition=f"Annat {number}")
        build.value(town, another, 20)
    with django_assert_max_num_queries(len(few)):
        client.get(address)

    one = client.get(reverse("plans:indicator", args=[slug, indicator.pk])).text
    assert "<del>12</del>" in one and "Rättat till" in one and "Enkät bland dem" in one


def test_pages_keep_what_was_typed(town: Town, measure: Measure, client: Client) -> None:
    client.force_login(user_of(town.coordinator))
    slug = town.partnership.slug
    adding = reverse("plans:add_indicator", args=[slug, measure.pk])
    typed = {"kind": "outcome", "definition": "Andel otrygga", "target": "18", "target_day": "2027-12-31"}

    answer = client.post(adding, typed)
    assert answer.status_code == 422 and "Andel otrygga" in answer.text and "utgångsvärde" in answer.text
    whole = typed | {
        "unit": "procent",
        "direction": "fewer",
        "baseline": "23.5",
        "baseline_day": "2025-01-01",
    }
    assert client.post(adding, whole).status_code == 302
    indicator = Indicator.objects.get()

    changing = reverse("plans:rewrite_indicator", args=[slug, indicator.pk])
    assert 'value="23.5"' in client.get(changing).text
    seen = {"seen": indicator.version}
    assert client.post(changing, whole | seen | {"definition": "Nytt"}).status_code == 302
    outdated = client.post(changing, whole | seen | {"definition": "Mitt"})
    assert outdated.status_code == 409 and "Nytt" in outdated.text and "Mitt" in outdated.text

    reporting = reverse("plans:report_value", args=[slug, indicator.pk])
    value = {"value": "21.5", "standing": "own", "day": "2026-01-01", "note": "Enkät."}
    assert client.post(reporting, value | {"low": "20"}).status_code == 422
    assert client.post(reporting, value).status_code == 302
    again = client.post(reporting, value)
    assert again.status_code == 422 and "som det du rättar" in again.text
    assert client.post(reverse("plans:drop_indicator", args=[slug, indicator.pk])).status_code == 409
    ending = reverse("plans:end_indicator", args=[slug, indicator.pk])
    assert client.post(ending, {"reason": ""}).status_code == 422
    assert client.post(ending, {"reason": "Klart."}, follow=True).status_code == 200
