"""Our own content. A row is saved only inside a command, one at a time, so the journal sees every change."""

from collections.abc import Collection, Iterable
from functools import cache
from typing import Any, ClassVar, NoReturn, Self, TypeVar
from uuid import UUID

from django.db import models
from django.utils.encoding import force_str
from django.utils.translation import gettext_lazy as _
from uuid_utils.compat import uuid7

from samsyn.core import act, canonical, journal
from samsyn.core.actors import Actor
from samsyn.core.canonical import Digest
from samsyn.core.errors import Outdated, Refused

RowType = TypeVar("RowType", bound="Row", covariant=True)


@cache
def _words_of(field: models.Field[Any, Any]) -> dict[Any, Any]:
    """The choices with their words, not yet in any language."""
    return dict(field.flatchoices)


class WrongWrite(RuntimeError):
    """A programming error: content was written past the journal, past the wall, or from a second copy."""


class RowQuerySet(models.QuerySet[RowType]):
    def visible_to(self, actor: Actor) -> Self:
        """Nothing, until the model says otherwise: a forgotten rule hides, it does not leak."""
        return self.none()

    def update(self, **kwargs: Any) -> NoReturn:
        raise WrongWrite("Save row by row inside a command: the journal must see which fields changed.")

    def bulk_create(self, *args: Any, **kwargs: Any) -> NoReturn:
        self.update()

    def bulk_update(self, *args: Any, **kwargs: Any) -> NoReturn:
        self.update()

    def delete(self) -> NoReturn:
        self.update()


class Row(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    version = models.PositiveIntegerField(default=0, editable=False)

    chain_field: ClassVar[str]  # the column that says whose journal this row's changes belong in
    changeable: ClassVar[frozenset[str] | None] = (
        None  # None: all; a release lists what may change after freezing
    )
    pointed_at_from_anywhere: ClassVar[bool] = False  # organisations; all else stays in its own chain
    _erased: frozenset[str] = frozenset()  # what the running command empties, also of a frozen row
    points_across: ClassVar[frozenset[str]] = frozenset()  # fields that may name another chain's owner

    class Meta:
        abstract = True

    @property
    def chain_id(self) -> UUID:
        return getattr(self, self.chain_field)  # type: ignore[no-any-return]

    @classmethod
    def from_db(cls, db: str | None, field_names: Collection[str], values: Collection[Any]) -> Self:  # type: ignore[override]
        row = super().from_db(db, field_names, values)
        row._stored = {**row.__dict__}  # as `_values`, for the thousand rows of a page
        del row._stored["_state"]
        row._stored.pop("version", None)
        return row

    def refresh_from_db(self, *args: Any, **kwargs: Any) -> None:
        super().refresh_from_db(*args, **kwargs)
        self._stored = self._values()

    def save(
        self,
        *,
        force_insert: Any = False,
        force_update: bool = False,
        using: str | None = None,
        update_fields: Iterable[str] | None = None,
    ) -> None:
        """Store what changed, and nothing else. Callers list no fields; a list could only be wrong."""
        adding = self._state.adding
        changed = [
            name for name, value in self._values().items() if adding or self._stored.get(name) != value
        ]
        if not changed:
            return
        frame = self._claim()
        if not adding and self.changeable is not None and not {*changed} <= self.changeable | self._erased:
            raise WrongWrite(f"{self._meta.label} is frozen.")
        self._refuse_pointing_across(changed)
        self.version += 1
        super().save(force_insert=adding, update_fields=None if adding else [*changed, "version"])
        self._stored = self._values()
        frame.changes.append([self._meta.label_lower, str(self.pk), *([] if adding else changed)])

    def erase(self, *names: str) -> None:
        """Empty what the law takes away, also of a frozen row. The entry names the fields."""
        for name in names:
            setattr(self, name, "")
        self._erased = frozenset(names)
        self.save()

    def delete(self, using: str | None = None, keep_parents: bool = False) -> tuple[int, dict[str, int]]:
        frame = self._claim()
        label, key = self._meta.label_lower, str(self.pk)
        try:
            gone = super().delete(using=using, keep_parents=keep_parents)
        except models.ProtectedError:  # its message counts what stands in the way, also what one may not see
            raise Refused(_("Other things build on this, so it cannot be removed.")) from None
        frame.changes.append([label, key, "deleted"])
        return gone

    def expect(self, version: int | None, *, stored: str = "") -> None:
        """Refuse when a colleague saved after the version that the form showed."""
        if version is not None and self.version != version:
            raise Outdated(stored, by=journal.last_writer(self.pk))

    def _get_FIELD_display(self, field: models.Field[Any, Any]) -> str:
        """As Django's, which makes its choices anew for every row that is shown."""
        value = getattr(self, field.attname)
        words: str = force_str(_words_of(field).get(value, value), strings_only=True)
        return words

    def _values(self) -> dict[str, Any]:
        """Column values as they stand, sealed text still sealed. Deferred fields are absent."""
        names = (field.attname for field in self._meta.concrete_fields if field.attname != "version")
        return {name: self.__dict__[name] for name in names if name in self.__dict__}

    @property
    def frozen_digest(self) -> Digest:
        """Of all that can never change in this row, as it is stored; sealed text counts without its key.

        Only of a saved row: text is sealed when it is saved.
        """
        frozen = {name: value for name, value in self._stored.items() if name not in (self.changeable or ())}
        return canonical.digest(
            {
                name: value.hex() if isinstance(value, bytes | memoryview) else value
                for name, value in frozen.items()
            }
        )

    def _claim(self) -> act.Frame:
        """The running command, if this row may be written in it.

        Refused outside a command; for a row of another chain, whose readers differ; and for a second copy of
        a row that the act already holds, which would overwrite what a nested command just saved.
        """
        running = act.current()
        if running is None or not running.frames:
            raise WrongWrite(f"{self._meta.label} is written outside a command.")
        if self.chain_id != running.frame.chain and self.chain_id not in running.opened:
            raise WrongWrite(f"{self._meta.label} belongs to another chain than {running.frame.command}.")
        if running.rows.setdefault((type(self), self.pk), self) is not self:
            raise WrongWrite(f"Use the copy of {self._meta.label} that the act already holds.")
        return running.frame

    def _refuse_pointing_across(self, changed: list[str]) -> None:
        """A point of one partnership's picture can never hang under another partnership's."""
        for field in self._meta.concrete_fields:
            if not field.is_relation or field.attname not in changed or field.attname == self.chain_field:
                continue
            if field.name in self.points_across:
                continue
            target = getattr(self, field.name)
            if not isinstance(target, Row) or target.pointed_at_from_anywhere:
                continue
            if target.chain_id != self.chain_id:
                raise WrongWrite(f"{self._meta.label}.{field.name} points into another chain.")
