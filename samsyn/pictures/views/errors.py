"""Showing a refused form again, with what was typed."""

from django import forms

from samsyn.core.errors import DomainError, Outdated


def point_out(form: forms.Form, error: DomainError) -> None:
    """Tie the sentence to its field."""
    field = getattr(error, "field", "")
    form.add_error(field if field in form.fields else None, str(error))


def renew_seen(form: forms.Form, error: Outdated, version: int) -> int:
    """Let the next save go through: the writer now sees both texts. Returns the status."""
    point_out(form, error)
    form.data = form.data.copy()  # type: ignore[attr-defined]
    form.data["seen"] = str(version)  # type: ignore[index]
    return error.status
