"""Readers: from the files people have to one long table. Pure Python, no Django; see `read`."""

from samsyn.evidence.readers.recognise import read
from samsyn.evidence.readers.table import (
    COLUMNS,
    Answers,
    Kind,
    Note,
    Question,
    Reading,
    Refusal,
    Row,
    Shape,
    Status,
    Total,
    row_texts,
    total,
)

__all__ = [
    "COLUMNS",
    "Answers",
    "Kind",
    "Note",
    "Question",
    "Reading",
    "Refusal",
    "Row",
    "Shape",
    "Status",
    "Total",
    "read",
    "row_texts",
    "total",
]
