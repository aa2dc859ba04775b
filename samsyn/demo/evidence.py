"""The exercise's numbers: made-up tables that go the same way as real ones, from a file to a cited figure."""

from datetime import date
from pathlib import Path

from samsyn.core.actors import Actor
from samsyn.demo.diary import told
from samsyn.evidence import queries, services, tasks
from samsyn.evidence.asking import Asked, Place, Question
from samsyn.evidence.models import Dataset, Figure, FigureOrder, Upload
from samsyn.evidence.services.files import Description
from samsyn.parties.models import Organisation, Partnership

DATA = Path(__file__).parent / "data"
LICENCE, QUALITY = "Får användas fritt med källa", "Påhittade siffror, för övning."


class Room:
    """One party's evidence: each file is read and kept once."""

    def __init__(self, party: Organisation, actor: Actor, partnership: Partnership) -> None:
        self._party, self._actor, self._partnership = party, actor, partnership
        self._told = told("numbers")
        self._worker = tasks.ids_of(actor, partnership)
        self._kept: dict[str, Dataset] = {}

    def figure(self, *, file: str, measure: str, question: str) -> Figure:
        """The figure that a finding of the exercise cites, made as a worker would."""
        dataset = self._dataset(file)
        asked = self._asked(file, dataset, measure, Question(question))
        ordered = services.order_figure(self._party, asked=asked, datasets=[dataset], by=self._actor)
        if isinstance(ordered, FigureOrder):
            tasks.make_figure.call(str(ordered.pk), *self._worker)
        return queries.figures_of(self._actor).get(identity=ordered.identity)

    def arrives(self, file: str) -> None:
        """Newer numbers, which replace those of an earlier file; its figures are asked anew."""
        self._dataset(file)
        tasks.revise_figures.call(*self._worker)

    def _dataset(self, name: str) -> Dataset:
        if name not in self._kept:
            upload = services.receive_file(
                self._party,
                name=Path(name).name,
                content=(DATA / name).read_bytes(),
                purpose=Upload.Purpose.DATASET,
                source_name="",
                by=self._actor,
            )
            tasks.read_file.call(str(upload.pk), *self._worker)
            upload = Upload.objects.visible_to(self._actor).get(pk=upload.pk)
            said = self._told[name]
            described = Description(
                said["title"],
                said["source"],
                LICENCE,
                said["collected_by"],
                QUALITY,
                origin=Dataset.Origin(said["origin"]),
            )
            earlier = self._replaced(said["replaces"]) if "replaces" in said else None
            self._kept[name] = services.accept_dataset(
                upload, described=described, supersedes=earlier, by=self._actor
            )
            tasks.protect_numbers.call(*self._worker)
        return self._kept[name]

    def _replaced(self, name: str) -> Dataset:
        title = self._told[name]["title"]
        return next(one for one in queries.datasets_of(self._actor) if str(one.title) == title)

    def _asked(self, file: str, dataset: Dataset, measure: str, question: Question) -> Asked:
        """About the newest period; a change beside the one before, what is per inhabitant beside those."""
        choices = queries.choices_in([dataset])
        unit = next(unit for what, unit in choices["measures"] if what == measure)
        level, code, name = choices["areas"][0]
        periods = [(date.fromisoformat(start), date.fromisoformat(end)) for start, end in choices["periods"]]
        living = queries.inhabitants_of(self._actor, self._partnership, self._partnership.municipality_code)
        places: tuple[Place, ...] = ()
        if question.is_of_places:
            places = queries.places_in(
                self._actor, self._partnership, [dataset], level=level, day=periods[0][1]
            )
            whole = self._partnership.municipality_code
            code, name = "", queries.areas_of(self._actor, self._partnership)[whole]
        return Asked(
            question=question,
            measure=measure,
            unit=unit,
            level=level,
            code=code,
            name=name,
            start=periods[0][0],
            end=periods[0][1],
            before=periods[1] if question is Question.CHANGE else None,
            population=living if question.needs_people else (),
            source=str(dataset.source_name),
            events=self._told[file]["events"],
            places=places,
            ground=queries.ground_of(self._actor, self._partnership, places) if question.is_mapped else None,
        )
