"""Who can be signed in as, in the exercise. Everybody knows these passwords: never in production."""

from dataclasses import dataclass
from datetime import date

from samsyn.demo.diary import told
from samsyn.parties.models import Title

PASSWORD = "ovning-med-trygghet"  # noqa: S105


@dataclass(frozen=True)
class Person:
    email: str
    name: str
    title: Title
    party: str  # municipality or police
    said: str
    since: date
    until: date | None = None  # the last day of who has left

    def works_on(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day <= self.until)


PEOPLE = tuple(Person(**(one | {"title": Title(one["title"])})) for one in told("people"))


def sign_ins() -> list[tuple[str, str, str]]:
    """Title, address and password, in the order of the thread."""
    return [(one.said, one.email, PASSWORD) for one in PEOPLE if one.until is None]
