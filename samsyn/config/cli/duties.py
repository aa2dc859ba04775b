"""How the duties of law and agreement stand on a day, as known on a day."""

import argparse
import json
from datetime import date

from django.utils import translation

from samsyn.config.cli import Failure, parser
from samsyn.core import clock
from samsyn.core.actors import SYSTEM
from samsyn.duties.queries import Board, board_for
from samsyn.parties.models import Partnership


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"“{text}” is no day. Write it as 2027-12-31.") from None


def main(arguments: list[str]) -> int:
    options = parser("duties")
    options.add_argument("partnership", help="the address of the partnership, as in /umea/")
    options.add_argument("--on", type=_day, help="the day asked about; today if not given")
    options.add_argument("--as-known", type=_day, help="leave out what was recorded after this day")
    options.add_argument("--json", action="store_true", help="as JSON, for other programs")
    asked = options.parse_args(arguments)
    partnership = Partnership.objects.visible_to(SYSTEM).filter(slug=asked.partnership).first()
    if partnership is None:
        raise Failure(f"there is no partnership at “{asked.partnership}”.")
    with translation.override("en"):  # as all of the command line
        board = board_for(SYSTEM, partnership, asked.on or clock.today(), as_known=asked.as_known)
        _say(board, as_json=asked.json)
    return 0


def _say(board: Board, *, as_json: bool) -> None:
    if as_json:
        print(json.dumps(_as_json(board), indent=1, ensure_ascii=False))
    else:
        for duty in board.every:
            due = f" ({duty.finding.due})" if duty.finding.due else ""
            print(f"{duty.id:<5} {duty.finding.state.value:<15}{due:<13} {duty.title}")


def _as_json(board: Board) -> dict[str, object]:
    return {
        "day": board.day.isoformat(),
        "as_known": board.as_known.isoformat() if board.as_known else None,
        "reading": board.policy.reading,
        "record_is_complete": board.is_vouched_for,
        "duties": [
            {
                "id": duty.id,
                "title": duty.title,
                "source": duty.finding.duty.source.value,
                "section": duty.finding.duty.section or None,
                "strength": duty.finding.duty.strength.value,
                "state": duty.finding.state.value,
                "rule": list(duty.finding.rule),
                "last_day": duty.finding.due.isoformat() if duty.finding.due else None,
                "evidence": [str(key) for key in duty.finding.evidence],
                "notes": duty.notes,
            }
            for duty in board.every
        ],
    }
