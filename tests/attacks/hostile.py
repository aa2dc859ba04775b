"""A town whose every text is hostile: what stands in the database, whatever form let it in."""

import json
from html.parser import HTMLParser
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import QuerySet

from samsyn.core.rows import Row
from samsyn.core.sealing import SealedTextField, seal
from samsyn.parties.models import User
from samsyn.releases.models import Release

TEXT = "<svg onload=f()>\"'><b hx-get=/x>{{7*7}}"
ESCAPED = "&lt;svg onload=f()&gt;"
# Texts that only our own code writes and reads: names of states, keys, hashes, words of a list.
OURS = {
    *("slug", "key", "code", "hash", "receipt", "identity", "method", "kind", "language", "document", "item"),
    *("address", "domain", "service", "fault", "unit", "area_level", "certainty", "secrecy", "priority_key"),
    *("content", "email", "event", "trend_claim", "baseline_claim", "password"),
    *("answers", "wanted", "drawings"),
}
PACKED = {"outcome", "notes", "recipe", "summary", "parameters", "refusal", "result", "changes", "quality"}


def poison() -> int:
    """Put the hostile text into every field that holds words. Returns how many it reached."""
    reached = 0
    for model in [*apps.get_models(), User]:
        if not issubclass(model, Row) and model is not User:
            continue
        for number, row in enumerate(QuerySet(model=model)):
            changed = {name: value for field in _texts(model) for name, value in _hostile(row, field, number)}
            if changed:
                QuerySet(model=model).filter(pk=row.pk).update(**changed)
                reached += len(changed)
    for release in QuerySet(model=Release):
        content = json.dumps(_replaced(json.loads(release.content)))
        QuerySet(model=Release).filter(pk=release.pk).update(content=content)
    return reached


def _texts(model: type[models.Model]) -> list[models.Field[Any, Any]]:
    kinds = (models.CharField, models.TextField, SealedTextField)
    fields = [one for one in model._meta.concrete_fields if isinstance(one, kinds) and not one.choices]
    return [
        one for one in fields if one.name not in OURS and not one.name.endswith(("_code", "_hash", "_key"))
    ]


def _hostile(row: Any, field: Any, number: int) -> list[tuple[str, Any]]:
    old, text = getattr(row, field.attname), f"{TEXT}{number}"
    if not old or (field.max_length and field.max_length < len(text)):
        return []
    if field.name in PACKED:
        text = json.dumps(_replaced(json.loads(old))) if old[:1] in "[{" else text
    if isinstance(field, SealedTextField):
        return [(field.attname, seal(text, owner=row.chain_id, place=field.place(row)))]
    return [(field.attname, text)]


def _replaced(value: Any) -> Any:
    """Sentences become hostile; codes, days and numbers stay, since pages look things up by them."""
    if isinstance(value, dict):
        return {key: _replaced(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_replaced(one) for one in value]
    return TEXT if isinstance(value, str) and " " in value.strip() else value


class Elements(HTMLParser):
    """What a browser would make of a page: elements and attributes that should not be there."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.wrong: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            loaded = name in ("href", "src", "action", "formaction", "hx-get", "hx-post")
            runs = loaded and str(value).strip().lower().startswith(("javascript:", "data:text"))
            if name.startswith("on") or runs or (name, value) == ("hx-get", "/x"):
                self.wrong.append(f"<{tag} {name}={value}>")
