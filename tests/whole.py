"""A town with a row of everything, made through the real commands: what the walks over all pages open."""

from dataclasses import dataclass, field, replace
from datetime import date

from samsyn.agreements.models import Agreement, Change, PriorityGoal
from samsyn.agreements.services import Terms, propose_change, publish_agreement
from samsyn.agreements.tests import build as agreements
from samsyn.core import clock
from samsyn.core.actors import SYSTEM
from samsyn.core.rows import Row
from samsyn.council import services as council
from samsyn.council.models import Body, Decision
from samsyn.dialogue.tests import build as dialogues
from samsyn.duties import services as duties
from samsyn.duties.models import EventKind
from samsyn.duties.services import Told
from samsyn.evidence import services as evidence
from samsyn.evidence.asking import Asked
from samsyn.evidence.models import Dataset, Figure, FigureOrder, FileTemplate
from samsyn.evidence.tests import build as figures
from samsyn.parties import services as parties
from samsyn.parties.models import Appointment, Title
from samsyn.parties.tests import build as parties_build
from samsyn.parties.tests.build import Town
from samsyn.pictures import services as pictures
from samsyn.pictures.models import Picture, PictureFile, PrivateDraft, Stance
from samsyn.pictures.tests import build as drafts
from samsyn.plans.models import Measure, MeasureFile
from samsyn.plans.services import ask_for_status, receive_measure_file, record_measure_file
from samsyn.plans.tests import build as plans
from samsyn.promises.models import Promise
from samsyn.promises.tests import build as promises
from samsyn.releases.models import Language, Release
from samsyn.releases.services import record_printout

NEWER = figures.BRA.replace("931", "932")


@dataclass
class Whole:
    """The town, a row of each kind that a page is about, and the few that an address names besides."""

    town: Town
    rows: dict[type[Row], Row] = field(default_factory=dict)
    published_agreement: Agreement | None = None
    printed: Release | None = None  # the release of it, with its documents

    def keep(self, *rows: Row) -> None:
        self.rows |= {type(row): row for row in rows}


def whole_town() -> Whole:
    """A file and a figure go through the real sandbox, so it takes some seconds."""
    whole = Whole(parties_build.town())
    _agreement(whole)
    _evidence(whole)
    _picture(whole)
    _promise(whole)
    _people(whole)
    return whole


def _agreement(whole: Whole) -> None:
    """One that is signed and on the public site, and a later one that is still written."""
    town = whole.town
    signed = agreements.agreement(town)
    whole.printed = publish_agreement(signed, by=town.coordinator)
    for language in Language:
        record_printout(whole.printed, language=language, content=b"%PDF-1.7", by=SYSTEM)
    whole.published_agreement = signed
    terms = Terms(Change.Kind.PROLONGATION, "Arbetet behöver mer tid.", last_day=date(2029, 12, 31))
    whole.keep(propose_change(signed, terms=terms, by=town.coordinator))
    later = agreements.FILE.replace("granvik-2025", "granvik-2028").replace("from: 2025", "from: 2026")
    made = agreements.agreement(town, text=later.replace("  signed_on: 2025-03-11\n", ""))
    link = PriorityGoal.objects.filter(priority__agreement=made).earliest("id")
    unserved = made.goals.get(key="V2")
    whole.keep(made, made.clauses.earliest("position"), unserved, link)


def _evidence(whole: Whole) -> None:
    town = whole.town
    data = figures.dataset(town)
    figure = figures.figure(town, data)
    assert isinstance(figure, Figure)
    whole.keep(data, figure, _order(town, figure, data), figures.upload(town, NEWER, name="nyare.txt"))
    looked_through = evidence.LookedThrough(FileTemplate.Form.DOCX, figures.word_template())
    whole.keep(figures.request(town, by=town.officer))
    whole.keep(figures.outlines(town, {"9902A0010": (0, 0)}))
    whole.keep(evidence.keep_template(town.partnership, template=looked_through, by=town.coordinator))
    whole.keep(
        evidence.follow_source(
            town.municipality, partnership=town.partnership, service="scb", every="month", by=town.coordinator
        )
    )


def _order(town: Town, figure: Figure, data: Dataset) -> FigureOrder:
    """A figure that no worker has made yet."""
    asked = replace(Asked.of(figure.unpacked("parameters")), source="En annan källa")
    made = evidence.order_figure(town.municipality, asked=asked, datasets=[data], by=town.coordinator)
    assert isinstance(made, FigureOrder)
    return made


def _picture(whole: Whole) -> None:
    """Shared, merged and endorsed, with one finding that the parties see differently; not adopted yet."""
    town = whole.town
    asked = dialogues.dialogue(town)
    theme = dialogues.theme(town, asked, voices=[dialogues.voice(town, asked)])
    waiting = dialogues.voice(town, asked, text="Bussen går för sällan på kvällen.")
    figure = whole.rows[Figure]
    assert isinstance(figure, Figure)
    release = drafts.shared(town, word="hamnen", figure=figure)
    picture = drafts.picture(town)
    point = pictures.place_finding(picture, release=release, index=0, by=town.coordinator)
    pictures.add_voice(point, theme=theme, by=town.coordinator)
    drafts.agree(town, point)
    pictures.take_stance(point, position=Stance.Position.DIFFERS, note="Bara i juni.", by=town.officer)
    pictures.endorse_picture(picture, decision=drafts.decision(town, Decision.Kind.ENDORSE), by=town.chair)
    decision = drafts.decision(town, Decision.Kind.DECIDE)
    pictures.adopt_picture(picture, decision=decision, by=town.chair)
    whole.keep(pictures.record_review(picture, day=clock.today(), changed=[], note="", by=town.chair))
    whole.keep(pictures.write_erratum(picture, wrong="41 fall.", right="14 fall.", by=town.officer))
    pictures.retract_adoption(picture, by=town.chair)  # adopted for a moment: the two above need that
    draft = PrivateDraft.objects.get(party=town.municipality)
    finding = draft.findings.get()
    whole.keep(finding.citations.get(), asked, waiting, theme, release, Picture.objects.get(), draft, finding)
    whole.keep(
        pictures.record_staff_dialogue(draft, held=drafts.held(), findings=[finding], by=town.coordinator)
    )
    source = point.sources.get()
    whole.keep(point, source, source.figures.get(), drafts.cause(town, point), _picture_file(town))
    drafts.score(town, point, harm="high", worry="unknown")


def _picture_file(town: Town) -> PictureFile:
    """One that was read: a finding to take in or to share."""
    file = pictures.receive_picture_file(
        town.municipality, name="bild.json", content=b"{}", by=town.coordinator
    )
    told = {"title": "Mörkt i tunneln", "text": "Lampor saknas.", "secrecy": "none"}
    read = {"form": {"title": "Bild", "period": "2027", "findings": [told]}}
    pictures.record_picture_file(file, outcome=read, by=town.coordinator)
    return PictureFile.objects.get(pk=file.pk)


def _promise(whole: Whole) -> None:
    """Published, so that there is something to report on; the measure beside it has none."""
    town = whole.town
    point = Picture.objects.get().points.get()
    theme = next(iter(point.voices.all())).theme
    with_promise = plans.measure(town, point)
    made = promises.published(town, with_promise, themes=[theme])
    bare = plans.measure(town, point, title="Öppet hus på lovet")
    asked = ask_for_status(bare, email="gatuchef@granvik.example", by=town.coordinator)
    followed = plans.indicator(town, bare, definition="Antal besökare")
    plans.value(town, followed, 21)
    whole.keep(bare, asked, plans.activity(town, bare), plans.indicator(town, bare))
    whole.keep(plans.evaluation(town, with_promise), plans.follow_up(town))
    whole.keep(Promise.objects.get(pk=made.pk))
    patrol = plans.measure(town, point, title="Fotpatrull", owner=town.police)
    plan = plans.plan(town, bare, patrol, picture=point.picture)
    whole.keep(_measure_file(town))
    whole.keep(plan, plan.measures.earliest("id"), plans.referral(town, plan))


def _measure_file(town: Town) -> MeasureFile:
    """One that was read and would change a title."""
    file = receive_measure_file(
        town.municipality, name="measures.csv", content=b"id;version", by=town.coordinator
    )
    one = Measure.objects.earliest("id")
    rows = [["id", "version", "Åtgärd"], [str(one.pk), str(one.version), "Fler lampor i parken"]]
    rows.append([str(one.pk), "", "Samma igen"])
    record_measure_file(file, outcome={"sheets": [["", rows, [1, 2, 3]]]}, by=town.coordinator)
    return MeasureFile.objects.get(pk=file.pk)


def _people(whole: Whole) -> None:
    town = whole.town
    council_body = Body.objects.filter(partnership=town.partnership).earliest("id")
    seat = Told(date(2026, 1, 7), actor="local_police_area", ticks=("leading",))
    whole.keep(
        duties.record_event(town.partnership, kind=EventKind.SEAT, told=seat, by=town.coordinator),
        council.call_meeting(
            town.partnership, body=council_body, day=clock.today(), place="Stadshuset", by=town.coordinator
        ),
        parties.invite(
            town.municipality,
            email="ny@granvik.example",
            title=Title.ANALYST,
            partnership=town.partnership,
            by=town.chair,
        ),
        town.municipality,
        Appointment.objects.get(user=town.owner.user_id),
    )
