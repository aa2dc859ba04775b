from django import forms

from samsyn.core.errors import DomainError


def point_out(form: forms.Form, error: DomainError) -> None:
    """Say in the form what a command refused, at the field if there is one."""
    field = getattr(error, "field", "")
    form.add_error(field if field in form.fields else None, str(error))
