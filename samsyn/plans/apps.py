from importlib import import_module
from importlib.util import find_spec

from django.apps import AppConfig


class PlansConfig(AppConfig):
    name = "samsyn.plans"

    def ready(self) -> None:
        """Put the room's rules, commands, nodes and tasks in force."""
        for part in ("rules", "services", "thread", "tasks", "documents"):
            if find_spec(f"{self.name}.{part}"):
                import_module(f"{self.name}.{part}")
