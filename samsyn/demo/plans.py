"""The two plans: what they hold, whom they were referred to, and who decided which part."""

from typing import Any

from samsyn.demo.diary import Diary, told
from samsyn.demo.town import Town
from samsyn.pictures.models import Picture
from samsyn.plans import services as plans
from samsyn.plans.models import Measure, Plan
from samsyn.plans.services.plan import Frame

Told = dict[str, Any]


def decide(diary: Diary, town: Town) -> None:
    """After the measures of the same day have been proposed."""
    decided_on = {one["name"]: one["day"] for one in told("council")["decisions"]}
    of_plan = {one["title"]: one["plan"] for one in told("measures")["measures"]}
    for given in told("plans")["plans"]:
        named = [title for title, name in of_plan.items() if name == given["name"]]
        diary.on(given["opened"], lambda given=given, named=named: _open(town, given, named))  # type: ignore[misc]
        for one in given["referrals"]:
            _refer(diary, town, given, one)
        diary.on(decided_on[given["endorsed"]], lambda given=given: _endorse(town, given))  # type: ignore[misc]
        diary.on(decided_on[given["adopted"]], lambda given=given: _decide(town, given))  # type: ignore[misc]
        if "police" in given:
            diary.on(decided_on[given["police"]], lambda given=given: _decide_police(town, given))  # type: ignore[misc]


def _open(town: Town, given: Told, named: list[str]) -> None:
    by = town.actor("samordnare")
    earlier = town.plans.get(given.get("follows", ""))
    plan = plans.open_plan(
        town.partnership,
        frame=Frame(given["title"], given["starts"], given["ends"]),
        picture=Picture.objects.visible_to(by).get(pk=town.pictures[given["name"]].pk),
        carry_over=earlier and Plan.objects.visible_to(by).get(pk=earlier.pk),
        by=by,
    )
    town.plans[given["name"]] = plan
    keys = [town.measures[title].pk for title in named]
    plans.put_in_plan(plan, measures=list(Measure.objects.visible_to(by).filter(pk__in=keys)), by=by)
    _take_out(town, given, given.get("left_out", []))


def _take_out(town: Town, given: Told, titles: list[str]) -> None:
    by = town.actor("samordnare")
    for link in _now(town, given).measures.filter(measure__title__in=titles):
        plans.take_out_of_plan(link, by=by)


def _refer(diary: Diary, town: Town, given: Told, one: Told) -> None:
    made = {}

    def send() -> None:
        made["it"] = plans.refer_plan(
            _now(town, given),
            receiver=one["to"],
            sent_on=one["sent"],
            answer_by=one["by"],
            by=town.actor("samordnare"),
        )

    def answer() -> None:
        plans.answer_referral(
            made["it"],
            answer=one["answer"],
            answered_on=one["answered"],
            outcome=one["outcome"],
            seen=made["it"].version,
            by=town.actor("samordnare"),
        )

    diary.on(one["sent"], send)
    if "answer" in one:
        diary.on(one["answered"], answer)


def _endorse(town: Town, given: Told) -> None:
    by = town.actor("rådets ordförande")
    plans.endorse_plan(_now(town, given), decision=town.decisions[given["endorsed"]], by=by)


def _decide(town: Town, given: Told) -> None:
    _take_out(town, given, given.get("refused", []))
    by = town.actor("nämndsekreterare")
    plans.decide_plan(_now(town, given), decision=town.decisions[given["adopted"]], by=by)


def _decide_police(town: Town, given: Told) -> None:
    by = town.actor("chef för lokalpolisområdet")
    plans.decide_police_part(_now(town, given), decision=town.decisions[given["police"]], by=by)


def _now(town: Town, given: Told) -> Plan:
    return Plan.objects.visible_to(town.actor("samordnare")).get(pk=town.plans[given["name"]].pk)
