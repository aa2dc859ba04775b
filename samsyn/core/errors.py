"""Errors that a person meets as a sentence. One middleware turns them into pages; views never catch them."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

Sentence = str | Promise


class DomainError(Exception):
    """The cooperation's rules say no. Rolls back the whole act."""

    status = 409

    def __init__(self, message: Sentence) -> None:
        super().__init__(message)
        self.message = message

    def __str__(self) -> str:
        return str(self.message)


class NotAllowed(DomainError):
    """You see it, but this is not yours to do."""

    status = 403

    def __init__(self, message: Sentence | None = None) -> None:
        super().__init__(message or _("You can see this, but it is not yours to change."))


class Missing(DomainError):
    """It does not exist, or you may not know that it does: one answer, one sentence for both."""

    status = 404

    def __init__(self) -> None:
        super().__init__(_("There is nothing here, or you do not have access to it."))


class Refused(DomainError):
    """A rule of the domain says no."""


class Outdated(DomainError):
    """Somebody saved meanwhile. Carries the stored text, so that the form can show both, and who wrote it."""

    def __init__(self, stored: str = "", *, by: str = "") -> None:
        said: Sentence = _(
            "Somebody saved this while you were writing. Compare the two texts, then save again."
        )
        if by:
            known = _("%(name)s saved this while you were writing. Compare the two texts, then save again.")
            said = known % {"name": by}
        super().__init__(said)
        self.stored = stored


class Invalid(DomainError):
    """What was filled in cannot be used. Names the field, so that the form can point at it."""

    status = 422

    def __init__(self, message: Sentence, *, field: str = "") -> None:
        super().__init__(message)
        self.field = field


class TooMany(DomainError):
    """Asked for too often."""

    status = 429

    def __init__(self, *, wait_s: int = 300) -> None:
        minutes = max(1, -(-wait_s // 60))
        super().__init__(
            ngettext_lazy(
                "That was many tries in a short time. Wait %(minutes)s minute and try again.",
                "That was many tries in a short time. Wait %(minutes)s minutes and try again.",
                "minutes",
            )
            % {"minutes": minutes}
        )
        self.wait_s = wait_s


class TooLarge(DomainError):
    """More was sent than this address takes. Refused unread."""

    status = 413

    def __init__(self) -> None:
        super().__init__(_("What was sent is larger than this page takes."))
