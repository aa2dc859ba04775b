import doctest
import importlib
import inspect
import pkgutil
import subprocess
import sys

import pytest

import samsyn.analysis
from samsyn.analysis import METHODS, Unusable, Verdict
from samsyn.analysis.rates import Limits
from samsyn.analysis.registry import Method, Registry
from samsyn.analysis.results import as_plain
from samsyn.analysis.surveillance import Ears

MODULES = [
    found.name
    for found in pkgutil.walk_packages(samsyn.analysis.__path__, "samsyn.analysis.")
    if ".tests" not in found.name
]


@pytest.mark.parametrize("method", METHODS.values(), ids=lambda method: method.name)
def test_a_registered_method_takes_exactly_the_parameters_it_names(method: Method) -> None:
    signature = inspect.signature(method.load()).parameters

    named = {parameter.name: parameter.required for parameter in method.parameters}

    assert named == {
        name: parameter.default is inspect.Parameter.empty
        for name, parameter in signature.items()
        if name not in ("executor",)
    }
    assert method.seeded == ("seed" in signature)
    assert method.source
    assert method.question.endswith("?")


@pytest.mark.parametrize("level", [95, 0, 1, -0.5, float("nan")])
@pytest.mark.parametrize("method", METHODS.values(), ids=lambda method: method.name)
def test_a_level_that_is_no_share_is_refused_before_anything_else(method: Method, level: float) -> None:
    signature = inspect.signature(method.load()).parameters
    if "level" not in signature:
        return
    needed = [
        None
        for one in signature.values()
        if one.default is inspect.Parameter.empty and one.kind is not inspect.Parameter.KEYWORD_ONLY
    ]
    named = {
        name: None
        for name, one in signature.items()
        if one.default is inspect.Parameter.empty and one.kind is inspect.Parameter.KEYWORD_ONLY
    }

    with pytest.raises(Unusable, match="level must lie"):
        method.load()(*needed, **named | {"level": level})


def test_a_choice_may_come_as_the_text_that_a_stored_figure_holds() -> None:
    """Compared by identity, text fell through to another method's limits."""
    rate, ears = METHODS["rate"].load(), METHODS["ears"].load()
    for word in ("exact", "mid_p", "byar"):
        as_text, as_choice = rate(7, 6_900, limits=word), rate(7, 6_900, limits=Limits(word))
        assert as_plain(as_text) == as_plain(as_choice)
    past = [2, 4, 3, 3, 2, 4, 3, 3, 5, 9, 6, 4]
    for word in ("c1", "c2", "c3"):
        as_text, as_choice = ears(past, rule=word, monitored=1), ears(past, rule=Ears(word), monitored=1)
        assert as_plain(as_text) == as_plain(as_choice)
    assert rate(7, 6_900, limits="exact").low == pytest.approx(40.8, abs=0.05)

    with pytest.raises(Unusable, match="exact, mid_p, byar"):
        rate(7, 6_900, limits="wilson")


def test_the_list_of_methods_loads_no_numerics() -> None:
    heavy = "[m for m in ('numpy', 'scipy', 'numba', 'django') if m in sys.modules]"

    loaded = subprocess.run(
        [sys.executable, "-c", f"import sys, samsyn.analysis; print({heavy})"],
        capture_output=True,
        text=True,
        check=True,
    )

    assert loaded.stdout.strip() == "[]"


@pytest.mark.parametrize("module", MODULES)
def test_the_examples_in_the_docstrings_hold(module: str) -> None:
    outcome = doctest.testmod(importlib.import_module(module), optionflags=doctest.ELLIPSIS)

    assert outcome.failed == 0


def test_two_methods_of_one_name_are_refused() -> None:
    one = METHODS["rate"]

    with pytest.raises(ValueError, match="rate"):
        Registry((one, one))


def test_an_error_survives_the_trip_from_a_worker_process() -> None:
    import pickle

    back = pickle.loads(
        pickle.dumps(Unusable("count_negative", "A count must be zero or more.", {"count": -1}))
    )

    assert (back.code, str(back), back.facts) == (
        "count_negative",
        "A count must be zero or more.",
        {"count": -1},
    )


def test_a_result_becomes_plain_data() -> None:
    plain = as_plain(METHODS["rates"].load()([1, float("nan")], [10, 10]))

    assert plain["rate"] == [10000.0, None]
    assert plain["limits"] == "exact"
    assert as_plain(Verdict.MORE) == "more"
