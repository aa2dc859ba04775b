"""Erase what the law says must go. The journals hold no text, so they hold afterwards too."""

import argparse
import sys
from datetime import date

from samsyn.config.cli import Failure, parser
from samsyn.core.actors import SYSTEM
from samsyn.core.errors import DomainError
from samsyn.dialogue.services import erase_voice
from samsyn.parties.models import Invitation, Organisation, Partnership, User
from samsyn.parties.services import erase_account
from samsyn.releases.models import Ground


def main(arguments: list[str]) -> int:
    options = parser("erase")
    options.epilog = (
        "Exit code 1 when nothing was erased. Backups keep what was erased later: see the manual."
    )
    kinds = options.add_subparsers(dest="kind", required=True, metavar="answer|account")
    answer = kinds.add_parser("answer", help="the text of a citizen's answer, also where it was quoted")
    answer.add_argument("partnership", help="the address of the partnership, as in /umea/")
    answer.add_argument("which", help="the code of its receipt, or its id on the dialogue's page")
    answer.add_argument("--ground", required=True, choices=Ground.values, help="why it is erased")
    answer.add_argument(
        "--decided", required=True, type=date.fromisoformat, metavar="DATE", help="day of the decision"
    )
    account = kinds.add_parser("account", help="name, address and sign-in of a person without a title")
    account.add_argument("email", help="the address that the person signs in with")
    for one in (answer, account):
        one.add_argument("--yes", action="store_true", help="do not ask")
    asked = options.parse_args(arguments)
    try:
        return _answer(asked) if asked.kind == "answer" else _account(asked)
    except DomainError as error:
        raise Failure(str(error)) from error


def _answer(asked: argparse.Namespace) -> int:
    partnership = Partnership.objects.visible_to(SYSTEM).filter(slug=asked.partnership).first()
    if partnership is None:
        raise Failure(f"there is no partnership at “{asked.partnership}”.")
    _confirm(asked, f"The answer {asked.which} in {partnership.name} is erased for good.")
    ground = Ground(asked.ground)
    voice, releases = erase_voice(
        partnership, which=asked.which, ground=ground, decided_on=asked.decided, by=SYSTEM
    )
    print(f"Erased: the text of answer {voice}, and {releases} withdrawn releases that quoted it.")
    return 0


def _account(asked: argparse.Namespace) -> int:
    email = asked.email.strip().lower()
    _confirm(asked, f"Name, address and sign-in of {email} are erased for good.")
    invited = set(Invitation.objects.filter(email=email).values_list("organisation", flat=True))
    organisations = list(Organisation.objects.visible_to(SYSTEM).filter(pk__in=invited))
    user: User = erase_account(email=email, organisations=organisations, by=SYSTEM)
    print(f"Erased: the account is number {user.pk}, and nobody.")
    return 0


def _confirm(asked: argparse.Namespace, what: str) -> None:
    if asked.yes:
        return
    if not sys.stdin.isatty():
        raise Failure("nothing was erased. Say --yes when nobody is here to ask.")
    if input(f"{what} Write “erase” to go on: ").strip() != "erase":
        raise Failure("nothing was erased.")
