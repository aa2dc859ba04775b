"""The link that begins an empty installation: shown in the terminal, good for one use."""

import hashlib
import hmac
import os
import secrets
from pathlib import Path

from django.conf import settings

from samsyn.parties.models import Partnership


def setup_link() -> str:
    """A new link; the one before stops working. Only its hash stays on the machine."""
    token = secrets.token_urlsafe(32)
    temporary = _place().with_suffix(".new")
    with os.fdopen(os.open(temporary, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600), "w") as file:
        file.write(_hash(token))
    temporary.replace(_place())
    return f"{settings.ORIGIN}/start/{token}/"


def opens(token: str) -> bool:
    """Whether the link can be used now. Not once there is a partnership, whatever lies on the disk."""
    try:
        kept = _place().read_text()
    except FileNotFoundError:
        return False
    return hmac.compare_digest(kept, _hash(token)) and not Partnership.objects.exists()


def close() -> None:
    """The link has done its work."""
    _place().unlink(missing_ok=True)


def _place() -> Path:
    return Path(settings.SAMSYN_HOME) / "setup.hash"


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
