"""Agreement files, read without a database."""

from samsyn.agreements.state_cli import main

__all__ = ["main"]
