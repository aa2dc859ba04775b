"""The one command `samsyn`. Each subcommand is a module here; only the one that runs is imported."""

import argparse
import os
import sys
from collections.abc import Callable
from importlib import import_module

# name: (module, what --help says)
COMMANDS = {
    "serve": ("serve", "start the web server and a worker, in the foreground"),
    "worker": ("worker", "run a worker: imports, figures, documents, mail, the schedule"),
    "demo": ("demo", "load the exercise municipality and the Umeå partnership"),
    "new": ("new", "begin a partnership for a municipality, by code or name"),
    "verify": ("verify", "check journal, objects, figures and releases; name what is wrong"),
    "backup": ("backup", "copy everything but the keys to an empty folder, while serving"),
    "restore": ("restore", "bring a backup back into an empty place"),
    "erase": ("erase", "erase an answer or an account, by decision; the journals still hold"),
    "export": ("export", "write what a partnership has released, or all of it, with a manifest"),
    "import": ("take_in", "take in a partnership that was exported whole, in an empty place"),
    "duties": ("duties", "how the duties of law and agreement stand on a day, and by which rule"),
    "agreement": ("agreement", "read an agreement file: its state on a day, its faults, a comparison"),
    "read": ("read", "show how a table file is understood, without storing it"),
}
NEEDS_DJANGO = frozenset(COMMANDS) - {"agreement", "read"}
Main = Callable[[list[str]], int]


class Failure(Exception):
    """Ends a command with a sentence and exit code 1."""


def main(arguments: list[str] | None = None) -> int:
    """Run a subcommand. Exit codes: 0 done, 1 it could not be done, 2 asked for wrongly."""
    given = sys.argv[1:] if arguments is None else arguments
    if not given or given[0] in ("-h", "--help"):
        print(_help())
        return 0 if given else 2
    name, rest = given[0], given[1:]
    if name not in COMMANDS:
        print(f"samsyn: there is no command “{name}”.\n\n{_help()}", file=sys.stderr)
        return 2
    try:
        if name in NEEDS_DJANGO:
            _set_up()
        run: Main = import_module(f"samsyn.config.cli.{COMMANDS[name][0]}").main
        return run(rest)
    except Failure as failure:
        print(f"samsyn {name}: {failure}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print(file=sys.stderr)
        return 130


def parser(name: str) -> argparse.ArgumentParser:
    """An argument parser whose help says what the overview says."""
    said = COMMANDS[name][1]
    return argparse.ArgumentParser(prog=f"samsyn {name}", description=said[0].upper() + said[1:] + ".")


def _help() -> str:
    rows = "\n".join(f"  {name:<10} {said}" for name, (_, said) in COMMANDS.items())
    return f"usage: samsyn COMMAND [...]\n\n{rows}\n\nsamsyn COMMAND --help tells more."


def _set_up() -> None:
    """Words first: Django reads each language once, and a first run would else draw in English."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samsyn.config.settings")
    from django import setup

    from samsyn.config.processes import collect_seldom
    from samsyn.core import translations

    translations.compile_all()
    setup()
    collect_seldom()
