"""What may be published of a party's own numbers: the policy, its patterns, the gate before the public."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from samsyn.core import canonical, clock, door, journal
from samsyn.core.actors import Actor
from samsyn.core.canonical import Digest, Plain
from samsyn.core.commands import command
from samsyn.core.errors import Invalid, NotAllowed, Refused
from samsyn.evidence import queries
from samsyn.evidence.models import Dataset, DisclosurePattern, DisclosurePolicy
from samsyn.evidence.queries import Verdict
from samsyn.parties.models import Partnership


@command("evidence.change_policy")
def change_policy(
    partnership: Partnership, *, threshold: int, reason: str, seen: int | None = None, by: Actor
) -> DisclosurePolicy:
    """Decide how small a number is published to nobody.

    Another threshold: own datasets are looked through anew, also when it is one that held before, since what
    was shown meanwhile is known. Another reason alone leaves every pattern and shared draft as it is. Refused
    below 3, where one person can be told from another, and above 50; without a reason; and when somebody
    decided meanwhile.
    """
    least, most = DisclosurePolicy.LEAST, DisclosurePolicy.MOST
    if not least <= threshold <= most:
        limits = {"least": least, "most": most}
        raise Invalid(_("Choose a threshold between %(least)d and %(most)d.") % limits, field="threshold")
    if not reason.strip():
        raise Invalid(_("Write why. It is read by those who take over."), field="reason")
    door.refuse_persons(reason, field="reason")
    if by.party_id is None:
        raise NotAllowed
    policy = queries.policy_of(partnership)
    policy.expect(seen, stored=str(policy.threshold))
    policy.threshold_version += threshold != policy.threshold
    policy.threshold, policy.reason = threshold, reason
    policy.decided_on, policy.decided_by_id = clock.today(), by.own_party
    policy.save()
    journal.note(policy=policy.pk, day=policy.decided_on, threshold=threshold)
    return policy


@command("evidence.state_origin")
def state_origin(dataset: Dataset, *, origin: Dataset.Origin, by: Actor) -> None:
    """Put right whether the numbers are published already. Each time stands in the party's journal."""
    dataset.origin = origin
    dataset.save()
    journal.note(dataset=dataset.pk, origin=origin)


@command("evidence.record_pattern")
def record_pattern(
    dataset: Dataset,
    *,
    partnership_key: UUID,
    policy_version: int,
    threshold: int,
    content: Mapping[str, Plain],
    by: Actor,
) -> DisclosurePattern:
    """Keep what is hidden of a dataset, for good. A worker that comes second finds that of the first."""
    found = DisclosurePattern.objects.filter(
        dataset=dataset, partnership_key=partnership_key, policy_version=policy_version
    ).first()
    if found:
        return found
    text = canonical.text(content)
    pattern = DisclosurePattern(
        party_id=dataset.party_id,
        dataset=dataset,
        partnership_key=partnership_key,
        policy_version=policy_version,
        threshold=threshold,
        content=text,
        hash=canonical.sha256(text),
    )
    pattern.save()
    journal.note(pattern=pattern.pk, content=Digest(pattern.hash), threshold=threshold)
    return pattern


def disclosure_proof(partnership: Partnership, figures: Sequence[Mapping[str, Any]]) -> dict[str, Plain]:
    """What a release to the public carries as proof of its disclosure check. One query.

    Refused, with the figure's name and what to do, when a figure stands on a number that is hidden, or was
    not looked through under the policy that holds today.
    """
    policy = queries.policy_of(partnership)
    for figure in figures:
        checked = figure.get("disclosure", {"verdict": Verdict.UNCHECKED, "own": True})
        told = {"figure": _named(figure), "threshold": policy.threshold}
        if checked["verdict"] == Verdict.HIDDEN:
            raise Refused(
                _(
                    "“%(figure)s” cannot be published: it shows a number below %(threshold)d, or one that "
                    "would give such a number away. Choose a wider area or a longer period for the figure, "
                    "or take the citation away."
                )
                % told
            )
        is_current = checked.get("policy") == policy.threshold_version or not checked["own"]
        if checked["verdict"] != Verdict.OPEN or not is_current:
            raise Refused(
                _(
                    "“%(figure)s” is not looked through for numbers below %(threshold)d. Its party shares "
                    "its draft once more and the finding is taken in anew, or the citation is taken away."
                )
                % told
            )
    return {
        "threshold": policy.threshold,
        "policy": policy.version,
        "verdict": Verdict.OPEN,
        "figures": [_proved(figure) for figure in figures],
    }


def _named(figure: Mapping[str, Any]) -> str:
    said = figure["sentence"]
    return str(said.get(get_language() or "sv") or said["sv"])


def _proved(figure: Mapping[str, Any]) -> dict[str, Plain]:
    checked = figure["disclosure"]
    return {"figure": figure["sentence"]["sv"], "own": checked["own"], "patterns": checked["patterns"]}
