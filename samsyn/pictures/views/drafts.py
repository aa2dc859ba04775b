"""One's own draft: nobody else can see these pages."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samsyn.agreements.models import Priority
from samsyn.core import clock
from samsyn.core.errors import Invalid, Refused
from samsyn.core.forms import Attempt, Form, attempt, point_out
from samsyn.core.web import ActorRequest, needs
from samsyn.evidence import queries as evidence
from samsyn.evidence.models import Figure, OpenSource
from samsyn.parties.models import Organisation, Partnership
from samsyn.parties.queries import parties_of
from samsyn.pictures import queries, services, settling, sourcing
from samsyn.pictures.forms.pictures import CiteForm, DraftForm, FindingForm, NotesForm, ShareForm
from samsyn.pictures.forms.staff import RestsOnStaffForm
from samsyn.pictures.models import DraftCitation, DraftFinding, PrivateDraft


@needs("pictures.see_drafts")
def index(request: ActorRequest, partnership: Partnership) -> HttpResponse:
    return render(request, "pictures/drafts.html", {"drafts": queries.own_drafts(request.actor)})


@needs("pictures.see_drafts")
def start(request: ActorRequest, partnership: Partnership) -> HttpResponse:
    form = DraftForm(request.POST or None, adopted=queries.adopted_picture(request.actor, partnership))
    if request.method == "POST" and form.is_valid():
        party = Organisation.objects.visible_to(request.actor).get(pk=request.actor.own_party)
        try:
            draft = services.start_draft(
                party,
                period=form.cleaned_data["period"],
                title=form.cleaned_data["title"],
                carry_over=form.carried_over,
                by=request.actor,
            )
        except (Invalid, Refused) as error:
            point_out(form, error)
        else:
            return redirect("pictures:draft", partnership.slug, draft.pk)
    sources = evidence.open_sources_of(request.actor).filter(service=OpenSource.Service.KOLADA)
    content = {"form": form, "source": sources.exclude(dataset=None).first()}
    return render(request, "pictures/start.html", content, status=422 if form.errors else 200)


def _draft_there(request: ActorRequest, period: str) -> HttpResponse | None:
    """Whoever presses twice, or after a colleague, is led to the draft that stands there."""
    found = queries.own_drafts(request.actor).filter(period=period).first()
    if found is None:
        return None
    messages.info(request, _("You already have a draft for this period. Here it is."))
    return redirect("pictures:draft", request.partnership.slug, found.pk)


@require_POST
@needs("pictures.draft_first_picture", OpenSource)
def start_from_open_data(request: ActorRequest, source: OpenSource) -> HttpResponse:
    """A draft with a finding for each indicator that was fetched, to choose from."""
    if there := _draft_there(request, str(clock.today().year)):
        return there
    draft = services.draft_first_picture(source, period=str(clock.today().year), by=request.actor)
    messages.success(request, _("Drop what you do not need, and add what you know."))
    return redirect("pictures:draft", request.partnership.slug, draft.pk)


@require_POST
@needs("pictures.draft_next_picture")
def start_from_new_numbers(request: ActorRequest, partnership: Partnership) -> HttpResponse:
    """A draft of the next picture with what newer numbers say of each adopted finding."""
    adopted = queries.adopted_picture(request.actor, partnership)
    if adopted is None:
        raise Refused(
            _("No picture is adopted yet, so there is none to carry on. Begin a draft of your own.")
        )
    party = Organisation.objects.visible_to(request.actor).get(pk=request.actor.own_party)
    period = queries.period_after(adopted, clock.today())
    if there := _draft_there(request, period):
        return there
    draft = services.draft_next_picture(party, picture=adopted, period=period, by=request.actor)
    messages.success(request, _("Read each finding again: does it still hold?"))
    return redirect("pictures:draft", partnership.slug, draft.pk)


@needs("pictures.see_drafts", PrivateDraft)
def draft(request: ActorRequest, draft: PrivateDraft) -> HttpResponse:
    return _draft_page(request, draft)


def _draft_page(
    request: ActorRequest,
    draft: PrivateDraft,
    *,
    status: int = 200,
    notes_form: NotesForm | None = None,
    stored: str = "",
) -> HttpResponse:
    findings = [one for one in queries.own_findings(request.actor, draft) if str(one.title)]
    shares = [
        release
        for release in queries.shared_drafts(request.actor, request.partnership)
        if release.sender_id == draft.party_id and release.payload["content"]["period"] == draft.period
    ]
    for finding in findings:
        cites = bool(finding.citations.all())
        finding.bare = sourcing.bare_numbers(finding, cites=cites)  # type: ignore[attr-defined]
    undecided = sum(not finding.secrecy for finding in findings)
    content: dict[str, Any] = {"draft": draft, "findings": findings, "shares": shares, "undecided": undecided}
    content["may_settle"] = settling.is_adopted(request.actor, draft)
    content["dialogues"] = [
        one for one in queries.own_staff_dialogues(request.actor, draft) if str(one.summary)
    ]
    content["notes_form"] = notes_form or _notes_form(draft, None)
    content |= {"stored": stored, "notes_are_open": notes_form is not None}
    return render(request, "pictures/draft.html", content, status=status)


def _notes_form(draft: PrivateDraft, given: QueryDict | None) -> NotesForm:
    return NotesForm(given, initial={"text": draft.notes or "", "seen": draft.version})


@require_POST
@needs("pictures.write_notes", PrivateDraft)
def note(request: ActorRequest, draft: PrivateDraft) -> HttpResponse:
    form = _notes_form(draft, request.POST)
    tried = attempt(
        form,
        draft,
        request.actor,
        lambda: services.write_notes(
            draft, text=form.cleaned_data["text"], seen=form.cleaned_data["seen"], by=request.actor
        ),
    )
    if not tried.is_done:
        return _draft_page(request, draft, status=tried.status, notes_form=form, stored=tried.stored)
    messages.success(request, _("The notes are saved. Nobody but your own party can see them."))
    return redirect("pictures:draft", request.partnership.slug, draft.pk)


def _priorities(request: ActorRequest) -> "list[Priority]":
    found = Priority.objects.visible_to(request.actor).filter(partnership=request.partnership)
    return list(found.order_by("key"))


@needs("pictures.write_finding", PrivateDraft)
def write(request: ActorRequest, draft: PrivateDraft) -> HttpResponse:
    form = FindingForm(request.POST or None, priorities=_priorities(request))
    if request.method == "POST" and form.is_valid():
        try:
            services.write_finding(
                draft,
                words=form.words,
                certainty=form.certain,
                priority_key=form.cleaned_data["priority_key"],
                secrecy=form.cleaned_data["secrecy"],
                secrecy_ground=form.cleaned_data["secrecy_ground"],
                by=request.actor,
            )
        except (Invalid, Refused) as error:
            point_out(form, error)
        else:
            return redirect("pictures:draft", request.partnership.slug, draft.pk)
    content = {"form": form, "draft": draft}
    return render(request, "pictures/write.html", content, status=422 if form.errors else 200)


def _finding_form(request: ActorRequest, finding: DraftFinding, given: QueryDict | None) -> FindingForm:
    names = (
        "title",
        "text",
        "extent",
        "consequence",
        "unknown",
        "certainty",
        "priority_key",
        "secrecy",
        "secrecy_ground",
    )
    initial = {name: getattr(finding, name) for name in names} | {"seen": finding.version}
    return FindingForm(given, initial=initial, priorities=_priorities(request))


def finding_page(
    request: ActorRequest, finding: DraftFinding, *, status: int = 200, stored: str = "", **forms: Form
) -> HttpResponse:
    figures = Figure.objects.visible_to(request.actor).order_by("-computed_at")
    content = {
        "form": forms.get("form") or _finding_form(request, finding, None),
        "finding": finding,
        "stored": stored,
        "citations": finding.citations.select_related("figure__revision__successor"),
        "cite_form": forms.get("cite_form") or CiteForm(figures=figures, auto_id="cite_%s"),
        "staff_form": forms.get("staff_form") or _staff_form(request, finding),
    }
    return render(request, "pictures/rewrite.html", content, status=status)


def _staff_form(request: ActorRequest, finding: DraftFinding) -> RestsOnStaffForm | None:
    dialogues = queries.own_staff_dialogues(request.actor, finding.draft)
    if not dialogues:
        return None
    chosen = [one.dialogue_id for one in finding.staff_citations.all()]
    return RestsOnStaffForm(dialogues=dialogues, initial={"dialogues": chosen})


@needs("pictures.rewrite_finding", DraftFinding)
def rewrite(request: ActorRequest, finding: DraftFinding) -> HttpResponse:
    form = _finding_form(request, finding, request.POST or None)
    tried = Attempt()
    if request.method == "POST":
        tried = attempt(
            form,
            finding,
            request.actor,
            lambda: services.rewrite_finding(
                finding,
                words=form.words,
                certainty=form.certain,
                priority_key=form.cleaned_data["priority_key"],
                secrecy=form.cleaned_data["secrecy"],
                secrecy_ground=form.cleaned_data["secrecy_ground"],
                seen=form.cleaned_data["seen"],
                by=request.actor,
            ),
        )
        if tried.is_done:
            return redirect("pictures:draft", request.partnership.slug, finding.draft_id)
    return finding_page(request, finding, status=tried.status, stored=tried.stored, form=form)


@require_POST
@needs("pictures.cite_figure", DraftFinding)
def cite(request: ActorRequest, finding: DraftFinding) -> HttpResponse:
    figures = Figure.objects.visible_to(request.actor).order_by("-computed_at")
    form = CiteForm(request.POST, figures=figures, auto_id="cite_%s")
    if form.is_valid():
        try:
            services.cite_figure(finding, by=request.actor, **form.cleaned_data)
        except (Invalid, Refused) as error:
            point_out(form, error)
        else:
            messages.success(request, _("The finding rests on the figure."))
            return redirect("pictures:rewrite_finding", request.partnership.slug, finding.pk)
    return finding_page(request, finding, status=422, cite_form=form)


@require_POST
@needs("pictures.renew_citation", DraftCitation)
def renew(request: ActorRequest, citation: DraftCitation) -> HttpResponse:
    """From the figure of older numbers to that of the newer ones; the text may need to follow."""
    services.renew_citation(citation, by=request.actor)
    messages.success(request, _("The finding rests on the newer figure. Read the text again: does it hold?"))
    return redirect("pictures:rewrite_finding", request.partnership.slug, citation.finding_id)


@require_POST
@needs("pictures.drop_finding", DraftFinding)
def drop(request: ActorRequest, finding: DraftFinding) -> HttpResponse:
    draft_id = finding.draft_id
    services.drop_finding(finding, by=request.actor)
    return redirect("pictures:draft", request.partnership.slug, draft_id)


@require_POST
@needs("pictures.approve_draft", PrivateDraft)
def approve(request: ActorRequest, draft: PrivateDraft) -> HttpResponse:
    services.approve_draft(draft, by=request.actor)
    return redirect("pictures:draft", request.partnership.slug, draft.pk)


@needs("pictures.share_draft", PrivateDraft)
def share(request: ActorRequest, draft: PrivateDraft) -> HttpResponse:
    others = [party.pk for party in parties_of(request.partnership) if party.pk != draft.party_id]
    receivers = Organisation.objects.visible_to(request.actor).filter(pk__in=others)
    form = ShareForm(
        request.POST or None, receivers=receivers, initial={"receiver": others[0] if others else None}
    )
    if request.method == "POST" and form.is_valid():
        given = {name: form.cleaned_data[name] for name in ("receiver", "purpose", "ground")}
        try:
            services.share_draft(draft, partnership=request.partnership, by=request.actor, **given)
        except (Invalid, Refused) as error:
            point_out(form, error)
        else:
            messages.success(request, _("A copy is handed over. Your draft is still your own."))
            return redirect("pictures:draft", request.partnership.slug, draft.pk)
    findings = list(queries.own_findings(request.actor, draft))
    content = {"form": form, "draft": draft, "findings": findings}
    return render(request, "pictures/share.html", content, status=422 if form.errors else 200)
