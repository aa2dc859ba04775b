"""The newer questions: each figure says what its method says, asked for directly, and is made again alike."""

from collections.abc import Sequence
from datetime import date

import pytest

from samsyn.analysis import changepoints, comparison, forecasts, surveillance
from samsyn.analysis.places import patterns
from samsyn.core.canonical import Plain
from samsyn.core.errors import Refused
from samsyn.evidence import making, queries, revising, services, tasks
from samsyn.evidence.asking import Asked, Ground, Place, Question
from samsyn.evidence.models import Dataset, Figure, FigureOrder
from samsyn.evidence.tests import build
from samsyn.parties.tests.build import Town

YEARS = [52, 47, 55, 50, 49, 53, 84, 90, 79, 88]
MONTHS = [4, 6, 5, 7, 3, 5, 6, 4, 5, 6, 4, 5] * 4 + [5, 19]
AREAS = {"Ek": (12, 1000), "Fur": (9, 1000), "Gran": (11, 1000), "Hassel": (10, 1000), "Idegran": (60, 1000)}


def of_years(town: Town) -> Dataset:
    lines = "".join(f"Granvik;{2015 + place};{count}\n" for place, count in enumerate(YEARS))
    return build.dataset(town, f"Kommun;År;Antal stölder\n{lines}", name="stolder.csv")


def of_months(town: Town, counts: list[int]) -> Dataset:
    lines = "".join(
        f"Granvik;{2020 + place // 12}-{place % 12 + 1:02};{count}\n" for place, count in enumerate(counts)
    )
    return build.dataset(town, f"Kommun;Månad;Antal klotter\n{lines}", name="klotter.csv")


def of_areas(town: Town, *, origin: Dataset.Origin = Dataset.Origin.PUBLISHED, few: int = 9) -> Dataset:
    counts = {name: count for name, (count, _) in AREAS.items()} | {"Fur": few}
    lines = "".join(f"{name};2024;{count}\n" for name, count in counts.items())
    return build.dataset(town, f"Område;År;Antal stölder\n{lines}", name="omraden.csv", origin=origin)


def made(
    town: Town,
    data: Dataset,
    question: Question,
    *,
    ground: Ground | None = None,
    places: Sequence[Place] = (),
) -> Figure:
    """About the newest period; of all places for a question about many."""
    choices = queries.choices_in([data])
    (measure, unit), (level, code, name) = choices["measures"][0], choices["areas"][0]
    start, end = (date.fromisoformat(day) for day in choices["periods"][0])
    compared = places or [Place("", one, people) for one, (_, people) in AREAS.items()]
    asked = Asked(
        question=question,
        measure=measure,
        unit=unit,
        level=level,
        code="" if question.is_of_places else code,
        name="Granvik" if question.is_of_places else name,
        start=start,
        end=end,
        before=None,
        population=(),
        source=build.SOURCE,
        places=tuple(compared) if question.is_of_places else (),
        ground=ground,
    )
    ordered = services.order_figure(town.municipality, asked=asked, datasets=[data], by=town.coordinator)
    if isinstance(ordered, FigureOrder):
        tasks.make_figure.enqueue(str(ordered.pk), *tasks.ids_of(town.coordinator, town.partnership))
        waiting = FigureOrder.objects.filter(identity=ordered.identity).first()
        assert waiting is None, waiting.unpacked("refusal")
    return Figure.objects.get(identity=ordered.identity)


def said(figure: Figure) -> tuple[str, dict[str, Plain]]:
    payload = queries.figure_payload(figure)
    assert making.agrees_when_made_again(figure)
    assert all(str(drawing).startswith("<svg") for drawing in payload["svg"].values())  # type: ignore[union-attr]
    return payload["sentence"]["en"], payload  # type: ignore[index,call-overload,return-value]


def test_a_lasting_shift_is_dated_and_sized(town: Town) -> None:
    sentence, payload = said(made(town, of_years(town), Question.SHIFT))

    shift = changepoints.change_points(YEARS, [365 + (y % 4 == 0) for y in range(2015, 2025)]).shifts[-1]
    assert sentence == f"A lasting higher level since {2015 + shift.at}: Antal stölder in Granvik"
    assert payload["number"] == f"{shift.ratio:.2f}" and shift.at == 6
    assert payload["interval"] == {"low": f"{shift.low:.2f}", "high": f"{shift.high:.2f}", "level": "0.95"}


def test_a_forecast_is_told_with_its_limits_and_that_it_is_no_goal(town: Town) -> None:
    sentence, payload = said(made(town, of_years(town), Question.FORECAST))

    days = [365.0 + (year % 4 == 0) for year in range(2015, 2026)]
    found = forecasts.forecast(YEARS, 1, days[:-1], exposure_ahead=days[-1], seed=1, level=0.95)
    assert sentence.startswith(f"About {found.expected[0]:.0f} to be expected in 2025 if nothing changes")
    assert payload["interval"] == {
        "low": f"{found.low[0]:.0f}",
        "high": f"{found.high[0]:.0f}",
        "level": "0.95",
    }
    assert "no goal" in str(payload["caveats"])


def test_a_month_beyond_its_season_is_a_reason_to_look(town: Town) -> None:
    sentence, payload = said(made(town, of_months(town, MONTHS), Question.SEASON))

    found = surveillance.farrington(MONTHS, monitored=1)
    assert found.alarm[0, 0] and f"up to {found.upper[0, 0]:.1f}" in str(payload["lead"])
    assert sentence.startswith("More in February 2024 than the season explains")
    assert payload["number"] == "19" and "not a proof" in str(payload["caveats"])


def test_a_month_beside_those_just_before(town: Town) -> None:
    sentence, payload = said(made(town, of_months(town, MONTHS[:20]), Question.JUST_NOW))

    assert not surveillance.ears(MONTHS[:20], monitored=1).alarm[0, 0]
    assert sentence.startswith("Nothing unusual in August 2021") and payload["verdict"] == "cannot_say"


def test_places_beyond_their_size_are_named(town: Town) -> None:
    sentence, payload = said(made(town, of_areas(town), Question.FUNNEL))

    counts, people = zip(*AREAS.values(), strict=True)
    expected = [one.value for one in comparison.funnel(counts, people).verdicts]
    assert [name for name, one in zip(AREAS, expected, strict=True) if one == "more"] == ["Idegran"]
    assert sentence.startswith("More in Idegran than size and chance explain, 2024")
    rows = payload["table"]["rows"]  # type: ignore[index,call-overload]
    assert rows[0][0]["en"] == "Idegran" and len(rows) == len(AREAS)


def test_the_highest_place_beside_all_together(town: Town) -> None:
    sentence, payload = said(made(town, of_areas(town), Question.BESIDE))

    # 60 of 102 events among a fifth of the people
    assert sentence.startswith("Idegran stands highest") and payload["number"] == f"{60 / 102 * 5:.2f}"


def test_half_of_it_on_few_places(town: Town) -> None:
    sentence, payload = said(made(town, of_areas(town), Question.GATHERED))

    counts, people = zip(*AREAS.values(), strict=True)
    found = patterns.concentration(counts, seed=1, exposure=people)
    assert (found.places, found.verdict.value) == (1, "more")
    assert sentence.startswith("Half of it in 1 of 5 areas") and payload["verdict"] == "more"


def test_a_hidden_number_of_one_place_hides_the_whole_comparison(town: Town) -> None:
    data = of_areas(town, origin=Dataset.Origin.OWN, few=3)
    figure = made(town, data, Question.FUNNEL)

    assert queries.disclosure_of(figure, queries.policy_of(town.partnership)).verdict == "hidden"


@pytest.mark.parametrize(
    ("question", "counts", "code"),
    [
        (Question.SHIFT, MONTHS, "years_needed"),
        (Question.SEASON, MONTHS[:30], "past_too_short"),
        (Question.JUST_NOW, MONTHS[:5], "past_too_short"),
    ],
)
def test_what_the_method_cannot_take_is_refused(
    town: Town, question: Question, counts: list[int], code: str
) -> None:
    with pytest.raises(AssertionError, match=code):
        made(town, of_months(town, counts), question)


def test_a_comparison_needs_places(town: Town) -> None:
    asked = Asked.of(made(town, of_areas(town), Question.FUNNEL).unpacked("parameters"))
    assert len(asked.places) == len(AREAS)

    bare = Asked(**(vars(asked) | {"places": ()}))
    with pytest.raises(Refused, match="several areas"):
        services.order_figure(
            town.municipality, asked=bare, datasets=list(Dataset.objects.all()), by=town.coordinator
        )


def test_newer_numbers_are_held_against_what_was_said(town: Town) -> None:
    old = of_areas(town)
    figure = made(town, old, Question.FUNNEL)
    text = "Område;År;Antal stölder\n" + "".join(f"{name};2024;12\n" for name in AREAS)
    build.dataset(town, text, name="omraden.csv", supersedes=old)

    revising.revise_all(town.partnership, by=town.coordinator)

    assert queries.revisions_of(town.coordinator).get(figure=figure).how == "weaker"
