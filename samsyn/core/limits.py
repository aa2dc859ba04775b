"""How often one person may ask for the same thing. All limits stand here; a view names its own.

Counted in the database, so that all processes count together, and in fixed windows: within two neighbouring
windows up to twice the number gets through. Whoever is signed in is counted as that account, everybody else
by network address. The address is never kept: what is stored is a keyed hash of limit, window and address, so
it tells nothing of who it was, not even that somebody came back in the next window.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import wraps
from ipaddress import IPv6Address, ip_address, ip_network
from typing import Any

from django.conf import settings
from django.core.cache import caches
from django.core.cache.backends.db import DatabaseCache
from django.db import connection
from django.http import HttpRequest, HttpResponseBase
from django.utils.crypto import salted_hmac

from samsyn.core import clock
from samsyn.core.errors import TooMany
from samsyn.core.gate import fair_gate

MINUTE, HOUR = 60, 60 * 60
IPV6_PREFIX = 64  # what one household or office has; below it an address is chosen freely
SALT = "samsyn.core.limits"


@dataclass(frozen=True)
class Limit:
    name: str
    tries: int
    seconds: int
    methods: frozenset[str] = frozenset({"POST"})
    takes_files: bool = False


def _reading(name: str, tries: int, seconds: int) -> Limit:
    return Limit(name, tries, seconds, frozenset({"GET", "HEAD"}))


# A school class or a library answers from one address, so what citizens may do is counted generously.
ANSWER = Limit("answer", 60, HOUR)
RECEIPT = Limit("receipt", 20, 10 * MINUTE)  # also stops guessing at codes
PUBLIC_DOCUMENT = _reading("public_document", 120, 10 * MINUTE)
PUBLIC_FILE = _reading("public_file", 60, 10 * MINUTE)  # some are made for the asker, in half a second
OPEN_LINK = Limit("open_link", 30, 10 * MINUTE)  # an invitation, the start of an installation
INVITE = Limit("invite", 30, HOUR)
UPLOAD = Limit("upload", 60, HOUR, takes_files=True)
KEY = Limit("key", 20, HOUR)
COMPUTE = Limit("compute", 120, HOUR)  # what a worker or somebody else's service has to do
DOWNLOAD = _reading("download", 120, 10 * MINUTE)
SEARCH = _reading("search", 120, MINUTE)


COUNT = (  # one statement, so that two processes at the same moment count two
    "INSERT INTO core_tally (key, tries, ends_at) VALUES (%s, 1, %s)"
    " ON CONFLICT (key) DO UPDATE SET tries = core_tally.tries + 1 RETURNING tries"
)
View = Callable[..., HttpResponseBase]


def limited(limit: Limit) -> Callable[[View], View]:
    """Count each request to a view; above the limit the answer is 429 with the time to wait."""

    def wrap(view: View) -> View:
        @wraps(view)
        def counted(request: HttpRequest, *args: Any, **path: Any) -> HttpResponseBase:
            if request.method in limit.methods:
                count(limit, who(request))
            return view(request, *args, **path)

        counted.limit = limit  # type: ignore[attr-defined]
        return counted

    return wrap


def count(limit: Limit, asker: str) -> None:
    """One more. Raises TooMany when that is more than the limit."""
    now = int(clock.now().timestamp())
    window = now // limit.seconds
    wait_s = (window + 1) * limit.seconds - now
    key = salted_hmac(SALT, f"{limit.name} {window} {asker}", algorithm="sha256").hexdigest()
    ends_at = connection.ops.adapt_datetimefield_value(clock.now() + timedelta(seconds=wait_s))
    with fair_gate(), connection.cursor() as cursor:
        cursor.execute(COUNT, [key, ends_at])
        (tries,) = cursor.fetchone()
    if tries > limit.tries:
        raise TooMany(wait_s=wait_s)


def who(request: HttpRequest) -> str:
    user: Any = getattr(request, "user", None)
    return f"user {user.pk}" if user and user.is_authenticated else f"net {_network(request)}"


def _network(request: HttpRequest) -> str:
    """The address itself; of IPv6 the part that its owner cannot choose."""
    try:
        address = ip_address(client_ip(request))
    except ValueError:
        return "unreadable"  # counted together
    if isinstance(address, IPv6Address):
        mapped = address.ipv4_mapped
        return str(mapped or ip_network((address, IPV6_PREFIX), strict=False))
    return str(address)


def client_ip(request: HttpRequest) -> str:
    """The address that tries are counted for: what our own outermost proxy saw, not what a client claims."""
    claimed = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",")]
    trusted = settings.TRUSTED_PROXIES
    if 0 < trusted <= len(claimed) and claimed[-trusted]:
        return claimed[-trusted]
    return str(request.META.get("REMOTE_ADDR") or "127.0.0.1")


def cache_key(key: str, prefix: str, version: int) -> str:
    """Keys of the shared cache, which sign-in counts in, hold addresses: only their keyed hash is stored."""
    return salted_hmac(SALT, f"{prefix}:{version}:{key}", algorithm="sha256").hexdigest()


def forget() -> None:
    """Remove what counts no longer: tallies of past windows, and what is too old in the shared cache."""
    before = connection.ops.adapt_datetimefield_value(clock.now())
    with fair_gate(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM core_tally WHERE ends_at < %s", [before])
        if isinstance(caches["default"], DatabaseCache):
            cursor.execute("DELETE FROM core_cache WHERE expires < %s", [before])
