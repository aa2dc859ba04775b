"""A partnership for a municipality, by code or name, and a first picture of it from open data."""

import argparse
from typing import TYPE_CHECKING

from samsyn.config.cli import Failure, parser
from samsyn.config.preparing import prepare

if TYPE_CHECKING:
    from samsyn.evidence.models import OpenSource
    from samsyn.parties.models import Organisation, Partnership
    from samsyn.parties.municipalities import Municipality


def main(arguments: list[str]) -> int:
    options = parser("new")
    options.add_argument("municipality", help="code or name, such as 2480 or Umeå")
    options.add_argument(
        "--police", metavar="NAME", help="name of the local police area; needed for a partnership that is new"
    )
    options.add_argument(
        "--administrator",
        metavar="MAIL",
        help="who is invited to run it; needed for a partnership that is new",
    )
    options.add_argument("--slug", help="word in the addresses; the municipality's name by default")
    options.add_argument("--no-picture", action="store_true", help="fetch nothing and draft nothing")
    asked = options.parse_args(arguments)
    prepare()
    from django.utils import translation

    from samsyn.core.errors import DomainError
    from samsyn.parties.municipalities import find

    municipality = find(asked.municipality)
    if municipality is None:
        raise Failure(f"there is no municipality “{asked.municipality}”. Give its code or its name.")
    try:
        partnership = _known(municipality)
        if partnership is None:
            partnership = _begin(municipality, asked)
        elif asked.police or asked.administrator or asked.no_picture:
            raise Failure(f"{municipality.official_name} has its partnership already.")
        if not asked.no_picture:
            with translation.override("sv"):  # what is drafted is for those who work there
                _first_picture(partnership)
    except DomainError as error:
        raise Failure(str(error)) from error
    return 0


def _known(municipality: "Municipality") -> "Partnership | None":
    from samsyn.core.actors import SYSTEM
    from samsyn.parties.models import Partnership

    known = Partnership.objects.visible_to(SYSTEM).filter(municipality_code=municipality.code)
    return known.order_by("pk").first()


def _begin(municipality: "Municipality", asked: argparse.Namespace) -> "Partnership":
    """Both parties, their partnership and its area, and a letter to whoever will run it."""
    from samsyn.core.actors import SYSTEM
    from samsyn.parties import services, tasks
    from samsyn.parties.models import Area, Organisation, Title

    if not asked.police or not asked.administrator:
        raise Failure(
            f"{municipality.official_name} has no partnership yet. "
            "Name the local police area with --police and whoever will run it with --administrator."
        )
    kinds = Organisation.Kind
    known = Organisation.objects.visible_to(SYSTEM)
    ours = services.found_organisation(
        municipality.official_name, kind=kinds.MUNICIPALITY, code=municipality.code, by=SYSTEM
    )
    police = known.filter(kind=kinds.LOCAL_POLICE_AREA, name=asked.police).first()
    police = police or services.found_organisation(asked.police, kind=kinds.LOCAL_POLICE_AREA, by=SYSTEM)
    partnership = services.found_partnership(
        f"{ours.name} och {police.name}",
        slug=asked.slug or municipality.address,
        municipality_code=municipality.code,
        parties=[ours, police],
        by=SYSTEM,
    )
    services.add_area(
        partnership,
        code=municipality.code,
        name=ours.name,
        slug="hela",
        kind=Area.Kind.MUNICIPALITY,
        by=SYSTEM,
    )
    invitation = services.invite(
        ours, email=asked.administrator, title=Title.ADMINISTRATOR, partnership=partnership, by=SYSTEM
    )
    tasks.send_invitation.enqueue(str(invitation.pk))  # a worker mails it
    print(f"{partnership.name} is at /{partnership.slug}/. The administrator is invited by mail.")
    return partnership


def _first_picture(partnership: "Partnership") -> None:
    """Fetch what is open and draft from it. What was fetched before is enough when nothing answers today."""
    from samsyn.core import clock
    from samsyn.evidence.models import OpenSource
    from samsyn.parties import queries as parties
    from samsyn.pictures import queries, services

    ours = parties.parties_of(partnership)[0]  # the municipality
    by = parties.connector(ours, partnership=partnership)
    period = str(clock.today().year)
    if queries.own_drafts(by).filter(period=period).exists():
        raise Failure(f"{ours.name} has a draft for {period} already. Nothing was changed.")
    print("Fetching open data. Each service is asked politely, so this can take a minute or two.")
    sources = {service: _fetched(service, ours, partnership) for service in OpenSource.Service}
    if sources[OpenSource.Service.KOLADA].dataset is None:
        raise Failure(
            "nothing from Kolada is stored, so there is no first picture yet. "
            f"The worker tries again tomorrow; or run `samsyn new {partnership.municipality_code}` again."
        )
    draft = services.draft_first_picture(sources[OpenSource.Service.KOLADA], period=period, by=by)
    written = queries.own_findings(by, draft).count()
    print(
        f"A first picture for {period} is drafted with {written} findings, for {ours.name} alone to read. "
        f"Whoever works there finds it at /arbete/{partnership.slug}/utkast/."
    )


def _fetched(service: "OpenSource.Service", ours: "Organisation", partnership: "Partnership") -> "OpenSource":
    """The party's source after one more try. One that somebody follows already keeps its terms."""
    from samsyn.evidence import queries, services, tasks
    from samsyn.evidence.models import OpenSource
    from samsyn.parties import queries as parties

    by = parties.connector(ours, partnership=partnership)
    source = queries.open_sources_of(by).filter(service=service).first()
    if source is None:
        wanted = [kpi for one in queries.indicators() for kpi in one.kpis]
        source = services.follow_source(
            ours,
            partnership=partnership,
            service=service,
            every=OpenSource.Every.MONTH,
            kpis=wanted if service == OpenSource.Service.KOLADA else (),
            by=by,
        )
    tasks.fetch_source.call(str(source.pk))
    source = queries.open_sources_of(by).get(pk=source.pk)
    stored = "what was stored before is used" if source.dataset else "nothing is stored"
    fault = f": {source.fault}; {stored}" if source.fault else ""
    print(f"  {service.value}: {source.get_state_display()}{fault}")
    return source
