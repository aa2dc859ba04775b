"""Evidence as files to take along."""

import csv
import io
from collections.abc import Iterable, Sequence

from django.http import HttpResponse


def attachment(name: str, content: bytes | str, kind: str) -> HttpResponse:
    return HttpResponse(
        content, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )


def csv_file(name: str, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> HttpResponse:
    """Semicolons and a mark for UTF-8, as Excel in Sweden opens it without being asked."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";")
    writer.writerow(columns)
    for row in rows:
        writer.writerow([_harmless(cell) for cell in row])
    return attachment(name, "\ufeff" + text.getvalue(), "text/csv; charset=utf-8")


def _harmless(cell: str) -> str:
    """A text that a spreadsheet would run as a formula is shown as text."""
    is_number = cell.lstrip("+-").replace(",", ".").replace(".", "", 1).isdigit()
    return f"'{cell}" if cell[:1] in ("=", "+", "-", "@", "\t") and not is_number else cell
