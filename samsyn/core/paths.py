"""Where a row of a partnership stands, for pages with hundreds of them.

`reverse` walks the whole table of addresses each time it is asked; here it is asked once for each name.
"""

from functools import cache
from uuid import UUID

from django.urls import get_script_prefix, reverse

SLUG, ROW = "the-slug-stands-here", UUID(int=0)  # stand in the kept pattern where a page puts its own


def path(name: str, slug: str, row: UUID | str | None = None) -> str:
    """The address of a page of the partnership, or of one of its rows."""
    before, between, after = _around(name, row is not None, get_script_prefix())
    return f"{before}{slug}{between}{row}{after}" if row else f"{before}{slug}{between}"


@cache
def _around(name: str, has_row: bool, prefix: str) -> tuple[str, str, str]:
    """What stands before the partnership's slug, between it and the row, and after."""
    pattern = reverse(name, args=[SLUG, ROW] if has_row else [SLUG])
    before, _, rest = pattern.removeprefix(prefix).partition(SLUG)
    between, _, after = rest.partition(str(ROW))
    return prefix + before, between, after
