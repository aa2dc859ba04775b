"""The forms of a figure that are heavy to make. Runs in the child process of `sandbox`, without Django."""

import io
from collections.abc import Mapping
from typing import Any

from samsyn.evidence.readers.table import Refusal
from samsyn.graphics import office

OFFICE = ("docx", "pptx")


def made(wanted: Mapping[str, Any], *, template: bytes) -> bytes:
    """The file. An empty one when a template was only to be checked. Raises Refusal."""
    form = wanted["form"]
    try:
        if template:
            office.check_template(template, form=form)
        if wanted.get("check"):
            return b""
        if form == "parquet":
            return _parquet(wanted)
        if form == "png":
            return office.png(wanted["drawing"], words=wanted["words"])
        told = office.Told(
            language=wanted["language"],
            sentence=wanted["sentence"],
            facts=[(name, text) for name, text in wanted["facts"]],
            columns=wanted["columns"],
            rows=wanted["rows"],
            drawing=wanted["drawing"],
            alt=wanted["alt"],
        )
        make = office.docx_file if form == "docx" else office.pptx_file
        return make(told, template=template or None)
    except office.Unfit as why:
        raise Refusal(why.code) from None


def _parquet(wanted: Mapping[str, Any]) -> bytes:
    """Numbers as numbers, the words in the file's own metadata."""
    import polars as pl

    columns = {
        name: _column([row[place] for row in wanted["rows"]]) for place, name in enumerate(wanted["columns"])
    }
    out = io.BytesIO()
    pl.DataFrame(columns).write_parquet(
        out, metadata={"sentence": wanted["sentence"], **dict(wanted["facts"])}
    )
    return out.getvalue()


def _column(cells: list[Any]) -> list[Any]:
    """Numbers where all that is known of the column is numbers; else text."""
    numbers = [None if cell == "" else cell for cell in cells]
    is_numeric = any(isinstance(cell, float | int) for cell in numbers)
    if is_numeric and not any(isinstance(cell, str) for cell in numbers):
        return [None if cell is None else float(cell) for cell in numbers]
    return [str(cell) for cell in cells]
