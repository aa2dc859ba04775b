"""The identifier guard over a million rows: one fast pass picks suspects, the guard itself judges them."""

from typing import TYPE_CHECKING, Final

from samsyn.core.screening import identifying_column, is_identifying_header, screen
from samsyn.evidence.readers.table import Refusal
from samsyn.evidence.readers.values import HIDDEN

if TYPE_CHECKING:
    import polars as pl

SUSPECT: Final = (
    r"(?:^|[^0-9A-Za-z.,])(?:\d{6}|\d{8}) ?[-+]?\d{4}(?:[^0-9A-Za-z.,]|$)|@"
    r"|(?:^|[^0-9A-Za-z.,+-])(?:\+|0)\d[\d /()-]{6,16}"
    r"|(?:^|[^0-9A-Za-z-])[A-Z]{3}[ -]?\d\d[0-9A-Z](?:[^0-9A-Za-z-]|$)"
    r"|\p{L}\p{Ll}+,? \p{L}\p{Ll}+"
)


def screen_frame(frame: "pl.DataFrame", headers: list[str], kept: list[int], coordinates: list[int]) -> None:
    """Refuse identifiers, hidden characters and formulas in any column that is not dropped."""

    for index in kept:
        name = f"c{index}"
        header = headers[index].strip() if index < len(headers) else ""
        if index in coordinates or name not in frame.columns:
            continue
        if is_identifying_header(header) and frame[name].drop_nulls().len():
            raise Refusal("identifier_column", f"column {index + 1}", header=header[:80])
        texts = frame[name].drop_nulls().unique()
        hidden = texts.filter(texts.str.contains(HIDDEN.pattern.encode("unicode_escape").decode()))
        if hidden.len():
            raise Refusal("hidden_characters", _where(frame, name, hidden[0], index))
        formulas = texts.filter(texts.str.contains(r"^(?:=[^=\s]|@[A-Za-z]+\(|[+-][A-Za-z]+[(|!])"))
        if formulas.len():
            raise Refusal("formula", _where(frame, name, formulas[0], index))
        if kind := identifying_column(str(text) for text in texts.head(500)):
            raise Refusal("identifier_column", f"column {index + 1}", header=header[:80], kind=kind.value)
        for text in texts.filter(texts.str.contains(SUSPECT)):
            if found := screen(text):
                where = _where(frame, name, text, index)
                raise Refusal("personal_data", where, kind=found[0].kind.value, header=header[:80])


def _where(frame: "pl.DataFrame", name: str, text: str, index: int) -> str:
    row = (frame[name] == text).arg_max() or 0
    return f"row {row + 2}, column {index + 1}"
