"""Documents and slides come in the municipality's own template, which comes from outside like any other file."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import pptx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from samsyn.core import objects
from samsyn.core.errors import Invalid, NotAllowed
from samsyn.evidence import services
from samsyn.evidence.models import FileTemplate
from samsyn.evidence.tests import build
from samsyn.graphics.office import Unfit, check_template
from samsyn.parties.tests.build import Town, user_of


def kept(client: Client, town: Town, content: bytes, name: str) -> HttpResponse:
    client.force_login(user_of(town.coordinator))
    address = reverse("evidence:templates", args=[town.partnership.slug])
    answer: HttpResponse = client.post(address, {"file": SimpleUploadedFile(name, content)})
    return answer


def test_a_figure_leaves_in_the_template_that_is_kept(
    town: Town, client: Client, django_capture_on_commit_callbacks: Callable[..., object]
) -> None:
    figure = build.figure(town)
    assert kept(client, town, build.word_template(), "Mall.DOCX").status_code == 302
    assert kept(client, town, build.slide_template(), "mall.pptx").status_code == 302

    document, slides = (
        io.BytesIO(client.get(reverse(f"evidence:figure_{form}", args=["granvik", figure.pk])).content)
        for form in ("docx", "pptx")
    )

    found, shown = docx.Document(document), pptx.Presentation(slides)
    assert found.sections[0].footer.paragraphs[0].text == "Granviks kommun"
    assert "Skriv din text" not in "".join(one.text for one in found.paragraphs)
    assert found.paragraphs[0].text == str(figure.title)
    assert shown.slide_width == 9_000_000
    (slide,) = shown.slides
    assert slide.shapes.title.text_frame.text == str(figure.title)


def test_another_template_takes_the_place_of_the_first_and_its_file_is_destroyed(
    town: Town, django_capture_on_commit_callbacks: Callable[..., object]
) -> None:
    def keep(foot: str) -> FileTemplate:
        looked = services.LookedThrough(FileTemplate.Form.DOCX, build.word_template(foot=foot))
        with django_capture_on_commit_callbacks(execute=True):  # type: ignore[attr-defined]
            return services.keep_template(town.partnership, template=looked, by=town.coordinator)

    first, second = keep("Ett"), keep("Två")

    assert FileTemplate.objects.get() == second and second.pk == first.pk
    assert objects.is_whole(second.key) and not objects.is_whole(first.key)
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[attr-defined]
        services.drop_template(FileTemplate.objects.get(), by=town.coordinator)
    assert not FileTemplate.objects.exists() and not objects.is_whole(second.key)


def test_only_the_municipality_keeps_its_templates(town: Town, client: Client) -> None:
    looked = services.LookedThrough(FileTemplate.Form.DOCX, b"PK")
    client.force_login(user_of(town.officer))
    address = reverse("evidence:templates", args=[town.partnership.slug])

    with pytest.raises(NotAllowed):
        services.keep_template(town.partnership, template=looked, by=town.officer)

    sent = {"file": SimpleUploadedFile("mall.docx", build.word_template())}
    assert client.post(address, sent).status_code == 403 and not FileTemplate.objects.exists()
    assert '<form method="post" enctype' not in client.get(address).text


def test_a_file_with_macros_is_refused_and_nothing_of_it_stays(
    town: Town, client: Client, home: Path
) -> None:
    answer = kept(client, town, with_part(build.word_template(), "word/vbaProject.bin"), "mall.docx")

    assert answer.status_code == 422 and "makron" in answer.content.decode()
    assert not FileTemplate.objects.exists() and not list((home / "quarantine").iterdir())


def test_another_kind_of_file_is_refused(town: Town) -> None:
    owner = town.municipality.pk
    for name in ("mall.dotm", "mall.docm", "mall.pdf"):
        with pytest.raises(Invalid, match="ending"):
            services.look_through(b"PK", name=name, owner=owner)
    with pytest.raises(Invalid, match="20 megabytes"):
        services.look_through(bytes(20 * 1024 * 1024 + 1), name="mall.docx", owner=owner)


def with_part(file: bytes, name: str, content: bytes = b"", *, instead: bool = False) -> bytes:
    """The file with one part more, or with another content of it."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(file)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            if not (instead and part.filename == name):
                new.writestr(part, old.read(part))
        new.writestr(name, content)
    return out.getvalue()


OUTSIDE = (
    b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="a" '
    b'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/%s" '
    b'Target="http://127.0.0.1/mall" TargetMode="External"/></Relationships>'
)


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("word/vbaProject.bin", b"", "macros"),
        ("word/activeX/activeX1.bin", b"", "macros"),
        ("word/embeddings/oleObject1.bin", b"", "macros"),
        ("word/_rels/settings.xml.rels", OUTSIDE % b"attachedTemplate", "reaches_out"),
        ("word/_rels/more.xml.rels", OUTSIDE % b"image", "reaches_out"),
        ("word/_rels/more.xml.rels", OUTSIDE % b"oleObject", "macros"),
        ("word/more.xml", b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "not_a_template"),
        ("word/more.xml", bytes(101 * 1024 * 1024), "too_large"),
    ],
)
def test_what_runs_reaches_out_or_bursts_is_no_template(name: str, content: bytes, code: str) -> None:
    with pytest.raises(Unfit) as refused:
        check_template(with_part(build.word_template(), name, content), form="docx")

    assert refused.value.code == code


@pytest.mark.parametrize("content", [b"", b"PK", b"%PDF-1.7", build.SERIES.encode()])
def test_what_cannot_be_opened_is_no_template(content: bytes) -> None:
    for form in ("docx", "pptx"):
        with pytest.raises(Unfit, match="not_a_template"):
            check_template(content, form=form)


def test_a_document_is_no_presentation() -> None:
    with pytest.raises(Unfit, match="not_a_template"):
        check_template(build.word_template(), form="pptx")
    broken = with_part(build.word_template(), "word/document.xml", b"<a>", instead=True)
    with pytest.raises(Unfit, match="not_a_template"):
        check_template(broken, form="docx")
    check_template(build.word_template(), form="docx")
    check_template(build.slide_template(), form="pptx")
