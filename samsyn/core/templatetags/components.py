"""Parts of pages with typed arguments. Built in: no load tag. Documented in docs/reference/components.md."""

from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, gettext_lazy

from samsyn.core.errors import Sentence
from samsyn.core.thread import Gap, Node, Who

register = template.Library()

WORDS: dict[Who, Sentence] = {
    Who.MUNICIPALITY: gettext_lazy("The municipality"),
    Who.POLICE: gettext_lazy("The police"),
    Who.BOTH: gettext_lazy("Both"),
    Who.DIFFERENT: gettext_lazy("They differ"),
}


@register.simple_block_tag
def sheet(content: str, *, heading: str, level: int = 2) -> SafeString:
    """{% sheet heading=_("Gaps in the thread") %} … {% endsheet %}"""
    return format_html('<section class="sheet"><h{0}>{1}</h{0}>{2}</section>', level, heading, content)


@register.simple_block_tag
def facts(content: str) -> SafeString:
    """{% facts %}{% fact _("Owner") %}{{ measure.owner }}{% endfact %}{% endfacts %}"""
    return format_html('<dl class="facts">{}</dl>', content)


@register.simple_block_tag
def fact(content: str, term: str) -> SafeString:
    """One fact. Nothing at all is shown when it has no content."""
    if not content.strip():
        return SafeString("")
    return format_html("<div><dt>{}</dt><dd>{}</dd></div>", term, content)


@register.inclusion_tag("components/button.html")
def button(
    word: str, *, variant: str = "primary", url: str = "", name: str = "", value: str = "", size: str = ""
) -> dict[str, str]:
    """{% button _("Save") %} in a form; with `url` a link that looks the same. One primary on a page."""
    return {"word": word, "variant": variant, "url": url, "name": name, "value": value, "size": size}


@register.simple_block_tag(takes_context=True)
def confirm(
    context: dict[str, Any], content: str, ident: str, *, url: str, action: str, question: str
) -> SafeString:
    """A step that cannot be undone: the button opens a question, and only its answer does it. No JavaScript.

    {% confirm "withdraw" url=withdraw_url action=_("Withdraw") question=_("Withdraw the promise?") %}
      <p>What happens then</p> {% form_field form.reason %}
    {% endconfirm %}
    """
    given = {
        "content": content,
        "ident": ident,
        "url": url,
        "action": action,
        "question": question,
        "csrf_token": context.get("csrf_token"),
    }
    return SafeString(_render("components/confirm.html", given))


def _render(name: str, content: dict[str, Any]) -> str:
    return render_to_string(name, content)


@register.inclusion_tag("components/empty_state.html")
def empty_state(heading: str, text: str = "", action: str = "", url: str = "") -> dict[str, str]:
    """What to do first, where there is nothing yet.

    {% empty_state _("No measure yet") _("Begin with what you have seen.") _("Propose a measure") new_url %}
    """
    return {"heading": heading, "text": text, "action": action, "url": url}


@register.inclusion_tag("components/state.html")
def state(sign: str, word: str) -> dict[str, str]:
    """A sign of `core.thread.Sign` and its word: {% state "done" _("Kept") %}. Never colour alone."""
    return {"sign": str(sign), "word": word}


@register.inclusion_tag("components/who.html")
def who(which: str, word: str = "") -> dict[str, Any]:
    """The two circles: municipality left, police right. {% who "both" %}"""
    known = Who(str(which or ""))
    return {"which": str(known), "word": word or WORDS.get(known, "")}


@register.simple_tag
def too_few() -> SafeString:
    """The one way to show a suppressed value."""
    return format_html('<em class="too-few">{}</em>', gettext("too few to show"))


@register.inclusion_tag("components/too_few_note.html")
def too_few_note() -> dict[str, str]:
    """Says why a value is hidden, and that it does not mean that nothing happened."""
    return {}


# --- the thread


@register.simple_block_tag
def knot(content: str, *, kind: str, title: str, url: str = "", note: str = "") -> SafeString:
    """A knot on the trunk of the thread, inside <ol class="thread">; `kind` is agreement or priority.

    {% knot kind="priority" title=priority.title url=priority.url note=_("2 of 3 whole") %} … {% endknot %}
    """
    given = {"content": content, "kind": kind, "title": title, "url": url, "note": note}
    return SafeString(_render("components/knot.html", given))


@register.simple_block_tag
def strands(content: str, *heads: str) -> SafeString:
    """The strands of one priority under their heads.

    {% strands _("What we see") _("What we do") _("What we promise") %} … {% endstrands %}
    """
    return SafeString(_render("components/strands.html", {"content": content, "heads": heads}))


@register.simple_block_tag
def strand(content: str, *, begins_with_gap: Any = None) -> SafeString:
    """One strand, of `strand_step`s. {% strand begins_with_gap=strand.finding_gap %} … {% endstrand %}"""
    mark = " starts-with-gap" if begins_with_gap else ""
    return format_html('<li class="strand{}"><ol>{}</ol></li>', mark, content)


@register.inclusion_tag("components/strand_step.html")
def strand_step(
    word: str, *, node: Node | None = None, gap: Gap | None = None, before_gap: Gap | None = None
) -> dict[str, Any]:
    """A step of a strand: a node that is there, or the gap where one is missing, or nothing.

    {% strand_step _("What we do") node=strand.measure gap=strand.measure_gap before_gap=strand.promise_gap %}
    """
    mark = ""
    if node is None:
        mark = "gap"
    elif not (node.absent or node.late):
        mark = "whole"
    if node is not None and before_gap is not None:
        mark += " before-gap"
    return {"word": word, "node": node, "gap": gap, "mark": mark.strip()}


@register.inclusion_tag("components/gap_box.html")
def gap_box(missing: Sentence, action: Sentence = "", url: str = "") -> dict[str, Sentence]:
    """A gap, stated, with its next step. {% gap_box gap.missing gap.action gap.url %}"""
    return {"missing": missing, "action": action, "url": url}
