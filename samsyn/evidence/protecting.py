"""Every own dataset is looked through once for each policy: what is hidden. For workers; holds no lock."""

import secrets

from samsyn.core.actors import Actor
from samsyn.evidence import hiding, making, queries, services
from samsyn.evidence.computing import CannotCompute
from samsyn.evidence.models import Dataset, DisclosurePattern, DisclosurePolicy
from samsyn.parties.models import Partnership


def protect_all(partnership: Partnership, *, by: Actor) -> None:
    """Make the patterns that are missing. A dataset with damaged bytes gets none: it stays unpublished."""
    policy = queries.policy_of(partnership)
    for dataset in queries.own_without_pattern(by, policy):
        try:
            table = making.tables([dataset])[0]
        except CannotCompute:
            continue
        found = _hidden(dataset, table, policy)
        services.record_pattern(
            dataset,
            partnership_key=partnership.pk,
            policy_version=policy.threshold_version,
            threshold=policy.threshold,
            content={**found.plain, "salt": secrets.token_hex(16)},
            by=by,
        )


def _hidden(dataset: Dataset, table: bytes, policy: DisclosurePolicy) -> hiding.Hidden:
    """What is out already is out, and what other patterns over the same people hide stays hidden."""
    earlier = queries.earlier_patterns(dataset)
    public = queries.public_questions([one.hash for one in earlier])
    kept = set().union(
        *(hiding.cells_in(one.unpacked("content")) for one in _in_force(earlier, dataset, policy))
    )
    return hiding.hide(
        hiding.cells_of(table),
        threshold=policy.threshold,
        is_public=lambda cell: any(hiding.stands_on(asked, cell) for asked in public),
        kept=kept,
    )


def _in_force(
    earlier: list[DisclosurePattern], dataset: Dataset, policy: DisclosurePolicy
) -> list[DisclosurePattern]:
    """The newest of each dataset and partnership; not those that this policy replaces for this dataset."""
    newest = {(one.dataset_id, one.partnership_key): one for one in earlier}
    newest.pop((dataset.pk, policy.partnership_id), None)
    return list(newest.values())
