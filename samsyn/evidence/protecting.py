"""Every own dataset is looked through once for each threshold: what is hidden. For workers; holds no lock."""

import secrets
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from uuid import UUID

from samsyn.core.actors import Actor
from samsyn.evidence import hiding, making, queries, services
from samsyn.evidence.asking import Asked
from samsyn.evidence.computing import CannotCompute
from samsyn.evidence.models import Dataset, DisclosurePattern, DisclosurePolicy
from samsyn.parties.models import Partnership

if TYPE_CHECKING:
    from samsyn.evidence.additive import Cell


@dataclass
class Others:
    """What the party's other tables hide and have shown. Two that name a number alike count the same."""

    hidden: "dict[UUID, set[Cell]]" = field(default_factory=dict)  # by dataset
    asked: list[Asked] = field(default_factory=list)


def protect_all(partnership: Partnership, *, by: Actor) -> None:
    """Make the patterns that are missing. A dataset with damaged bytes gets none: it stays unpublished."""
    policy = queries.policy_of(partnership)
    waiting = list(queries.own_without_pattern(by, policy))
    if not waiting:
        return
    others = _others(by, policy)
    for dataset in waiting:
        try:
            table = making.tables([dataset])[0]
        except CannotCompute:
            continue
        found = hidden_in(dataset, table, policy, others)
        others.hidden[dataset.pk] = {*found.small, *found.besides}
        services.record_pattern(
            dataset,
            partnership_key=partnership.pk,
            policy_version=policy.threshold_version,
            threshold=policy.threshold,
            content={**found.plain, "salt": secrets.token_hex(16)},
            by=by,
        )


def _others(actor: Actor, policy: DisclosurePolicy) -> Others:
    patterns = list(queries.patterns_of_own(actor))
    now = [one for one in patterns if one.partnership_key == policy.partnership_id]
    newest = {one.dataset_id: one for one in now if one.policy_version == policy.threshold_version}
    return Others(
        {key: hiding.cells_in(one.unpacked("content")) for key, one in newest.items()},
        queries.public_questions([one.hash for one in patterns]),
    )


def hidden_in(dataset: Dataset, table: bytes, policy: DisclosurePolicy, others: Others) -> hiding.Hidden:
    """What is out already is out, and what other patterns over the same people hide stays hidden."""
    earlier = queries.earlier_patterns(dataset)
    public = queries.public_questions([one.hash for one in earlier])
    kept = set().union(
        *(hiding.cells_in(one.unpacked("content")) for one in _in_force(earlier, dataset, policy)),
        *(cells for key, cells in others.hidden.items() if key != dataset.pk),
    )
    cells = hiding.cells_of(table)

    def is_public(cell: "Cell") -> bool:
        if _stand_on(public, cell):
            return True
        # a small number that only another table has shown may be another's: it is hidden here all the same
        return (cells[cell] or 0) >= policy.threshold and _stand_on(others.asked, cell)

    return hiding.hide(cells, threshold=policy.threshold, is_public=is_public, kept=kept)


def _stand_on(questions: Collection[Asked], cell: "Cell") -> bool:
    return any(hiding.stands_on(asked, cell) for asked in questions)


def _in_force(
    earlier: list[DisclosurePattern], dataset: Dataset, policy: DisclosurePolicy
) -> list[DisclosurePattern]:
    """The newest of each dataset and partnership; not those that this policy replaces for this dataset."""
    newest = {(one.dataset_id, one.partnership_key): one for one in earlier}
    newest.pop((dataset.pk, policy.partnership_id), None)
    return list(newest.values())
