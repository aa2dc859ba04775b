"""JSON from outside: exact decimals, no NaN, a bearable depth."""

import json
from decimal import Decimal
from typing import Any, NoReturn

from samsyn.evidence.readers.table import Refusal
from samsyn.evidence.readers.text import decode


def read_json(data: bytes) -> Any:
    """The value of the file. Numbers with a point are Decimals, as the file writes them."""
    text, _ = decode(data)
    try:
        return json.loads(text, parse_float=_decimal, parse_constant=_unreal)
    except RecursionError:
        raise Refusal("broken_json", where="depth") from None
    except json.JSONDecodeError as error:
        raise Refusal("broken_json", where=f"row {error.lineno}, column {error.colno}") from None
    except ValueError:  # a whole number of thousands of digits
        raise Refusal("number_too_long") from None


def _decimal(text: str) -> Decimal:
    number = Decimal(text)
    if abs(number.adjusted()) > 300:
        raise Refusal("not_a_number", text=text[:40])
    return number


def _unreal(text: str) -> NoReturn:
    raise Refusal("not_a_number", text=text)
