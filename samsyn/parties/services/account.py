"""What a person decides about their own account."""

from django.utils.translation import gettext_lazy as _

from samsyn.core.actors import Actor
from samsyn.core.commands import command
from samsyn.core.errors import Invalid
from samsyn.parties.models import User


@command("parties.change_account")
def change_account(*, name: str, language: str, by: Actor) -> None:
    """Change one's own name, and the language one works in. Nobody changes another's."""
    if not name.strip():
        raise Invalid(_("Write your name."), field="name")
    user = User.objects.get(pk__in=[by.user_id])
    user.name, user.language = name.strip(), language
    user.save(update_fields=["name", "language"])
