"""Who acts. Core knows ids and roles only; `parties` knows the people behind them."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from django.db.models import TextChoices


class Kind(StrEnum):
    VISITOR = "visitor"  # a citizen without account
    LINK = "link"  # whoever holds a link that was mailed to one person, for one object
    USER = "user"
    CONNECTOR = "connector"  # fetches open data on a schedule
    SYSTEM = "system"


class Role(TextChoices):
    """The five rule sets. An administrator runs the platform and reads no content."""

    EDITOR = "editor"
    APPROVER = "approver"
    CONTRIBUTOR = "contributor"
    READER = "reader"
    ADMINISTRATOR = "administrator"


WORKING = frozenset({Role.EDITOR, Role.APPROVER})
READING = WORKING | {Role.READER}
STAFF = READING | {Role.CONTRIBUTOR}


@dataclass(frozen=True)
class Actor:
    kind: Kind
    user_id: UUID | None = None
    party_id: UUID | None = None
    roles: frozenset[str] = frozenset()
    partnership_ids: frozenset[UUID] = frozenset()
    object_id: UUID | None = None  # the one object that a link opens

    @property
    def own_party(self) -> UUID:
        """The party one acts for. Asked only behind a rule that lets nobody else in."""
        if self.party_id is None:
            raise TypeError("This actor acts for no party.")
        return self.party_id

    @property
    def own_user(self) -> UUID:
        """Who one is. Asked only behind a rule that lets nobody in without an account."""
        if self.user_id is None:
            raise TypeError("This actor is nobody.")
        return self.user_id

    def renewed(self) -> "Actor":
        """As the database knows the actor now. Asked under the lock: an appointment may have ended."""
        return self


SYSTEM = Actor(Kind.SYSTEM)
VISITOR = Actor(Kind.VISITOR)
