"""A small agreement of our own, as a file and through the real command."""

from datetime import date

from samsyn.agreements import services
from samsyn.agreements.models import Agreement
from samsyn.agreements.reading import read
from samsyn.parties.tests.build import Town

FILE = """
schema: samsyn/agreement/1
agreement:
  id: granvik-2025
  title: "Överenskommelse mellan Granviks kommun och polisen 2025–2027"
  short_title: "Granvik 2025–2027"
  language: sv
  purpose: "Färre brott."
  place: Granvik
  signed_on: 2025-03-11
  validity:
    from: 2025-01-01
    to: 2027-12-31
    prolongation: { rule: tills_vidare }
parties:
  - { id: kommun, name: "Granviks kommun", kind: municipality, role: signatory }
  - { id: lpo, name: "Lokalpolisområde Granvik", kind: local_police_area, role: signatory }
clauses:
  - { address: syfte, kind: purpose, text: "Färre brott." }
  - { address: vision.1, kind: vision_goal, item: V1, text: "minska brottsligheten" }
  - { address: vision.2, kind: vision_goal, item: V2, text: "mindre spelande" }
  - { address: prioritering.1, kind: priority, item: P1, heading: "Trygga platser", text: "Gator och parker." }
vision:
  goals:
    - { id: V1, text: "minska brottsligheten", direction: down, domain: crime }
    - { id: V2, text: "mindre spelande", direction: down, domain: andts }
priorities:
  - id: P1
    title: "Trygga platser"
    sub_aims: [{ id: P1.1, text: "ljusa vägar" }]
    contributes_to: [V1]
signatories: []
"""


def agreement(town: Town, *, text: str = FILE) -> Agreement:
    return services.import_agreement(town.partnership, file=read(text.encode()), by=town.coordinator)


def day(text: str) -> date:
    return date.fromisoformat(text)
