"""How many live where: entered by hand with its source, or taken from a file."""

from datetime import date
from decimal import Decimal
from typing import Final

from django.utils.translation import gettext as _

from samsyn.core import clock, door, journal
from samsyn.core.actors import Actor
from samsyn.core.commands import command
from samsyn.core.errors import Invalid, Refused
from samsyn.evidence import long_table, quarantine, queries
from samsyn.evidence.models import Dataset, Population, Upload
from samsyn.evidence.readers.units import COUNT
from samsyn.evidence.services.files import discard_file
from samsyn.parties.models import Partnership

FETCHED: Final = "SCB, folkmängd, hämtad (TAB638, TAB6471)"
LAST_DAY: Final = (12, 31)


@command("evidence.enter_population")
def enter_population(
    partnership: Partnership,
    *,
    area_code: str,
    area_name: str,
    day: date,
    number: int,
    source: str,
    by: Actor,
) -> Population:
    """Say how many lived in an area on a day. A number that stands there already is corrected.

    Figures keep the number they were made with. Refused for days to come and without inhabitants.
    """
    if day > clock.today():
        raise Invalid(_("Choose a day that has been."), field="day")
    if number < 1:
        raise Invalid(_("Enter at least one inhabitant."), field="number")
    door.refuse_persons(source, field="source")
    row = Population.objects.filter(partnership=partnership, area_code=area_code, day=day).first()
    row = row or Population(partnership=partnership, area_code=area_code, day=day)
    row.area_name, row.number, row.source = area_name, number, source
    row.save()
    journal.note(population=row.pk, day_of=day, number=number)
    return row


@command("evidence.take_fetched_population")
def take_fetched_population(
    partnership: Partnership, *, dataset: Dataset, areas: dict[str, str], by: Actor
) -> int:
    """Let what Statistics Sweden said be what rates are measured against. Returns how many numbers it gave.

    Of each year the last day, and the newest month. A number that somebody entered is left as it is.
    """
    found: dict[tuple[str, date], int] = {}
    for level, code, _name, _what, _start, end, unit, value, _status, _text in queries.rows_of(dataset):
        if level and code in areas and unit == COUNT and value and end:
            found.setdefault((code, date.fromisoformat(end[:10])), int(Decimal(value)))
    newest = max((day for _code, day in found), default=None)
    stands = {(one.area_code, one.day): one for one in Population.objects.filter(partnership=partnership)}
    taken = 0
    for (code, day), number in sorted(found.items()):
        row = stands.get((code, day))
        is_wanted = day == newest or (day.month, day.day) == LAST_DAY
        if not is_wanted or number < 1 or (row and (row.source != FETCHED or row.number == number)):
            continue
        row = row or Population(partnership=partnership, area_code=code, day=day)
        row.area_name, row.number, row.source = areas[code], number, FETCHED
        row.save()
        taken += 1
    journal.note(taken=taken)
    return taken


@command("evidence.import_population")
def import_population(
    partnership: Partnership, *, upload: Upload, measure: str, source: str, areas: dict[str, str], by: Actor
) -> int:
    """Take the population of the partnership's areas from a file. Returns how many numbers it gave.

    Refused when the file says nothing about these areas. The file itself is not kept.
    """
    if upload.state != Upload.State.READ or not quarantine.holds(upload.pk, quarantine.PAGE):
        raise Refused(_("The file waited for more than an hour and is gone. Upload it again."))
    page = quarantine.get(upload=upload.pk, owner=upload.party_id, part=quarantine.PAGE)
    taken = 0
    for _level, code, name, what, _start, end, _unit, value, _status, _text in long_table.unpacked_rows(page):
        if what != measure or code not in areas or not value or not end:
            continue
        number, day = float(value), date.fromisoformat(end[:10])
        if number < 1 or number != int(number) or day > clock.today():
            continue
        enter_population(
            partnership,
            area_code=code,
            area_name=areas[code] or name,
            day=day,
            number=int(number),
            source=source,
            by=by,
        )
        taken += 1
    if not taken:
        raise Refused(_("The file says nothing about the inhabitants of your areas. Enter them by hand."))
    discard_file(upload, by=by)
    return taken
