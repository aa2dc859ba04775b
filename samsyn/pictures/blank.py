"""The template of a picture, to fill in on one's own machines: as JSON, and as a Word document."""

import io
import json
import zipfile
from xml.sax.saxutils import escape

from django.utils.translation import gettext as _

from samsyn.pictures.models import Certainty, Secrecy

EMPTY, PLACES = 10, 5  # places in the form, and in the document
EARLIEST = (1980, 1, 1, 0, 0, 0)  # the same template is the same bytes
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
NAMES = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
PARTS = {
    "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.'
    'wordprocessingml.document.main+xml"/><Override PartName="/word/styles.xml" ContentType="application/'
    'vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/></Types>',
    "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
    'officeDocument" Target="word/document.xml"/></Relationships>',
    "word/_rels/document.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
    'relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
    'relationships/styles" Target="styles.xml"/></Relationships>',
}


def form_json() -> str:
    """The form with words on what each field takes."""
    offered = ", ".join(Secrecy.values)
    empty = dict.fromkeys(
        (
            "title",
            "text",
            "extent",
            "consequence",
            "unknown",
            "certainty",
            "priority",
            "secrecy",
            "secrecy_ground",
        ),
        "",
    )
    form = {
        "about": _(
            "Fill in a finding in each place; leave the rest empty. Name no person. certainty: %(certain)s. "
            "secrecy: %(offered)s. Leave the text of what you hold back out, and write the section and why."
        )
        % {"certain": ", ".join(Certainty.values), "offered": offered},
        "title": "",
        "period": "",
        "findings": [empty] * EMPTY,
    }
    return json.dumps(form, ensure_ascii=False, indent=2)


def form_docx() -> bytes:
    """The same as a document: a heading for each finding, lines with labels under it."""
    offered = {
        "certain": ", ".join(str(one.label) for one in Certainty),
        "offered": ", ".join([_("none"), *Secrecy.values[1:]]),
    }
    lines = [
        (
            "",
            _(
                "A heading for each finding, as a claim, and what you see under it. Take away what you do "
                "not use. Name no person. How certain: %(certain)s. Secrecy: %(offered)s. Leave the text of "
                "what you hold back out, and write the section and why."
            )
            % offered,
        ),
        ("Heading1", _("Our picture")),
        ("", _("Period: ")),
    ]
    for place in range(1, PLACES + 1):
        lines += [
            ("Heading2", _("Finding %(number)d") % {"number": place}),
            ("", ""),
            ("", _("Extent: ")),
            ("", _("Consequence: ")),
            ("", _("What we do not know: ")),
            ("", _("How certain: ")),
            ("", _("Secrecy: ")),
            ("", _("Why secrecy: ")),
        ]
    body = "".join(_paragraph(style, text) for style, text in lines)
    document = f"<w:document {NAMES}><w:body>{body}</w:body></w:document>"
    styles = "".join(_heading(level) for level in (1, 2))
    parts = PARTS | {
        "word/document.xml": document,
        "word/styles.xml": f"<w:styles {NAMES}>{styles}</w:styles>",
    }
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, xml in parts.items():
            archive.writestr(zipfile.ZipInfo(name, EARLIEST), HEAD + xml)
    return content.getvalue()


def _paragraph(style: str, text: str) -> str:
    chosen = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f'<w:p>{chosen}<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p>'


def _heading(level: int) -> str:
    return (
        f'<w:style w:type="paragraph" w:styleId="Heading{level}"><w:name w:val="heading {level}"/>'
        f'<w:pPr><w:outlineLvl w:val="{level - 1}"/></w:pPr><w:rPr><w:b/><w:sz w:val="{36 - 6 * level}"/>'
        "</w:rPr></w:style>"
    )
