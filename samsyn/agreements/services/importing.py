"""Bringing in an agreement file."""

from typing import Any

from django.utils.translation import gettext as _

from samsyn.agreements.models import (
    Agreement,
    Clause,
    HistoryEvent,
    OtherActor,
    Priority,
    PriorityGoal,
    PriorityItem,
    VisionGoal,
)
from samsyn.agreements.reading import AgreementFile
from samsyn.agreements.services.signing import save_signature, terms_as_facts
from samsyn.core import journal
from samsyn.core.actors import Actor
from samsyn.core.commands import command
from samsyn.core.errors import Invalid
from samsyn.parties.models import Organisation, Partnership
from samsyn.parties.queries import parties_of


@command("agreements.import_agreement")
def import_agreement(
    partnership: Partnership, *, file: AgreementFile, by: Actor, predecessor: Agreement | None = None
) -> Agreement:
    """Bring in an agreement file, its signatures too. Refused when a party in it is not a party here."""
    parties = _parties_of_file(partnership, file)
    data = file.data
    given, council = data["agreement"], data.get("council") or {}
    agreement = Agreement(
        partnership=partnership,
        title=given["title"],
        short_title=given.get("short_title") or given["title"][:150],
        language=given.get("language") or "sv",
        purpose=given.get("purpose") or "",
        valid_from=file.valid_from,
        valid_to=file.valid_to,
        prolongation=file.prolongation.value,
        months=file.months,
        notice_months=file.notice_months,
        baseline_claim=data.get("baseline_claim") or "",
        council_name=council.get("name") or "",
        predecessor=predecessor,
    )
    agreement.save()
    _save_text(agreement, data)
    _save_aims(agreement, data)
    for one in file.signatories:
        save_signature(agreement, parties[one.party], one)
    signed: dict[str, Any] = {f"signed_by_{parties[one.party].kind}": one.day for one in file.signatories}
    journal.note(
        day=file.valid_from,
        agreement=agreement.pk,
        clauses=len(data["clauses"]),
        goals=len(data["vision"]["goals"]),
        priorities=len(data["priorities"]),
        signatures=len(file.signatories),
        areas=len(data["priorities"]),
        **signed,
        **terms_as_facts(agreement),
    )
    return agreement


def _parties_of_file(partnership: Partnership, file: AgreementFile) -> dict[str, Organisation]:
    by_kind = {party.kind: party for party in parties_of(partnership)}
    found = {}
    for given in file.data["parties"]:
        if given["id"] not in file.parties:
            continue
        party = by_kind.get(given["kind"])
        if party is None or party.name.casefold() != given["name"].casefold():
            raise Invalid(
                _("“%(name)s” signs this agreement, but is no party of this partnership.")
                % {"name": given["name"]},
                field="file",
            )
        found[given["id"]] = party
    return found


def _save_text(agreement: Agreement, data: dict) -> None:  # type: ignore[type-arg]  # checked against the schema
    here = {"partnership_id": agreement.partnership_id, "agreement": agreement}
    for position, clause in enumerate(data["clauses"]):
        Clause(
            **here,
            address=clause["address"],
            kind=clause["kind"],
            heading=clause.get("heading") or "",
            text=clause["text"],
            item=clause.get("item") or "",
            position=position,
        ).save()
    for actor in data.get("other_actors") or []:
        OtherActor(**here, name=actor["name"], role=actor.get("role") or "").save()
    for event in data.get("history") or []:
        HistoryEvent(**here, year=event["year"], event=event["event"]).save()


def _save_aims(agreement: Agreement, data: dict) -> None:  # type: ignore[type-arg]
    here = {"partnership_id": agreement.partnership_id}
    goals = {}
    for given in data["vision"]["goals"]:
        goal = VisionGoal(
            **here,
            agreement=agreement,
            key=given["id"],
            text=given["text"],
            direction=given.get("direction") or "",
            domain=given.get("domain") or "",
        )
        goal.save()
        goals[given["id"]] = goal
    for given in data["priorities"]:
        priority = Priority(
            **here,
            agreement=agreement,
            key=given["id"],
            title=given["title"],
            problem=given.get("problem") or "",
            trend_claim=given.get("trend_claim") or "",
        )
        priority.save()
        for kind, name in ((PriorityItem.Kind.RISK, "risks"), (PriorityItem.Kind.SUB_AIM, "sub_aims")):
            for item in given.get(name) or []:
                PriorityItem(**here, priority=priority, kind=kind, key=item["id"], text=item["text"]).save()
        for key in given.get("contributes_to") or []:
            PriorityGoal(**here, priority=priority, goal=goals[key]).save()
