"""How many rows of one table stand behind a row of another, in the same query."""

from typing import Any

from django.db.models import Count, QuerySet, Subquery
from django.db.models.functions import Coalesce


def number_of(rows: QuerySet[Any], by: str) -> Any:
    """For `annotate`: the rows are filtered by an OuterRef, and `by` is the column that it meets."""
    return Coalesce(Subquery(rows.order_by().values(by).annotate(n=Count("pk")).values("n")), 0)
