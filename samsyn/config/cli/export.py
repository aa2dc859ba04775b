"""A partnership as files with a manifest: what it has released, for an archive; or all of it, to move."""

import hashlib
import json
import sys
from pathlib import Path

from samsyn.config import moving
from samsyn.config.cli import Failure, parser
from samsyn.core.actors import SYSTEM
from samsyn.core.canonical import Digest
from samsyn.parties.models import Organisation, Partnership
from samsyn.releases.models import Release
from samsyn.releases.services import record_export


def main(arguments: list[str]) -> int:
    options = parser("export")
    options.add_argument("partnership", help="the address of the partnership, as in /umea/")
    options.add_argument("folder", type=Path, help="a folder that does not exist yet")
    options.add_argument(
        "--whole",
        action="store_true",
        help="all of the partnership but its keys, for `samsyn import`",
    )
    options.epilog = (
        "Exit code 1 when nothing was written, or when the store has lost objects that belong in it."
    )
    asked = options.parse_args(arguments)
    partnership = Partnership.objects.visible_to(SYSTEM).filter(slug=asked.partnership).first()
    if partnership is None:
        raise Failure(f"there is no partnership at “{asked.partnership}”.")
    if asked.folder.exists():
        raise Failure(f"{asked.folder} is there already. Name a new folder.")
    if asked.whole:
        return _whole(partnership, asked.folder.resolve())
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


def _whole(partnership: Partnership, folder: Path) -> int:
    try:
        manifest, sealed = moving.leave(partnership, folder)
    except moving.MovingFailed as error:
        raise Failure(str(error)) from error
    releases, _ = manifest.rows[Release._meta.label]
    record_export(partnership, releases=releases, manifest=sealed, by=SYSTEM, whole=True)
    for key in manifest.lost:
        print(f"Lost from the store, so not in the folder: object {key}", file=sys.stderr)
    if manifest.unopened:
        print("The key of a party is not here, so drawings of its figures may be missing.", file=sys.stderr)
    rows = sum(count for count, _ in manifest.rows.values())
    print(f"{partnership.name}: {rows} rows and {len(manifest.objects)} objects are in {folder}.")
    print(f"Its manifest has the hash {sealed}. Keys, passwords and other ways to sign in are not there.")
    for name in _names(manifest.begin_anew):
        print(f"{name} works elsewhere too: its drafts, evidence and own journal stay here.")
    return 1 if manifest.lost or manifest.unopened else 0


def _names(keys: list[str]) -> list[str]:
    found = Organisation.objects.visible_to(SYSTEM).filter(pk__in=keys).order_by("name")
    return [one.name for one in found]
