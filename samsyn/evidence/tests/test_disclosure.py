"""The partnership's threshold, and what it hides of a party's own numbers."""

import pytest
from django.test import Client
from django.urls import reverse

from samsyn.core import journal
from samsyn.core.actors import SYSTEM, Actor
from samsyn.core.errors import Invalid, Missing, NotAllowed, Outdated
from samsyn.evidence import hiding, making, protecting, queries, services
from samsyn.evidence.asking import Asked
from samsyn.evidence.models import Dataset, DisclosurePattern, DisclosurePolicy, Figure
from samsyn.evidence.queries import Verdict
from samsyn.evidence.tests import build
from samsyn.parties.tests.build import Town, user_of

OWN = Dataset.Origin.OWN
COUNTS = {"Berget": (31, 3), "Hamnen": (44, 25), "Staden": (80, 67)}
WHY = "Skolans tal är små."


def own_table(counts: dict[str, tuple[int, int]] = COUNTS, *, what: str = "Antal klotter") -> str:
    """Places in two years, and their total."""
    counts = counts | {"Totalt": tuple(map(sum, zip(*counts.values(), strict=True)))}  # type: ignore[dict-item]
    lines = [
        f"{place};{year};{n}\n"
        for place, row in counts.items()
        for year, n in zip((2023, 2024), row, strict=True)
    ]
    return "".join([f"Område;År;{what}\n", *lines])


def own(town: Town, counts: dict[str, tuple[int, int]] = COUNTS, **given: object) -> Dataset:
    return build.dataset(town, own_table(counts), name="klotter.csv", origin=OWN, **given)  # type: ignore[arg-type]


def figure(town: Town, data: Dataset, place: str, *, by: Actor | None = None) -> Figure:
    made = build.figure(town, data, question=build.Question.TREND, place=place, by=by)
    assert isinstance(made, Figure)
    return made


def verdict(town: Town, made: Figure) -> Verdict:
    return queries.disclosure_of(made, queries.policy_of(town.partnership)).verdict


def change(town: Town, threshold: int, **given: object) -> DisclosurePolicy:
    terms = {"reason": WHY, "by": town.chair} | given
    return services.change_policy(town.partnership, threshold=threshold, **terms)  # type: ignore[arg-type]


def test_without_a_decision_the_usual_threshold_holds(town: Town) -> None:
    policy = queries.policy_of(town.partnership)

    assert policy.is_default and policy.threshold == 5


def test_an_approver_decides_and_it_stands_in_the_journal(town: Town) -> None:
    change(town, 10)

    policy = queries.policy_of(town.partnership)
    assert (policy.threshold, policy.reason, policy.decided_by) == (10, WHY, town.municipality)
    entry = journal.Entry.objects.filter(command="evidence.change_policy").get()
    assert str(entry.facts["threshold"]) == "10" and WHY not in str(entry.facts)


@pytest.mark.parametrize("threshold", [-1, 0, 2, 51, 10**9])
def test_a_threshold_outside_3_to_50_is_refused(town: Town, threshold: int) -> None:
    with pytest.raises(Invalid, match="between 3 and 50"):
        change(town, threshold)

    assert not DisclosurePolicy.objects.exists()


def test_a_decision_needs_a_reason_an_approver_and_the_newest_version(town: Town) -> None:
    with pytest.raises(Invalid, match="Write why"):
        change(town, 10, reason="  ")
    with pytest.raises(Invalid, match="19121212-1212"):
        change(town, 10, reason="Enligt 19121212-1212.")
    for actor in (town.coordinator, town.officer, town.administrator, town.auditor, town.outsider):
        with pytest.raises((NotAllowed, Missing)):
            change(town, 10, by=actor)
    change(town, 10, seen=0)
    with pytest.raises(Outdated):
        change(town, 7, seen=0, by=town.chief)


def test_the_page_is_read_by_those_who_work_here_and_changed_by_approvers(town: Town, client: Client) -> None:
    address = reverse("evidence:policy", args=[town.partnership.slug])
    typed = {"threshold": "7", "reason": WHY, "seen": "0"}
    for actor, read, write in (
        (town.auditor, 403, 403),
        (town.administrator, 403, 403),
        (town.outsider, 404, 404),
        (town.coordinator, 200, 403),
        (town.chief, 200, 302),
    ):
        client.force_login(user_of(actor))
        assert client.get(address).status_code == read, actor
        assert client.post(address, typed).status_code == write, actor
    client.cookies["language"] = "en"

    assert (
        "Numbers from 1 to 6 are not published" in client.get(address).text
        and WHY in client.get(address).text
    )
    wrong = client.post(address, typed | {"threshold": "2", "seen": "1"})
    assert wrong.status_code == 422 and "between 3 and 50" in wrong.text and WHY in wrong.text
    late = client.post(address, typed | {"threshold": "9"})
    assert late.status_code == 409 and "The threshold is 7" in late.text


def test_every_figure_inherits_the_pattern_of_its_dataset(town: Town) -> None:
    data = own(town)
    stored = DisclosurePattern.objects.get(dataset=data)

    found = {place: verdict(town, figure(town, data, place)) for place in (*COUNTS, "Totalt")}

    assert found["Berget"] == Verdict.HIDDEN  # 3 in 2024
    assert Verdict.HIDDEN in (
        found["Hamnen"],
        found["Staden"],
        found["Totalt"],
    )  # else it could be counted out
    assert DisclosurePattern.objects.get(dataset=data) == stored  # made once, whatever is cut out


def test_a_figure_before_the_small_number_shows_nothing_hidden(town: Town) -> None:
    data = own(town)

    early = build.figure(town, data, question=build.Question.TREND, place="Berget", period=-1)

    assert isinstance(early, Figure) and verdict(town, early) == Verdict.OPEN


def test_official_statistics_are_not_looked_through(town: Town) -> None:
    data = build.dataset(town, own_table(), name="klotter.csv")

    assert verdict(town, figure(town, data, "Berget")) == Verdict.OPEN
    assert not DisclosurePattern.objects.exists()


def test_another_threshold_asks_for_another_pattern_and_the_other_party_can_have_it_made(
    town: Town, client: Client
) -> None:
    data = own(town, {"Berget": (31, 12), "Hamnen": (44, 25), "Staden": (80, 67)})
    made = figure(town, data, "Berget")
    assert verdict(town, made) == Verdict.OPEN

    change(town, 20, by=town.chief)

    assert verdict(town, made) == Verdict.UNCHECKED
    client.force_login(user_of(town.coordinator))
    client.cookies["language"] = "en"
    address = reverse("evidence:policy", args=[town.partnership.slug])
    assert str(data.title) in client.get(address).text
    client.post(reverse("evidence:protect", args=[town.partnership.slug]))
    assert verdict(town, made) == Verdict.HIDDEN
    assert str(data.title) not in client.get(address).text


def test_another_reason_alone_leaves_every_pattern_as_it_is(town: Town) -> None:
    data = own(town)
    made = figure(town, data, "Hamnen", by=town.coordinator)
    before = queries.disclosure_of(made, queries.policy_of(town.partnership)).plain

    change(town, 5, reason="Så har Brå gjort.")
    change(town, 5, reason="Samma gräns, bättre ord.")

    assert queries.disclosure_of(made, queries.policy_of(town.partnership)).plain == before
    assert DisclosurePattern.objects.count() == 1
    change(town, 6)
    change(town, 5)
    assert verdict(town, made) == Verdict.UNCHECKED  # what was shown meanwhile is known: looked through anew


def test_nobody_without_a_party_decides_on_the_threshold(town: Town) -> None:
    with pytest.raises(NotAllowed):
        services.change_policy.__wrapped__(  # type: ignore[attr-defined]  # the rule, the first door, is left out
            town.partnership, threshold=7, reason=WHY, by=SYSTEM
        )


def test_a_newer_table_hides_what_the_older_one_hid(town: Town) -> None:
    older = own(town)
    newer = own(town, COUNTS | {"Berget": (31, 9)}, supersedes=older)

    first, second = (one.unpacked("content") for one in DisclosurePattern.objects.order_by("id"))

    assert newer.supersedes == older and second["small"] == 0
    assert {str(one) for one in first["hidden"]} <= {str(one) for one in second["hidden"]}


def test_two_tables_that_name_the_same_number_hide_it_both(town: Town) -> None:
    """Nobody said that one replaces the other: a wider table, or the same once more under another title."""
    own(town)
    again = own(town, COUNTS | {"Ön": (70, 90)})

    first, second = (one.unpacked("content") for one in DisclosurePattern.objects.order_by("id"))

    assert again.supersedes is None
    assert hiding.cells_in(first) <= hiding.cells_in(second)


def test_a_number_that_only_another_table_has_shown_is_known_but_no_small_one_is_shown_for_it(
    town: Town,
) -> None:
    data = own(town)
    policy, table = queries.policy_of(town.partnership), making.tables([data])[0]
    shown = [Asked.of(figure(town, data, place).unpacked("parameters")) for place in ("Berget", "Hamnen")]

    found = protecting.hidden_in(data, table, policy, protecting.Others(asked=shown))

    assert not any(cell.place == "Hamnen" for cell in found.besides)  # out: nothing can hide behind it
    assert ("Berget", 2024) in {(cell.place, cell.start.year) for cell in found.small}
    assert not found.given_away


def test_the_pages_say_what_may_be_published_and_the_origin_can_be_put_right(
    town: Town, client: Client
) -> None:
    data = own(town)
    made = figure(town, data, "Berget")
    client.force_login(user_of(town.coordinator))
    client.cookies["language"] = "en"
    slug = town.partnership.slug

    assert (
        "Hidden because they are below 5: 1."
        in client.get(reverse("evidence:dataset", args=[slug, data.pk])).text
    )
    page = reverse("evidence:figure", args=[slug, made.pk])
    assert "May not be published: too few" in client.get(page).text
    state = reverse("evidence:state_origin", args=[slug, data.pk])
    assert client.post(state, {}).status_code == 422
    client.post(state, {"origin": "published"})

    assert "The numbers are published already." in client.get(page).text
    entry = journal.Entry.objects.filter(command="evidence.state_origin").get()
    assert entry.facts["origin"] == "published" and entry.chain == town.municipality.pk


def test_whoever_keeps_a_file_says_where_its_numbers_come_from(town: Town, client: Client) -> None:
    client.force_login(user_of(town.coordinator))
    client.cookies["language"] = "en"
    upload = build.upload(town, own_table(), name="klotter.csv")
    given = dict.fromkeys(("title", "source_name", "licence", "collected_by"), "Kommunen")
    address = reverse("evidence:accept", args=[town.partnership.slug, upload.pk])

    silent = client.post(address, given)
    client.post(address, given | {"origin": "own"})

    assert silent.status_code == 422 and "Say whether the numbers are published already." in silent.text
    assert DisclosurePattern.objects.get().dataset == Dataset.objects.get()
