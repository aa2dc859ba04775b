"""How many live where: entered by hand with its source, or taken from a file."""

from datetime import date

from django.utils.translation import gettext as _

from samsyn.core import clock, door, journal
from samsyn.core.actors import Actor
from samsyn.core.commands import command
from samsyn.core.errors import Invalid, Refused
from samsyn.evidence import long_table, quarantine
from samsyn.evidence.models import Population, Upload
from samsyn.evidence.services.files import discard_file
from samsyn.parties.models import Partnership


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
