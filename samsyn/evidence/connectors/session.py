"""A polite visit to a public service: few calls, patience when it asks for it, and whole answers only."""

import http.client
import json
import time
import urllib.error
import urllib.request
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from enum import StrEnum
from typing import Any, Final
from urllib.parse import urlsplit

AGENT: Final = "Samsyn (open crime prevention platform for municipalities)"
TRIES: Final = 4
LONGEST_WAIT_S: Final = 60.0  # a service that asks for more is visited the next time instead
MOST_BYTES: Final = 256 * 1024 * 1024
BLOCK: Final = 1024 * 1024


class Fault(StrEnum):
    """Why a fetch gave nothing."""

    OFFLINE = "offline"
    TOO_SLOW = "too_slow"
    BUSY = "busy"
    REFUSED = "refused"  # the service says that the question is wrong
    FAILING = "failing"  # the service has a fault of its own
    HALF = "half"
    CHANGED = "changed"  # the answer is no longer built as we know it
    TOO_LARGE = "too_large"


class FetchFailed(Exception):
    """The fetch as a whole failed; nothing of it may be kept."""

    def __init__(self, fault: Fault, detail: str = "") -> None:
        super().__init__(fault.value, detail)
        self.fault, self.detail = fault, detail


@dataclass(frozen=True)
class Answer:
    """A whole answer."""

    content: bytes

    def json(self) -> Any:
        try:
            return json.loads(self.content)
        except (ValueError, RecursionError):
            raise FetchFailed(Fault.CHANGED, "no JSON") from None


class _SameHost(urllib.request.HTTPRedirectHandler):
    """A redirect to another host is a changed service, not an address to follow."""

    def redirect_request(self, req: Any, fp: Any, code: Any, msg: Any, headers: Any, newurl: str) -> Any:
        if urlsplit(newurl)[:2] != urlsplit(req.full_url)[:2]:
            raise FetchFailed(Fault.CHANGED, f"redirect to {urlsplit(newurl).hostname}")
        return super().redirect_request(req, fp, code, msg, headers, newurl)


@dataclass
class Session:
    """Calls to one service, never more than `calls` in `window_s` seconds, tried again when that helps."""

    base: str  # the address that every call begins with, without a slash at the end
    calls: int = 2
    window_s: float = 1.0
    timeout_s: float = 30.0
    wait: Callable[[float], None] = time.sleep
    now: Callable[[], float] = time.monotonic
    _made: deque[float] = field(default_factory=deque)

    def get(self, path: str) -> Answer:
        return self._ask(path, None, {})

    def post(self, path: str, body: Mapping[str, Any]) -> Answer:
        return self._ask(path, json.dumps(body).encode(), {"Content-Type": "application/json"})

    def within(self, address: str) -> str:
        """The path of an address that the service gave, which must be its own."""
        if not address.startswith(self.base + "/"):
            raise FetchFailed(Fault.CHANGED, "next page at another address")
        return address[len(self.base) :]

    def _ask(self, path: str, body: bytes | None, headers: Mapping[str, str]) -> Answer:
        failed = FetchFailed(Fault.OFFLINE)
        for attempt in range(TRIES):
            pause = float(2**attempt)
            try:
                self._take_turn()
                try:
                    return self._once(path, body, headers)
                finally:  # the service counts from when it heard us, not from when we spoke
                    self._made[-1] = self.now()
            except urllib.error.HTTPError as error:
                with error:
                    failed = _meaning(error)
                    asked = _retry_after(error.headers.get("Retry-After", ""))
                if failed.fault not in (Fault.BUSY, Fault.FAILING):
                    raise failed from None
                if asked is not None and asked > LONGEST_WAIT_S:
                    raise failed from None
                pause = pause if asked is None else asked
            except (http.client.IncompleteRead, http.client.RemoteDisconnected, ConnectionResetError):
                failed = FetchFailed(Fault.HALF)
            except TimeoutError:
                failed = FetchFailed(Fault.TOO_SLOW)
            except urllib.error.URLError as error:
                slow = isinstance(error.reason, TimeoutError)
                failed = FetchFailed(Fault.TOO_SLOW if slow else Fault.OFFLINE)
            except http.client.HTTPException as error:
                failed = FetchFailed(Fault.CHANGED, type(error).__name__)
            except OSError:
                failed = FetchFailed(Fault.OFFLINE)
            if attempt + 1 < TRIES:
                self.wait(pause)
        raise failed

    def _take_turn(self) -> None:
        while self._made and self.now() - self._made[0] >= self.window_s:
            self._made.popleft()
        if len(self._made) >= self.calls:
            self.wait(max(0.0, self._made[0] + self.window_s - self.now()) + 0.01)
            self._made.popleft()
        self._made.append(self.now())

    def _once(self, path: str, body: bytes | None, headers: Mapping[str, str]) -> Answer:
        address = self.base + path
        if urlsplit(address).scheme not in ("http", "https"):
            raise FetchFailed(Fault.CHANGED, "no web address")
        known = {"User-Agent": AGENT, "Accept": "application/json", **headers}
        request = urllib.request.Request(address, data=body, headers=known)  # noqa: S310 - checked above
        opener = urllib.request.build_opener(_SameHost)
        with opener.open(request, timeout=self.timeout_s) as answer:
            content, size = bytearray(), answer.headers.get("Content-Length")
            while block := answer.read(BLOCK):
                content += block
                if len(content) > MOST_BYTES:
                    raise FetchFailed(Fault.TOO_LARGE)
            if size is not None and len(content) != int(size):
                raise http.client.IncompleteRead(bytes(content))
            return Answer(bytes(content))


def _meaning(error: urllib.error.HTTPError) -> FetchFailed:
    if error.code == http.client.TOO_MANY_REQUESTS:
        return FetchFailed(Fault.BUSY)
    if error.code == http.client.FORBIDDEN or error.code == http.client.REQUEST_ENTITY_TOO_LARGE:
        return FetchFailed(Fault.TOO_LARGE, str(error.code))  # PxWeb says 403 to too many cells
    if error.code >= http.client.INTERNAL_SERVER_ERROR:
        return FetchFailed(Fault.FAILING, str(error.code))
    return FetchFailed(Fault.REFUSED, str(error.code))


def _retry_after(text: str) -> float | None:
    """Seconds to wait, from seconds or a date; None when the service does not say."""
    if text.strip().isdigit():
        return float(text)
    try:
        moment = parsedate_to_datetime(text)
    except ValueError:
        return None
    return max(0.0, moment.timestamp() - time.time())
