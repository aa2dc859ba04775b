"""The only way to change anything: one function per use case, run under the lock of its chain.

Order matters, and each step is there for a reason that was measured or attacked:
1. the turn (SQLite) and the transaction; 2. the journal heads of all arguments, before any read; 3. whether
the form was sent before; 4. actor and arguments read again, only what the actor may see; 5. the rule; 6. the
function; 7. its journal entry.
"""

import functools
import inspect
from collections.abc import Callable
from typing import Any, ParamSpec, TypeVar, cast
from uuid import UUID

from django.db import transaction
from django.db.models import Model

from samsyn.core import act, clock, journal, permissions, submissions
from samsyn.core.act import Act, Frame
from samsyn.core.actors import Actor
from samsyn.core.errors import Missing, NotAllowed
from samsyn.core.gate import fair_gate
from samsyn.core.rows import Row

P = ParamSpec("P")
R = TypeVar("R")
names: set[str] = set()


def command(name: str) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Make a function a command. Its arguments are the rows acted on, plain values, and `by`: who acts.

    The entry goes to the chain of the first argument; without a row there, to the system's. Rows that the
    caller holds are copies: read them again after the command.
    """
    names.add(name)

    def wrap(function: Callable[P, R]) -> Callable[P, R]:
        signature = inspect.signature(function)

        @functools.wraps(function)
        def perform(*args: P.args, **kwargs: P.kwargs) -> R:
            call = signature.bind(*args, **kwargs)
            by: Actor = call.arguments["by"]
            if outer := act.current():
                if by != outer.actor:
                    raise TypeError("A nested command acts for the same actor as the outer one.")
                return _run(outer, name, function, call)
            sent = submissions.take(by)
            with fair_gate(), transaction.atomic(durable=True):
                heads = journal.lock(_chains(call))
                # Left before the commit, so that work after it is an act of its own.
                with act.entered(Act(by.renewed(), heads)) as running:
                    if sent and (earlier := submissions.repeated(sent)):
                        return cast(R, submissions.made(earlier, running.actor))
                    result = _run(running, name, function, call)
                    if running.failure:  # a caught error of a nested command: still nothing is kept
                        raise running.failure
                    if sent:
                        submissions.record(sent, result)
                    return result

        return perform

    return wrap


def _run(running: Act, name: str, function: Callable[..., R], call: inspect.BoundArguments) -> R:
    try:
        for key, value in call.arguments.items():
            call.arguments[key] = _fresh(running, value)
        call.arguments["by"] = running.actor
        target = _target(call)
        frame = Frame(name, target.chain_id if target else journal.SYSTEM_CHAIN, clock.today())
        if target:
            frame.object_kind, frame.object_id = target._meta.label_lower, target.pk
        if frame.chain not in running.heads:
            raise TypeError(f"{name} would write in a chain that the outer command did not lock.")
        if not permissions.allowed(name, running.actor, target):
            raise NotAllowed
        running.frames.append(frame)
        try:
            result = function(*call.args, **call.kwargs)
        finally:
            running.frames.pop()
        journal.append(running, frame)
        return result
    except Exception as error:
        running.failure = running.failure or error
        raise


def _target(call: inspect.BoundArguments) -> Row | None:
    first = next(iter(call.arguments.values()))
    return first if isinstance(first, Row) else None


def _chains(call: inspect.BoundArguments) -> set[UUID]:
    """The chains to lock, as the caller's stale copies say; `_fresh` checks that they say the truth."""
    values = list(call.arguments.values())
    rows = [row for value in values for row in (value if isinstance(value, list | tuple) else [value])]
    chains = {row.chain_id for row in rows if isinstance(row, Row)}
    return chains if _target(call) else chains | {journal.SYSTEM_CHAIN}


def _fresh(running: Act, value: Any) -> Any:
    """The argument as it stands under the lock, if the actor may see it; one copy of each row in an act."""
    if isinstance(value, list | tuple):
        return [_fresh(running, item) for item in value]
    if not isinstance(value, Model):
        return value
    if held := running.rows.get((type(value), value.pk)):
        return held
    manager: Any = type(value)._default_manager
    row = manager.visible_to(running.actor).filter(pk=value.pk).first()
    if row is None or (isinstance(row, Row) and row.chain_id not in running.heads):
        raise Missing
    running.rows[type(row), row.pk] = row
    return row
