"""An address made from the kept pattern is the one that the table of addresses gives."""

from uuid import uuid4

import pytest
from django.test.utils import override_script_prefix
from django.urls import reverse

from samsyn.core.paths import path


@pytest.mark.parametrize("slug", ["granvik", "slug", "the-slug", "0"])
def test_it_is_as_reverse_says(slug: str) -> None:
    row = uuid4()

    assert path("plans:measure", slug, row) == reverse("plans:measure", args=[slug, row])
    assert path("plans:index", slug) == reverse("plans:index", args=[slug])


def test_a_site_below_a_folder_keeps_its_folder() -> None:
    path("plans:index", "granvik")

    with override_script_prefix("/samsyn/"):
        assert path("plans:index", "granvik") == reverse("plans:index", args=["granvik"])
