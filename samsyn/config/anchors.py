"""Whether the journals still hold the links that were told outside: by the monthly mail, or by a backup.

Whoever has the whole database can make a chain that holds in itself, but not change what others have kept.
"""

import email
import email.policy
import re
from uuid import UUID

from samsyn.config.verification import Fault, names_of_chains
from samsyn.core.journal import Entry

# As the mail writes it (chain number hash), quoted or not, and as a manifest does ("chain": [number, "hash"])
ANCHOR = re.compile(r"\b([0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12})\W+(\d+)\W+([0-9a-f]{64})\b")


def check_against(content: bytes) -> tuple[int, list[Fault]]:
    """How many links the text holds, and those that the journals do not."""
    told = sorted(
        {(UUID(chain), int(number), link) for chain, number, link in ANCHOR.findall(_text(content))}
    )
    names, faults = names_of_chains(), []
    for chain, number, link in told:
        if number and not Entry.objects.filter(chain=chain, sequence=number, hash=link).exists():
            where = f"journal of {names.get(chain, chain)}"
            faults.append(Fault(where, f"entry {number} is not the one that was told outside"))
    return len(told), faults


def _text(content: bytes) -> str:
    """The words of a saved mail, however it was packed; else the file as it is."""
    message = email.message_from_bytes(content, policy=email.policy.default)
    body = message.get_body(("plain", "html")) if message["Subject"] else None
    return str(body.get_content()) if body else content.decode(errors="replace")
