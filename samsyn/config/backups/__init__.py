"""A copy of everything but the keys, made while serving, and brought back into an empty place.

The copy is checked before it gets its name, so a folder with that name is a whole backup. What is brought
back is checked before anything is written, and a place where it fails in the middle is as empty as before.
"""

from samsyn.config.backups.making import backup
from samsyn.config.backups.manifest import BackupFailed
from samsyn.config.backups.restoring import restore

__all__ = ["BackupFailed", "backup", "restore"]
