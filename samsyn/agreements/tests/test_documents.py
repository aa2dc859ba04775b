"""The published agreement as a document in both languages."""

import io

import pikepdf
import pytest

from samsyn.agreements import services
from samsyn.agreements.tests import build
from samsyn.parties.tests.build import Town
from samsyn.releases.models import Language
from samsyn.releases.printing import printed


@pytest.mark.parametrize("language", Language)
def test_the_published_agreement_becomes_an_archival_document(town: Town, language: Language) -> None:
    release = services.publish_agreement(build.agreement(town), by=town.coordinator)

    made = printed(release, language)

    with pikepdf.open(io.BytesIO(made)) as document:
        assert str(document.Root.Lang) == language
        assert document.Root.MarkInfo.Marked
        assert document.open_metadata()["pdfaid:part"] == "2"
