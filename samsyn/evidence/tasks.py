"""What workers do with evidence: read files, make figures, make them again."""

from contextlib import suppress
from uuid import UUID

from django_tasks import task

from samsyn.core import clock, schedule
from samsyn.core.actors import SYSTEM, WORKING, Actor, Role
from samsyn.core.errors import Refused
from samsyn.core.mail import or_later
from samsyn.evidence import fetching, mail, making, protecting, quarantine, reading, revising, services
from samsyn.evidence.computing import CannotCompute
from samsyn.evidence.models import EvidenceRequest, Figure, FigureOrder, OpenSource, Upload
from samsyn.parties import queries as parties
from samsyn.parties.models import Organisation, Partnership, User


def ids_of(actor: Actor, partnership: Partnership) -> list[str]:
    """Whom a worker acts for. It asks again what that person may do: an appointment may have ended."""
    return [str(actor.user_id), str(actor.party_id), str(partnership.pk)]


def _actor(user: str, party: str, partnership: str) -> Actor:
    return parties.member(
        User.objects.get(pk=UUID(user)),
        party=Organisation.objects.get(pk=UUID(party)),
        partnership=Partnership.objects.get(pk=UUID(partnership)),
    )


@task()
def read_file(upload_id: str, user: str, party: str, partnership: str) -> None:
    """Read a waiting file in the sandbox. Nothing to do when it was thrown away meanwhile."""
    actor = _actor(user, party, partnership)
    upload = Upload.objects.visible_to(actor).filter(pk=UUID(upload_id), state=Upload.State.WAITING).first()
    if upload:
        services.record_reading(upload, outcome=reading.understand(upload), by=actor)
    quarantine.sweep()


@task()
def make_figure(order_id: str, user: str, party: str, partnership: str) -> None:
    """Compute and draw an ordered figure, or note why it cannot be."""
    actor = _actor(user, party, partnership)
    order = FigureOrder.objects.visible_to(actor).filter(pk=UUID(order_id)).first()
    if order is None:
        return
    try:
        made = making.make(order)
    except CannotCompute as why:
        services.refuse_figure(order, code=why.code, params=why.params, by=actor)
    else:
        services.record_figure(order, content=made.content, drawings=made.drawings, by=actor)


@task()
def make_again(figure_id: str, user: str, party: str, partnership: str) -> None:
    """Compute a figure again and record whether it agrees with what is stored."""
    actor = _actor(user, party, partnership)
    figure = Figure.objects.visible_to(actor).filter(pk=UUID(figure_id)).first()
    if figure is None:
        return
    try:
        agrees = making.agrees_when_made_again(figure)
    except CannotCompute:
        agrees = False
    services.check_figure(figure, agrees=agrees, by=actor)


@task()
def revise_figures(user: str, party: str, partnership: str) -> None:
    """Hold the party's figures against the numbers that have come since."""
    actor = _actor(user, party, partnership)
    if Role.EDITOR in actor.roles:
        revising.revise_all(Partnership.objects.get(pk=UUID(partnership)), by=actor)


@task()
def protect_numbers(user: str, party: str, partnership: str) -> None:
    """Look through the party's own datasets that lack a pattern under the policy of today."""
    actor = _actor(user, party, partnership)
    if actor.roles & WORKING:
        protecting.protect_all(Partnership.objects.get(pk=UUID(partnership)), by=actor)


@task()
def sweep_quarantine() -> None:
    """Destroy what nobody kept."""
    quarantine.sweep()


def _fetcher(source: OpenSource) -> Actor:
    """The person who asked for it; the party's own connector while nobody there has taken over."""
    if source.asked_by:
        return _actor(str(source.asked_by), str(source.party_id), str(source.partnership_key))
    partnership = Partnership.objects.get(pk=source.partnership_key)
    return parties.connector(Organisation.objects.get(pk=source.party_id), partnership=partnership)


@task()
def fetch_source(source_id: str) -> None:
    """Fetch from an open service for the person who asked for it, or note why nothing came."""
    source = OpenSource.objects.filter(pk=UUID(source_id)).first()
    if source is None:
        return
    actor = _fetcher(source)
    if Role.EDITOR not in actor.roles:
        return  # the page says that it is overdue; whoever fetches now takes over
    fetching.fetch_and_keep(source, by=actor)
    if OpenSource.objects.filter(pk=source.pk, state=OpenSource.State.FETCHED).exists():
        revising.revise_all(Partnership.objects.get(pk=source.partnership_key), by=actor)


@task()
def fetch_due() -> None:
    """Enqueue every fetch whose day has come."""
    for source in OpenSource.objects.filter(next_on__lte=clock.today()):
        fetch_source.enqueue(str(source.pk))


@task()
def tell(request_id: str, letter: str) -> None:
    """Mail all whom a request reaches: a letter each."""
    about = mail.Letter(letter)
    if request := _request(request_id):
        for to in mail.receivers(request, about):
            send_letter.enqueue(request_id, letter, str(to.pk))


@task()
def send_letter(request_id: str, letter: str, to: str, tried: int = 0) -> None:
    """One letter about a request, unless it was answered or withdrawn meanwhile."""
    about, receiver = mail.Letter(letter), User.objects.filter(pk=UUID(to), is_active=True).first()
    request = _request(request_id)
    if request and receiver and mail.still_holds(request, about):
        with or_later(send_letter, request_id, letter, to, tried=tried):
            mail.send_letter(request, about, receiver)


def _request(request_id: str) -> EvidenceRequest | None:
    found = EvidenceRequest.objects.visible_to(SYSTEM).filter(pk=UUID(request_id))
    return found.select_related("partnership", "asker", "party", "asked_by").first()


@task()
def remind() -> None:
    """Remind of what waits: each step once, and the highest that is due when a day was missed."""
    waiting = EvidenceRequest.objects.visible_to(SYSTEM).filter(state=EvidenceRequest.State.OPEN)
    for request in waiting.filter(due__lte=clock.today() - EvidenceRequest.LADDER[0]):
        if request.reminders < request.steps_due:
            with suppress(Refused):  # another worker was first
                services.remind_of_request(request, by=SYSTEM)
                tell.enqueue(str(request.pk), mail.Letter.REMINDED)
                if EvidenceRequest.objects.get(pk=request.pk).is_reminded_in_full:
                    tell.enqueue(str(request.pk), mail.Letter.UNANSWERED)


schedule.daily("evidence.remind", remind, hour=7)
schedule.daily("evidence.fetch_due", fetch_due)
schedule.hourly("evidence.sweep_quarantine", sweep_quarantine)
