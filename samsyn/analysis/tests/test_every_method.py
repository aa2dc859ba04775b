"""Every registered method has a test against a reference, tests of its edges, and a property test.

The table names them; a name that is no test any more fails, and so does a method without. Nothing is run here. What a
reference is says the test itself: a published table, another program's numbers, or SciPy, statsmodels, Shapely or a plain
search beside ours, with its tolerance.
"""

import importlib
from dataclasses import dataclass
from typing import Any

import pytest

from samsyn.analysis import METHODS
from samsyn.analysis.tests import test_edges, test_edges_of_places
from samsyn.analysis.tests.edges import EDGES


@dataclass(frozen=True)
class Named:
    """Names of tests, as module::function; the edges stand in their own tables."""

    reference: tuple[str, ...]
    holds_for_any: tuple[str, ...]


def of(reference: str | tuple[str, ...], holds_for_any: str | tuple[str, ...]) -> Named:
    return Named(*((one,) if isinstance(one, str) else one for one in (reference, holds_for_any)))


ATTACKED = "test_disclosure::test_an_attacker_finds_no_small_cell_in_a_random_table"
ATTACKED_AGAIN = "test_disclosure::test_an_attacker_finds_no_small_cell_in_a_sequence_of_publications"
UNIT = "test_properties::test_breaks_forecasts_and_prospects_follow_the_unit_of_exposure"
BY_ITSELF = (
    "test_properties::test_series_are_judged_each_by_itself_and_this_month_does_not_move_its_own_limit"
)
NO_ORDER = "test_properties::test_places_have_no_order_and_their_exposure_no_unit"
LOCAL = "test_properties::test_local_scores_follow_places_and_not_units"
MASS = "test_properties::test_surfaces_keep_their_mass_in_any_unit"
ELSEWHERE = "test_properties::test_near_repeats_are_the_same_elsewhere_later_and_backwards"
UNIT_OF_RATE = "test_properties::test_a_rate_lies_in_its_interval_and_follows_its_unit"
SMALL_MOVES = "test_properties::test_rounding_and_noise_move_a_count_by_less_than_they_may"
MEAN = "test_references::test_a_trend_and_a_forecast_have_the_mean_of_statsmodels"

TESTS = {
    "rate": of(
        (
            "test_rates::test_exact_limits_are_those_of_garwood",
            "test_rates::test_byar_limits_are_those_of_breslow_and_day_without_the_added_half",
        ),
        (UNIT_OF_RATE, "test_rates::test_exact_limits_enclose_the_mid_p_limits_and_the_count"),
    ),
    "rates": of("test_references::test_rates_have_the_limits_of_the_chi_squared_distribution", UNIT_OF_RATE),
    "share": of(
        "test_rates::test_a_share_agrees_with_statsmodels", "test_rates::test_a_share_agrees_with_statsmodels"
    ),
    "rate_ratio": of(
        "test_rates::test_a_ratio_of_rates_agrees_with_the_binomial_test",
        "test_rates::test_a_ratio_of_rates_agrees_with_the_binomial_test",
    ),
    "standardised_rate": of(
        "test_rates::test_a_standardised_rate_agrees_with_epitools",
        "test_properties::test_a_standard_is_a_share_and_groups_have_no_order",
    ),
    "survey_waves": of(
        "test_rates::test_the_difference_between_waves_is_that_of_newcombe",
        "test_properties::test_waves_backwards_have_the_opposite_change",
    ),
    "noisy_rate": of(
        "test_references::test_a_noisy_rate_ends_where_the_difference_to_the_population_could_be_nothing",
        "test_properties::test_noise_never_makes_a_rate_surer",
    ),
    "change": of(
        "test_trends::test_a_change_without_overdispersion_has_the_exact_interval",
        "test_trends::test_turning_before_and_after_round_turns_the_interval_round",
    ),
    "trend": of(
        (MEAN, "test_trends::test_a_fit_agrees_with_statsmodels"),
        "test_trends::test_a_trend_does_not_depend_on_the_unit_of_exposure",
    ),
    "change_points": of(
        "test_series::test_the_segments_are_the_best_of_all_segmentations",
        "test_series::test_the_segments_are_the_best_of_all_segmentations",
    ),
    "break_at": of("test_series::test_a_break_at_the_seat_belt_law_is_seen", UNIT),
    "forecast": of(MEAN, UNIT),
    "farrington": of(
        (
            "test_surveillance::test_farrington_limits_are_those_of_r_surveillance",
            "test_surveillance::test_the_kernel_agrees_with_its_plain_twin",
        ),
        BY_ITSELF,
    ),
    "farrington_flexible": of(
        "test_surveillance::test_flexible_farrington_limits_are_those_of_r_surveillance", BY_ITSELF
    ),
    "ears": of(
        (
            "test_surveillance::test_ears_limits_are_those_of_r_surveillance",
            "test_surveillance::test_c3_is_that_of_the_applied_physics_laboratory",
        ),
        "test_surveillance::test_more_now_never_takes_an_alarm_away",
    ),
    "cusum": of(
        (
            "test_surveillance::test_a_hundred_series_agree_with_r_surveillance",
            "test_surveillance::test_the_compiled_sum_is_the_plain_one",
        ),
        BY_ITSELF,
    ),
    "funnel": of("test_comparison::test_funnel_limits_without_dispersion_are_poisson_quantiles", NO_ORDER),
    "relative_rates": of(
        "test_references::test_relative_rates_are_exact_limits_over_what_is_expected", NO_ORDER
    ),
    "similar_places": of(
        "test_references::test_similar_places_are_scipys_nearest_on_one_scale",
        "test_comparison::test_similarity_does_not_depend_on_the_unit",
    ),
    "rank_places": of(
        "test_references::test_of_two_places_the_first_is_first_as_often_as_scipys_beta_says", NO_ORDER
    ),
    "prioritise": of(
        "test_comparison::test_turning_points_are_where_the_leader_changes",
        "test_comparison::test_turning_points_are_where_the_leader_changes",
    ),
    "points_in_areas": of(
        "test_places::test_points_lie_where_shapely_says",
        "test_places::test_every_point_on_a_border_lies_in_exactly_one_of_the_areas_that_share_it",
    ),
    "hot_spots": of("test_references::test_hot_spots_have_the_mid_p_values_of_scipy", LOCAL),
    "gi_star": of("test_places::test_gi_scores_are_those_of_ord_and_getis", LOCAL),
    "lisa": of("test_references::test_lisa_is_that_of_a_table_of_weights_and_of_shuffling_each_place", LOCAL),
    "density": of("test_places::test_the_surface_is_that_of_the_exact_sum", MASS),
    "relative_risk": of("test_references::test_a_relative_risk_is_the_ratio_of_scipys_densities", MASS),
    "knox": of(
        (
            "test_references::test_near_repeats_of_burkitts_lymphoma_are_those_of_pointpats",
            "test_space_time::test_near_repeats_are_counted_as_by_a_plain_search",
        ),
        ELSEWHERE,
    ),
    "near_repeat_bands": of("test_references::test_bands_are_counted_as_by_a_plain_search", ELSEWHERE),
    "scan": of(
        (
            "test_space_time::test_the_most_likely_cluster_of_sudden_infant_deaths_is_the_published_one",
            "test_space_time::test_the_scan_agrees_with_its_plain_twin",
        ),
        "test_properties::test_a_cluster_does_not_hang_on_the_unit_of_population_or_distance",
    ),
    "hour_by_weekday": of(
        "test_references::test_the_hours_of_a_week_have_the_poisson_tails_of_scipy",
        "test_properties::test_a_week_that_begins_elsewhere_is_the_same_week_turned",
    ),
    "concentration": of(
        "test_references::test_concentration_has_the_adjusted_gini_of_bernasco_and_steenbeek", NO_ORDER
    ),
    "interrupted_series": of(
        "test_interrupted::test_the_seat_belt_law_has_the_effect_that_r_gives",
        "test_interrupted::test_the_unit_of_the_exposure_changes_nothing",
    ),
    "interrupted_levels": of(
        "test_interrupted::test_linear_levels_agree_with_statsmodels",
        "test_interrupted::test_levels_follow_the_unit_of_the_values",
    ),
    "difference_in_differences": of(
        (
            "test_difference::test_the_fit_is_that_of_statsmodels_with_exposures_and_a_missing_month",
            "test_difference::test_exact_limits_are_those_of_r_for_fishers_twins",
        ),
        "test_difference::test_the_unit_of_the_exposure_and_the_order_of_places_change_nothing",
    ),
    "difference_in_levels": of(
        (
            "test_difference::test_the_minimum_wage_of_new_jersey",
            "test_difference::test_levels_have_welchs_interval",
        ),
        "test_properties::test_a_difference_in_levels_follows_the_unit",
    ),
    "synthetic_control": of(
        "test_synthetic::test_california_has_the_weights_that_two_other_solvers_give",
        "test_synthetic::test_the_unit_of_the_values_changes_nothing",
    ),
    "prospect": of(
        (
            "test_interrupted::test_detectable_is_the_textbook_multiple",
            "test_interrupted::test_what_could_have_been_seen_is_seen_so_often",
        ),
        UNIT,
    ),
    "suppress": of(
        "test_disclosure::test_the_textbook_table_has_its_known_optimum",
        (ATTACKED, "test_disclosure::test_an_attacker_finds_no_small_cell_in_a_hierarchy"),
    ),
    "best_pattern": of(
        (
            "test_disclosure::test_the_textbook_table_has_its_known_optimum",
            "test_disclosure::test_the_proven_optimum_is_the_best_of_all_patterns",
        ),
        "test_properties::test_the_best_pattern_is_safe_and_never_dearer_than_the_quick_one",
    ),
    "audit": of(
        "test_properties::test_the_audit_opens_what_the_attacker_opens_and_nothing_else",
        "test_properties::test_the_audit_opens_what_the_attacker_opens_and_nothing_else",
    ),
    "audit_publications": of(
        "test_disclosure::test_two_linked_tables_are_protected_in_one_system", ATTACKED_AGAIN
    ),
    "publish_next": of("test_disclosure::test_two_linked_tables_are_protected_in_one_system", ATTACKED_AGAIN),
    "round_together": of(
        "test_references::test_no_rounding_that_adds_up_moves_less",
        "test_noise_and_rounding::test_a_table_rounded_together_adds_up_and_moves_less_than_a_base",
    ),
    "round_randomly": of(
        "test_noise_and_rounding::test_random_rounding_keeps_the_mean_and_multiples", SMALL_MOVES
    ),
    "perturb": of(
        "test_references::test_the_noise_is_the_most_unpredictable_that_scipy_finds_and_keys_draw_it_evenly",
        SMALL_MOVES,
    ),
}


def named(test: str) -> Any:
    module, name = test.split("::")
    return getattr(importlib.import_module(f"{__package__}.{module}"), name, None)


def test_the_table_has_every_method_and_no_other() -> None:
    assert set(TESTS) == set(METHODS)


@pytest.mark.parametrize("name", METHODS)
def test_a_method_has_a_reference_and_holds_for_any_input(name: str) -> None:
    tests = TESTS[name]

    for one in (*tests.reference, *tests.holds_for_any):
        assert callable(named(one)), f"{one} is no test any more"
    assert tests.reference
    assert any(hasattr(named(one), "hypothesis") for one in tests.holds_for_any), (
        "no test holds for any input"
    )


@pytest.mark.parametrize("name", METHODS)
def test_a_method_is_asked_at_every_edge_or_says_why_it_has_none(name: str) -> None:
    asked = [row[1] for table in (test_edges, test_edges_of_places) for row in table.ROWS if row[0] == name]
    spared = [
        edge for table in (test_edges, test_edges_of_places) for (one, edge) in table.NONE if one == name
    ]

    assert sorted([*asked, *spared]) == sorted(EDGES)
