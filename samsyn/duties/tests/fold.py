"""Small journals for the tests of the rules: nothing but entries, no database."""

from datetime import UTC, date, datetime, time
from typing import Any
from uuid import UUID, uuid5

from samsyn.duties.board import board
from samsyn.duties.judging import Finding
from samsyn.duties.record import Noted

SPACE = UUID(int=7)
LAW = "2023-07-01"
PICTURE = {"body": "ks", "extent": 7, "consequences": 3, "other": 4, "analysis": 6, "inputs": 2, "parties": 2}
PLAN = {"body": "kf", "own_measures": 20, "without_finding": 0, "without_priority": 0}
AGREEMENT = {
    "parties": 2,
    "valid_to": "2027-12-31",
    "prolongation": "tills_vidare",
    "purposes": True,
    "areas": 3,
}
PAPERS = {"purpose": True, "weighing": True, "signage": True, "retention": True}


def day(text: str) -> date:
    return date.fromisoformat(text)


def _fact(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


class Journal(list[Noted]):
    """Entries recorded at noon of the day they hold, unless told otherwise."""

    def __init__(self, complete: str | None = LAW) -> None:
        super().__init__()
        if complete:
            self.add("complete", "record", complete)

    def add(
        self,
        kind: str,
        thing: str,
        on: str,
        /,
        *,
        recorded: str = "",
        retracts: UUID | None = None,
        **facts: Any,
    ) -> UUID:
        moment = datetime.combine(day(recorded or on), time(12), UTC)
        key = uuid5(SPACE, str(len(self)))
        said = {name: _fact(value) for name, value in facts.items() if value is not None}
        self.append(Noted(key, kind, thing, day(on), moment, said, retracts))
        return key

    def agreed(self, name: str, on: str, *signed: str, recorded: str = "", **terms: Any) -> None:
        self.add("agreement", name, on, recorded=recorded or on, **{**AGREEMENT, **terms})
        for number, signing in enumerate(signed):
            self.add("signature", name, signing, party=f"party-{number}")

    def state(self, duty: str, on: str, known: str = "") -> Finding:
        found = board(self, day(on), as_known=day(known) if known else None)
        return next(one for one in found if one.duty.id == duty)

    def says(self, duty: str, on: str, known: str = "") -> tuple[str, str]:
        found = self.state(duty, on, known)
        return found.state.value, str(found.due or "")

    def states(self, on: str, *duties: str) -> list[str]:
        return [self.state(one, on).state.value for one in duties]


def a_long_history() -> Journal:
    """The exercise municipality's history as entries."""
    j = Journal()
    j.add("policy", "p", LAW, reading="months_24", picture_body="ks", plan_body="kf", unchanged_counts=False)
    j.add("chair", "chair", "2023-09-05", municipality=True)
    j.add("seat", "police", "2023-09-05", actor="local_police_area", leading=True)
    j.add("seat", "region", "2023-09-05", actor="region", leading=True)
    j.add("function", "one", "2023-08-15", share=80, until="2026-07-31")
    j.add("contact", "contact", "2023-09-01")
    for on in ("2024-06-20", "2025-06-12", "2026-06-10"):
        j.add("information", on, on)
    for on in ("2023-12-05", "2024-06-11", "2025-03-04", "2025-12-02", "2026-03-03", "2026-05-12"):
        j.add("meeting", on, on)
    j.add("picture", "picture-1", "2024-02-27", **PICTURE)
    j.add("plan", "plan-1", "2024-06-18", **PLAN, picture="picture-1", until="2026-12-31")
    for on in ("2024-06-18", "2025-06-10", "2026-06-16"):
        j.add("report", on, on)
    j.agreed("a", "2025-01-01", "2025-02-10", "2025-02-10", recorded="2025-01-20")
    j.add("dialogue", "d1", "2025-04-07", about="picture")
    j.add("dialogue", "d2", "2025-04-07", about="measures")
    for number in range(6):
        j.add("promise", f"promise-{number}", "2025-06-12", themes=1, until="2027-06-12")
    j.add("involved", "region", "2025-09-01")
    j.add("camera", "camera", "2025-10-01", **PAPERS)
    j.add("picture", "picture-2", "2026-03-31", **PICTURE)
    j.add("integration", "i", "2026-03-31")
    j.add("follow_up", "f", "2026-06-16", about="plan-1", without_verdict=0)
    j.add("plan", "plan-2", "2026-06-16", **PLAN, picture="picture-2", until="2028-12-31")
    j.add("camera_review", "camera", "2026-09-30", **PAPERS)
    j.add("function", "two", "2026-10-01", share=80)
    return j


def umea() -> Journal:
    """What is public: the agreement, signed by two who are not named, and a first picture of “early 2024”."""
    j = Journal(complete=None)
    signed = {"signed_by_municipality": "2025-03-11", "signed_by_local_police_area": "2025-03-11"}
    j.agreed("umea-2025", "2025-01-01", recorded="2026-11-24", **signed)
    j.add("picture", "p", "2024-01-01", latest="2024-04-30", recorded="2026-11-24", body="ks")
    return j
