"""Which measures a page or a file is about: chosen in the address, so that it can be sent to somebody."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlencode
from uuid import UUID

from samsyn.core.actors import Actor
from samsyn.core.errors import Sentence
from samsyn.plans.looking import VIEWS
from samsyn.plans.models import Measure

STATE, PRIORITY, OWNER, PLAN, MINE, VIEW = "lage", "prioritering", "vem", "plan", "mina", "visa"


@dataclass(frozen=True)
class Choices:
    """What can be chosen: only what some measure that the reader sees has."""

    priorities: list[tuple[str, str]]
    owners: list[tuple[str, str]]
    plans: list[tuple[str, str]]

    @classmethod
    def of(cls, measures: Iterable[Measure]) -> "Choices":
        """No query when owners, priorities and plans are fetched along."""
        priorities: dict[str, str] = {}
        owners: dict[str, str] = {}
        plans: dict[str, str] = {}
        for one in measures:
            owners[str(one.owner_id)] = str(one.owner)
            priorities |= {str(link.priority_id): link.priority.title for link in one.priorities.all()}
            plans |= {str(link.plan_id): link.plan.title for link in one.plans.all()}
        return cls(_by_name(priorities), _by_name(owners), _by_name(plans))


def _by_name(found: dict[str, str]) -> list[tuple[str, str]]:
    return sorted(found.items(), key=lambda one: one[1].casefold())


@dataclass(frozen=True)
class Chosen:
    """A choice that means something here; what does not is as if it were not made."""

    state: str = ""
    priority: str = ""
    owner: str = ""
    plan: str = ""
    mine: bool = False
    view: str = ""  # how they are looked at; chooses no measure

    @classmethod
    def of(cls, asked: Mapping[str, str], choices: Choices) -> "Chosen":
        def known(name: str, values: Iterable[str | Sentence]) -> str:
            return value if (value := asked.get(name, "")) in values else ""

        return cls(
            known(STATE, Measure.State.values),
            known(PRIORITY, dict(choices.priorities)),
            known(OWNER, dict(choices.owners)),
            known(PLAN, dict(choices.plans)),
            asked.get(MINE, "") == "1",
            known(VIEW, VIEWS),
        )

    def narrow(self, measures: Iterable[Measure], actor: Actor) -> list[Measure]:
        return [one for one in measures if self._holds(one, actor.party_id)]

    def _holds(self, measure: Measure, party: UUID | None) -> bool:
        return (
            self.state in ("", measure.state)
            and self.owner in ("", str(measure.owner_id))
            and (not self.mine or measure.owner_id == party)
            and (not self.plan or self.plan in {str(x.plan_id) for x in measure.plans.all()})
            and (not self.priority or self.priority in {str(x.priority_id) for x in measure.priorities.all()})
        )

    @property
    def is_all(self) -> bool:
        return replace(self, view="") == Chosen()

    def seen_as(self, view: str) -> str:
        """The query of the same choice, looked at in another way."""
        return replace(self, view=view).query

    @property
    def only_mine(self) -> str:
        return replace(self, mine=True).query

    @property
    def query(self) -> str:
        """For a link that chooses the same. Empty, or begins with a question mark."""
        given = {
            STATE: self.state,
            PRIORITY: self.priority,
            OWNER: self.owner,
            PLAN: self.plan,
            MINE: "1" if self.mine else "",
            VIEW: self.view,
        }
        text = urlencode({name: value for name, value in given.items() if value})
        return f"?{text}" if text else ""
