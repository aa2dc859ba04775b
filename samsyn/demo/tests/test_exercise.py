"""The exercise holds what it says, and is found nowhere else. Its numbers: the text of the exercise municipality."""

import re
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

import samsyn
from samsyn.council.models import Decision, Meeting
from samsyn.demo import content, loading
from samsyn.demo.sign_ins import PEOPLE
from samsyn.dialogue.models import Voice
from samsyn.parties import queries as parties
from samsyn.parties.models import Organisation, Partnership, User
from samsyn.plans.models import Measure, StatusReport
from samsyn.promises.models import Promise

ROOT = Path(samsyn.__file__).parent
READ = {".py", ".html", ".po", ".css", ".js", ".yaml", ".csv", ".txt", ".svg"}


@pytest.mark.django_db
def test_the_history_has_the_numbers_of_the_exercise() -> None:
    loading.load(say=lambda text: None)
    town = Partnership.objects.get(slug="alvhamra")
    user = User.objects.get(email="samordnare@alvhamra.example")
    party = Organisation.objects.get(name="Älvhamra kommun")
    coordinator = parties.member(user, party=party, partnership=town)
    measures = Measure.objects.visible_to(coordinator)
    states = Counter(measures.values_list("state", flat=True))
    reported = StatusReport.objects.visible_to(coordinator).values("measure_id")

    voices = Counter(Voice.objects.visible_to(coordinator).values_list("state", flat=True))
    assert voices == {"accepted": 200, "refused": 9, "withdrawn": 5}
    assert measures.count() == 25
    assert states["cancelled"] == 3
    assert set(states) == set(Measure.State.values)
    assert measures.exclude(pk__in=reported).count() == 4
    outcomes = Counter(Promise.objects.visible_to(coordinator).values_list("outcome", flat=True))
    assert outcomes == {"kept": 2, "not_kept": 2, "partly": 1, "running": 1}
    held = set(Meeting.objects.visible_to(coordinator).filter(is_held=True).values_list("day", flat=True))
    assert held >= {date(2025, 3, 4), date(2025, 6, 3), date(2025, 12, 2), date(2026, 3, 3)}
    sections = set(Decision.objects.visible_to(coordinator).values_list("section", flat=True))
    assert sections >= {"41", "88", "62", "97"}


def test_no_name_or_code_of_the_exercise_is_outside_its_room() -> None:
    names = {name for _code, name, slug, _kind in content.AREAS if slug != "centrum"}
    words = {"älvhamra", "alvhamra", *(name.lower() for name in names)}
    words |= {one.name.lower() for one in PEOPLE if one.party in ("municipality", "police")}
    # The code as a number of its own: a decimal that holds the same digits is not the code.
    seen = re.compile("|".join([*map(re.escape, words), r"(?<![\d.,])9901(?![\d.,])"]))
    found = [
        (str(path.relative_to(ROOT)), seen.findall(path.read_text(errors="ignore").lower()))
        for path in ROOT.rglob("*")
        if path.suffix in READ and ROOT / "demo" not in path.parents
    ]
    found = [(path, hits) for path, hits in found if hits]

    assert found == []
