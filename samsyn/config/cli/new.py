"""One more partnership, for a municipality by code or name, on an installation that runs already."""

from samsyn.config.cli import Failure, parser
from samsyn.config.preparing import prepare


def main(arguments: list[str]) -> int:
    options = parser("new")
    options.add_argument("municipality", help="code or name, such as 2480 or Umeå")
    options.add_argument("--police", required=True, metavar="NAME", help="name of the local police area")
    options.add_argument("--administrator", required=True, metavar="MAIL", help="who is invited to run it")
    options.add_argument("--slug", help="word in the addresses; the municipality's name by default")
    asked = options.parse_args(arguments)
    prepare()
    from samsyn.core.actors import SYSTEM
    from samsyn.core.errors import DomainError
    from samsyn.parties import services, tasks
    from samsyn.parties.models import Area, Organisation, Title
    from samsyn.parties.municipalities import find

    municipality = find(asked.municipality)
    if municipality is None:
        raise Failure(f"there is no municipality “{asked.municipality}”. Give its code or its name.")
    kinds = Organisation.Kind
    known = Organisation.objects.visible_to(SYSTEM)
    if known.filter(kind=kinds.MUNICIPALITY, code=municipality.code).exists():
        raise Failure(f"{municipality.official_name} has its partnership already.")
    try:
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
    except DomainError as error:
        raise Failure(str(error)) from error
    tasks.send_invitation.enqueue(str(invitation.pk))  # a worker mails it
    print(f"{partnership.name} is at /{partnership.slug}/. The administrator is invited by mail.")
    return 0
