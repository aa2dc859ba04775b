"""Mail that is sent outside the request."""

from uuid import UUID

from django_tasks import task

from samsyn.core import canonical, schedule
from samsyn.core.actors import SYSTEM
from samsyn.core.mail import or_later
from samsyn.parties import mail, queries, services
from samsyn.parties.models import Invitation


@task()
def send_invitation(invitation_id: str, tried: int = 0) -> None:
    """Mail an invitation, unless it was used or withdrawn meanwhile."""
    invitation = Invitation.objects.filter(pk=UUID(invitation_id)).first()
    if invitation and invitation.is_waiting:
        with or_later(send_invitation, invitation_id, tried=tried):
            mail.send_invitation(invitation)


@task()
def mail_anchors() -> None:
    """Tell each party, and whom the settings name, the last links of the journals: once a month.

    The journal itself says when it was done, so a missed day or a mail server that is down delays it only.
    """
    if queries.anchored_this_month():
        return
    told = queries.anchors_by_address()
    for address, anchors in told.items():
        mail.send_anchors(address, anchors)
    if told:
        links = {str(one.chain): one.hash for anchors in told.values() for one in anchors}
        services.record_anchor(mails=len(told), heads=canonical.digest(links), by=SYSTEM)


schedule.daily("parties.mail_anchors", mail_anchors, hour=5)
