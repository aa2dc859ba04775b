"""Evidence as files to take along."""

import csv
import io
import itertools
import re
from collections.abc import Iterable, Sequence

from django.http import HttpResponse

FORMULA = tuple("=+-@＝＋－＠")  # full-width too: some spreadsheets read them alike
NUMBER = re.compile(r"[+-]?\d+([.,]\d+)?%?")


def attachment(name: str, content: bytes | str, kind: str) -> HttpResponse:
    return HttpResponse(
        content, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )


def csv_file(name: str, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> HttpResponse:
    """Semicolons and a mark for UTF-8, as Excel in Sweden opens it without being asked."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";")
    for row in itertools.chain([columns], rows):
        writer.writerow([_harmless(cell) for cell in row])
    return attachment(name, "\ufeff" + text.getvalue(), "text/csv; charset=utf-8")


def _harmless(cell: str) -> str:
    """A text that a spreadsheet would run as a formula is shown as text."""
    begins = cell.lstrip()[:1] in FORMULA or cell[:1] in ("\t", "\r", "\n")
    return f"'{cell}" if begins and not NUMBER.fullmatch(cell) else cell
