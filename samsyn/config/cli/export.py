"""All that a partnership has released, as files with a manifest: what can be handed to an archive."""

import hashlib
import json
from pathlib import Path

from samsyn.config.cli import Failure, parser
from samsyn.core.actors import SYSTEM
from samsyn.core.canonical import Digest
from samsyn.parties.models import Partnership
from samsyn.releases.models import Release
from samsyn.releases.services import record_export


def main(arguments: list[str]) -> int:
    options = parser("export")
    options.add_argument("partnership", help="the address of the partnership, as in /umea/")
    options.add_argument("folder", type=Path, help="a folder that does not exist yet")
    asked = options.parse_args(arguments)
    partnership = Partnership.objects.visible_to(SYSTEM).filter(slug=asked.partnership).first()
    if partnership is None:
        raise Failure(f"there is no partnership at “{asked.partnership}”.")
    if asked.folder.exists():
        raise Failure(f"{asked.folder} is there already. Name a new folder.")
    asked.folder.mkdir(parents=True)
    files = {}
    for release in Release.objects.visible_to(SYSTEM).filter(partnership=partnership).order_by("released_at"):
        name = f"{release.released_at:%Y-%m-%d}-{release.kind}-{release.pk}.json"
        content = release.content.encode()
        (asked.folder / name).write_bytes(content)
        files[name] = {
            "sha256": hashlib.sha256(content).hexdigest(),
            "audience": release.audience,
            "withdrawn": release.withdrawn_at.isoformat() if release.withdrawn_at else None,
        }
    manifest = {"partnership": partnership.name, "files": files}
    content = json.dumps(manifest, indent=1, ensure_ascii=False).encode()
    (asked.folder / "manifest.json").write_bytes(content)
    hashed = Digest(hashlib.sha256(content).hexdigest())
    record_export(partnership, releases=len(files), manifest=hashed, by=SYSTEM)
    print(f"{len(files)} releases written to {asked.folder}.")
    return 0
