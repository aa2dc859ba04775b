"""Everything of one partnership, written to a folder, and taken in where nothing is yet: the way out.

What follows and what stays is said in `belonging`, table by table. The folder is checked before it gets its
name, and again, byte by byte, before anything is taken in.
"""

from samsyn.config.moving.arriving import arrive
from samsyn.config.moving.folder import Manifest, MovingFailed
from samsyn.config.moving.leaving import leave

__all__ = ["Manifest", "MovingFailed", "arrive", "leave"]
