"""Numbers in a text that nothing is said to stand behind."""

import re
from typing import Any

NUMBER = re.compile(
    r"(?<!kl )(?<!kl\. )(?<!\d )(?<![\w:.,/§-])"
    r"(\d{1,3}(?:[ \u00a0]\d{3})+|\d+)(?:[.,]\d+)?(?![\w:/-]|[.,]\d|\s*§|\s+kap\b)"
    r"(?:\s?%|\s+[a-zåäö]+)?",
    re.IGNORECASE,
)
YEAR = re.compile(r"(?:19|20)\d{2}(?:\s|$)")
MONTH = re.compile(r"\d{1,2}\s+(?:jan|feb|mar|apr|maj|may|jun|jul|aug|sep|okt|oct|nov|dec)", re.IGNORECASE)
SOURCE = re.compile(
    r"\b(?:källa|källor|enligt|source|according to|kolada|brå|scb|ntu|bris|folkhälsomyndigheten)\b",
    re.IGNORECASE,
)


def without_source(text: str) -> list[str]:
    """Each number and its word, once, where no source is named. Years, days and sections are none."""
    found: dict[str, None] = {}
    for paragraph in text.splitlines():
        if SOURCE.search(paragraph):
            continue
        for one in NUMBER.finditer(paragraph):
            said = one.group().strip()
            if not YEAR.match(said) and not MONTH.match(said):
                found[said] = None
    return [*found]


def bare_numbers(finding: object, *, cites: bool) -> list[Any]:
    """Those of a finding that name no source; none where a figure stands behind it."""
    said = (str(getattr(finding, name) or "") for name in ("text", "extent", "consequence"))
    return [] if cites else [*without_source("\n".join(said))]
