"""Whether the platform is well, for whoever watches it."""

from django.db import connection
from django.http import HttpRequest, JsonResponse

from samsyn.core import guard
from samsyn.core.web import public


@public
def health(request: HttpRequest) -> JsonResponse:
    """200 when the database answers and the journal is guarded, else 503."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    guarded = not guard.missing()
    return JsonResponse(
        {"status": "ok" if guarded else "unguarded", "database": connection.vendor},
        status=200 if guarded else 503,
    )
