"""What a file is by its first bytes, and whether its name says something else."""

import re
from pathlib import PurePath
from typing import Final

from samsyn.evidence.readers.archive import names_of
from samsyn.evidence.readers.table import Refusal

SIGNS: Final = (
    (b"PAR1", "parquet"),
    (b"SQLite format 3\0", "geopackage"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "xls"),
    (b"\x00\x00\x27\x0a", "shapefile"),
    (b"%PDF", "pdf"),
    (b"\x1f\x8b", "gzip"),
    (b"MZ", "program"),
    (b"\x7fELF", "program"),
    (b"\x89PNG", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"GIF8", "image"),
    (b"7z\xbc\xaf", "archive"),
    (b"Rar!", "archive"),
)
UNREADABLE: Final = frozenset({"pdf", "gzip", "program", "image", "archive", "document"})
TEXTS: Final = frozenset({"text", "json", "px", "prj", "web page"})
ALLOWED: Final = {
    "xlsx": {"xlsx", "xlsb"},
    "xlsb": {"xlsb"},
    "xls": {"xls", "xlsx", "web page", "text"},
    "ods": {"ods"},
    "csv": {"text"},
    "tsv": {"text"},
    "txt": {"text", "px", "json"},
    "json": {"json"},
    "geojson": {"json"},
    "topojson": {"json"},
    "px": {"px"},
    "parquet": {"parquet"},
    "geoparquet": {"parquet"},
    "gpkg": {"geopackage"},
    "shp": {"shapefile"},
    "zip": {"zipped shapefile"},
    "html": {"web page"},
    "htm": {"web page"},
    "prj": {"prj"},
}
PX_START: Final = re.compile(
    rb"\s*(?:CHARSET|AXIS-VERSION|CODEPAGE|LANGUAGES?|CREATION-DATE|MATRIX|TITLE|SUBJECT-(?:AREA|CODE)|CONTENTS|STUB|HEADING"
    rb"|VALUES|DECIMALS|NOTE|TABLEID|DATASYMBOL\d|UNITS)(?:\[[a-z-]+\])?(?:\([^)=]*\))?\s*="
)
PAGE_START: Final = re.compile(
    rb"(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|table|meta|div|script)\b",
    re.I | re.S,
)


def format_of(data: bytes, name: str) -> str:
    """One word for the file's format. Refuses what cannot be read and names that claim another format."""
    found = _by_content(data)
    ending = PurePath(name).suffix.lstrip(".").casefold()
    if found in UNREADABLE:
        raise Refusal("unreadable_format", format=found)
    if found == "web page" and ending not in ("xls", "html", "htm", ""):
        raise Refusal("web_page")
    if ending in ALLOWED and found not in ALLOWED[ending]:
        raise Refusal("lies_about_its_type", says=ending, holds=found)
    return found


def _by_content(data: bytes) -> str:
    for sign, word in SIGNS:
        if data.startswith(sign):
            return word
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _in_archive(data)
    head = data[:4000].lstrip(b"\xef\xbb\xbf \t\r\n")
    if PAGE_START.match(head):
        return "web page"
    if head[:1] == b"<":
        raise Refusal("unreadable_format", format="xml")
    if PX_START.match(head) and b"DATA" in data:
        return "px"
    if re.match(rb"(?:PROJCS|GEOGCS|PROJCRS|GEOGCRS|COMPD_?CS)\s*\[", head):
        return "prj"
    return "json" if re.match(rb"[\[{]\s*(?:[\[{\"\]}tfn\d-]|$)", head) else "text"


def _in_archive(data: bytes) -> str:
    names = names_of(data)
    low = [name.casefold() for name in names]
    if any(name.endswith("vbaproject.bin") for name in low):
        raise Refusal("macros")
    if any(name.startswith("/") or ".." in PurePath(name).parts for name in names):
        raise Refusal("broken_archive", fault="path")
    if "xl/workbook.xml" in low:
        return "xlsx"
    if "xl/workbook.bin" in low:
        return "xlsb"
    if "content.xml" in low and "mimetype" in low:
        return "ods"
    if any(name.endswith(".shp") for name in low):
        return "zipped shapefile"
    return "document" if any(name.startswith(("word/", "ppt/")) for name in low) else "archive"
