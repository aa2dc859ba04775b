"""Mail that is sent outside the request."""

from uuid import UUID

from django_tasks import task

from samsyn.parties import mail
from samsyn.parties.models import Invitation


@task()
def send_invitation(invitation_id: str) -> None:
    """Mail an invitation, unless it was used or withdrawn meanwhile."""
    invitation = Invitation.objects.filter(pk=UUID(invitation_id)).first()
    if invitation and invitation.is_waiting:
        mail.send_invitation(invitation)
