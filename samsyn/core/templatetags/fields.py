"""Forms: every field with its label, hint and error tied to it, and what is wrong gathered on top."""

from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from django import template
from django.forms import BaseForm, BoundField, CheckboxInput, DateInput, Widget
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString

from samsyn.core.forms import Form
from samsyn.core.submissions import FIELD

register = template.Library()


@dataclass(frozen=True)
class Wrong:
    """One line of the summary: where it is, what is wrong."""

    href: str
    label: str
    text: str


@register.simple_tag
def form_fields(form: BaseForm, *, summary: bool = True) -> SafeString:
    """All fields of a form, after a summary of what is wrong, and its one-time key.

    {% form_fields form %}
    """
    fields = [form_field(form[name]) for name in form.fields]
    if isinstance(form, Form) and form.is_sent_once:
        fields.append(once())
    top = render_to_string("components/error_summary.html", error_summary(form)) if summary else ""
    return SafeString("\n".join([top, *fields]))


@register.simple_tag
def once() -> SafeString:
    """The one-time key of a form whose fields are written by hand. {% once %}"""
    return format_html('<input type="hidden" name="{}" value="{}">', FIELD, uuid4())


@register.inclusion_tag("components/error_summary.html")
def error_summary(*forms: BaseForm) -> dict[str, list[Wrong]]:
    """What is wrong in these forms, with a link to each field. Takes the focus when the page opens.

    {% error_summary form other_form %}
    """
    return {"wrongs": [wrong for form in forms if form and form.is_bound for wrong in _wrongs(form)]}


def _wrongs(form: BaseForm) -> list[Wrong]:
    whole = [Wrong("", "", str(text)) for text in form.non_field_errors()]
    return whole + [
        Wrong("" if field.is_hidden else f"#{_first_control(field)}", str(field.label), str(text))
        for field in form
        for text in field.errors
    ]


def _first_control(field: BoundField) -> str:
    return f"{field.auto_id}_0" if field.use_fieldset else field.id_for_label


@register.simple_tag
def form_field(field: BoundField) -> SafeString:
    """One field. {% form_field form.title %}"""
    widget = field.field.widget
    _dress(widget, is_required=field.field.required)
    form: Any = field.form
    form.use_required_attribute = False  # the server answers in the reader's language, all faults at once
    content = {
        "field": field,
        "is_radio": getattr(widget, "input_type", "") == "radio",
        "is_box": isinstance(widget, CheckboxInput),
        "describes": f"{field.auto_id}_helptext" if field.help_text else "",
        "error_id": f"{field.auto_id}_error",
    }
    return render_to_string("components/form_field.html", content)


def _dress(widget: Widget, *, is_required: bool) -> None:
    """The library's class, the browser's own day picker. Each form has widgets of its own."""
    widget.attrs.setdefault("class", "ds-input")
    if isinstance(widget, DateInput):
        widget.input_type = "date"
        widget.format = "%Y-%m-%d"  # what a day picker reads, in every language
    if is_required and not widget.use_fieldset:
        widget.attrs["aria-required"] = "true"
