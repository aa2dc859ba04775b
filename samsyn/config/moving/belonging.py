"""Which rows belong to a partnership. Every table has its place here, or a reason why it stays.

A joint row names its partnership and a private row its party, so new tables of those two kinds follow by
themselves. A party that works in other partnerships too has private rows, and a journal, that are about all
of them and cannot be parted: they stay, and in the new place it begins with an empty room of its own.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Self
from uuid import UUID

from django.apps import apps
from django.db.models import ForeignKey, Model, Q, QuerySet

from samsyn.core.journal import Entry, Head
from samsyn.parties.models import (
    Appointment,
    Invitation,
    JointRow,
    Membership,
    Organisation,
    Partnership,
    PrivateRow,
    User,
)

HOUR = "is there for an hour at most, and its file in no backup"
SIGN_IN = "a way to sign in: each person makes a new one"
SESSION = "who is signed in, here"
DJANGO = "made by Django in every place, and used by nobody"

LEFT_OUT = {
    "evidence.Upload": HOUR,
    "pictures.PictureFile": HOUR,
    "plans.MeasureFile": HOUR,
    "core.Start": "when the jobs of this place ran",
    "core.Submission": "which forms were sent this week, known by the secret of this place",
    "core.Tally": "how often somebody asked for something in the last minutes",
    "django_tasks_database.DBTaskResult": "what waits to be done is not done by a copy",
    "sessions.Session": SESSION,
    "usersessions.UserSession": SESSION,
    "account.EmailAddress": SIGN_IN,
    "account.EmailConfirmation": SIGN_IN,
    "mfa.Authenticator": SIGN_IN,
    "socialaccount.SocialAccount": SIGN_IN,
    "socialaccount.SocialApp": SIGN_IN,
    "socialaccount.SocialToken": SIGN_IN,
    "auth.Group": DJANGO,
    "auth.Group_permissions": DJANGO,
    "auth.Permission": DJANGO,
    "contenttypes.ContentType": DJANGO,
}
FIELDS_LEFT_OUT = {
    "parties.User": {"password": SIGN_IN, "last_login": SIGN_IN},
    "parties.Invitation": {"token_hash": "opens by a link of this place; made anew, so old links are dead"},
    "plans.StatusRequest": {"token_hash": "opens by a link of this place; made anew, so old links are dead"},
}


@dataclass(frozen=True)
class Belonging:
    """Whose rows follow when a partnership leaves, as one moment of the database tells."""

    partnership: UUID
    own: frozenset[UUID]  # work in this partnership only: all that is theirs follows, sealed
    anew: frozenset[UUID]  # work elsewhere too: who they are follows, what is private to them begins anew
    users: frozenset[UUID] = frozenset()

    @classmethod
    def of(cls, partnership: Partnership, database: str) -> Self:
        here = Membership._base_manager.using(database).filter(partnership=partnership)
        members = set(here.values_list("organisation_id", flat=True))
        elsewhere = _elsewhere(partnership, database)
        alone = cls(partnership.pk, frozenset(members - elsewhere), frozenset(members & elsewhere))
        named = alone._pointed_at(Organisation, database)
        whose = replace(alone, anew=alone.anew | (named - alone.own))
        entries = whose.among(Entry._base_manager.using(database).all())
        acted = set(entries.exclude(user_id=None).values_list("user_id", flat=True).distinct())
        return replace(whose, users=frozenset(acted) | whose._pointed_at(User, database))

    def among(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """Those of the rows that follow; none of a table that stays."""
        model = rows.model
        if model._meta.label in LEFT_OUT:
            return rows.none()
        if issubclass(model, JointRow):
            return rows.filter(partnership=self.partnership)
        if issubclass(model, PrivateRow):
            return rows.filter(party__in=self.own)
        return rows.filter(OTHERS[model](self))

    def _pointed_at(self, target: type[Model], database: str) -> frozenset[UUID]:
        """Keys of the people or organisations that rows which follow name."""
        found = set[UUID]()
        for model in following():
            rows = self.among(model._base_manager.using(database).all())
            for field in model._meta.concrete_fields:
                if isinstance(field, ForeignKey) and field.related_model is target:
                    found |= set(rows.values_list(field.attname, flat=True).distinct())
        return frozenset(found - {None})


# What is neither joint nor private follows by these.
OTHERS: dict[type[Model], Callable[[Belonging], Q]] = {
    Partnership: lambda one: Q(pk=one.partnership),
    Organisation: lambda one: Q(pk__in=one.own | one.anew),
    User: lambda one: Q(pk__in=one.users),
    Appointment: lambda one: _given_here(one),
    Invitation: lambda one: _given_here(one),
    Head: lambda one: Q(chain__in=one.own | {one.partnership}),
    Entry: lambda one: Q(chain__in=one.own | {one.partnership}),
}


def following() -> list[type[Model]]:
    """The tables of which rows follow, in an order that does not change."""
    models = apps.get_models(include_auto_created=True)
    return sorted((one for one in models if _follows(one)), key=lambda one: one._meta.label)


def without_a_place() -> list[str]:
    """The tables of which nobody has said whether they follow."""
    models = apps.get_models(include_auto_created=True)
    return [one._meta.label for one in models if one._meta.label not in LEFT_OUT and not _follows(one)]


def fields_of(model: type[Model]) -> list[str]:
    """The columns that follow."""
    left = FIELDS_LEFT_OUT.get(model._meta.label, {})
    return [one.attname for one in model._meta.concrete_fields if one.attname not in left]


def _follows(model: type[Model]) -> bool:
    has_a_way = issubclass(model, JointRow | PrivateRow) or model in OTHERS
    return has_a_way and model._meta.label not in LEFT_OUT


def _given_here(one: Belonging) -> Q:
    """Titles in this partnership, and those that hold in all of an organisation's."""
    return Q(organisation__in=one.own | one.anew) & (Q(partnership=None) | Q(partnership=one.partnership))


def _elsewhere(partnership: Partnership, database: str) -> set[UUID]:
    """The organisations that have, or had, to do with another partnership."""
    found = set[UUID]()
    for model in (Membership, Appointment, Invitation):
        rows = model._base_manager.using(database).exclude(partnership=None)
        found |= set(rows.exclude(partnership=partnership).values_list("organisation_id", flat=True))
    return found
