"""A figure as a document, as a slide and as a picture in dots; the first two in a template of somebody's own.

A template comes from outside, so all here runs where files from outside are read. Its pages are emptied: what
stays is what makes it theirs, the styles, the head and the foot, the logotype.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

FONTS = Path(__file__).resolve().parent / "fonts"
FORMS: Final = {  # the main part of a file of each form, as its list of contents names it
    "docx": b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
    "pptx": b"application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml",
}
MOST_PARTS, MOST_BYTES = 2_000, 100 * 1024 * 1024  # unpacked
RUNS: Final = (b"macroEnabled", b"vbaProject", b"activeX", b"oleObject", b"application/vnd.ms-office.vba")
LINKS: Final = b"/relationships/hyperlink"  # the only thing outside the file that may be named in it
DOTS: Final = 2  # pixels for each unit of the drawing
FETCHES: Final = re.compile(r"href\s*=|url\(\s*['\"]?(?!#)|@import|<\s*image|<!", re.IGNORECASE)
BULKY: Final = 60  # letters in a title, beyond which it is set smaller


class Unfit(Exception):
    """Why a file cannot be a template: a code, since nothing here has a language."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Told:
    """What leaves with the numbers: sentence, facts by name, table; and the drawing with its alternative."""

    language: str
    sentence: str
    facts: Sequence[tuple[str, str]]
    columns: Sequence[str]
    rows: Sequence[Sequence[str]]
    drawing: str
    alt: str


def png(drawing: str, *, words: str = "") -> bytes:
    """The drawing in dots, with `words` inside the file for whoever meets it alone."""
    import vl_convert
    from PIL import Image
    from PIL.PngImagePlugin import PngInfo

    if FETCHES.search(drawing):
        raise ValueError("A drawing that names an address is not drawn: it would be fetched.")
    vl_convert.register_font_directory(str(FONTS))
    dots = vl_convert.svg_to_png(drawing, scale=DOTS)
    if not words:
        return bytes(dots)
    info, out = PngInfo(), io.BytesIO()
    info.add_itxt("Description", words)
    Image.open(io.BytesIO(dots)).save(out, "PNG", pnginfo=info, optimize=True)
    return out.getvalue()


def check_template(content: bytes, *, form: str) -> None:
    """Refuse what is no template of the form, what could run, and what fetches from elsewhere.

    Raises Unfit: not_a_template, macros, reaches_out, too_large.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as file:
            _check_parts(file, form)
    # NotImplementedError is zipfile's own answer to a way of packing that it does not know.
    except (zipfile.BadZipFile, KeyError, ValueError, NotImplementedError, RuntimeError):
        raise Unfit("not_a_template") from None
    try:
        _opened(content, form)
    except Unfit:
        raise
    except Exception:  # whatever a broken file makes the reader meet
        raise Unfit("not_a_template") from None


def _check_parts(file: zipfile.ZipFile, form: str) -> None:
    parts = file.infolist()
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_BYTES:
        raise Unfit("too_large")
    kinds = file.read("[Content_Types].xml")
    names = "\n".join(part.filename for part in parts).encode()
    if any(one in kinds or one in names for one in RUNS):
        raise Unfit("macros")
    if FORMS[form] not in kinds:
        raise Unfit("not_a_template")
    for part in parts:
        if not part.filename.endswith((".xml", ".rels")):
            continue
        text = file.read(part)
        if b"<!DOCTYPE" in text or b"<!ENTITY" in text:
            raise Unfit("not_a_template")
        if part.filename.endswith(".rels"):
            _check_links(text)


def _check_links(text: bytes) -> None:
    from defusedxml import ElementTree

    for link in ElementTree.fromstring(text):
        if any(one in str(link.get("Type")).encode() for one in RUNS):
            raise Unfit("macros")
        if link.get("TargetMode") == "External" and not str(link.get("Type")).encode().endswith(LINKS):
            raise Unfit("reaches_out")


def _opened(content: bytes | None, form: str) -> Any:
    import docx
    import pptx

    file = io.BytesIO(content) if content else None
    if form == "docx":
        return docx.Document(file)
    shown = pptx.Presentation(file)
    if not shown.slide_layouts:
        raise Unfit("not_a_template")
    return shown


def docx_file(told: Told, *, template: bytes | None = None) -> bytes:
    """A document of a page or two: the sentence as heading, the drawing, the facts, the table."""
    from docx.shared import Mm

    document = _opened(template, "docx")
    body = document.element.body
    for element in list(body):
        if not element.tag.endswith("}sectPr"):
            body.remove(element)
    section = document.sections[-1]
    if template is None:
        section.page_width, section.page_height = Mm(210), Mm(297)
    _name(document.core_properties, told)
    document.add_paragraph(told.sentence, style=_style(document, "Heading 1"))
    width = section.page_width - section.left_margin - section.right_margin
    if told.drawing:
        shape = document.add_picture(io.BytesIO(png(told.drawing)), width=width)
        shape._inline.docPr.set("descr", told.alt)
    for name, text in told.facts:
        paragraph = document.add_paragraph()
        paragraph.add_run(f"{name}: ").bold = True
        _add_text(paragraph, text)
    if told.rows:
        _add_table(document, told)
    return _saved(document)


def _style(document: Any, name: str) -> Any:
    """One of the template's own; a template may lack the most usual."""
    return name if name in [style.name for style in document.styles] else None


def _add_table(document: Any, told: Told) -> None:
    table = document.add_table(rows=1, cols=len(told.columns), style=_style(document, "Table Grid"))
    for cell, text in zip(table.rows[0].cells, told.columns, strict=True):
        cell.paragraphs[0].add_run(text).bold = True
    head = table.rows[0]._tr.get_or_add_trPr()
    head.append(head.makeelement(_w("tblHeader"), {_w("val"): "true"}))
    for row in told.rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text


def _w(name: str) -> str:
    return f"{{http://schemas.openxmlformats.org/wordprocessingml/2006/main}}{name}"


def _add_text(paragraph: Any, text: str) -> None:
    """An address can be followed."""
    if not text.startswith(("https://", "http://")):
        paragraph.add_run(text)
        return
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.oxml.ns import qn

    link = paragraph.part.relate_to(text, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    element = paragraph._p.makeelement(_w("hyperlink"), {qn("r:id"): link})
    element.append(paragraph.add_run(text)._r)
    paragraph._p.append(element)


def pptx_file(told: Told, *, template: bytes | None = None) -> bytes:
    """One slide: the sentence as title, the drawing, and beside it all that limits what it says."""
    from pptx.util import Inches, Pt

    shown = _opened(template, "pptx")
    if template is None:
        shown.slide_width, shown.slide_height = Inches(13.333), Inches(7.5)
    _empty(shown)
    _name(shown.core_properties, told)
    slide = shown.slides.add_slide(_plainest(shown))
    width, height = shown.slide_width, shown.slide_height
    margin = width // 24
    for holder in list(slide.placeholders):
        if slide.shapes.title is None or holder.shape_id != slide.shapes.title.shape_id:
            holder._element.getparent().remove(holder._element)
    title = slide.shapes.title or slide.shapes.add_textbox(
        margin, margin // 2, width - 2 * margin, height // 6
    )
    if template is None:
        title.left, title.top, title.width, title.height = (
            margin,
            margin // 2,
            width - 2 * margin,
            height // 6,
        )
    title.text_frame.text = told.sentence
    title.text_frame.word_wrap = True
    if len(told.sentence) > BULKY or template is None:
        title.text_frame.paragraphs[0].runs[0].font.size = Pt(26)
    top = title.top + title.height + margin // 4
    room = height - top - height // 12
    wide = (width - 3 * margin) * 3 // 5 if told.drawing else 0
    if told.drawing:
        _add_picture(slide, told, margin, top, wide, room)
    left = 2 * margin + wide if wide else margin
    box = slide.shapes.add_textbox(left, top, width - left - margin, room)
    box.text_frame.word_wrap = True
    for number, (name, text) in enumerate(told.facts):
        paragraph = box.text_frame.paragraphs[0] if number == 0 else box.text_frame.add_paragraph()
        paragraph.space_after = Pt(4)
        run = paragraph.add_run()
        run.text, run.font.bold, run.font.size = f"{name}: ", True, Pt(11)
        run = paragraph.add_run()
        run.text, run.font.size = text, Pt(11)
        if text.startswith(("https://", "http://")):
            run.hyperlink.address = text
    return _saved(shown)


def _add_picture(slide: Any, told: Told, left: int, top: int, width: int, height: int) -> None:
    """As large as its room, in its own proportions."""
    picture = slide.shapes.add_picture(io.BytesIO(png(told.drawing)), left, top)
    scale = min(width / picture.width, height / picture.height)
    picture.width, picture.height = int(picture.width * scale), int(picture.height * scale)
    picture._element.nvPicPr.cNvPr.set("descr", told.alt)


def _empty(shown: Any) -> None:
    """Take away the template's example slides."""
    listed = shown.slides._sldIdLst
    for one in list(listed):
        shown.part.drop_rel(one.rId)
        listed.remove(one)


def _plainest(shown: Any) -> Any:
    """The layout with a title and least else."""
    titled = [
        one for one in shown.slide_layouts if any(p.placeholder_format.idx == 0 for p in one.placeholders)
    ]
    return min(titled or shown.slide_layouts, key=lambda layout: len(layout.placeholders))


def _name(properties: Any, told: Told) -> None:
    """The file's own words about itself; nothing of whoever made the template stays there."""
    properties.title, properties.language = told.sentence[:250], told.language
    for name in ("author", "last_modified_by", "comments", "keywords", "subject"):
        setattr(properties, name, "")


def _saved(made: Any) -> bytes:
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()
