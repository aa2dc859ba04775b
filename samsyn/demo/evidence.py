"""The exercise's numbers: made-up tables that go the same way as real ones, from a file to a cited figure."""

from datetime import date
from pathlib import Path

from samsyn.core.actors import Actor
from samsyn.evidence import queries, services, tasks
from samsyn.evidence.asking import Asked, Question
from samsyn.evidence.models import Dataset, Figure, FigureOrder, Upload
from samsyn.evidence.services.files import Description
from samsyn.parties.models import Organisation, Partnership

DATA = Path(__file__).parent / "data"
SOCIAL_SERVICES = Description(
    "Anmälningar och ansökningar till socialtjänsten",
    "Älvhamra kommun, socialtjänsten",
    "Får användas fritt med källa",
    "Socialtjänsten i Älvhamra",
    "Påhittade siffror, för övning.",
)
REPORTED_CRIME = Description(
    "Anmälda brott i Älvhamra",
    "Övningens register över anmälda brott",
    "Får användas fritt med källa",
    "Lokalpolisområde Älvhamra",
    "Påhittade siffror, för övning.",
)
# Which finding cites what: file, measure, question.
CITED: dict[str, tuple[str, str, Question]] = {
    "Orosanmälningar om narkotika och brott ökar bland de yngsta": (
        "socialtjanst.csv",
        "Orosanmälningar om narkotika och brott",
        Question.CHANGE,
    ),
    "Fler söker skydd undan våld i nära relation": (
        "socialtjanst.csv",
        "Ansökningar om skyddat boende",
        Question.CHANGE,
    ),
    "Anmälningarna om misshandel av kvinnor är oförändrade": (
        "anmalda_brott.csv",
        "Misshandel mot kvinna",
        Question.CHANGE,
    ),
    "Cykelstölderna sker vid resecentrum": ("anmalda_brott.csv", "Cykelstöld", Question.CHANGE),
}
DESCRIBED = {"socialtjanst.csv": SOCIAL_SERVICES, "anmalda_brott.csv": REPORTED_CRIME}


class Room:
    """One party's evidence: each file is read and kept once."""

    def __init__(self, party: Organisation, actor: Actor, partnership: Partnership) -> None:
        self._party, self._actor = party, actor
        self._worker = tasks.ids_of(actor, partnership)
        self._kept: dict[str, Dataset] = {}

    def figure_for(self, finding: str) -> Figure | None:
        """The figure that a finding of the exercise cites, made as a worker would."""
        if finding not in CITED:
            return None
        file, measure, question = CITED[finding]
        dataset = self._dataset(file)
        ordered = services.order_figure(
            self._party, asked=_asked(dataset, measure, question), datasets=[dataset], by=self._actor
        )
        if isinstance(ordered, FigureOrder):
            tasks.make_figure.call(str(ordered.pk), *self._worker)
        return queries.figures_of(self._actor).get(identity=ordered.identity)

    def _dataset(self, name: str) -> Dataset:
        if name not in self._kept:
            upload = services.receive_file(
                self._party,
                name=name,
                content=(DATA / name).read_bytes(),
                purpose=Upload.Purpose.DATASET,
                source_name="",
                by=self._actor,
            )
            tasks.read_file.call(str(upload.pk), *self._worker)
            upload = Upload.objects.visible_to(self._actor).get(pk=upload.pk)
            self._kept[name] = services.accept_dataset(
                upload, described=DESCRIBED[name], supersedes=None, by=self._actor
            )
        return self._kept[name]


def _asked(dataset: Dataset, measure: str, question: Question) -> Asked:
    """About the newest year, beside the one before."""
    choices = queries.choices_in([dataset])
    unit = next(unit for what, unit in choices["measures"] if what == measure)
    level, code, name = choices["areas"][0]
    (start, end), before = (tuple(date.fromisoformat(day) for day in one) for one in choices["periods"][:2])
    return Asked(
        question=question,
        measure=measure,
        unit=unit,
        level=level,
        code=code,
        name=name,
        start=start,
        end=end,
        before=(before[0], before[1]),
        population=(),
        source=str(dataset.source_name),
        events="reported" if dataset.title == REPORTED_CRIME.title else "counted",
    )
