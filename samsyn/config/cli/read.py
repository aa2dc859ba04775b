"""How a table file is understood, without storing it."""

from samsyn.evidence.reading_cli import main

__all__ = ["main"]
