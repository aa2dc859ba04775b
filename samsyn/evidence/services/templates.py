"""The municipality's own templates: looked through where files from outside are read, then kept."""

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from uuid_utils.compat import uuid7

from samsyn.core import clock, journal, objects
from samsyn.core.actors import Actor
from samsyn.core.canonical import Digest
from samsyn.core.commands import command
from samsyn.core.errors import Invalid
from samsyn.evidence import quarantine, sentences
from samsyn.evidence.models import FileTemplate
from samsyn.evidence.readers.table import Refusal
from samsyn.evidence.sandbox import Limits, make_in_sandbox
from samsyn.parties.models import Partnership

MOST_BYTES: Final = 20 * 1024 * 1024
LIMITS: Final = Limits(seconds=20, answer_mib=8)


@dataclass(frozen=True)
class LookedThrough:
    """A file that was opened as a template, and in which nothing runs or reaches out."""

    form: FileTemplate.Form
    content: bytes


def look_through(content: bytes, *, name: str, owner: UUID) -> LookedThrough:
    """Quarantine, then the child process that reads files from outside. Half a second; holds no lock.

    Refused, with nothing kept: another kind of file, one with macros or other programs in it, one that
    fetches from elsewhere, and one that is too large.
    """
    form = next((one for one in FileTemplate.Form if name.casefold().endswith(f".{one}")), None)
    if form is None:
        raise Invalid(_("Choose a template with the ending .docx or .pptx."), field="file")
    if len(content) > MOST_BYTES:
        raise Invalid(
            _("The template is larger than 20 megabytes. Take out its large pictures."), field="file"
        )
    file = uuid7()
    try:
        quarantine.put(content, upload=file, owner=owner)
        with quarantine.opened(upload=file, owner=owner) as path:
            make_in_sandbox({"form": form.value, "check": True}, template=path.read_bytes(), limits=LIMITS)
    except Refusal as why:
        found = {"code": why.code, "where": why.where, "params": dict(why.params)}
        raise Invalid(sentences.template_refusal(found), field="file") from None
    finally:
        quarantine.remove(file)
    return LookedThrough(form, content)


@command("evidence.keep_template")
def keep_template(partnership: Partnership, *, template: LookedThrough, by: Actor) -> FileTemplate:
    """Let figures leave in this template from now on, in place of an earlier one of the same form."""
    kept = FileTemplate.objects.filter(partnership=partnership, form=template.form).first()
    before = kept.key if kept else ""
    kept = kept or FileTemplate(partnership=partnership, form=template.form)
    kept.key = objects.put(template.content)
    kept.size_bytes, kept.kept_on = len(template.content), clock.today()
    kept.save()
    journal.note(form=template.form, content=Digest(kept.key))
    if before and before != kept.key:
        _destroy(before)
    return kept


@command("evidence.drop_template")
def drop_template(template: FileTemplate, *, by: Actor) -> None:
    """Back to the plain look. The file is destroyed."""
    key = template.key
    template.delete()
    _destroy(key)


def _destroy(key: str) -> None:
    """Another partnership may keep the very same file."""

    def remove() -> None:
        if not FileTemplate.objects.filter(key=key).exists():
            objects.remove(key)

    transaction.on_commit(remove)
