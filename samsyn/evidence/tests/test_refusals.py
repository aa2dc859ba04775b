"""What the commands about files, figures, inhabitants and followed services refuse."""

from dataclasses import replace

import pytest
from django.test import Client
from django.urls import reverse

from samsyn.core import clock
from samsyn.core.errors import Invalid, Missing, Refused
from samsyn.evidence import quarantine, queries, services
from samsyn.evidence.asking import Asked, Question
from samsyn.evidence.models import Dataset, Figure, FigureOrder, OpenSource, Population, Revision, Upload
from samsyn.evidence.readers.units import COUNT
from samsyn.evidence.services.files import Description
from samsyn.evidence.tests import build
from samsyn.parties.tests.build import Town, user_of

PEOPLE = "Kommun;Kommunkod;Folkmängd 2024-12-31\nGranvik;9902;8000\n"
DESCRIBED = Description("Folk", "SCB", "Fri", "SCB", origin=Dataset.Origin.PUBLISHED)


def waiting(town: Town, content: bytes = b"a;b\n1;2\n") -> Upload:
    return services.receive_file(
        town.municipality,
        name="fil.csv",
        content=content,
        purpose=Upload.Purpose.DATASET,
        source_name="",
        by=town.coordinator,
    )


def test_a_figure_stands_on_data(town: Town) -> None:
    figure = build.figure(town)
    assert isinstance(figure, Figure)
    asked = replace(Asked.of(figure.unpacked("parameters")), question=Question.TREND)

    with pytest.raises(Refused, match="at least one dataset"):
        services.order_figure(town.municipality, asked=asked, datasets=[], by=town.coordinator)

    assert not FigureOrder.objects.exists()


@pytest.mark.parametrize("question", Question)
def test_no_figure_is_made_of_what_is_a_rate_already(town: Town, question: Question) -> None:
    """Brå's table has both the count and the rate, which is a whole number too: nothing else would stop it."""
    data = build.dataset(town)
    build.population(town)
    made = build.figure(town, data)
    assert isinstance(made, Figure)
    measures = dict(queries.choices_in([data])["measures"])
    rate = next(one for one, unit in measures.items() if unit != COUNT)
    asked = replace(
        Asked.of(made.unpacked("parameters")), question=question, measure=rate, unit=measures[rate]
    )

    with pytest.raises(Refused, match="already a share or a rate"):
        services.order_figure(town.municipality, asked=asked, datasets=[data], by=town.coordinator)

    assert not FigureOrder.objects.exists() and Figure.objects.count() == 1


def test_a_file_that_is_not_read_is_not_kept(town: Town) -> None:
    with pytest.raises(Refused, match="not read yet"):
        services.accept_dataset(waiting(town), described=DESCRIBED, by=town.coordinator)

    assert not Dataset.objects.exists()


def test_when_the_hour_is_over_nothing_is_answered_or_taken(town: Town) -> None:
    one = build.upload(town, PEOPLE, name="folk.csv", purpose=Upload.Purpose.POPULATION)
    quarantine.remove(one.pk)

    with pytest.raises(Refused, match="more than an hour"):
        services.answer_questions(one, answers={"unit": "antal"}, by=town.coordinator)
    with pytest.raises(Refused, match="more than an hour"):
        services.import_population(
            town.partnership, upload=one, measure="Folkmängd", source="SCB", areas={}, by=town.coordinator
        )


def test_a_file_about_other_areas_gives_no_inhabitants(town: Town) -> None:
    one = build.upload(town, PEOPLE, name="folk.csv", purpose=Upload.Purpose.POPULATION)

    with pytest.raises(Refused, match="says nothing about the inhabitants"):
        services.import_population(
            town.partnership,
            upload=one,
            measure="Folkmängd",
            source="SCB",
            areas={"2480": "Umeå"},
            by=town.coordinator,
        )

    assert not Population.objects.exists() and Upload.objects.filter(pk=one.pk).exists()


def test_a_place_has_inhabitants(town: Town) -> None:
    with pytest.raises(Invalid, match="at least one inhabitant"):
        build.population(town, number=0)

    assert not Population.objects.exists()


def test_a_figure_does_not_follow_itself(town: Town) -> None:
    figure = build.figure(town)
    assert isinstance(figure, Figure)

    with pytest.raises(Missing):
        services.record_revision(figure, successor=figure, how=Revision.How.HOLDS, by=town.coordinator)

    assert not Revision.objects.exists()


@pytest.mark.parametrize("kpis", [(), tuple(f"N{number:05}" for number in range(101))])
def test_kolada_is_asked_for_some_indicators_and_not_for_all(town: Town, kpis: tuple[str, ...]) -> None:
    with pytest.raises(Invalid, match="between 1 and 100"):
        services.follow_source(
            town.municipality,
            partnership=town.partnership,
            service="kolada",
            every="month",
            kpis=kpis,
            by=town.coordinator,
        )

    assert not OpenSource.objects.exists()


@pytest.mark.parametrize("page", ["population", "sources"])
def test_who_only_reads_a_page_sends_no_form_to_it(town: Town, client: Client, page: str) -> None:
    client.force_login(user_of(town.chair))
    address = reverse(f"evidence:{page}", args=[town.partnership.slug])
    assert client.get(address).status_code == 200

    sent = {"area": "", "number": "x", "day": clock.today().isoformat(), "service": "", "every": ""}

    assert client.post(address, sent).status_code == 403
