"""A document is tagged, says its language and title, and takes any text as text."""

import io
import time
from datetime import date

import pikepdf
import pytest

from samsyn.graphics.documents import (
    Document,
    Facts,
    FigureSvg,
    Heading,
    Paragraph,
    Quote,
    Table,
    document_pdf,
)
from samsyn.graphics.tests.reading import pages_of, words_of

SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 300 60"><rect width="200" height="30" fill="#246"/>'
    '<text x="4" y="50" font-family="Public Sans" font-size="14">Överens: 3 av 4 \u2192</text></svg>'
)
HOSTILE = '#read("/etc/passwd") $x^2$ *fet* _kursiv_ ]} \\ #include "a" @ref <label> `kod` // hej'
SAMPLE = Document(
    title="Överenskommelse om skolan",
    language="sv",
    marking="Övning",
    subtitle="Samlad lägesbild – åtta frågor",
    blocks=(
        Heading("Läget", 1),
        Paragraph("Partierna är överens om tre av fyra frågor.\nEn återstår."),
        Heading("Detaljer", 4),
        Quote("Vi vill se fler lärare."),
        Facts((("Datum", "1 september 2026"), ("Ansvarig", "Kansliet"))),
        Table(("Fråga", "Läge"), tuple((f"Fråga {n}", "Överens") for n in range(60))),
        FigureSvg(SVG, "Stapel: tre av fyra frågor är överens"),
    ),
)


def variant(**changes: object) -> Document:
    return Document(**({name: getattr(SAMPLE, name) for name in SAMPLE.__dataclass_fields__} | changes))


@pytest.mark.parametrize("day", [None, date(2026, 9, 1)])
def test_the_pdf_is_tagged_with_language_and_title(day):
    with pikepdf.open(io.BytesIO(document_pdf(variant(date=day)))) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert "/StructTreeRoot" in pdf.Root
        assert str(pdf.Root.Lang) == "sv"
        assert pdf.Root.ViewerPreferences.DisplayDocTitle
        with pdf.open_metadata() as metadata:
            assert metadata["dc:title"] == SAMPLE.title
            assert metadata["pdfuaid:part"] == "1"
            assert metadata.pdfa_status == ("2A" if day else "")
        assert len(pdf.pages) > 1


def test_every_page_has_marking_and_number():
    pages = pages_of(document_pdf(SAMPLE))
    for number, page in enumerate(pages, start=1):
        assert "Övning" in page
        assert f"{number}/{len(pages)}" in page.replace(" ", "")


def test_hostile_text_is_only_text():
    hostile = variant(
        title=HOSTILE,
        marking=HOSTILE,
        subtitle=HOSTILE,
        blocks=(
            Heading(HOSTILE),
            Paragraph(HOSTILE),
            Quote(HOSTILE),
            Facts(((HOSTILE, HOSTILE),)),
            Table((HOSTILE,), ((HOSTILE,),)),
            FigureSvg(SVG, HOSTILE),
        ),
    )
    text = words_of(document_pdf(hostile))
    assert '#read("/etc/passwd")' in text
    assert "root:" not in text


def test_what_no_font_can_draw_is_written_as_its_code():
    text = words_of(document_pdf(variant(blocks=(Paragraph("Bra \U0001f600 så"),))))
    assert "Bra [U+1F600] så" in text


@pytest.mark.parametrize(
    "odd", ["", "\x00\x07", "\ufeff\u202e", "\ue000", "\ud800", "\u4e2d", "š → ≤", "a\u2028b"]
)
def test_odd_characters_do_not_stop_a_document(odd):
    blocks = (Heading(odd), Paragraph(odd), Facts(((odd, odd),)), Table((odd,), ((odd,),)), Quote(odd))
    assert document_pdf(variant(subtitle=odd, marking=odd, blocks=blocks, date=date(2026, 9, 1)))


def test_the_same_document_gives_the_same_bytes_in_good_time():
    start = time.monotonic()
    first = document_pdf(SAMPLE)
    assert time.monotonic() - start < 5
    time.sleep(1.1)
    assert document_pdf(SAMPLE) == first


def test_empty_parts_are_allowed():
    assert document_pdf(variant(subtitle="", marking="", blocks=(Facts(()), Table(("A",), ()))))


def test_what_the_standard_demands_is_asked_for_early():
    with pytest.raises(ValueError, match="title"):
        variant(title=" ")
    with pytest.raises(ValueError, match="language"):
        variant(language="svenska")
    with pytest.raises(ValueError, match="alternative"):
        FigureSvg(SVG, "")
    with pytest.raises(ValueError, match="cell"):
        Table(("A", "B"), (("1",),))
