"""What a document says, read back from its bytes."""

import io
import re

from pypdf import PdfReader


def pages_of(pdf: bytes) -> list[str]:
    """The words of each page; where a line breaks is a matter of layout."""
    return [re.sub(r"[\n ]+", " ", page.extract_text()) for page in PdfReader(io.BytesIO(pdf)).pages]


def words_of(pdf: bytes) -> str:
    return " ".join(pages_of(pdf))
