"""Reading a picture that was written elsewhere, outside the request."""

from uuid import UUID

from django_tasks import task

from samsyn.core.actors import Actor
from samsyn.evidence import services as evidence
from samsyn.parties import queries as parties
from samsyn.parties.models import Organisation, Partnership, User
from samsyn.pictures import services
from samsyn.pictures.models import PictureFile


def ids_of(actor: Actor, partnership: Partnership) -> list[str]:
    """Whom a worker acts for. It asks again what that person may do: an appointment may have ended."""
    return [str(actor.user_id), str(actor.party_id), str(partnership.pk)]


@task()
def read_picture_file(file_id: str, user: str, party: str, partnership: str) -> None:
    """Read a picture in the sandbox. Nothing to do when it was thrown away meanwhile."""
    actor = parties.member(
        User.objects.get(pk=UUID(user)),
        party=Organisation.objects.get(pk=UUID(party)),
        partnership=Partnership.objects.get(pk=UUID(partnership)),
    )
    waiting = PictureFile.objects.visible_to(actor).filter(state=PictureFile.State.WAITING)
    if file := waiting.filter(pk=UUID(file_id)).first():
        outcome = evidence.prose_of(file.pk, owner=file.party_id, name=str(file.name))
        services.record_picture_file(file, outcome=outcome, by=actor)
